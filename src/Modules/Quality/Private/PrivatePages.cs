using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Quality.Private;

/// <summary>Lists that were compared by digests, and the key for one more.</summary>
[Needs(QualityPermission.MatchLists)]
internal sealed class PrivateListsPage(PrivateLists lists) : OfficePage
{
    private const int Most = 50;

    [BindProperty]
    public string? Name { get; set; }

    /// <summary>The key that was just handed over; it is shown this once.</summary>
    public AskPrivateKey.Asked? Asked { get; private set; }

    public IReadOnlyList<PrivateList> Lists { get; private set; } = [];

    public async Task OnGetAsync() => Lists = await lists.Newest(Most);

    public async Task<IActionResult> OnPostAsync()
    {
        if ((await Do<AskPrivateKey, AskPrivateKey.Asked>(f => f.Run(new AskPrivateKey.Request(Name)))).Ok(out var asked))
        {
            Asked = asked;
        }

        await OnGetAsync();
        return Page();
    }
}

/// <summary>One such list: its digests come in here, and how its rows came out.</summary>
[Needs(QualityPermission.MatchLists)]
internal sealed class PrivateListPage : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public ShowPrivateList.Shown Shown { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync(IFormFile? file)
    {
        if (file is null)
        {
            ModelState.AddModelError("file", Say["kernel.required"]);
            return await Load();
        }

        await using var stream = file.OpenReadStream();
        return (await Do<SendDigests, SendDigests.Sent>(f => f.Run(new SendDigests.Request(Id, stream)))).IsGood ? Redirect($"/doi-soat/kin/{Id}") : await Load();
    }

    private async Task<IActionResult> Load()
    {
        var outcome = await Do<ShowPrivateList, ShowPrivateList.Shown>(f => f.Run(new ShowPrivateList.Request(Id)));
        if (!outcome.Ok(out var shown))
        {
            return Refuse(outcome.Problems);
        }

        Shown = shown;
        return Page();
    }
}
