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

    /// <summary>Which of the forms with a reason is being written: supplement, refusal or apology. What was written there stays.</summary>
    public string? Kind { get; private set; }

    /// <summary>A sentence of the office that is put into it.</summary>
    [BindProperty]
    public Guid? Phrase { get; set; }

    /// <summary>A sentence of the office was kept, or is offered no more.</summary>
    public string? Did { get; private set; }

    /// <summary>The sentences of the office for this procedure.</summary>
    public IReadOnlyList<Phrase> Phrases { get; private set; } = [];

    [BindProperty]
    public string? Comment { get; set; }

    /// <summary>To whom the head gives the file.</summary>
    [BindProperty]
    public string? Colleague { get; set; }

    /// <summary>To whom he can.</summary>
    public IReadOnlyList<ShowAssignment.Load> Officials { get; private set; } = [];

    /// <summary>What stands in the field of a reason.</summary>
    public string? Written(string kind) => Kind == kind ? Why : null;

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

    public async Task<IActionResult> OnPostSupplementAsync() => await Of("supplement", await Do<AskSupplement, AskSupplement.Asked>(f => f.Run(new AskSupplement.Request(Code, Why))));

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

    public async Task<IActionResult> OnPostRefuseAsync() => await Of("refusal", await Do<RefuseFile, Done>(f => f.Run(new RefuseFile.Request(Code, Why))));

    public async Task<IActionResult> OnPostDecideAsync() => await Done(await Do<DecideFile, FileDecisions.Decided>(f => f.Run(new DecideFile.Request(Code, ResultNo, Why))));

    public async Task<IActionResult> OnPostReturnAsync() => await Done(await Do<ReturnResult, Done>(f => f.Run(new ReturnResult.Request(Code, How))));

    /// <summary>To the office that is competent; this one has no more to do with it.</summary>
    public async Task<IActionResult> OnPostHandOverAsync()
    {
        var handed = await Do<HandOverFile, HandOverFile.Handed>(f => f.Run(new HandOverFile.Request(Code, Why, To, Commune)));
        return handed.IsGood ? LocalRedirect($"{BasketsPage.Path}?da-chuyen={Code}") : await Find() ?? Page();
    }

    public async Task<IActionResult> OnPostApologiseAsync() => DateWriting.TryRead(Due ?? "", out var day) && day is { Precision: DatePrecision.Day, Earliest: { } due }
        ? await Of("apology", await Do<Apologise, Done>(f => f.Run(new Apologise.Request(Code, due, Why))))
        : await Wrong("due", "services.later-working-day", "apology");

    /// <summary>Puts a sentence of the office into a field, behind what stands there; nothing is sent.</summary>
    /// <param name="kind">Of the field.</param>
    public async Task<IActionResult> OnPostPhraseAsync(string? kind)
    {
        Kind = kind;
        if (await Find() is { } refusal)
        {
            return refusal;
        }

        ModelState.Clear();
        Why = string.Join('\n', new[] { Why?.TrimEnd(), Phrases.FirstOrDefault(p => p.Id == Phrase)?.Text }.Where(t => !string.IsNullOrEmpty(t)));
        return Page();
    }

    /// <summary>Keeps what stands in a field as a sentence of the office.</summary>
    public Task<IActionResult> OnPostKeepPhraseAsync(string? kind) => Stay(kind, "services.phrase-was-kept", () => Do<KeepPhrase, Done>(f => f.Run(new KeepPhrase.Request(Code, kind, Why))));

    public Task<IActionResult> OnPostDropPhraseAsync(string? kind) => Stay(kind, "services.phrase-was-dropped", () => Do<DropPhrase, Done>(f => f.Run(new DropPhrase.Request(Code, Phrase ?? Guid.Empty))));

    private async Task<IActionResult> Stay(string? kind, string said, Func<Task<Outcome<Done>>> run)
    {
        Kind = kind;
        ModelState.Clear();
        Did = (await run()).IsGood ? said : null;
        return await Find() ?? Page();
    }

    public async Task<IActionResult> OnPostCommentAsync() => await Done(await Do<CommentFile, Done>(f => f.Run(new CommentFile.Request(Code, Comment))), "#story");

    public async Task<IActionResult> OnPostAssignAsync() => await Done(await Do<AssignFile, Done>(f => f.Run(new AssignFile.Request(Code, Colleague, Why))));

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

    private async Task<IActionResult> Wrong(string field, string code, string? kind = null)
    {
        Kind = kind;
        ModelState.AddModelError(field, Say[code]);
        return await Find() ?? Page();
    }

    private async Task<IActionResult> Done<T>(Outcome<T> outcome, string part = "") => outcome.IsGood ? LocalRedirect($"/mot-cua/{Code}{part}") : await Find() ?? Page();

    /// <summary>The same for a form with a reason: refused, it stands open with what was written.</summary>
    private async Task<IActionResult> Of<T>(string kind, Outcome<T> outcome)
    {
        Kind = kind;
        return await Done(outcome);
    }

    private async Task<IActionResult?> Find()
    {
        var found = await Do<ShowFile, ShowFile.Shown>(f => f.Run(new ShowFile.Request(Code)));
        Shown = found.Value!;
        Answers = Answers.Count > 0 || !found.IsGood ? Answers : Shown.File.Answers.ToDictionary(a => a.Key, a => (string?)a.Value);
        if (!found.IsGood)
        {
            return Refuse(found.Problems);
        }

        if (Shown.File.Status is FileStatus.Submitted or FileStatus.Received or FileStatus.InHand && Desks.Serves(Actor, Shown.File))
        {
            Phrases = (await Do<ListPhrases, ListPhrases.Listed>(f => f.Run(new ListPhrases.Request(Code)))).Value?.Phrases ?? [];
        }

        if (Actor.May(Permission.Of(ServicesPermission.AssignFiles)) && Desks.Serves(Actor, Shown.File) && !Shown.File.Status.IsOver())
        {
            var desks = (await Do<ShowAssignment, ShowAssignment.Shown>(f => f.Run(new ShowAssignment.Request()))).Value?.Desks ?? [];
            Officials = desks.FirstOrDefault(d => d.Name == Shown.File.Office)?.Officials ?? [];
        }

        return null;
    }
}

/// <summary>What is said about a file inside, for an office that has had it: this, and nothing else of it.</summary>
[SignedIn]
internal sealed class DiscussionPage : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty]
    public string? Comment { get; set; }

    public ListComments.Listed Listed { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        var found = await Do<ListComments, ListComments.Listed>(f => f.Run(new ListComments.Request(Code)));
        Listed = found.Value!;
        return found.IsGood ? Page() : Refuse(found.Problems);
    }

    public async Task<IActionResult> OnPostAsync() =>
        (await Do<CommentFile, Done>(f => f.Run(new CommentFile.Request(Code, Comment)))).IsGood ? LocalRedirect($"/mot-cua/{Code}/trao-doi") : await OnGetAsync();
}
