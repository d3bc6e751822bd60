using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Identity.Acting;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;

namespace SoGoc.Identity.Organisations;

/// <summary>The organisations of a head, whom he has named, and those for which the citizen may act.</summary>
[Citizen(2)]
internal sealed class OrganisationPage(OrganisationBook book, TimeProvider clock) : CitizenPage
{
    public const string Path = "/cua-toi/to-chuc";

    public IReadOnlyList<OrganisationRow> Mine { get; private set; } = [];

    public IReadOnlyList<MayActForOrganisation> May { get; private set; } = [];

    public IReadOnlyList<OrganisationAgent> Agents { get; private set; } = [];

    public Guid? Now => Own.ForOrganisation;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    [BindProperty]
    public string? Until { get; set; }

    /// <summary>Whose form has problems: an organisation's, where somebody is named; null: that of a new one.</summary>
    public Guid? Asked { get; private set; }

    public string State(OrganisationRow row) => row.State(clock.GetUtcNow());

    public async Task OnGetAsync() => (Mine, May, Agents) = (await book.Of(Own.Account), await book.For(Own.Person), await book.Agents(Own.Account));

    public Task<IActionResult> OnPostAskAsync() => Changed<RegisterOrganisation>(f => f.Run(Own, new RegisterOrganisation.Request(Name, Kind, Number, Address)));

    public Task<IActionResult> OnPostActivateAsync(Guid id) => Changed<RegisterOrganisation>(f => f.Activate(Own, id));

    public Task<IActionResult> OnPostEndAsync(Guid id) => Changed<RegisterOrganisation>(f => f.End(Own, id));

    public Task<IActionResult> OnPostChooseAsync(Guid id) => Changed<ActFor>(f => f.ChooseOrganisation(Own, id), "/cua-toi");

    public Task<IActionResult> OnPostMyselfAsync() => Changed<ActFor>(f => f.Choose(Own, null), "/cua-toi");

    public Task<IActionResult> OnPostNameAsync(Guid id)
    {
        Asked = id;
        return Changed<ActFor>(f => f.Give(Own, Number, Name, [], Until, id));
    }

    public Task<IActionResult> OnPostUnnameAsync(Guid mandate) => Changed<ActFor>(f => f.End(Own, mandate));

    private async Task<IActionResult> Changed<TFeature>(Func<TFeature, Task<Outcome<Done>>> change, string next = Path) where TFeature : class
    {
        if ((await Do(change)).IsGood)
        {
            return LocalRedirect(next);
        }

        await OnGetAsync();
        return Page();
    }
}

/// <summary>Organisations that wait for the office's decision.</summary>
[Needs(IdentityPermission.RegisterOrganisations)]
internal sealed class OrganisationsDeskPage(OrganisationBook book, TimeProvider clock) : OfficePage
{
    public const string Path = "/to-chuc";

    public IReadOnlyList<OrganisationRow> Waiting { get; private set; } = [];

    public bool Late(OrganisationRow row) => row.DueOn < clock.Today();

    public async Task OnGetAsync() => Waiting = await book.Waiting();

    public async Task<IActionResult> OnPostAsync(Guid id, string? decision, string? answer)
    {
        if ((await Do<DecideOrganisation, Done>(f => f.Run(new DecideOrganisation.Request(id, decision, answer)))).IsGood)
        {
            return LocalRedirect(Path);
        }

        await OnGetAsync();
        return Page();
    }
}

/// <summary>Organisations that wait, on the first page.</summary>
internal sealed class OrganisationsAtHand(BeyondDuty reads) : IWorkAtHand
{
    public async Task<IReadOnlyList<WorkItem>> For(Actor who)
    {
        if (!who.May(Permission.Of(IdentityPermission.RegisterOrganisations)))
        {
            return [];
        }

        var waiting = (await reads.Rows("select count(*) from identity.organisation where decided_at is null and ended_at is null", r => r.GetInt64(0))).Single();
        return waiting == 0 ? [] : [new WorkItem("identity.organisations-at-hand", waiting.ToString("N0", CultureInfo.CurrentCulture), OrganisationsDeskPage.Path, Waits: true)];
    }
}
