using System.Globalization;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Papers;
using SoGoc.Lists;

namespace SoGoc.Quality.Measures;

/// <summary>The weekly report as a paper that is signed, and as a sheet that is reckoned with further.</summary>
internal static class ReportPaper
{
    public static byte[] Pdf(WeeklyReport.Reported report, Sentences say, string office, string name, DateTimeOffset at)
    {
        var paper = new Paper(say["quality.report"], say["quality.report-page"], at).Add(
            new PaperLine(office, 12, Bold: true), new PaperLine(say["quality.report"].ToUpper(CultureInfo.CurrentCulture), 15, Bold: true, Before: 14, Align: PaperAlign.Centre),
            new PaperLine(say["quality.report-of", report.Name, $"{report.From:dd/MM/yyyy}", $"{report.Until:dd/MM/yyyy}"], 12, Before: 2, Align: PaperAlign.Centre));
        foreach (var table in Tables(report, say))
        {
            paper.Add(new PaperLine(table.Head, 13, Bold: true, Before: 12, Keep: true));
            paper.Add(table.Rows.Select(r => new PaperLine(r[0] + ":", 11.5f, Before: 2)
            {
                Then = [.. r.Skip(1).Select((cell, n) => (table.Columns.Length > 2 ? $"{table.Columns[n + 1].ToLower(CultureInfo.CurrentCulture)} {cell}{(n + 2 < r.Length ? ";" : "")}" : cell, table.Columns.Length == 2))],
            }));
        }

        return paper.Beside([new PaperLine("", 12)], [new PaperLine(say["quality.report-by"], 12, Bold: true, Before: 10), new PaperLine(name, 12, Before: 52)]).Draw();
    }

    public static byte[] Xlsx(WeeklyReport.Reported report, Sentences say)
    {
        using var file = new MemoryStream();
        using (var sheet = ListWriter.Xlsx(file))
        {
            sheet.Row([say["quality.report-of", report.Name, $"{report.From:dd/MM/yyyy}", $"{report.Until:dd/MM/yyyy}"]]);
            foreach (var table in Tables(report, say))
            {
                sheet.Row([]);
                sheet.Row([table.Head, .. table.Columns.Skip(1)]);
                foreach (var row in table.Rows)
                {
                    sheet.Row(row);
                }
            }
        }

        return file.ToArray();
    }

    private static IEnumerable<(string Head, string[] Columns, IReadOnlyList<string[]> Rows)> Tables(WeeklyReport.Reported report, Sentences say)
    {
        static string N(long n) => n.ToString("N0", CultureInfo.CurrentCulture);
        yield return (say["quality.report-people"], ["", ""],
        [
            [say["quality.report-persons"], N(report.Persons)], .. WeeklyReport.Lines.Select(l => new[] { say["quality.report-" + l], N(report.Counts[l]) }),
            [say["quality.report-pairs-open"], N(report.PairsOpen)], [say["quality.report-pairs-decided"], N(report.PairsDecided)],
        ]);
        string[] columns = ["", say["quality.report-share"], say["quality.report-found"], say["quality.report-gone"], say["quality.report-confirmed"], say["quality.report-left"], say["quality.report-late"], say["quality.report-back"]];
        yield return (say["quality.report-measures"], columns, [.. report.Measures.Select(m => new[] { say["quality.measure-" + m.Measure], MeasuresPage.Percent(m.Share), N(m.Found), N(m.Gone), N(m.Confirmed), N(m.Left), N(m.Late), N(m.Back) })]);
        yield return (say["quality.report-rules"], ["", columns[2], columns[3], columns[5]], [.. report.Rules.Select(r => new[] { r.Says, N(r.Found), N(r.Gone), N(r.Left) })]);
    }
}
