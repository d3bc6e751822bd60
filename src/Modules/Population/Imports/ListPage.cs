using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Population.Imports;

/// <summary>One list: progress, faults, its columns, and the button that lets it in.</summary>
[Needs(PopulationPermission.ImportList)]
internal sealed class ListPage(ListBook lists, TimeProvider clock) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public ShowList.Shown Shown { get; private set; } = null!;

    public IReadOnlyList<RowFault> First { get; private set; } = [];

    public double Share => Shown.Job?.Share ?? 0;

    /// <summary>Rows a second since the present worker began.</summary>
    public double Rate => Shown.Job?.Rate(clock.GetUtcNow()) ?? 0;

    public TimeSpan? Left => Shown.Job?.Left(clock.GetUtcNow());

    public Task<IActionResult> OnGetAsync() => Load();

    public Task<IActionResult> OnPostEnterAsync() => After(Do<EnterList, Done>(f => f.Run(new EnterList.Request(Id))));

    public Task<IActionResult> OnPostMapAsync(string[] mapping) =>
        After(Do<MapList, Done>(f => f.Run(new MapList.Request(Id, [.. mapping.Select(m => m ?? "")]))));

    public Task<IActionResult> OnPostCancelAsync() => After(Do<CancelList, Done>(f => f.Run(new CancelList.Request(Id))));

    public Task<IActionResult> OnPostResumeAsync() => After(Do<ResumeList, Done>(f => f.Run(new ResumeList.Request(Id))));

    private async Task<IActionResult> After(Task<Outcome<Done>> act) => (await act).IsGood ? Redirect($"/nhap/{Id}") : await Load();

    private async Task<IActionResult> Load()
    {
        var outcome = await Do<ShowList, ShowList.Shown>(f => f.Run(new ShowList.Request(Id)));
        if (!outcome.Ok(out var shown))
        {
            return Refuse(outcome.Problems);
        }

        Shown = shown;
        First = await lists.Faults(Id, 0, long.MaxValue, 50);
        return Page();
    }
}
