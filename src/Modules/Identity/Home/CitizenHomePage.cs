using SoGoc.Identity.Acting;
using SoGoc.Identity.Organisations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Modules;
using SoGoc.Population;

namespace SoGoc.Identity.Home;

/// <summary>A citizen's first page: who he is here, and what he can see and do.</summary>
[Citizen]
internal sealed class CitizenHomePage(IPopulation population, ActFor acting, OrganisationBook organisations, IEnumerable<CitizenDoor> others, IEnumerable<IWaitsForCitizen> waiting) : CitizenPage
{
    private static readonly (string Link, string Title, string Text)[] All =
    [
        ("/cua-toi/ai-da-xem", "identity.readings", "identity.readings-text"),
        ("/cua-toi/yeu-cau", "identity.requests", "identity.requests-text"),
        ("/cua-toi/dong-y", "identity.consents", "identity.consents-text"),
        ("/cua-toi/lam-thay", "identity.acting", "identity.acting-text"),
        (OrganisationPage.Path, "identity.organisations", "identity.organisations-text"),
        ("/cua-toi/bao-mat", "identity.security", "identity.security-text"),
    ];

    /// <summary>Who acts for another finds what he may do there, and the way back; his own account waits.</summary>
    public IEnumerable<(string Link, string Title, string Text)> Doors { get; private set; } = [.. others.Select(d => (d.Link, d.Title, d.Text)), .. All];

    /// <summary>What waits for him.</summary>
    public IReadOnlyList<WorkItem> AtHand { get; private set; } = [];

    public int Level => Own.Level;

    public int AccountLevel => Own.AccountLevel;

    public string Name => Own.Name;

    /// <summary>For whom the citizen acts in this session.</summary>
    public string? ActsFor { get; private set; }

    /// <summary>For which organisation.</summary>
    public string? ForOrganisation { get; private set; }

    public async Task OnGetAsync()
    {
        foreach (var module in waiting)
        {
            AtHand = [.. AtHand, .. await module.For(Actor)];
        }

        ForOrganisation = (await organisations.For(Own.Person, Own.ForOrganisation))?.Name;
        if (Own.ActsFor is { } other)
        {
            ActsFor = (await population.Find(other))?.Facts.FullName;
            Doors = [.. others.Select(d => (d.Link, d.Title, d.Text)), .. (await acting.Record(Own)).IsGood ? All[..2] : []];
        }
    }
}
