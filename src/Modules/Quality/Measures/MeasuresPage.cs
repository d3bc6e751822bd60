using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Lists;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Measures;

/// <summary>The four numbers of the province, and of each commune; each opens to what it means and to what was found.</summary>
[Needs(QualityPermission.ReadMeasures)]
internal sealed class MeasuresPage(TimeProvider clock) : OfficePage
{
    /// <summary>Key of a unit.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Xa { get; set; }

    public ShowMeasures.Shown Shown { get; private set; } = null!;

    public bool MayWork => Actor.May(Permission.Of(QualityPermission.WorkFindings));

    public bool MayJudge => Actor.May(Permission.Of(QualityPermission.JudgeDuplicates));

    public async Task<IActionResult> OnGetAsync()
    {
        var outcome = await Do<ShowMeasures, ShowMeasures.Shown>(f => f.Run(new ShowMeasures.Request(Xa)));
        if (!outcome.Ok(out var shown))
        {
            return Refuse(outcome.Problems);
        }

        Shown = shown;
        return Page();
    }

    /// <summary>The report of the week, as PDF or as a sheet.</summary>
    public async Task<IActionResult> OnGetReportAsync(string? dang)
    {
        var made = await Do<WeeklyReport, WeeklyReport.Reported>(f => f.Run(new WeeklyReport.Request(Xa)));
        if (!made.Ok(out var report))
        {
            return Refuse(made.Problems);
        }

        var name = $"bao-cao-tuan-{report.Until:yyyy-MM-dd}";
        return dang == "xlsx" ? File(ReportPaper.Xlsx(report, Say), ListWriter.SpreadsheetType, name + ".xlsx")
            : File(ReportPaper.Pdf(report, Say, Actor.Office, Actor.Name, clock.GetUtcNow()), "application/pdf", name + ".pdf");
    }

    /// <summary>How it has changed since it was measured before, in hundredths of a hundredth.</summary>
    public double? Change(ShowMeasures.Number number) => Shown.Before.FirstOrDefault(b => b.Measure == number.Measure) is { } before ? number.Share - before.Share : null;

    /// <summary>Never more than it is: 99,999 % is not all.</summary>
    public static string Percent(double share) => (Math.Floor(share * 10000) / 10000).ToString("P2", System.Globalization.CultureInfo.CurrentCulture);

    /// <summary>What counts in a measure, by measure.</summary>
    public IEnumerable<ShowMeasures.Finding> Of(string measure) => Shown.Findings.Where(f => f.Measure == measure && f.Open + f.Confirmed > 0);

    /// <summary>How bad a share is: what a chairman should look at.</summary>
    public static string? Class(double share) => share < 0.9 ? "so-bad" : share >= 0.99 ? "so-good" : null;

    public static IReadOnlyList<string> Measures => Rule.Measures;
}
