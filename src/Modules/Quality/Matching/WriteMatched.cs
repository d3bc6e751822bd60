using System.Globalization;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Lists;

namespace SoGoc.Quality.Matching;

/// <summary>The list as it came, with what was found beside each row: to be taken back into the agency's own system.</summary>
internal sealed class WriteMatched(MatchBook lists, Session session, Sentences say)
{
    /// <param name="Xlsx">As a spreadsheet, else as CSV.</param>
    internal sealed record Request(Guid Id, bool Xlsx = true);

    internal sealed record Written(byte[] File, string Name);

    public async Task<Outcome<Written>> Run(Request r)
    {
        var found = await lists.Find(r.Id);
        if (!found.Ok(out var list))
        {
            return found.Problems.ToList();
        }

        var rows = (await session.Rows("select r.row_no, r.outcome, p.number, r.differs, r.looks, r.decision from quality.match_row r left join population.report_person p on p.id = r.person_id and p.confidential = 0 where r.list_id = $1 and r.outcome is not null",
            x => (No: x.GetInt32(0), Outcome: x.GetString(1), Number: x.Text(2), Differs: x.Get<string[]>(3), Looks: x.Get<string[]>(4), Decision: x.Text(5)), list.Id)).ToDictionary(x => x.No);
        using var to = new MemoryStream();
        using (var file = await lists.File(list.Id))
        using (var reader = ListReader.Open(file, list.Name, SendMatchList.Limits))
        using (var writer = r.Xlsx ? ListWriter.Xlsx(to) : ListWriter.Csv(to))
        {
            var heads = reader.Shape.Heads.Count;
            writer.Row([.. reader.Shape.Heads, say["quality.column-outcome"], say["field.number"], say["quality.column-differs"], say["quality.column-decision"]]);
            while (reader.Read())
            {
                var cells = Enumerable.Range(0, heads).Select(i => reader[i]);
                writer.Row(!rows.TryGetValue((int)reader.RowNumber, out var row) ? [.. cells] :
                [
                    .. cells, say["quality.match-" + row.Outcome], row.Number ?? "",
                    string.Join("; ", row.Differs.Where(d => d.Length > 0).Zip(row.Looks, (d, l) => say["quality.given-" + d] + (l.Length > 0 ? $" ({say["quality.looks-" + l]})" : ""))), row.Decision is { } d ? say["quality.row-" + d] : "",
                ]);
            }
        }

        return new Written(to.ToArray(), string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(list.Name)}.doi-soat.{(r.Xlsx ? "xlsx" : "csv")}"));
    }
}
