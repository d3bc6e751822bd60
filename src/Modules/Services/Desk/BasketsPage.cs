using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Services.Complaints;
using SoGoc.Services.Files;

namespace SoGoc.Services.Desk;

/// <summary>The baskets of an official: the nearest end first.</summary>
[SignedIn]
internal sealed class BasketsPage : OfficePage
{
    public const string Path = "/mot-cua";

    [BindProperty(SupportsGet = true, Name = "gio")]
    public string? Basket { get; set; }

    [BindProperty(SupportsGet = true, Name = "thu-tuc")]
    public string? Procedure { get; set; }

    [BindProperty(SupportsGet = true, Name = "buoc")]
    public short? Status { get; set; }

    /// <summary>Only what this official has in hand.</summary>
    [BindProperty(SupportsGet = true, Name = "nguoi")]
    public string? Holder { get; set; }

    [BindProperty(SupportsGet = true, Name = "han")]
    public string? Due { get; set; }

    /// <summary>Code of a file that was handed over just now.</summary>
    [BindProperty(SupportsGet = true, Name = "da-chuyen")]
    public string? HandedOver { get; set; }

    public ListFiles.Listed Listed { get; private set; } = new([], new Dictionary<string, long>(), new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>Files that were chosen to be received, taken in hand or given to somebody together.</summary>
    [BindProperty]
    public string[]? Codes { get; set; }

    /// <summary>To whom they are given.</summary>
    [BindProperty]
    public string? To { get; set; }

    /// <summary>Whose name, number or code is sought. It goes by post, and stands in no address.</summary>
    [BindProperty]
    public string? Text { get; set; }

    /// <summary>What was found; null: nothing was sought.</summary>
    public FindFiles.Found? Found { get; private set; }

    /// <summary>How many of them went through; null: none was chosen now.</summary>
    public int? Moved { get; private set; }

    /// <summary>Those that did not, and why.</summary>
    public IReadOnlyList<(string Code, string Why)> Stayed { get; private set; } = [];

    /// <summary>What citizens have to say, and wait for an answer to.</summary>
    public IReadOnlyList<ListComplaints.Line> Complaints { get; private set; } = [];

    /// <summary>What he is told of files.</summary>
    public IReadOnlyList<ListNotices.Line> Notices { get; private set; } = [];

    /// <summary>To whom the head can give files, by how the journal names them.</summary>
    public IReadOnlyList<ShowAssignment.Load> Officials { get; private set; } = [];

    public bool Leads => Actor.May(Permission.Of(ServicesPermission.AssignFiles));

    /// <summary>The address of this choice.</summary>
    public string Here => $"{Path}?gio={Basket}&thu-tuc={Uri.EscapeDataString(Procedure ?? "")}&buoc={Status}&nguoi={Uri.EscapeDataString(Holder ?? "")}&han={Due}";

    /// <summary>Something narrows the basket.</summary>
    public bool Narrowed => !string.IsNullOrEmpty(Procedure) || Status is not null || !string.IsNullOrEmpty(Holder) || !string.IsNullOrEmpty(Due);

    public Task<IActionResult> OnPostReceiveAsync() => Each(code => Do<ReceiveFile, ReceiveFile.Received>(f => f.Run(new ReceiveFile.Request(code))));

    public Task<IActionResult> OnPostTakeAsync() => Each(code => Do<TakeFile, Done>(f => f.Run(new TakeFile.Request(code))));

    public Task<IActionResult> OnPostAssignAsync() => Each(code => Do<AssignFile, Done>(f => f.Run(new AssignFile.Request(code, To))));

    public async Task<IActionResult> OnPostFindAsync()
    {
        Found = (await Do<FindFiles, FindFiles.Found>(f => f.Run(new FindFiles.Request(Text)))).Value;
        await OnGetAsync();
        return Page();
    }

    /// <summary>Each in a transaction of its own: what one refuses holds no other up.</summary>
    private async Task<IActionResult> Each<T>(Func<string, Task<Outcome<T>>> step)
    {
        var (moved, stayed) = (0, new List<(string, string)>());
        foreach (var code in (Codes ?? []).Distinct().Take(ListFiles.Most))
        {
            var done = await step(code);
            moved += done.IsGood ? 1 : 0;
            stayed.AddRange(done.IsGood ? [] : [(code, Say.Say(done.Problems[0].Code, System.Globalization.CultureInfo.CurrentUICulture, [.. done.Problems[0].Data]))]);
        }

        (Moved, Stayed) = (moved, stayed);
        // What one refused is told beside its code, and is not the answer of the page.
        ModelState.Clear();
        Response.StatusCode = StatusCodes.Status200OK;
        await OnGetAsync();
        return Page();
    }

    public async Task OnGetAsync()
    {
        static string? Told(string? text) => string.IsNullOrEmpty(text) ? null : text;
        Basket = ListFiles.Baskets.Contains(Basket) ? Basket : null;
        Due = ListFiles.Ends.Contains(Due) ? Due : null;
        Listed = (await Do<ListFiles, ListFiles.Listed>(f => f.Run(new ListFiles.Request(Basket, Told(Procedure), Status, Told(Holder), Due)))).Value ?? Listed;
        Complaints = (await Do<ListComplaints, ListComplaints.Listed>(f => f.Run(new ListComplaints.Request()))).Value?.Open ?? [];
        Notices = (await Do<ListNotices, ListNotices.Listed>(f => f.Run(new ListNotices.Request()))).Value?.Notices ?? [];
        if (Leads)
        {
            Officials = [.. ((await Do<ShowAssignment, ShowAssignment.Shown>(f => f.Run(new ShowAssignment.Request()))).Value?.Desks ?? []).SelectMany(d => d.Officials).DistinctBy(o => o.Reference)];
        }
    }
}
