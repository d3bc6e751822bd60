using System.Runtime.Versioning;
using System.Text.Json;
using SoGoc.Testing;

namespace SoGoc.Exchange.Tests;

/// <summary>From an act to the partners' own truth, over the wire.</summary>
[SupportedOSPlatform("linux")]
public sealed class EventTests(Courtyard town) : IClassFixture<Courtyard>
{
    [Fact]
    public async Task A_birth_reaches_every_partner_that_has_to_know_with_what_it_needs_and_no_more_and_all_catch_up()
    {
        using var canbo = await town.As("canbo");
        await Settle();
        var done = await town.Birth(canbo);
        var person = Guid.Parse(done["person"].GetString()!);
        var told = await Courtyard.Until(canbo, person, e => e.GetProperty("partners").EnumerateArray().All(p => p.TryGetProperty("answer", out var a) && a.GetString() == "done"));
        Assert.Equal(["health-insurance", "police"], told.GetProperty("partners").EnumerateArray().Select(p => p.GetProperty("kind").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(done["entryNo"].GetString(), told.GetProperty("label").GetString());
        Assert.StartsWith("DT-", Courtyard.Text(told, "police", "reference"), StringComparison.Ordinal);

        var got = await Received("bao-hiem-y-te", told, "health-insurance");
        Assert.Equal("civil.birth-registered", got.GetProperty("type").GetString());
        var data = got.GetProperty("data").GetProperty("entry");
        Assert.Equal(["facts", "number"], data.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["born", "fullName", "sex"], data.GetProperty("facts").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(done["number"].GetString(), data.GetProperty("number").GetString());
        Assert.Equal(done["number"].GetString(), (await Received("cong-an", told, "police")).GetProperty("data").GetProperty("entry").GetProperty("number").GetString());

        // Who looked at my data: each partner once, for this event.
        var readings = await town.Rows("select office, fields from journal.disclosure where subject = $1 and actor = 'system:exchange'", r => (r.GetString(0), string.Join(' ', r.GetFieldValue<string[]>(1))), person);
        Assert.Equal([("Bảo hiểm y tế (minh họa)", "identity"), ("Công an tỉnh (minh họa)", "identity origin family")], readings.OrderBy(r => r.Item1, StringComparer.Ordinal));
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task What_was_refused_is_told_to_nobody()
    {
        using var canbo = await town.As("canbo");
        await Settle();
        var before = await town.Value<long>("select count(*) from exchange.event");
        (await canbo.Post("/births/register", new { kind = "abandoned", fullName = "Nguyễn Văn Mẫu", sex = 1, born = "2026-11-01" })).Refuses("civil.birth-place-missing");
        var done = await town.Birth(canbo);
        await Courtyard.Until(canbo, Guid.Parse(done["person"].GetString()!), _ => true);
        Assert.Equal(before + 1, await town.Value<long>("select count(*) from exchange.event"));
    }

    [Fact]
    public async Task Nothing_is_lost_while_a_partner_is_down_and_it_catches_up_when_it_is_back()
    {
        using var canbo = await town.As("canbo");
        await Settle();
        await town.Partners.Behave("cong-an", "down");
        var births = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            births.Add(Guid.Parse((await town.Birth(canbo))["person"].GetString()!));
        }

        // The others are not kept waiting by it.
        var told = await Courtyard.Until(canbo, births[0], e => Courtyard.Text(e, "health-insurance", "answer") == "done" && Courtyard.Text(e, "police", "fault") == "HTTP 503");
        Assert.False(Courtyard.Of(told, "police").TryGetProperty("delivered", out _));
        await town.Partners.Behave("cong-an", "done");
        foreach (var person in births)
        {
            var there = await Courtyard.Until(canbo, person, e => Courtyard.Text(e, "police", "answer") == "done");
            Assert.Equal(1, (await Received("cong-an", there, "police")).GetProperty("times").GetInt32());
        }
    }

    [Fact]
    public async Task A_delivery_of_which_the_end_is_not_known_comes_again_under_the_same_id()
    {
        using var canbo = await town.As("canbo");
        await Settle();
        await town.Partners.Behave("bao-hiem-y-te", "lost");
        var person = Guid.Parse((await town.Birth(canbo))["person"].GetString()!);
        var told = await Courtyard.Until(canbo, person, e => Courtyard.Text(e, "health-insurance", "answer") == "done");
        await town.Partners.Behave("bao-hiem-y-te", "done");
        Assert.Equal(2, (await Received("bao-hiem-y-te", told, "health-insurance")).GetProperty("times").GetInt32());
        Assert.Equal(2, Courtyard.Of(told, "health-insurance").GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task Who_is_killed_between_delivery_and_record_has_lost_nothing_and_told_nothing_new()
    {
        using var canbo = await town.As("canbo");
        await Settle();
        await town.Partners.Behave("bao-hiem-y-te", "silent");
        var person = Guid.Parse((await town.Birth(canbo))["person"].GetString()!);
        var told = await Courtyard.Until(canbo, person, e => Courtyard.Of(e, "health-insurance").TryGetProperty("delivered", out _));
        var id = Courtyard.Of(told, "health-insurance").GetProperty("id").GetGuid();
        // As a program leaves it that was killed after the partner had taken the event: lent out, and nobody to write down how it ended. Then the loan runs out.
        Assert.Equal(1, await town.Execute("update exchange.obligation set delivered_at = null, attempts = 1, next_at = now() - interval '1 year' where id = $1", id));
        told = await Courtyard.Until(canbo, person, e => Courtyard.Of(e, "health-insurance").TryGetProperty("delivered", out _));
        Assert.Equal(id, Courtyard.Of(told, "health-insurance").GetProperty("id").GetGuid());
        Assert.Equal(2, (await Received("bao-hiem-y-te", told, "health-insurance")).GetProperty("times").GetInt32());
        await town.Partners.Behave("bao-hiem-y-te", "done");
    }

    [Fact]
    public async Task An_event_is_announced_once_however_often_the_journal_is_looked_through()
    {
        using var canbo = await town.As("canbo");
        await Settle();
        var person = Guid.Parse((await town.Birth(canbo))["person"].GetString()!);
        await Courtyard.Until(canbo, person, _ => true);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => town.Execute("insert into exchange.event (id, place, position, kind, at, subject) select gen_random_uuid(), place, position, kind, at, subject from exchange.event where person_id = $1", person));
        var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => town.Execute("""
            insert into exchange.obligation (id, event_id, partner_kind, partner_id, fields, classes, ground, due_at, next_at)
            select gen_random_uuid(), event_id, partner_kind, partner_id, fields, classes, ground, due_at, next_at from exchange.obligation where event_id = (select id from exchange.event where person_id = $1)
            """, person));
        Assert.Equal("exchange.told-already", refusal.ConstraintName);
    }

    [Fact]
    public async Task A_clerk_sees_the_events_of_her_commune_and_the_leader_all_of_them()
    {
        using var canbo = await town.As("canbo");
        await Settle();
        var person = Guid.Parse((await town.Birth(canbo))["person"].GetString()!);
        await Courtyard.Until(canbo, person, _ => true);
        var elsewhere = town.Places.All.First(a => a.Level == Places.AreaLevel.Commune && a.Code != town.Commune.Code && a.Valid.Holds(new DateOnly(2026, 11, 24)));
        using var other = await town.Official("commune-clerk", elsewhere.Id);
        Assert.Empty((await other.Post("/exchange/events", new { person })).Succeeds()["events"].EnumerateArray());
        using var leader = await town.As("lanhdao");
        Assert.Single((await leader.Post("/exchange/events", new { person })).Succeeds()["events"].EnumerateArray());
        using var it = await town.As("tinhoc");
        (await it.Post("/exchange/events", new { person })).Refuses("kernel.not-permitted", System.Net.HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_correction_goes_to_those_whom_its_fields_concern_and_to_nobody_else()
    {
        using var tinh = await town.As("tinh");
        await Settle();
        var someone = People.Someone(1, "1980-01-02").LivingAt(town.Commune.Id, "Ấp Mẫu");
        var person = await town.Enter(someone);
        (await tinh.Post("/persons/correct", new { id = person, after = new { ethnicity = "02" }, ground = "QĐ mẫu" })).Succeeds();
        (await tinh.Post("/persons/correct", new { id = person, after = new { sex = 2 }, ground = "QĐ mẫu" })).Succeeds();
        var told = await Courtyard.Until(tinh, person, e => Courtyard.Text(e, "social-insurance", "answer") == "done");
        Assert.Single((await tinh.Post("/exchange/events", new { person })).Succeeds()["events"].EnumerateArray());
        Assert.Equal(["social-insurance"], told.GetProperty("partners").EnumerateArray().Select(p => p.GetProperty("kind").GetString()!));
        var data = (await Received("bao-hiem-xa-hoi", told, "social-insurance")).GetProperty("data").GetProperty("entry");
        Assert.Equal((someone.Facts.Number!.Value.ToString(), 2), (data.GetProperty("number").GetString(), data.GetProperty("after").GetProperty("sex").GetInt32()));
    }

    private async Task<JsonElement> Received(string partner, JsonElement told, string kind)
    {
        var id = Courtyard.Of(told, kind).GetProperty("id").GetString();
        return (await town.Partners.Received(partner)).Single(e => e.GetProperty("id").GetString() == id);
    }

    private async Task Settle()
    {
        foreach (var partner in new[] { "cong-an", "bao-hiem-y-te", "bao-hiem-xa-hoi", "thue" })
        {
            await town.Partners.Behave(partner, "done");
        }
    }
}
