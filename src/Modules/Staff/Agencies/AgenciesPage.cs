using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Places;
using SoGoc.Staff.Officials;

namespace SoGoc.Staff.Agencies;

/// <summary>The agencies, when each is there, and what took over from it.</summary>
[Needs(StaffPermission.ManageStaff)]
internal sealed class AgenciesPage(IPlaces places, TimeProvider clock) : StaffPage
{
    public IReadOnlyList<Agency> All { get; private set; } = [];

    public IEnumerable<Agency> Now => All.Where(a => a.Valid.Holds(Today));

    protected override IPlaces Places => places;

    protected override TimeProvider Clock => clock;

    public async Task OnGetAsync() => All = (await Do<ListAgencies, IReadOnlyList<Agency>>(f => f.Run(new ListAgencies.Request()))).Value ?? [];

    public Task<IActionResult> OnPostOpenAsync(string? code, string? name, string? area, string? from, string? ground) =>
        Did<OpenAgency>(f => f.Run(new OpenAgency.Request(code, name, area, from, ground)));

    public Task<IActionResult> OnPostCloseAsync(string? code, string? on, string? successor, string? ground) =>
        Did<CloseAgency>(f => f.Run(new CloseAgency.Request(code, on, successor, ground)));

    private async Task<IActionResult> Did<TFeature>(Func<TFeature, Task<Outcome<Done>>> run) where TFeature : class
    {
        if ((await Do(run)).IsGood)
        {
            return Redirect("/can-bo/co-quan");
        }

        await OnGetAsync();
        return Page();
    }
}
