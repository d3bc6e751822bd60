using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Sealing;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;

namespace SoGoc.Kernel.Cases;

/// <summary>What an official is working on: he says it once, and his pages read for it. A click goes on with what he did yesterday.</summary>
[Needs(JournalPermission.OpenCase)]
internal sealed class TakeUpCasePage(CurrentCase current, Purposes purposes, Session session, CurrentActor actor, TimeProvider clock) : OfficePage
{
    public const string Path = "/viec";

    /// <summary>Where he wanted to go.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Ve { get; set; }

    [BindProperty]
    public string? Reference { get; set; }

    [BindProperty]
    public string? Purpose { get; set; }

    [BindProperty]
    public string? Number { get; set; }

    public (CaseFile File, string PurposeName)? Now { get; private set; }

    /// <summary>Those this official may name.</summary>
    public IReadOnlyList<Purpose> Purposes { get; private set; } = [];

    public IReadOnlyList<ListCases.Case> Open { get; private set; } = [];

    public string NameOf(string purpose) => Purposes.FirstOrDefault(p => p.Code == purpose)?.Name ?? Say["journal.emergency"];

    public Task OnGetAsync() => Show();

    /// <summary>Begins a piece of work, or goes on with one.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if ((await Do<TakeUpCase, CaseFile>(f => f.Run(new TakeUpCase.Request(Reference, Purpose, Number)))).IsGood)
        {
            return Onward();
        }

        await Show();
        return Page();
    }

    /// <summary>The work is done.</summary>
    public async Task<IActionResult> OnPostDoneAsync()
    {
        if ((await Do<CloseCase, CloseCase.Closed>(f => f.Run(new CloseCase.Request(Reference)))).IsGood)
        {
            return Redirect(Path);
        }

        await Show();
        return Page();
    }

    private LocalRedirectResult Onward() => LocalRedirect(Url.IsLocalUrl(Ve) ? Ve : Path);

    private async Task Show()
    {
        Now = await current.Find();
        Purposes = [.. (await purposes.On(clock.Today())).Where(p => p.Code != Cases.Purpose.Emergency && p.IsFor(Actor))];
        Open = (await Do<ListCases, ListCases.Cases>(f => f.Run(new ListCases.Request()))).Value?.Open ?? [];
        Purpose ??= await Usual();
    }

    /// <summary>What he did last is mostly what he does next.</summary>
    private Task<string?> Usual() => session.Value<string>("select purpose from journal.case_file where opened_by = $1 and kind <> 'emergency' order by opened_at desc limit 1", actor.Value.Reference);
}
