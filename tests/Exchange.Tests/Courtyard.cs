using System.Runtime.Versioning;
using System.Text.Json;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Exchange.Tests;

/// <summary>A town with partners, and people to whom something happens.</summary>
[SupportedOSPlatform("linux")]
public sealed class Courtyard : Town
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(60);
    private static int births;

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

    /// <summary>A birth of a single mother in the clerk's commune; the answer of the register.</summary>
    public async Task<Reply> Birth(Official clerk)
    {
        var mother = People.Someone(2, "1995-03-02").LivingAt(Commune.Id, "Ấp Mẫu", "2015-01-01");
        await Enter(mother);
        return (await clerk.Post("/births/register", new
        {
            kind = "father-unknown", mother = mother.Facts.Number!.Value.ToString(), fullName = $"{mother.Facts.Surname} Thị Mới", sex = 2, born = "2026-11-01", birthPlace = "Bệnh viện Mẫu",
            evidence = "notification", evidenceNo = $"TD-{Interlocked.Increment(ref births)}", evidenceOn = "2026-11-02", declarant = "mother",
        })).Succeeds();
    }

    /// <summary>What is told of a person, as soon as it is as wanted; otherwise the test ends with what it was.</summary>
    public static async Task<JsonElement> Until(Official who, Guid person, Func<JsonElement, bool> wanted)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var page = (await who.Post("/exchange/events", new { person })).Succeeds();
            if (page["events"].EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } told && wanted(told))
            {
                return told;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, page.Text);
            await Task.Delay(Glance);
        }
    }

    /// <summary>What one kind of partner is told.</summary>
    public static JsonElement Of(JsonElement told, string kind) => told.GetProperty("partners").EnumerateArray().Single(p => p.GetProperty("kind").GetString() == kind);

    public static string? Text(JsonElement told, string kind, string property) => Of(told, kind).TryGetProperty(property, out var value) ? value.GetString() : null;
}
