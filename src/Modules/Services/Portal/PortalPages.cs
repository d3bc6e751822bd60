using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;
using SoGoc.Services.Store;

namespace SoGoc.Services.Portal;

/// <summary>The public services, found by everyday words or by an occasion of life. Nobody need be signed in.</summary>
[Public]
internal sealed class PortalPage : CitizensPage
{
    public const string Path = Gate.PortalPath;

    /// <summary>What is looked for.</summary>
    [BindProperty(SupportsGet = true, Name = "tim")]
    public string? Words { get; set; }

    /// <summary>An occasion of life.</summary>
    [BindProperty(SupportsGet = true, Name = "dip")]
    public string? Event { get; set; }

    public IReadOnlyList<ListProcedures.Line> Found { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Event = ProcedureCheck.Events.Contains(Event) ? Event : null;
        Found = (await Do<ListProcedures, ListProcedures.Listed>(f => f.Run(new ListProcedures.Request(Words, Event: Event)))).Value?.Procedures ?? [];
    }

    /// <summary>How long it takes, in words.</summary>
    public static string Takes(Sentences say, string term) => Term.Parse(term) is var t && t.Length == 0 ? say["services.same-day"] : say[t.InHours ? "services.hours" : "services.days", t.Length.ToString(CultureInfo.CurrentCulture)];

    public static string Costs(Sentences say, long fee) => fee == 0 ? say["services.free"] : say["services.dong", fee.ToString("N0", CultureInfo.CurrentCulture)];

    /// <summary>What it costs, where that depends on what is filled in, or on what the office finds.</summary>
    public static string Costs(Sentences say, (int Least, int Most, bool Stated) fee)
    {
        var known = fee.Least == fee.Most ? Costs(say, fee.Least) : say["services.from-to", fee.Least.ToString("N0", CultureInfo.CurrentCulture), fee.Most.ToString("N0", CultureInfo.CurrentCulture)];
        return !fee.Stated ? known : fee.Most == 0 ? say["services.fee-told"] : say["services.fee-told-besides", known];
    }
}

/// <summary>A service in ten lines: what, who, how long, how much, and what need not be brought.</summary>
[Public]
internal sealed class ServicePage(ProcedureBook procedures, TimeProvider clock) : CitizensPage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    public Procedure Procedure { get; private set; } = null!;

    public ServiceView View => new(English.Of(Procedure), clock.Today());

    public string FormAddress => FormPage.Address(Code, clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync()
    {
        var found = await procedures.Now(Code);
        Procedure = found.Value?.Procedure!;
        return found.IsGood ? Page() : Refuse(found.Problems);
    }
}

/// <summary>A service in ten lines: what, who, how long, how much, what need not be brought.</summary>
internal sealed record ServiceView(Procedure Procedure, DateOnly Today)
{
    public (int Least, int Most, bool Stated) Online => Procedure.CostOf(Channel.Online, Today);

    public (int Least, int Most, bool Stated) Counter => Procedure.CostOf(Channel.Counter, Today);
}

/// <summary>The form of a service: what the register knows stands there, the rest is asked; kept at each step, handed in once.</summary>
[Citizen]
[FormWithPapers]
[KeptForm]
internal sealed class FormPage(ProcedureBook procedures, FormMarks marks, TimeProvider clock) : PapersPage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>What makes the form one file, however often it is sent.</summary>
    [BindProperty]
    public Guid Once { get; set; }

    /// <summary>When the way to the form was shown, in milliseconds: whoever comes back by it after he has handed in sees his file.</summary>
    [BindProperty(SupportsGet = true, Name = "luc")]
    public long Since { get; set; }

    /// <summary>The session had ended when the form was sent; what was typed is here again.</summary>
    [BindProperty(SupportsGet = true, Name = "giu")]
    public bool Ended { get; set; }

    /// <summary>Whose form it is, sealed: sent after the session has ended, it is kept for him.</summary>
    public string Whose => marks.Seal(new FormMark(Code, Form.Account, Form.SubjectKey, Once, clock.GetUtcNow()));

    /// <summary>For whom: nobody, the citizen himself.</summary>
    [BindProperty]
    public Guid? About { get; set; }

    public Procedure Procedure { get; private set; } = null!;

    public PrepareForm.Prepared Form { get; private set; } = null!;

    public IReadOnlyDictionary<string, string?> Answers { get; private set; } = new Dictionary<string, string?>();

    private PaperFor For => PaperFor.Form(Code, Once);

    public async Task<IActionResult> OnGetAsync()
    {
        if (await Prepare() is { } refusal)
        {
            return refusal;
        }

        // Back by the browser's button, or by an address that was kept: what was handed in stands there, and no second form.
        return Since == 0 ? LocalRedirect(Address()) : Form.Last is { } last && last.At.ToUnixTimeMilliseconds() >= Since ? LocalRedirect($"/cua-toi/ho-so/{last.Code}") : await Show();
    }

    /// <summary>The form as it is reached now.</summary>
    private string Address() => Address(Code, clock.GetUtcNow());

    public static string Address(string code, DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"/dich-vu/{code}/nop?luc={now.ToUnixTimeMilliseconds()}");

    /// <summary>The form is for another, or for himself again.</summary>
    public async Task<IActionResult> OnPostForAsync()
    {
        var chosen = await Do<ChooseSubject, Done>(f => f.Run(About));
        return chosen.IsGood ? LocalRedirect(Address()) : await Prepare() ?? await Show();
    }

    /// <summary>Keeps what is filled in, to go on later.</summary>
    public async Task<IActionResult> OnPostKeepAsync()
    {
        if (await Prepare() is { } refusal)
        {
            return refusal;
        }

        return await Keep() ? LocalRedirect("/cua-toi/ho-so?da-luu=true") : await Show();
    }

    /// <summary>Sends the papers that were chosen, and goes on with the form.</summary>
    public async Task<IActionResult> OnPostAttachAsync() => await Prepare() ?? (await Keep() ? LocalRedirect(Address() + "#giay-to") : await Show());

    public async Task<IActionResult> OnPostAsync()
    {
        if (await Prepare() is { } refusal)
        {
            return refusal;
        }

        if (!await Keep())
        {
            await Do<CheckForm, Done>(f => f.Run(new SubmitFile.Request(Code, Once, Answers), [.. ModelState.Where(m => m.Value!.Errors.Count > 0).Select(m => m.Key)]));
            return await Show();
        }

        var sent = await Do<SubmitFile, SubmitFile.Submitted>(f => f.Run(new SubmitFile.Request(Code, Once, Answers)));
        if (sent.Ok(out var file))
        {
            return LocalRedirect($"/cua-toi/ho-so/{file.Code}?moi=true");
        }

        return await Show();
    }

    private async Task<IActionResult> Show()
    {
        await LookAtPapers(Procedure, For);
        return Page();
    }

    /// <summary>Keeps what is filled in and what was brought with it, so that neither is lost by what is still wrong. Before a file of this form is there: afterwards it is no draft.</summary>
    private async Task<bool> Keep()
    {
        Take();
        if (!(await Do<KeepForm, Done>(f => f.Run(Code, Once, Answers))).IsGood)
        {
            return false;
        }

        await TakePapers(For);
        return ModelState.IsValid;
    }

    private void Take() => Answers = Procedure.Fields.Where(f => f.Asked).ToDictionary(f => f.Name, f => Request.Form[FormCheck.Prefix + f.Name].FirstOrDefault(), StringComparer.Ordinal);

    private async Task<IActionResult?> Prepare()
    {
        var found = await procedures.Now(Code);
        if (!found.Ok(out var edition))
        {
            return Refuse(found.Problems);
        }

        Procedure = edition.Procedure;
        var prepared = await Do<PrepareForm, PrepareForm.Prepared>(f => f.Run(Code));
        if (!prepared.Ok(out var form))
        {
            return prepared.Problems[0].Code == "services.level-two" ? LocalRedirect($"{Gate.StepUpPath}?ReturnUrl={Uri.EscapeDataString(Address(Code, clock.GetUtcNow()))}") : Refuse(prepared.Problems);
        }

        Form = form;
        Once = Once == Guid.Empty ? form.Once : Once;
        Answers = Answers.Count > 0 ? Answers : form.Answers;
        return null;
    }
}
