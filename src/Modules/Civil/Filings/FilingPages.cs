using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.Filings;

/// <summary>Linked filings of the office, by deadline.</summary>
[Needs(CivilPermission.ReadFilings)]
internal sealed class FilingsPage : OfficePage
{
    /// <summary>open, late, refused or all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Loc { get; set; }

    public IReadOnlyList<FilingShown> Filings { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Loc = ListFilings.States.Contains(Loc) ? Loc : ListFilings.Open;
        Filings = (await Do<ListFilings, ListFilings.Page>(f => f.Run(new ListFilings.Request(Loc)))).Ok(out var page) ? page.Filings : [];
    }
}

/// <summary>One filing, and the decision of the commune police.</summary>
[Needs(CivilPermission.ReadFilings)]
internal sealed class FilingPage : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public ShowFiling.Shown? Found { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var outcome = await Do<ShowFiling, ShowFiling.Shown>(f => f.Run(new ShowFiling.Request(Code)));
        Found = outcome.Ok(out var found) ? found : null;
        return Found is null ? Refuse(outcome.Problems) : Page();
    }

    public async Task<IActionResult> OnPostDecideAsync(bool approve)
    {
        if (!Actor.May(Permission.Of(CivilPermission.DecideFiling)))
        {
            return Refuse([Problem.Forbidden("kernel.not-permitted")]);
        }

        var decided = await Do<DecidePart, DecidePart.Decided>(f => f.Run(new DecidePart.Request(Code, approve, Reason)));
        return decided.IsGood ? LocalRedirect($"/lien-thong/{Uri.EscapeDataString(Code!)}") : await OnGetAsync();
    }
}

/// <summary>For citizens: how far a filing is, by its code. Asked by a form, so that no code stands in an address.</summary>
[Public]
internal sealed class TrackPage(RateLimit limit) : OfficePage
{
    private const int AtOnce = 20;
    private static readonly TimeSpan OneMoreAfter = TimeSpan.FromSeconds(5);

    [BindProperty]
    public string? Code { get; set; }

    public FilingShown? Found { get; private set; }

    public void OnGet()
    {
    }

    public async Task OnPostAsync()
    {
        if (await limit.Take($"track {HttpContext.Connection.RemoteIpAddress}", AtOnce, OneMoreAfter) is { } problem)
        {
            ModelState.AddModelError("", Say.Say(problem));
            Response.StatusCode = problem.Status;
            return;
        }

        Found = (await Do<TrackFiling, FilingShown>(f => f.Run(new TrackFiling.Request(Code)))).Ok(out var found) ? found : null;
    }
}
