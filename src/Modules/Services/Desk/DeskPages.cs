using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Services.Complaints;
using SoGoc.Services.Files;
using SoGoc.Services.Papers;
using SoGoc.Services.Procedures;
using SoGoc.Services.Store;

namespace SoGoc.Services.Desk;

/// <summary>The baskets of an official: the nearest end first.</summary>
[SignedIn]
internal sealed class BasketsPage : OfficePage
{
    public const string Path = "/mot-cua";

    [BindProperty(SupportsGet = true, Name = "gio")]
    public string? Basket { get; set; }

    /// <summary>Code of a file that was handed over just now.</summary>
    [BindProperty(SupportsGet = true, Name = "da-chuyen")]
    public string? HandedOver { get; set; }

    public ListFiles.Listed Listed { get; private set; } = new([], new Dictionary<string, long>());

    /// <summary>Files that were chosen to be received, or taken in hand, together.</summary>
    [BindProperty]
    public string[]? Codes { get; set; }

    /// <summary>How many of them went through; null: none was chosen now.</summary>
    public int? Moved { get; private set; }

    /// <summary>Those that did not, and why.</summary>
    public IReadOnlyList<(string Code, string Why)> Stayed { get; private set; } = [];

    /// <summary>What citizens have to say, and wait for an answer to.</summary>
    public IReadOnlyList<ListComplaints.Line> Complaints { get; private set; } = [];

    public Task<IActionResult> OnPostReceiveAsync() => Each(code => Do<ReceiveFile, ReceiveFile.Received>(f => f.Run(new ReceiveFile.Request(code))));

    public Task<IActionResult> OnPostTakeAsync() => Each(code => Do<TakeFile, Done>(f => f.Run(new TakeFile.Request(code))));

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
        Basket = ListFiles.Baskets.Contains(Basket) ? Basket : null;
        Listed = (await Do<ListFiles, ListFiles.Listed>(f => f.Run(new ListFiles.Request(Basket)))).Value ?? Listed;
        Complaints = (await Do<ListComplaints, ListComplaints.Listed>(f => f.Run(new ListComplaints.Request()))).Value?.Open ?? [];
    }
}

/// <summary>A file on the desk: what was handed in beside what the register says, the clock, and what can be done now.</summary>
[SignedIn]
[FormWithPapers]
internal sealed class FilePage(FilePapers papers) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public string? Due { get; set; }

    [BindProperty]
    public string? ResultNo { get; set; }

    [BindProperty]
    public string? How { get; set; }

    /// <summary>To which desk a file is handed over: justice or police of a commune, or an agency.</summary>
    [BindProperty]
    public string? To { get; set; }

    [BindProperty]
    public string? Commune { get; set; }

    /// <summary>The form, as a supplement that is brought to the counter changes it.</summary>
    public IReadOnlyDictionary<string, string?> Answers { get; private set; } = new Dictionary<string, string?>();

    [BindProperty]
    public string? Answer { get; set; }

    public ShowFile.Shown Shown { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync() => await Find() ?? Page();

    /// <summary>One of its printed papers.</summary>
    public async Task<IActionResult> OnGetPaperAsync(string kind) => await Find() ?? ((await papers.Draw(Shown.File, Shown.Procedure, Shown.Steps, kind)).Ok(out var pdf) ? File(pdf, "application/pdf") : NotFound());

    /// <summary>The paper of the result, to be handed over.</summary>
    public async Task<IActionResult> OnGetResultAsync()
    {
        var outcome = await Do<PrintResult, OpenedPaper>(f => f.Run(Code));
        return outcome.Ok(out var paper) ? paper.Leave(Response) : Refuse(outcome.Problems);
    }

    public async Task<IActionResult> OnPostReceiveAsync() => await Done(await Do<ReceiveFile, ReceiveFile.Received>(f => f.Run(new ReceiveFile.Request(Code))));

    public async Task<IActionResult> OnPostTakeAsync() => await Done(await Do<TakeFile, Done>(f => f.Run(new TakeFile.Request(Code))));

    public async Task<IActionResult> OnPostSupplementAsync() => await Done(await Do<AskSupplement, AskSupplement.Asked>(f => f.Run(new AskSupplement.Request(Code, Why))));

    /// <summary>Somebody has brought to the counter what was missing.</summary>
    public async Task<IActionResult> OnPostBroughtAsync()
    {
        if (await Find() is { } refusal)
        {
            return refusal;
        }

        Answers = Shown.Procedure.Fields.Where(f => f.Asked).ToDictionary(f => f.Name, f => Request.Form[FormCheck.Prefix + f.Name].FirstOrDefault(), StringComparer.Ordinal);
        return await Done(await Do<BringSupplement, Done>(f => f.Run(new BringSupplement.Request(Code, Answers))));
    }

    public async Task<IActionResult> OnPostRefuseAsync() => await Done(await Do<RefuseFile, Done>(f => f.Run(new RefuseFile.Request(Code, Why))));

    public async Task<IActionResult> OnPostDecideAsync() => await Done(await Do<DecideFile, FileDecisions.Decided>(f => f.Run(new DecideFile.Request(Code, ResultNo, Why))));

    public async Task<IActionResult> OnPostReturnAsync() => await Done(await Do<ReturnResult, Done>(f => f.Run(new ReturnResult.Request(Code, How))));

    /// <summary>To the office that is competent; this one has no more to do with it.</summary>
    public async Task<IActionResult> OnPostHandOverAsync()
    {
        var handed = await Do<HandOverFile, HandOverFile.Handed>(f => f.Run(new HandOverFile.Request(Code, Why, To, Commune)));
        return handed.IsGood ? LocalRedirect($"{BasketsPage.Path}?da-chuyen={Code}") : await Find() ?? Page();
    }

    public async Task<IActionResult> OnPostApologiseAsync() => DateWriting.TryRead(Due ?? "", out var day) && day is { Precision: DatePrecision.Day, Earliest: { } due }
        ? await Done(await Do<Apologise, Done>(f => f.Run(new Apologise.Request(Code, due, Why))))
        : await Wrong("due", "services.later-working-day");

    public async Task<IActionResult> OnPostAnswerAsync() => await Done(await Do<AnswerComplaint, Done>(f => f.Run(new AnswerComplaint.Request(Code, Answer))));

    /// <summary>A paper that was brought is scanned.</summary>
    /// <param name="file">The scan.</param>
    /// <param name="kind">As the procedure calls it.</param>
    /// <param name="compared">With the original.</param>
    public async Task<IActionResult> OnPostScanAsync(IFormFile? file, string? kind, bool compared)
    {
        if (file is null)
        {
            return await Wrong("file", "kernel.required");
        }

        await using var stream = file.OpenReadStream();
        return await Done(await Do<ScanInPaper, TakePaper.Taken>(f => f.Run(new ScanInPaper.Request(Code, kind ?? "", stream, file.FileName, compared))));
    }

    /// <summary>A paper of the citizen's store, instead of a scan.</summary>
    public async Task<IActionResult> OnPostStoredAsync(Guid paper) => await Done(await Do<TakeStored, TakePaper.Taken>(f => f.Run(new TakeStored.Request(Code, paper))));

    /// <summary>On to the act that carries it out; or the agency's system is asked.</summary>
    public async Task<IActionResult> OnPostCarryAsync()
    {
        var begun = await Do<CarryOut, CarryOut.Begun>(f => f.Run(new CarryOut.Request(Code)));
        return begun.Ok(out var act) ? LocalRedirect(act.Link ?? $"/mot-cua/{Code}") : await Find() ?? Page();
    }

    private async Task<IActionResult> Wrong(string field, string code)
    {
        ModelState.AddModelError(field, Say[code]);
        return await Find() ?? Page();
    }

    private async Task<IActionResult> Done<T>(Outcome<T> outcome) => outcome.IsGood ? LocalRedirect($"/mot-cua/{Code}") : await Find() ?? Page();

    private async Task<IActionResult?> Find()
    {
        var found = await Do<ShowFile, ShowFile.Shown>(f => f.Run(new ShowFile.Request(Code)));
        Shown = found.Value!;
        Answers = Answers.Count > 0 || !found.IsGood ? Answers : Shown.File.Answers.ToDictionary(a => a.Key, a => (string?)a.Value);
        return found.IsGood ? null : Refuse(found.Problems);
    }
}

/// <summary>The counter: which service, who stands there, what is asked; the receipt.</summary>
[Needs(ServicesPermission.ReceiveFiles)]
internal sealed class CounterPage(ProcedureBook procedures) : OfficePage
{
    [BindProperty(SupportsGet = true, Name = "thu-tuc")]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true, Name = "tim")]
    public string? Words { get; set; }

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? About { get; set; }

    [BindProperty]
    public string? Case { get; set; }

    [BindProperty]
    public Guid Once { get; set; }

    /// <summary>Papers that are taken from the store.</summary>
    [BindProperty]
    public Guid[]? Stored { get; set; }

    /// <summary>The number of the queue whose holder stands there.</summary>
    [BindProperty(SupportsGet = true, Name = "so")]
    public Guid? Turn { get; set; }

    public IReadOnlyList<ListProcedures.Line> Found { get; private set; } = [];

    public Procedure? Procedure { get; private set; }

    public LookAtCounter.Look? Look { get; private set; }

    public TakeInFile.TakenIn? Taken { get; private set; }

    public IReadOnlyDictionary<string, string?> Answers { get; private set; } = new Dictionary<string, string?>();

    public async Task<IActionResult> OnGetAsync() => await Prepare() ?? Page();

    /// <summary>Who stands there: the form with what the register knows.</summary>
    public async Task<IActionResult> OnPostLookAsync()
    {
        if (await Prepare() is { } refusal)
        {
            return refusal;
        }

        if (Procedure is null)
        {
            return Page();
        }

        await Read();
        Once = Guid.CreateVersion7();
        Answers = Look?.Begun ?? Answers;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await Prepare() is { } refusal)
        {
            return refusal;
        }

        if (Procedure is null)
        {
            return Page();
        }

        Answers = Procedure.Fields.Where(f => f.Asked).ToDictionary(f => f.Name, f => Request.Form[FormCheck.Prefix + f.Name].FirstOrDefault(), StringComparer.Ordinal);
        var taken = await Do<TakeInFile, TakeInFile.TakenIn>(f => f.Run(new TakeInFile.Request(Code!, Number, Answers, Once, About, Case, Stored: Stored, Turn: Turn)));
        if (taken.Ok(out var done))
        {
            Taken = done;
            return Page();
        }

        await Read();
        return Page();
    }

    private async Task Read()
    {
        Look = (await Do<LookAtCounter, LookAtCounter.Look>(f => f.Run(new LookAtCounter.Request(Code!, Number, About, Case, Turn)))).Value;
        Case = Look?.Case ?? Case;
    }

    private async Task<IActionResult?> Prepare()
    {
        if (string.IsNullOrEmpty(Code))
        {
            Found = (await Do<ListProcedures, ListProcedures.Listed>(f => f.Run(new ListProcedures.Request(Words)))).Value?.Procedures ?? [];
            return null;
        }

        var found = await procedures.Now(Code);
        Procedure = found.Value?.Procedure;
        return found.IsGood ? null : Refuse(found.Problems);
    }
}
