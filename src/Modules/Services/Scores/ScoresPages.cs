using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Services.Visits;

namespace SoGoc.Services.Scores;

/// <summary>What both pages of the index are asked for: days and an office.</summary>
internal abstract class ScorePage : OfficePage
{
    [BindProperty(SupportsGet = true, Name = "tu")]
    public string? FromText { get; set; }

    [BindProperty(SupportsGet = true, Name = "den")]
    public string? ToText { get; set; }

    [BindProperty(SupportsGet = true, Name = "xa")]
    public int? Area { get; set; }

    [BindProperty(SupportsGet = true, Name = "noi")]
    public string? Desk { get; set; }

    protected DateOnly? From => Day(FromText);

    protected DateOnly? To => Day(ToText);

    private static DateOnly? Day(string? text) => DateWriting.TryRead(text ?? "", out var day) && day.Precision == DatePrecision.Day ? day.Earliest : null;

    /// <summary>The address of a page of the index with these days, and an office.</summary>
    public static string Link(string path, DateOnly from, DateOnly to, int? area, string? desk, string more = "") =>
        $"{path}?tu={Uri.EscapeDataString(from.Shown())}&den={Uri.EscapeDataString(to.Shown())}{(area is { } xa ? $"&xa={xa}" : "")}{(desk is null ? "" : "&noi=" + Uri.EscapeDataString(desk))}{more}";

    public static string N(decimal number) => number.ToString("0.##", CultureInfo.CurrentCulture);

    public static string N(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}

/// <summary>The index of the province or an office: six groups, each number down to its files; and the offices beside each other.</summary>
[Needs(ServicesPermission.ReadScores)]
internal sealed class ScoresPage : ScorePage
{
    public const string Path = "/chi-so";

    /// <summary>So many offices are seen at once, the lowest first.</summary>
    public const int First = 10;

    public ShowScores.Shown? Shown { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        Shown = (await Do<ShowScores, ShowScores.Shown>(f => f.Run(new ShowScores.Request(From, To, Area, Desk)))).Value;
        Waits = Shown is null ? [] : (await Do<ShowWaits, ShowWaits.Shown>(f => f.Run(new ShowWaits.Request(Shown.From, Shown.To, Area, Desk)))).Value?.Lines ?? [];
        return Page();
    }

    /// <summary>How long people waited at the counters.</summary>
    public IReadOnlyList<ShowWaits.Line> Waits { get; private set; } = [];

    /// <summary>90 and more excellent, 80 good, 70 fair, 50 middling (Quyết định 766/QĐ-TTg, from memory).</summary>
    public static string Band(decimal score) => score switch { >= 90 => "excellent", >= 80 => "good", >= 70 => "fair", >= 50 => "middling", _ => "weak" };

    public static string? Class(decimal? score) => score is null ? null : score < 70 ? "so-bad" : score >= 90 ? "so-good" : null;

    public string Open(ShowScores.Office office) => Link(Path, Shown!.From, Shown.To, office.Area, office.Desk);

    public string Files(string criterion, bool missed) => Link($"{Path}/{criterion}", Shown!.From, Shown.To, Area, Desk, missed ? "&sot=true" : "");
}

/// <summary>The files behind a number of the index.</summary>
[Needs(ServicesPermission.ReadScores)]
internal sealed class ScoredFilesPage : ScorePage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>Only those that were not good.</summary>
    [BindProperty(SupportsGet = true, Name = "sot")]
    public bool Missed { get; set; }

    public ListScored.Listed Listed { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        var listed = await Do<ListScored, ListScored.Listed>(f => f.Run(new ListScored.Request(Code, From, To, Area, Desk, Missed)));
        Listed = listed.Value!;
        return listed.IsGood ? Page() : Refuse(listed.Problems);
    }
}
