using System.Globalization;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Lists;

namespace SoGoc.Population.Imports;

/// <summary>The faulty rows of a list as a file with the same columns plus row, field, code and sentence of their faults: to be mended and sent again.</summary>
internal sealed class Quarantine(ListBook lists, Database database, Sentences say)
{
    public async Task<long> Write(SentList list, Stream to, ListFormat format)
    {
        var vietnamese = CultureInfo.GetCultureInfo("vi-VN");
        await using var file = await ListFile.Open(database, list);
        using var reader = ListReader.Open(file, list.Name, ListLimits.Default);
        using var writer = format == ListFormat.Xlsx ? ListWriter.Xlsx(to) : ListWriter.Csv(to);
        var heads = list.Shape.Heads;
        writer.Row([.. heads, "Dòng gốc", "Lỗi (cột)", "Lỗi (mã)", "Lỗi (giải thích)"]);
        long written = 0;
        const int window = 5000;
        var faults = new Dictionary<long, List<RowFault>>();
        long loaded = 0;
        while (reader.Read())
        {
            if (reader.RowNumber > loaded)
            {
                loaded = reader.RowNumber + window;
                faults = (await lists.Faults(list.Id, reader.RowNumber - 1, loaded, int.MaxValue)).GroupBy(f => f.Row).ToDictionary(g => g.Key, g => g.ToList());
            }

            if (!faults.TryGetValue(reader.RowNumber, out var of) || of.TrueForAll(f => f.Warning))
            {
                continue;
            }

            written++;
            writer.Row(
            [
                .. Enumerable.Range(0, heads.Count).Select(i => reader[i]),
                reader.RowNumber.ToString(CultureInfo.InvariantCulture),
                string.Join("; ", of.Select(f => HeadOf(list, f.Field)).Distinct()),
                string.Join("; ", of.Select(f => f.Code)),
                string.Join(" ", of.Select(f => say.Say(f.Code, vietnamese, f.Data))),
            ]);
        }

        return written;
    }

    /// <summary>The list's own head of the column that holds a field.</summary>
    public static string HeadOf(SentList list, string field)
    {
        var column = Array.IndexOf(list.Mapping, field);
        return field.Length == 0 || column < 0 ? field : list.Shape.Heads[column];
    }
}
