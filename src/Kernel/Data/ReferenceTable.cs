using Sylvan.Data.Csv;

namespace SoGoc.Kernel.Data;

/// <summary>Reads the project's reference files: CSV in UTF-8 with a head row. Columns by name; an empty text where nothing stands.</summary>
public static class ReferenceTable
{
    public static IEnumerable<Row> Read(string path)
    {
        using var reader = CsvDataReader.Create(path);
        var columns = Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, StringComparer.Ordinal);
        while (reader.Read())
        {
            yield return new Row(columns, [.. Enumerable.Range(0, reader.FieldCount).Select(i => i < reader.RowFieldCount ? reader.GetString(i) : "")]);
        }
    }

    public readonly struct Row(Dictionary<string, int> columns, string[] cells)
    {
        public string this[string column] => cells[columns[column]];

        public bool Has(string column) => columns.ContainsKey(column);
    }
}
