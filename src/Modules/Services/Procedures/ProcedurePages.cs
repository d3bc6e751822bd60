using System.Text.Json.Nodes;
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

/// <summary>A procedure for who keeps it: its text, what stands against it, what a publication would change, its versions.</summary>
[Needs(ServicesPermission.PublishProcedures)]
internal sealed class ProcedurePage(ProcedureEditions editions, TimeProvider clock) : OfficePage
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

    public IReadOnlyList<Problem> Faults { get; private set; } = [];

    public IReadOnlyList<(string Path, string Before, string After)> Changes { get; private set; } = [];

    public ServiceView View => new(Draft ?? Now!, clock.Today());

    public async Task<IActionResult> OnGetAsync() => await Find() ?? Page();

    public async Task<IActionResult> OnPostAsync() => await Did(await Do<SaveDraft, SaveDraft.Saved>(f => f.Run(new SaveDraft.Request(Code, Text))));

    public async Task<IActionResult> OnPostPublishAsync() => await Did(await Do<PublishDraft, PublishDraft.Published>(f => f.Run(new PublishDraft.Request(Code, Ground))));

    public async Task<IActionResult> OnPostBackAsync() => await Did(await Do<RollBack, PublishDraft.Published>(f => f.Run(new RollBack.Request(Code, Version, Ground))));

    public async Task<IActionResult> OnPostWithdrawAsync() => await Did(await Do<WithdrawProcedure, Done>(f => f.Run(new WithdrawProcedure.Request(Code, Ground))));

    private async Task<IActionResult> Did<T>(Outcome<T> outcome) => outcome.IsGood ? LocalRedirect($"{ProceduresPage.Path}/{Code}") : await Find() ?? Page();

    private async Task<IActionResult?> Find()
    {
        Versions = await editions.Of(Code);
        if (Versions.Count == 0)
        {
            return Refuse([Problem.Missing("services.no-procedure")]);
        }

        async Task<string?> Of(string state) => Versions.FirstOrDefault(v => v.State == state) is { } line ? await editions.Text(Code, line.Version) : null;
        var (now, draft) = (await Of("published"), await Of("draft"));
        Text ??= draft ?? now ?? await editions.Text(Code, Versions[0].Version);
        (Now, Draft) = (now is null ? null : ProcedureText.Read(now), draft is null ? null : ProcedureText.Read(draft));
        Faults = Draft is null ? [] : ProcedureCheck.Faults(Draft);
        Changes = draft is null ? [] : [.. Differences(now is null ? null : JsonNode.Parse(now), JsonNode.Parse(draft), "").Take(MostChanges)];
        return null;
    }

    /// <summary>Every value that differs, with the way to it.</summary>
    private static IEnumerable<(string, string, string)> Differences(JsonNode? before, JsonNode? after, string path)
    {
        if (before is JsonObject or JsonArray || after is JsonObject or JsonArray)
        {
            var (b, a) = (Parts(before), Parts(after));
            return b.Keys.Union(a.Keys).SelectMany(k => Differences(b.GetValueOrDefault(k), a.GetValueOrDefault(k), path.Length == 0 ? k : $"{path} › {k}"));
        }

        return JsonNode.DeepEquals(before, after) ? [] : [(path, before?.ToString() ?? "", after?.ToString() ?? "")];
    }

    private static Dictionary<string, JsonNode?> Parts(JsonNode? node) => node switch
    {
        JsonObject o => o.ToDictionary(p => p.Key, p => p.Value),
        JsonArray a => a.Select((n, i) => (Key: (n as JsonObject)?["name"]?.ToString() ?? (n as JsonObject)?["code"]?.ToString() ?? $"{i + 1}", n)).DistinctBy(x => x.Key).ToDictionary(x => x.Key, x => x.n),
        _ => [],
    };
}
