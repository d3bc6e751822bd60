using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using SoGoc.Testing;

namespace SoGoc.Fuzz.Tests;

/// <summary>What is pasted into the page that checks a proof: it says right, wrong or unreadable, never hangs, and calls right only what says the same as the proof that it was.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ProofTarget : TownTarget
{
    private static readonly string[] Programs = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>A strict reading of what a case says: the verdict, and what it was about.</summary>
    private const string Check = """
        async text => {
          let proof;
          try { proof = JSON.parse(text); } catch { return 'unreadable'; }
          try { return (await check(proof, '', [])).every(s => s.ok !== false) ? 'right' : 'wrong'; } catch { return 'unreadable'; }
        }
        """;

    private readonly List<string> proofs = [];
    private IPlaywright? playwright;
    private IBrowser? chromium;
    private IPage? page;

    public override string Name => "proofs";

    public override int Cases => 600;

    public override async Task Begin()
    {
        await base.Begin();
        for (var head = 0; head < 3; head++)
        {
            for (var i = 0; i < 3; i++)
            {
                await Town.Enter(People.Someone());
            }

            await Town.Seal();
        }

        var last = await Town.Value<long>("select max(position) from journal.entry");
        proofs.Add((await Registrar.Post("/journal/proofs", new { log = "entry", position = last - 4, purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds().Text);
        proofs.Add((await Registrar.Post("/journal/proofs", new { log = "entry", position = last, purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds().Text);
        var newest = await Town.Value<long>("select max(no) from seal.head");
        proofs.Add((await Registrar.Post("/journal/growth", new { log = "entry", older = newest - 1, newer = newest })).Succeeds().Text);
        proofs.Add((await Registrar.Post("/journal/growth", new { log = "entry", older = newest, newer = newest })).Succeeds().Text);
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Programs.FirstOrDefault(File.Exists), Args = ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
        page = await chromium.NewPageAsync();
        await page.GotoAsync(new Uri(Town.Address, "/kiem-chung").ToString());
        foreach (var proof in proofs)
        {
            Holds(await page.EvaluateAsync<string>(Check, proof) == "right", "a sound proof is not right");
        }
    }

    public override byte[] Make(Mutator mutator) => mutator.Json(mutator.Any(proofs), mutator.Any(proofs));

    public override async Task Try(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var verdict = await page!.EvaluateAsync<string>(Check, text);
        Holds(verdict is "right" or "wrong" or "unreadable", verdict);
        Holds(verdict != "right" || proofs.Any(p => Says(p) == Says(text)), "is called right, and says another thing than the proof did");
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await (chromium?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>What a reader of the proof would take for certain: the rows and the signed notes.</summary>
    private static string Says(string proof)
    {
        using var read = JsonDocument.Parse(proof, new JsonDocumentOptions { MaxDepth = 1000 });
        string Note(string head) => read.RootElement.TryGetProperty(head, out var h) && h.ValueKind == JsonValueKind.Object && h.TryGetProperty("note", out var n) ? n.ToString() : "";
        var fields = read.RootElement.TryGetProperty("fields", out var all) && all.ValueKind == JsonValueKind.Array ? string.Join('\n', all.EnumerateArray().Select(f => $"{f.GetProperty("name")} {f.GetProperty("text")}")) : "";
        return fields + (Note("head").Length > 0 ? Note("head") : Note("older") + Note("newer"));
    }
}
