using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Desk;

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
