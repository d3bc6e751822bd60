using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Population.Imports;

/// <summary>One list: progress, faults, its columns, and the button that lets it in.</summary>
[Needs(PopulationPermission.ImportList)]
internal sealed class ListPage(Session session, ListBook lists, JobBook jobs, TimeProvider clock) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public ShowList.Shown Shown { get; private set; } = null!;

    public IReadOnlyList<RowFault> First { get; private set; } = [];

    /// <summary>A job waits for the worker.</summary>
    public bool Waits => Shown.Job is { State: "waiting" };

    public double Share => Shown.Job?.Share ?? 0;

    private double Seconds => Shown.List.BegunAt is { } begun ? Math.Max((clock.GetUtcNow() - begun).TotalSeconds, 0.1) : 0.1;

    /// <summary>Rows a second in the present phase.</summary>
    public double Rate => Shown.List.State switch
    {
        "checking" => Shown.List.Rows / Seconds,
        "applying" => (Shown.List.Entered + Shown.List.Completed + Shown.List.Unchanged) / Seconds,
        _ => 0,
    };

    public TimeSpan? Left => Share is > 0 and < 1 ? TimeSpan.FromSeconds(Seconds / Share * (1 - Share)) : null;

    public Task<IActionResult> OnGetAsync() => Load();

    public Task<IActionResult> OnPostEnterAsync() => After(Do<EnterList, Done>(f => f.Run(new EnterList.Request(Id))));

    public Task<IActionResult> OnPostMapAsync(string[] mapping) =>
        After(Do<MapList, Done>(f => f.Run(new MapList.Request(Id, [.. mapping.Select(m => m ?? "")]))));

    public async Task<IActionResult> OnPostCancelAsync()
    {
        await jobs.Cancel(Id);
        await session.Commit();
        return Redirect($"/nhap/{Id}");
    }

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
