using System.Runtime.Versioning;
using System.Text.Json;
using SoGoc.Testing;

namespace SoGoc.Exchange.Tests;

/// <summary>What partners say back, and who only pretends to be one.</summary>
[SupportedOSPlatform("linux")]
public sealed class AnswerTests(Courtyard town) : IClassFixture<Courtyard>
{
    [Fact]
    public async Task Forged_and_stale_answers_are_refused_and_change_nothing()
    {
        using var canbo = await town.As("canbo");
        var (person, id) = await Taken(canbo);
        Assert.Equal(401, await town.Partners.Answer("cong-an", id, "done", secret: "whsec_" + Convert.ToBase64String(new byte[32])));
        // Another partner's own secret is none for this event.
        Assert.Equal(401, await town.Partners.Answer("bao-hiem-y-te", id, "done"));
        Assert.Equal(401, await town.Partners.Answer("cong-an", id, "done", ageSeconds: 360));
        Assert.Equal(401, await town.Partners.Answer("cong-an", id, "done", ageSeconds: -360));
        Assert.Equal(401, await town.Partners.Answer("cong-an", Guid.NewGuid().ToString(), "done"));
        using var stranger = town.Stranger();
        (await stranger.Post("/exchange/acknowledgements", new { @event = id, state = "done" })).Refuses("exchange.signature", System.Net.HttpStatusCode.Unauthorized);
        (await canbo.Post("/exchange/acknowledgements", new { @event = id, state = "done" })).Refuses("exchange.signature", System.Net.HttpStatusCode.Unauthorized);
        Assert.False(Courtyard.Of(await Courtyard.Until(canbo, person, _ => true), "police").TryGetProperty("answer", out _));
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.entry where kind = 'exchange.obligation-answered' and subject = $1", Guid.Parse(id)));
    }

    [Fact]
    public async Task The_same_answer_again_changes_nothing_and_what_is_done_stays_it()
    {
        using var canbo = await town.As("canbo");
        var (person, id) = await Taken(canbo);
        Assert.Equal(422, await town.Partners.Answer("cong-an", id, "perhaps"));
        Assert.Equal(422, await town.Partners.Answer("cong-an", id, "refused"));
        Assert.Equal(200, await town.Partners.Answer("cong-an", id, "refused", "Thiếu dữ liệu"));
        Assert.Equal("Thiếu dữ liệu", Courtyard.Text(await Courtyard.Until(canbo, person, _ => true), "police", "reason"));
        Assert.Equal(200, await town.Partners.Answer("cong-an", id, "done", reference: "A-1"));
        var first = Courtyard.Text(await Courtyard.Until(canbo, person, _ => true), "police", "answered");
        Assert.Equal(200, await town.Partners.Answer("cong-an", id, "done", reference: "A-1"));
        Assert.Equal(409, await town.Partners.Answer("cong-an", id, "done", reference: "A-2"));
        Assert.Equal(409, await town.Partners.Answer("cong-an", id, "refused", "Thiếu dữ liệu"));
        var told = await Courtyard.Until(canbo, person, _ => true);
        Assert.Equal(("done", first, "A-1"), (Courtyard.Text(told, "police", "answer"), Courtyard.Text(told, "police", "answered"), Courtyard.Text(told, "police", "reference")));
        Assert.Equal(2, await town.Value<long>("select count(*) from journal.entry where kind = 'exchange.obligation-answered' and subject = $1", Guid.Parse(id)));
    }

    [Fact]
    public async Task A_partner_that_catches_up_after_its_term_is_late_and_the_term_knows_the_calendar()
    {
        using var canbo = await town.As("canbo");
        // 24 November is a day off: two working hours of an act of that morning end on the 25th at nine.
        var (person, id) = await Taken(canbo);
        var told = Courtyard.Of(await Courtyard.Until(canbo, person, _ => true), "police");
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 2, 0, 0, TimeSpan.Zero), told.GetProperty("due").GetDateTimeOffset());
        Assert.False(told.GetProperty("late").GetBoolean());
        town.Clock.MoveTo(new DateOnly(2026, 11, 26));
        using var tinh = await town.As("tinh");
        Assert.True(Courtyard.Of(await Courtyard.Until(canbo, person, _ => true), "police").GetProperty("late").GetBoolean());
        var late = (await canbo.Post("/exchange/events", new { state = "late", partner = "cong-an", person })).Succeeds();
        Assert.Single(late["events"].EnumerateArray());
        // Its clock is a day and two behind by now: it has to hear something new before it can sign.
        await Taken(canbo);
        Assert.Equal(200, await town.Partners.Answer("cong-an", id, "done"));
        Assert.True(Courtyard.Of(await Courtyard.Until(canbo, person, _ => true), "police").GetProperty("late").GetBoolean());
        Assert.Empty((await canbo.Post("/exchange/events", new { state = "open", partner = "cong-an", person })).Succeeds()["events"].EnumerateArray());
        var pace = (await tinh.Post("/exchange/events", new { })).Succeeds()["paces"].EnumerateArray().Single(p => p.GetProperty("kind").GetString() == "police");
        Assert.True(pace.GetProperty("late").GetInt64() >= 1 && pace.GetProperty("ninetyHours").GetDouble() > 24, pace.GetRawText());
    }

    /// <summary>A birth that the police has taken in and not answered.</summary>
    private async Task<(Guid Person, string Id)> Taken(Official canbo)
    {
        await town.Partners.Behave("cong-an", "silent");
        var person = Guid.Parse((await town.Birth(canbo))["person"].GetString()!);
        var told = await Courtyard.Until(canbo, person, e => Courtyard.Of(e, "police").TryGetProperty("delivered", out _));
        return (person, Courtyard.Of(told, "police").GetProperty("id").GetString()!);
    }
}
