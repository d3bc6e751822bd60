using System.Globalization;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Papers;
using SoGoc.Kernel.Time;
using SoGoc.Lists;

namespace SoGoc.Quality.Measures;

/// <summary>The weekly report as the paper that offices file (head, tables, remarks, signature), and as a sheet that is reckoned with further.</summary>
internal static class ReportPaper
{
    private const string Dots = "………………………………………………………………………………………………………";

    private const float Small = 10;

    /// <summary>A table: its heads, and rows whose first cell says what the others are.</summary>
    private sealed record Sheet(string Head, IReadOnlyList<string> Columns, IReadOnlyList<float> Shares, IReadOnlyList<IReadOnlyList<ListValue>> Rows);

    public static byte[] Pdf(WeeklyReport.Reported report, Sentences say, string office, string name, DateTimeOffset at)
    {
        var day = OfficeTime.DayOf(at);
        var paper = new Paper(say["quality.report"], say["quality.report-page"], at).Beside(
            [new PaperLine(office.ToUpper(CultureInfo.CurrentCulture), 11, Bold: true, Align: PaperAlign.Centre), new PaperLine("Số: ……/BC", 11, Before: 4, Align: PaperAlign.Centre)],
            [
                .. NationHead.Lines,
                new PaperLine(string.Create(CultureInfo.InvariantCulture, $"{report.Place}, ngày {day.Day:00} tháng {day.Month:00} năm {day.Year}"), 11, Align: PaperAlign.Centre),
            ], 0.42f);
        paper.Add(new PaperLine(say["quality.report"].ToUpper(CultureInfo.CurrentCulture), 14, Bold: true, Before: 14, Align: PaperAlign.Centre),
            new PaperLine(say["quality.report-of", report.Name, $"{report.From:dd/MM/yyyy}", $"{report.Until:dd/MM/yyyy}"], 12, Before: 2, Align: PaperAlign.Centre));
        foreach (var (no, sheet) in Sheets(report, say).Index())
        {
            paper.Add(new PaperLine($"{no + 1}. {sheet.Head}", 12, Bold: true, Before: 12, Keep: true));
            paper.Table(sheet.Shares, sheet.Rows.Select(r => r.Select((cell, n) => new PaperLine(Written(cell), Small, Align: n == 0 || cell.Kind == ListValueKind.Text ? PaperAlign.Left : PaperAlign.Right)).ToList())
                .Prepend([.. sheet.Columns.Select((c, n) => new PaperLine(c, Small, Bold: true, Align: n == 0 ? PaperAlign.Left : PaperAlign.Centre))]));
        }

        paper.Add(new PaperLine(say["quality.report-remarks"], 12, Bold: true, Before: 12, Keep: true)).Add(Remarks(report, say).Select(r => new PaperLine("- " + r, 11, Before: 2)))
            .Add(new PaperLine(say["quality.report-proposals"], 12, Bold: true, Before: 8, Keep: true), new PaperLine(Dots, 11, Before: 4), new PaperLine(Dots, 11, Before: 4));
        return paper.Beside([new PaperLine(say["quality.report-by"], 12, Bold: true, Before: 10, Align: PaperAlign.Centre), new PaperLine(name, 12, Before: 52, Align: PaperAlign.Centre)],
            [new PaperLine(say["quality.report-head"], 12, Bold: true, Before: 10, Align: PaperAlign.Centre), new PaperLine(say["quality.report-sign"], 10, Align: PaperAlign.Centre)]).Draw();
    }

    public static byte[] Xlsx(WeeklyReport.Reported report, Sentences say)
    {
        using var file = new MemoryStream();
        using (var sheet = ListWriter.Xlsx(file, sheet: say["quality.report-download"]))
        {
            sheet.Values([ListValue.Head(say["quality.report"])]);
            sheet.Values([ListValue.Of(report.Name), ListValue.Of(report.From), ListValue.Of(report.Until)]);
            foreach (var table in Sheets(report, say))
            {
                sheet.Values([]);
                sheet.Values([ListValue.Head(table.Head), .. table.Columns.Skip(1).Select(ListValue.Head)]);
                foreach (var row in table.Rows)
                {
                    sheet.Values(row);
                }
            }
        }

        return file.ToArray();
    }

    private static IEnumerable<Sheet> Sheets(WeeklyReport.Reported report, Sentences say)
    {
        yield return new Sheet(say["quality.report-people"], [say["quality.report-indicator"], say["quality.report-figure"]], [0.72f, 0.28f], [.. report.Indicators.Select(i => new[] { ListValue.Of(say["quality.report-" + i.Code]), Figure(i, say) })]);
        yield return new Sheet(say["quality.report-classes"], [say["quality.report-class"], say["quality.report-found"], say["quality.report-gone"], say["quality.report-left"], say["quality.report-late"]], [0.4f, 0.15f, 0.15f, 0.15f, 0.15f],
            [.. report.Classes.Select(c => new[] { ListValue.Of(say["quality.severity-" + c.Severity]), ListValue.Of(c.Found), ListValue.Of(c.Gone), ListValue.Of(c.Left), ListValue.Of(c.Late) })]);
        yield return new Sheet(say["quality.report-measures"], [say["quality.report-measure"], say["quality.report-share"], say["quality.report-found"], say["quality.report-gone"], say["quality.report-confirmed"], say["quality.report-left"], say["quality.report-late"], say["quality.report-back"]], [0.16f, 0.12f, 0.12f, 0.12f, 0.12f, 0.12f, 0.12f, 0.12f],
            [.. report.Measures.Select(m => new[] { ListValue.Of(say["quality.measure-" + m.Measure]), ListValue.Share((double)Share.Cut(m.Share)), ListValue.Of(m.Found), ListValue.Of(m.Gone), ListValue.Of(m.Confirmed), ListValue.Of(m.Left), ListValue.Of(m.Late), ListValue.Of(m.Back) })]);
        yield return new Sheet(say["quality.report-rules"], [say["quality.report-rule"], say["quality.report-found"], say["quality.report-gone"], say["quality.report-left"]], [0.61f, 0.13f, 0.13f, 0.13f], [.. report.Rules.Select(r => new[] { ListValue.Of(r.IsNotice ? say["quality.report-notice", r.Says] : r.Says), ListValue.Of(r.Found), ListValue.Of(r.Gone), ListValue.Of(r.Left) })]);
    }

    private static ListValue Figure(WeeklyReport.Indicator i, Sentences say) => i.Value is not { } value ? ListValue.Of(say["quality.report-unknown"]) : i.Unit switch
    {
        WeeklyReport.Indicator.Hours => ListValue.Of(value), WeeklyReport.Indicator.Share => ListValue.Share((double)Share.Cut(value)), _ => ListValue.Of((long)value),
    };

    /// <summary>What the numbers say by themselves; what is behind them the office adds.</summary>
    private static IEnumerable<string> Remarks(WeeklyReport.Reported report, Sentences say)
    {
        var (found, gone, left, late) = (report.Measures.Sum(m => m.Found), report.Measures.Sum(m => m.Gone), report.Measures.Sum(m => m.Left), report.Measures.Sum(m => m.Late));
        string N(long n) => n.ToString("N0", CultureInfo.CurrentCulture);
        yield return say["quality.remark-found", N(found), N(gone), N(left), N(late)];
        var lowest = report.Measures.MinBy(m => m.Share)!;
        yield return say["quality.remark-lowest", say["quality.measure-" + lowest.Measure], Share.Shown(lowest.Share)];
        if (report.Rules.FirstOrDefault(r => !r.IsNotice) is { Left: > 0 } most)
        {
            yield return say["quality.remark-most", Ended(most.Says), N(most.Left)];
        }

        // A reminder is no fault, and counts in none of the sums above.
        if (report.Rules.FirstOrDefault(r => r.IsNotice) is { Left: > 0 } notice)
        {
            yield return say["quality.remark-notices", N(report.Rules.Where(r => r.IsNotice).Sum(r => r.Left)), Ended(notice.Says), N(notice.Left)];
        }
    }

    /// <summary>A sentence within another.</summary>
    private static string Ended(string sentence) => sentence.TrimEnd('.');

    private static string Written(ListValue value) => value.Kind switch
    {
        ListValueKind.Whole => long.Parse(value.Text, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.CurrentCulture),
        ListValueKind.Decimal => MeasuresPage.Hours(double.Parse(value.Text, CultureInfo.InvariantCulture)),
        ListValueKind.Share => Share.Shown(double.Parse(value.Text, CultureInfo.InvariantCulture)),
        _ => value.Text,
    };
}
