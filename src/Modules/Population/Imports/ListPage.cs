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

    public const int MostFaults = 50;

    public IReadOnlyList<RowFault> First { get; private set; } = [];

    /// <summary>"yen": the reader has asked the page to keep still (WCAG 2.2.2).</summary>
    [BindProperty(SupportsGet = true)]
    public string? Yen { get; set; }

    /// <summary>At work, or waiting for the worker.</summary>
    public bool Working => Shown.Working;

    public bool Renews => Working && Yen is null;

    /// <summary>1 sending, 2 checking, 3 entering, 4 done.</summary>
    public int Step => Shown.List.State switch { "received" when !Working => 1, "applying" => 3, "done" => 4, _ => 2 };

    /// <summary>The columns must be told before the list can be checked.</summary>
    public bool WantsColumns => Shown.List.State == "received" && !Working;

    /// <summary>The heads of columns that will not be entered.</summary>
    public string LeftOut => Shown.List.Shape.Heads.Where((h, i) => Shown.List.Mapping[i].Length == 0).ToList() is { Count: > 0 } heads
        ? Say["lists.left-out-are", string.Join(", ", heads)] : Say["lists.none-left-out"];

    /// <summary>A fault said without the data of a row.</summary>
    public string Sentence(string code) => Say[code, "…", "…"];

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
        First = await lists.Faults(Id, 0, long.MaxValue, MostFaults);
        return Page();
    }
}
