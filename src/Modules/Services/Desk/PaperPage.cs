using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Services.Files;
using SoGoc.Services.Store;

namespace SoGoc.Services.Desk;

/// <summary>A paper beside the form for which it was sent.</summary>
[SignedIn]
internal sealed class PaperPage : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public Guid Paper { get; set; }

    [BindProperty]
    public string? Until { get; set; }

    public ShowFile.Shown Shown { get; private set; } = null!;

    public StoredPaper Read { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync() => await Find() ?? Page();

    /// <summary>It was compared with the original.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        DateOnly? until = null;
        if (!string.IsNullOrWhiteSpace(Until))
        {
            if (!DateWriting.TryRead(Until, out var day) || day is not { Precision: DatePrecision.Day, Earliest: { } last })
            {
                ModelState.AddModelError("validUntil", Say["services.store-expired"]);
                return await Find() ?? Page();
            }

            until = last;
        }

        var done = await Do<CheckPaper, Done>(f => f.Run(new CheckPaper.Request(Code, Paper, until)));
        return done.IsGood ? LocalRedirect($"/mot-cua/{Code}/giay/{Paper}") : await Find() ?? Page();
    }

    private async Task<IActionResult?> Find()
    {
        var found = await Do<ShowFile, ShowFile.Shown>(f => f.Run(new ShowFile.Request(Code)));
        if (!found.Ok(out var shown))
        {
            return Refuse(found.Problems);
        }

        Shown = shown;
        if (shown.Papers.FirstOrDefault(p => p.Id == Paper) is not { } paper)
        {
            return Refuse([Problem.Missing("services.store-no-paper")]);
        }

        Read = paper;
        return null;
    }
}
