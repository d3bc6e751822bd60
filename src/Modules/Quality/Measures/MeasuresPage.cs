using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Lists;
using SoGoc.Places;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Measures;

/// <summary>The four numbers of the province, of each commune and of its hamlets; each opens to what it means and to what was found.</summary>
[Needs(QualityPermission.ReadMeasures)]
internal sealed class MeasuresPage(IPlaces places, IReach reach, TimeProvider clock) : OfficePage
{
    /// <summary>Stands in an address for homes whose address names no hamlet.</summary>
    public const string NoHamlet = "-";

    private const int PageSize = 10;

    /// <summary>Key of a unit.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Xa { get; set; }

    /// <summary>A hamlet of it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Ap { get; set; }

    /// <summary>Only communes or hamlets of this name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tim { get; set; }

    /// <summary>Which ten of them.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Trang { get; set; }

    /// <summary>Those first where most lies beyond its term.</summary>
    [BindProperty(SupportsGet = true)]
    public bool QuaHan { get; set; }

    public ShowMeasures.Shown Shown { get; private set; } = null!;

    /// <summary>A commune of the province, or a hamlet of the commune.</summary>
    internal sealed record Row(string Name, string Link, bool Divided, long Persons, IReadOnlyList<ShowMeasures.Number> Numbers, double? Hours, long Late);

    /// <summary>All that have the name that is looked for; the lowest first.</summary>
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IEnumerable<Row> Ten => Rows.Skip((At - 1) * PageSize).Take(PageSize);

    public int Pages => Math.Max(1, (Rows.Count + PageSize - 1) / PageSize);

    public int At => Math.Clamp(Trang ?? 1, 1, Pages);

    public bool MayWork => Actor.May(Permission.Of(QualityPermission.WorkFindings));

    public bool MayJudge => Actor.May(Permission.Of(QualityPermission.JudgeDuplicates));

    /// <summary>The unit, and the hamlet where one is shown.</summary>
    public string? Name => Shown.Name is null ? null : Ap is null ? Shown.Name : $"{(Ap == NoHamlet ? Say["quality.no-hamlet"] : Ap)}, {Shown.Name}";

    /// <summary>The address of the province's numbers, for whoever works for one commune of it.</summary>
    public const string OfProvince = "/chat-luong?tinh=true";

    /// <summary>The commune of an official who works for one; null: for several, or the province.</summary>
    private int? Own() => Actor is { WholeProvince: false, Areas: [var area] } && reach.Versions(area) is { } versions
        ? places.Book.All.FirstOrDefault(a => a.Level == AreaLevel.Commune && a.Valid.Holds(clock.Today()) && versions.Contains(a.Id))?.Id : null;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!Request.QueryString.HasValue && Own() is { } own)
        {
            return LocalRedirect($"/chat-luong?xa={own}");
        }

        var outcome = await Do<ShowMeasures, ShowMeasures.Shown>(f => f.Run(new ShowMeasures.Request(Xa, Hamlet: Ap == NoHamlet ? "" : Ap)));
        if (!outcome.Ok(out var shown))
        {
            return Refuse(outcome.Problems);
        }

        Shown = shown;
        var all = shown.Area is null
            ? shown.Communes.Select(c => new Row(c.Name, $"/chat-luong?xa={c.Area}", c.Divided, c.Persons, c.Numbers, c.Hours, c.Late))
            : shown.Hamlets.Select(h => new Row(h.Name.Length == 0 ? Say["quality.no-hamlet"] : h.Name, $"/chat-luong?xa={shown.Area}&ap={Uri.EscapeDataString(h.Name.Length == 0 ? NoHamlet : h.Name)}", false, h.Persons, h.Numbers, null, 0));
        var key = NameKey.Of(Tim ?? "");
        Rows = [.. all.Where(r => key.Length == 0 || NameKey.Of(r.Name).Contains(key, StringComparison.Ordinal)).OrderByDescending(r => QuaHan ? r.Late : 0)];
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

    /// <summary>The address of this page with another ten of its rows.</summary>
    public string To(int page) => $"/chat-luong?trang={page}{(Xa is { } xa ? $"&xa={xa}" : "")}{(string.IsNullOrEmpty(Tim) ? "" : "&tim=" + Uri.EscapeDataString(Tim))}{(QuaHan ? "&quaHan=true" : "")}";

    /// <summary>Where the work on a finding is taken; the hamlet goes with it.</summary>
    public string Work(string rule) => $"/lam-sach?quyTac={rule}{(Ap is null or NoHamlet ? "" : "&ap=" + Uri.EscapeDataString(Ap))}";

    /// <summary>How it has changed since it was measured before, in hundredths of a hundredth.</summary>
    public double? Change(ShowMeasures.Number number) => Shown.Before.FirstOrDefault(b => b.Measure == number.Measure) is { } before ? Between(before.Share, number.Share) : null;

    /// <summary>What lies between two shares as they are shown.</summary>
    public static double Between(double before, double now) => (double)(Share.Cut(now) - Share.Cut(before));

    /// <summary>How a measure went, the oldest first.</summary>
    public IReadOnlyList<ShowMeasures.Point> Course(string measure) => [.. Shown.Course.Where(p => p.Measure == measure)];

    /// <summary>The course as a line in a picture of 100 by 20: its lowest value below, its highest above; a course that never moved lies in the middle.</summary>
    public static string Line(IReadOnlyList<ShowMeasures.Point> course)
    {
        var (first, days) = (course[0].Day, Math.Max(1, course[^1].Day.DayNumber - course[0].Day.DayNumber));
        var (low, high) = (course.Min(p => p.Share), course.Max(p => p.Share));
        return string.Join(' ', course.Select(p => string.Create(CultureInfo.InvariantCulture, $"{(p.Day.DayNumber - first.DayNumber) * 98.0 / days + 1:0.#},{(high - low < 1e-9 ? 10 : 18 - ((p.Share - low) / (high - low) * 16)):0.#}")));
    }

    /// <summary>Rise or fall in points, with its arrow.</summary>
    public static string Points(double change) => (change > 0 ? "▲ " : change < 0 ? "▼ " : "") + (change * 100).ToString("+0.00;−0.00;0.00", CultureInfo.CurrentCulture);

    public static string Hours(double hours) => hours.ToString("N1", CultureInfo.CurrentCulture);

    /// <summary>What counts in a measure, by measure.</summary>
    public IEnumerable<ShowMeasures.Finding> Of(string measure) => Shown.Findings.Where(f => f.Measure == measure && f.Open + f.Confirmed > 0);

    /// <summary>How bad a share is: what a chairman should look at.</summary>
    public static string? Class(double share) => share < 0.9 ? "so-bad" : share >= 0.99 ? "so-good" : null;

    public static IReadOnlyList<string> Measures => Rule.Measures;
}
