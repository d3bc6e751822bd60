using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Staff.Agencies;
using SoGoc.Staff.Roles;

namespace SoGoc.Staff.Officials;

/// <summary>A new official; the page that answers shows the first password, once.</summary>
[Needs(StaffPermission.ManageStaff)]
internal sealed class AppointOfficialPage(IPlaces places, TimeProvider clock) : StaffPage
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Account { get; set; }

    [BindProperty]
    public string? Agency { get; set; }

    [BindProperty]
    public string? Number { get; set; }

    public AppointOfficial.Appointed? Appointed { get; private set; }

    public IReadOnlyList<ListRoles.Role> Roles { get; private set; } = [];

    public IReadOnlyList<Agency> Agencies { get; private set; } = [];

    protected override IPlaces Places => places;

    protected override TimeProvider Clock => clock;

    public Task OnGetAsync() => Fill();

    public async Task OnPostAsync(string? role, string? area, string? from, string? until, string? ground)
    {
        Appointed = (await Do<AppointOfficial, AppointOfficial.Appointed>(f => f.Run(new AppointOfficial.Request(Name, Account, Agency, role, area, from, until, ground, Number)))).Value;
        await Fill();
    }

    private async Task Fill()
    {
        Roles = (await Do<ListRoles, IReadOnlyList<ListRoles.Role>>(f => f.Run(new ListRoles.Request()))).Value ?? [];
        Agencies = [.. ((await Do<ListAgencies, IReadOnlyList<Agency>>(f => f.Run(new ListAgencies.Request()))).Value ?? []).Where(a => a.Valid.Holds(clock.Today()))];
    }
}
