using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Places;

namespace SoGoc.Staff.Officials;

/// <summary>When somebody of the office is away, and who stands in.</summary>
[SignedIn]
internal sealed class StandInsPage(IPlaces places, TimeProvider clock) : StaffPage
{
    public const string Path = "/nguoi-thay";

    protected override IPlaces Places => places;

    protected override TimeProvider Clock => clock;

    [BindProperty]
    public Guid Official { get; set; }

    [BindProperty]
    public string? From { get; set; }

    [BindProperty]
    public string? Until { get; set; }

    [BindProperty]
    public string? StandIn { get; set; }

    [BindProperty]
    public string? Ground { get; set; }

    public ShowStandIns.Shown Shown { get; private set; } = new([], [], []);

    public async Task<IActionResult> OnGetAsync()
    {
        Shown = (await Do<ShowStandIns, ShowStandIns.Shown>(f => f.Run(new ShowStandIns.Request()))).Value ?? Shown;
        return Page();
    }

    public Task<IActionResult> OnPostAsync() => Did<NameStandIn>(f => f.Run(new NameStandIn.Request(Official, From, Until, StandIn, Ground)));

    public Task<IActionResult> OnPostBackAsync(Guid absence) => Did<EndStandIn>(f => f.Run(new EndStandIn.Request(Official, absence, Ground)));

    private async Task<IActionResult> Did<TFeature>(Func<TFeature, Task<Outcome<Done>>> run) where TFeature : class => (await Do(run)).IsGood ? Redirect(Path) : await OnGetAsync();
}
