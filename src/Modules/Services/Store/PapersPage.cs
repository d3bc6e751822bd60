using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Services.Papers;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Store;

/// <summary>Base of the pages of citizens whose form brings papers.</summary>
internal abstract class PapersPage : CitizensPage
{
    /// <summary>Of the boxes by which papers of the store are used again.</summary>
    public const string Again = "reuse";

    /// <summary>Of the boxes by which papers are taken out of the form again. No buttons: the first one of a form is pressed by whoever presses Enter in a field.</summary>
    public const string Out = "out";

    public ShowPapers.Shown Papers { get; private set; } = new([], []);

    /// <summary>Takes in what the form has brought and what it uses again, and out what it wants no more; what could not be taken stands beside its field.</summary>
    protected async Task TakePapers(PaperFor where)
    {
        foreach (var paper in Keys(Out))
        {
            await Do<TakeOutPaper, Done>(f => f.Run(new TakeOutPaper.Request(where, paper)));
        }

        foreach (var file in Request.Form.Files.Where(f => f.Name.StartsWith(FormPapers.Prefix, StringComparison.Ordinal) && (f.Length > 0 || !string.IsNullOrEmpty(f.FileName))))
        {
            await using var stream = file.OpenReadStream();
            await Do<GivePaper, TakePaper.Taken>(f => f.Run(new GivePaper.Request(where, file.Name[FormPapers.Prefix.Length..], stream, file.FileName)));
        }

        foreach (var paper in Keys(Again))
        {
            await Do<UseStored, TakePaper.Taken>(f => f.Run(new UseStored.Request(where, paper)));
        }
    }

    private List<Guid> Keys(string boxes) => [.. Request.Form[boxes].Where(v => Guid.TryParse(v, out _)).Select(v => Guid.Parse(v!, CultureInfo.InvariantCulture))];

    /// <summary>What lies there now.</summary>
    protected async Task LookAtPapers(Procedure procedure, PaperFor where)
    {
        if (procedure.Papers.Any(PaperShelf.IsHanded))
        {
            Papers = (await Do<ShowPapers, ShowPapers.Shown>(f => f.Run(where))).Value ?? Papers;
        }
    }
}

/// <summary>The citizen's electronic store.</summary>
[Citizen]
internal sealed class MyStorePage : CitizensPage
{
    public const string Path = "/cua-toi/kho";

    [BindProperty]
    public Guid Paper { get; set; }

    public MyStore.Listed Listed { get; private set; } = new([], []);

    public Task OnGetAsync() => Look();

    /// <param name="giay">Which paper.</param>
    public async Task<IActionResult> OnGetOpenAsync(Guid giay)
    {
        var outcome = await Do<OpenOwnPaper, OpenedPaper>(f => f.Run(giay));
        return outcome.Ok(out var opened) ? opened.Leave(Response) : Refuse(outcome.Problems);
    }

    /// <param name="hs">Of which file the result is.</param>
    public async Task<IActionResult> OnGetResultAsync(string hs)
    {
        var outcome = await Do<OpenResultPaper, OpenedPaper>(f => f.Run(hs));
        return outcome.Ok(out var opened) ? opened.Leave(Response) : Refuse(outcome.Problems);
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        if ((await Do<RemovePaper, Done>(f => f.Run(new RemovePaper.Request(Paper)))).IsGood)
        {
            return LocalRedirect(Path);
        }

        await Look();
        return Page();
    }

    private async Task Look() => Listed = (await Do<MyStore, MyStore.Listed>(f => f.Run(new MyStore.Request()))).Value ?? Listed;
}
