using System.Runtime.Versioning;
using System.Text.Json;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>A town with the partners that take part in linked filings.</summary>
[SupportedOSPlatform("linux")]
public sealed class FilingTown : Town
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(90);

    public PartnerProgram Partners { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Partners = await PartnerProgram.Start(this);
    }

    public override async ValueTask DisposeAsync()
    {
        await (Partners?.DisposeAsync() ?? ValueTask.CompletedTask);
        await base.DisposeAsync();
    }

    /// <summary>The part that a step is, as it stands.</summary>
    public static async Task<JsonElement> Part(Official who, string code, string step)
    {
        var filing = (await who.Post("/filings/show", new { code })).Succeeds()["filing"];
        return filing.GetProperty("parts").EnumerateArray().Single(p => p.GetProperty("step").GetString() == step);
    }

    /// <summary>What is told on the page of events of somebody's act, as soon as it is.</summary>
    public static async Task<JsonElement> Event(Official who, string kind, Guid person)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); ;)
        {
            var page = (await who.Post("/exchange/events", new { person })).Succeeds();
            if (page["events"].EnumerateArray().FirstOrDefault(e => e.GetProperty("kind").GetString() == kind) is { ValueKind: JsonValueKind.Object } told)
            {
                return told;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, page.Text);
            await Task.Delay(Glance);
        }
    }

    /// <summary>What a partner was told of a filing, as soon as it was.</summary>
    public async Task<JsonElement> Heard(string partner, string kind, string code)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); ;)
        {
            var told = (await Partners.Received(partner)).Where(e => e.GetProperty("type").GetString() == kind).Select(e => e.GetProperty("data").GetProperty("entry")).FirstOrDefault(e => e.GetRawText().Contains(code, StringComparison.Ordinal));
            if (told.ValueKind == JsonValueKind.Object)
            {
                return told;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"{partner} was not told of {kind}.");
            await Task.Delay(Glance);
        }
    }

    /// <summary>The part, as soon as it is in a state; otherwise the test ends with what it was.</summary>
    public static async Task<JsonElement> Until(Official who, string code, string step, string state)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); ;)
        {
            var part = await Part(who, code, step);
            if (part.GetProperty("state").GetString() == state)
            {
                return part;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, part.GetRawText());
            await Task.Delay(Glance);
        }
    }
}
