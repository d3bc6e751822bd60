using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Quality.Matching;

/// <summary>An agency's lists that were compared with the register, and one more.</summary>
[Needs(QualityPermission.MatchLists)]
internal sealed class MatchListsPage(MatchBook lists) : OfficePage
{
    private const int Most = 50;

    public IReadOnlyList<MatchedList> Lists { get; private set; } = [];

    public async Task OnGetAsync() => Lists = await lists.Newest(Most);

    public async Task<IActionResult> OnPostAsync(IFormFile? file)
    {
        if (file is null)
        {
            ModelState.AddModelError("file", Say["kernel.required"]);
        }
        else
        {
            await using var stream = file.OpenReadStream();
            if ((await Do<SendMatchList, SendMatchList.Sent>(f => f.Run(new SendMatchList.Request(stream, file.FileName)))).Ok(out var sent))
            {
                return Redirect($"/doi-soat/{sent.Id}");
            }
        }

        await OnGetAsync();
        return Page();
    }
}

/// <summary>One list: its columns, how its rows came out, and the rows.</summary>
[Needs(QualityPermission.MatchLists)]
internal sealed class MatchListPage : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Outcome of the rows that are shown.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Loai { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Sau { get; set; }

    public ShowMatchList.Shown Shown { get; private set; } = null!;

    public static IReadOnlyList<string> Fields => MatchField.All;

    public Task<IActionResult> OnGetAsync() => Load();

    public async Task<IActionResult> OnPostMapAsync(string[] mapping) => (await Do<MapMatchList, Done>(f => f.Run(new MapMatchList.Request(Id, [.. mapping.Select(m => m ?? "")])))).IsGood ? Redirect($"/doi-soat/{Id}") : await Load();

    public async Task<IActionResult> OnPostDecideAsync(int row, string? decision, Guid? person)
    {
        await Do<DecideMatchRow, DecideMatchRow.Decided>(f => f.Run(new DecideMatchRow.Request(Id, row, person is null ? decision : DecideMatchRow.Chosen, person)));
        return await Load();
    }

    /// <summary>Whether the columns lie open: until they are plain, and for who wants to change them.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Cot { get; set; }

    /// <summary>What each column that is compared was taken for.</summary>
    public IEnumerable<(string Field, string Head)> TakenFor => Shown.Mapping.Zip(Shown.Heads).Where(c => c.First.Length > 0).OrderBy(c => MatchField.At(c.First));

    /// <summary>Columns that are not compared.</summary>
    public IEnumerable<string> LeftOut => Shown.Mapping.Zip(Shown.Heads).Where(c => c.First.Length == 0 && c.Second.Length > 0).Select(c => c.Second);

    /// <summary>What the register has of a field.</summary>
    public string? Known(ShowMatchList.Known who, string field) => field switch
    {
        MatchField.Number => who.Number, MatchField.Name => who.Name, MatchField.Born => who.Born, MatchField.Sex => who.Sex is 1 or 2 ? Say["quality.sex-" + who.Sex] : null, _ => null,
    };

    private async Task<IActionResult> Load()
    {
        var outcome = await Do<ShowMatchList, ShowMatchList.Shown>(f => f.Run(new ShowMatchList.Request(Id, string.IsNullOrEmpty(Loai) ? null : Loai, Sau)));
        if (!outcome.Ok(out var shown))
        {
            return Refuse(outcome.Problems);
        }

        Shown = shown;
        return Page();
    }
}
