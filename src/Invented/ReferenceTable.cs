using System.Globalization;
using System.Text;

namespace SoGoc.Invented;

/// <summary>One reference table: CSV in UTF-8 with a header row, fields addressed by column name.</summary>
internal sealed class ReferenceTable
{
  private readonly Dictionary<string, int> columns;
  private readonly List<string[]> rows = [];

  public ReferenceTable(string folder, string name)
  {
    var path = Path.Combine(folder, name + ".csv");
    using var reader = new StreamReader(path, Encoding.UTF8);
    var head = Split(reader.ReadLine() ?? throw new InvalidDataException($"{path} is empty."));
    columns = head.Select((h, i) => (h, i)).ToDictionary(x => x.h, x => x.i, StringComparer.Ordinal);
    while (reader.ReadLine() is { } line)
      if (line.Length > 0) rows.Add(Split(line));
  }

  public IEnumerable<Row> Rows => rows.Select(r => new Row(this, r));

  /// <summary>The reference tables have no line breaks inside fields; their own check sees to it.</summary>
  private static string[] Split(string line)
  {
    var fields = new List<string>();
    var field = new StringBuilder();
    var quoted = false;
    for (var i = 0; i < line.Length; i++)
    {
      var c = line[i];
      if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') { field.Append('"'); i++; }
      else if (c == '"') quoted = !quoted;
      else if (c == ',' && !quoted) { fields.Add(field.ToString()); field.Clear(); }
      else field.Append(c);
    }
    fields.Add(field.ToString());
    return [.. fields];
  }

  internal readonly struct Row(ReferenceTable table, string[] fields)
  {
    public string this[string column] => table.columns[column] is var i && i < fields.Length ? fields[i] : "";
    public double Number(string column) =>
      this[column] is { Length: > 0 } text ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : 0;
    public int Whole(string column) => (int)Number(column);
    public DateOnly? Day(string column) =>
      this[column] is { Length: > 0 } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
  }
}
