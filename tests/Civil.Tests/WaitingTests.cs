using System.Runtime.Versioning;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>The official's desk: what waits for him, by deadline.</summary>
[SupportedOSPlatform("linux")]
public sealed class WaitingTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task What_was_begun_and_not_decided_waits_by_its_deadline_until_it_is_decided_or_left()
    {
        using var clerk = await town.Official("commune-clerk", town.Commune.Id);
        // A confirmation may take three days, a marriage is registered on the same one.
        var (one, other) = (await new Pair(town).Enter(), await new Pair(town).Enter());
        var confirmation = (await clerk.Post("/marital-status/check", new { person = one.Hers })).Succeeds()["case"].GetString()!;
        var marriage = (await clerk.Post("/marriages/check", other.Declared())).Succeeds()["case"].GetString()!;
        var waiting = await Waiting(clerk);
        Assert.Equal([marriage, confirmation], waiting.Select(i => i.GetProperty("reference").GetString()));
        Assert.Equal(["civil.act-marriage", "civil.act-marital-status"], waiting.Select(i => i.GetProperty("what").GetString()));
        Assert.True(waiting[0].GetProperty("due").GetDateTimeOffset() < waiting[1].GetProperty("due").GetDateTimeOffset());
        Assert.EndsWith($"/ho-tich/ket-hon?viec={marriage}", waiting[0].GetProperty("link").GetString(), StringComparison.Ordinal);

        (await clerk.Post("/marriages/register", other.Declared(new() { ["case"] = marriage }))).Succeeds();
        Assert.Equal(confirmation, Assert.Single(await Waiting(clerk)).GetProperty("reference").GetString());
        (await clerk.Post("/civil/leave", new { @case = confirmation })).Succeeds();
        Assert.Empty(await Waiting(clerk));
        (await clerk.Post("/marital-status/confirm", new { person = one.Hers, @case = confirmation, @for = "other", purpose = "vay vốn" })).Refuses("journal.case-closed");
    }

    [Fact]
    public async Task Nobody_leaves_what_a_colleague_of_another_office_has_begun_nor_what_is_no_act()
    {
        using var clerk = await town.Official("commune-clerk", town.Commune.Id);
        using var congan = await town.As("congan");
        var pair = await new Pair(town).Enter();
        var begun = (await clerk.Post("/marriages/check", pair.Declared())).Succeeds()["case"].GetString()!;
        (await congan.Post("/civil/leave", new { @case = begun })).Refuses("journal.case-unknown");
        (await clerk.Post("/civil/leave", new { @case = Town.Case })).Refuses("civil.no-act-begun");
        Assert.Single(await Waiting(clerk));
        Assert.DoesNotContain(await Waiting(congan), i => i.GetProperty("reference").GetString() == begun);
    }

    [Fact]
    public async Task What_is_not_decided_in_time_is_late()
    {
        using var clerk = await town.Official("commune-clerk", town.Commune.Id);
        var pair = await new Pair(town).Enter();
        var begun = (await clerk.Post("/marriages/check", pair.Declared())).Succeeds()["case"].GetString()!;
        Assert.False(Assert.Single(await Waiting(clerk)).GetProperty("late").GetBoolean());
        await town.Execute("update journal.case_file set opened_at = opened_at - interval '9 days' where reference = $1", begun);
        Assert.True(Assert.Single(await Waiting(clerk)).GetProperty("late").GetBoolean());
    }

    private static async Task<System.Text.Json.JsonElement[]> Waiting(Official who) => [.. (await who.Post("/civil/waiting", new { })).Succeeds()["items"].EnumerateArray()];
}
