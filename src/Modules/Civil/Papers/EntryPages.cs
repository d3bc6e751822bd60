using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Civil.Papers;

/// <summary>The books of the office.</summary>
[Needs(CivilPermission.IssuePapers)]
internal sealed class EntriesPage(TimeProvider clock) : CasePage
{
    public const string Path = "/so-ho-tich";

    private const int YearsBack = 10;

    /// <summary>"loai": kind of the book.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Loai { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Nam { get; set; }

    /// <summary>"so": number in the book.</summary>
    [BindProperty(SupportsGet = true)]
    public string? So { get; set; }

    /// <summary>"sau": the last entry of the page before.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Sau { get; set; }

    public ListEntries.Listed? Listed { get; private set; }

    public IEnumerable<int> Years => Enumerable.Range(0, YearsBack).Select(n => clock.Today().Year - n);

    public async Task<IActionResult> OnGetAsync()
    {
        if (await Work() is not { } work)
        {
            return AskForWork();
        }

        Listed = (await Do<ListEntries, ListEntries.Listed>(f => f.Run(new ListEntries.Request(Loai, Nam, So, Sau, work.Purpose, work.Reference)))).Value;
        return Page();
    }
}

/// <summary>An entry, its signatures and its papers; here papers are made, handed out again and declared void.</summary>
[Needs(CivilPermission.IssuePapers)]
internal sealed class EntryPage : CasePage
{
    public ShowEntry.Shown Shown { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(Guid entry) => Show(entry);

    /// <summary>The certificate, at once: the one that is there, or a new one.</summary>
    public async Task<IActionResult> OnPostCertificateAsync(Guid entry)
    {
        var there = (await Do<EntryBook, List<KeptPaper>>(async b => await b.Papers(entry))).Value?.FirstOrDefault(p => p is { Kind: IssuePaper.Certificate, EndedAt: null });
        return await Hand(entry, there is null ? await Do<IssuePaper, PaperFile>(f => f.Run(new IssuePaper.Request(entry, IssuePaper.Certificate))) : await Do<PrintPaper, PaperFile>(f => f.Run(new PrintPaper.Request(there.Id))));
    }

    public async Task<IActionResult> OnPostExtractAsync(Guid entry) => await Hand(entry, await Do<IssuePaper, PaperFile>(f => f.Run(new IssuePaper.Request(entry, IssuePaper.Extract))));

    public async Task<IActionResult> OnPostPrintAsync(Guid entry, Guid paper) => await Hand(entry, await Do<PrintPaper, PaperFile>(f => f.Run(new PrintPaper.Request(paper))));

    public async Task<IActionResult> OnPostVoidAsync(Guid entry, Guid paper, string? reason, string? ground) =>
        (await Do<VoidPaper, Done>(f => f.Run(new VoidPaper.Request(paper, reason, ground)))).IsGood ? LocalRedirect($"{EntriesPage.Path}/{entry}") : await Show(entry);

    /// <summary>The file, to be looked at and printed in the browser; or why there is none.</summary>
    private async Task<IActionResult> Hand(Guid entry, Outcome<PaperFile> outcome) => outcome.Ok(out var file) ? this.Hand(file) : await Show(entry);

    private async Task<IActionResult> Show(Guid entry)
    {
        if (await Work() is not { } work)
        {
            return AskForWork();
        }

        var outcome = await Do<ShowEntry, ShowEntry.Shown>(f => f.Run(new ShowEntry.Request(entry, work.Purpose, work.Reference)));
        if (!outcome.Ok(out var shown))
        {
            return Refuse(outcome.Problems);
        }

        Shown = shown;
        return Page();
    }
}
