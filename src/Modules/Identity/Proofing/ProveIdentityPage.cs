using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Identity.Proofing;

/// <summary>At the counter: the number, what was compared, the telephone; one page, one button.</summary>
[Needs(IdentityPermission.ProveIdentity)]
internal sealed class ProveIdentityPage : OfficePage
{
    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Case { get; set; }

    [BindProperty]
    public string? Card { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    [BindProperty]
    public List<string> Evidence { get; set; } = [];

    /// <summary>Number of the parent or guardian who is there too.</summary>
    [BindProperty]
    public string? Representative { get; set; }

    [BindProperty]
    public string? RepresentativeCard { get; set; }

    public ProveIdentity.Seen? Seen { get; private set; }

    public ProveIdentity.Proved? Proved { get; private set; }

    /// <summary>What was decided about a telephone that waited.</summary>
    public string? Decided { get; private set; }

    public void OnGet()
    {
    }

    public async Task OnPostLookAsync()
    {
        await Look();
        // What is to be read from the card and heard from the person is not said beforehand.
    }

    public async Task OnPostProveAsync(string? aim)
    {
        var outcome = await Do<ProveIdentity, ProveIdentity.Proved>(p => p.Run(new ProveIdentity.Request(Number, Case, Card, Evidence, Phone, aim, Representative, RepresentativeCard)));
        if (outcome.Ok(out var proved))
        {
            Proved = proved;
            return;
        }

        await Look();
    }

    public async Task OnPostDecideAsync(Guid id, bool approve)
    {
        if ((await Do<DecideRecovery, Done>(d => d.Run(new DecideRecovery.Request(id, Case, approve)))).IsGood)
        {
            Decided = approve ? "identity.recovery-approved" : "identity.recovery-refused";
            return;
        }

        await Look();
    }

    private async Task Look() => Seen = (await Do<ProveIdentity, ProveIdentity.Seen>(p => p.Look(Number, Case))).Ok(out var seen) ? seen : null;
}
