using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Services.Portal;

namespace SoGoc.Services.Procedures;

/// <summary>All procedures with their versions, and what they still ask although the register answers it.</summary>
[Needs(ServicesPermission.PublishProcedures)]
internal sealed class ProceduresPage(ProcedureBook procedures) : OfficePage
{
    public const string Path = "/thu-tuc";

    public IReadOnlyList<Edition> Published { get; private set; } = [];

    /// <summary>Questions whose answer the register knows, with the law that wants them asked.</summary>
    public IEnumerable<(Procedure Procedure, Field Field)> AskedAlthoughKnown => Published.SelectMany(e => e.Procedure.Fields.Where(f => f.Asked && f.Fact is not null).Select(f => (e.Procedure, f)));

    public async Task OnGetAsync() => Published = await procedures.Published();
}

/// <summary>A procedure for who keeps it: its form, what stands against it, what a publication would change, its versions.</summary>
[Needs(ServicesPermission.PublishProcedures)]
internal sealed class ProcedurePage(ProcedureEditions editions, IAgencies agencies, TimeProvider clock) : OfficePage
{
    private const int MostChanges = 100;

    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Ground { get; set; }

    [BindProperty]
    public int Version { get; set; }

    public IReadOnlyList<ProcedureEditions.Line> Versions { get; private set; } = [];

    public Procedure? Now { get; private set; }

    public Procedure? Draft { get; private set; }

    /// <summary>What is edited: the draft, what is in force, or what was.</summary>
    public Procedure Edited { get; private set; } = null!;

    public ProcedureForm Form { get; private set; } = null!;

    public IReadOnlyList<Problem> Faults { get; private set; } = [];

    public IReadOnlyList<ProcedureChanges.Change> Changes { get; private set; } = [];

    /// <summary>Agencies of the province, to choose who decides.</summary>
    public IReadOnlyList<(string Code, string Name)> Agencies { get; private set; } = [];

    public ServiceView View => new(Draft ?? Now!, clock.Today());

    public async Task<IActionResult> OnGetAsync() => await Find() ?? Page();

    public async Task<IActionResult> OnPostAsync() => await Did(await Do<SaveDraft, SaveDraft.Saved>(f => f.Run(new SaveDraft.Request(Code, Text))));

    /// <summary>What was filled in becomes the text that is kept: one way of writing a draft.</summary>
    public async Task<IActionResult> OnPostFieldsAsync(ProcedureForm form)
    {
        if (await Find() is { } refused)
        {
            return refused;
        }

        var seen = Form.Seen;
        Form = form.WithRoom();
        return await Did(await Do<SaveDraft, SaveDraft.Saved>(async f => form.Seen != seen ? Problem.Conflict("services.draft-changed")
            : new FillInProcedure(Edited, form).Read() is var read && read.Ok(out var filled) ? await f.Run(new SaveDraft.Request(Code, ProcedureText.Write(filled))) : read.Problems.ToList()));
    }

    public async Task<IActionResult> OnPostPublishAsync() => await Did(await Do<PublishDraft, PublishDraft.Published>(f => f.Run(new PublishDraft.Request(Code, Ground))));

    public async Task<IActionResult> OnPostBackAsync() => await Did(await Do<RollBack, PublishDraft.Published>(f => f.Run(new RollBack.Request(Code, Version, Ground))));

    public async Task<IActionResult> OnPostWithdrawAsync() => await Did(await Do<WithdrawProcedure, Done>(f => f.Run(new WithdrawProcedure.Request(Code, Ground))));

    private async Task<IActionResult> Did<T>(Outcome<T> outcome) => outcome.IsGood ? LocalRedirect($"{ProceduresPage.Path}/{Code}") : await Find() ?? Page();

    /// <summary>Whether something below this name was wrong.</summary>
    public bool IsWrong(string name) => ModelState.FindKeysWithPrefix(FillInProcedure.Prefix + name).Any(k => k.Value.Errors.Count > 0);

    /// <summary>The section of the page that shows a part of the procedure; what no field shows stands in the text.</summary>
    public static string Section(string? part) => part?.Split('[')[0] switch
    {
        "name" or "events" => "name",
        "supplementDays" => "term",
        "grounds" or "offices" or "applicant" or "fields" or "papers" or "fees" => part.Split('[')[0],
        _ => "whole",
    };

    /// <summary>The row of a part like fields[3], from one; null: it is none.</summary>
    public static int? Row(string? part) => part?.Split('[', ']') is [_, var row, _] && int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place + 1 : null;

    private async Task<IActionResult?> Find()
    {
        Versions = await editions.Of(Code);
        if (Versions.Count == 0)
        {
            return Refuse([Problem.Missing("services.no-procedure")]);
        }

        async Task<string?> Of(string state) => Versions.FirstOrDefault(v => v.State == state) is { } line ? await editions.Text(Code, line.Version) : null;
        var (now, draft) = (await Of("published"), await Of("draft"));
        var edited = draft ?? now ?? (await editions.Text(Code, Versions[0].Version))!;
        Text ??= edited;
        (Now, Draft, Edited) = (now is null ? null : ProcedureText.Read(now), draft is null ? null : ProcedureText.Read(draft), ProcedureText.Read(edited));
        Form ??= ProcedureForm.Of(Edited, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(edited))));
        Agencies = [.. (await agencies.OfToday()).Select(a => (a.Code, a.Name))];
        Faults = Draft is null ? [] : ProcedureCheck.Faults(Draft);
        Changes = Draft is null ? [] : [.. new ProcedureChanges(Say, Now, Draft).All().Take(MostChanges)];
        return null;
    }
}
