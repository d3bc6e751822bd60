using System.Net;
using SoGoc.Kernel.Time;
using SoGoc.Testing;

namespace SoGoc.Kernel.Tests;

/// <summary>Reading in an emergency takes two persons, lasts an hour, and stays visible.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class EmergencyTests(Town town) : IClassFixture<Town>
{
    private const string Why = "Có người ngất ở chợ, cần biết nhóm máu";

    [Fact]
    public async Task One_asks_another_agrees_and_each_reading_of_the_hour_is_marked()
    {
        var (id, number) = await Someone();
        using var clerk = await town.As("canbo");
        using var leader = await town.As("lanhdao");
        var asked = (await clerk.Post("/emergencies/ask", new { why = Why, number })).Succeeds();
        var (emergency, file) = (asked["id"].GetGuid(), asked["case"].GetString()!);
        (await Read(clerk, number, file)).Refuses("journal.case-unknown");

        var waiting = (await leader.Post("/emergencies/list", new { })).Succeeds()["emergencies"].EnumerateArray().Single(e => e.GetProperty("id").GetGuid() == emergency);
        Assert.Equal((Why, "Trần Thị Thử"), (waiting.GetProperty("why").GetString(), waiting.GetProperty("name").GetString()));
        (await leader.Post("/emergencies/decide", new { id = emergency, approved = true })).Succeeds();

        (await Read(clerk, number, file)).Succeeds();
        Assert.Equal([("emergency", file)], await town.Rows("select purpose, case_ref from journal.disclosure where subject = $1", r => (r.GetString(0), r.GetString(1)), id));
        Assert.Equal(["kernel.emergency-asked", "kernel.emergency-decided", "kernel.case-opened"], await town.Rows("select kind from journal.entry where subject = $1 order by position", r => r.GetString(0), emergency));
        Assert.Equal([id], await town.Rows("select person_id from journal.case_person where case_id = $1", r => r.GetGuid(0), emergency));
    }

    [Fact]
    public async Task Who_asks_cannot_agree_himself()
    {
        using var registrar = await town.As("tinh");
        var asked = (await registrar.Post("/emergencies/ask", new { why = Why })).Succeeds();
        (await registrar.Post("/emergencies/decide", new { id = asked["id"].GetGuid(), approved = true })).Refuses("journal.emergency-second-person", HttpStatusCode.Forbidden);
        (await Read(registrar, "089199999999", asked["case"].GetString()!)).Refuses("journal.case-unknown");
        // Nor does the database let it be so.
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => town.Execute("update journal.emergency set decided_by = asked_by, decided_at = now(), approved = true where id = $1", asked["id"].GetGuid()));
        Assert.Equal("journal.emergency-second-person", refused.ConstraintName);
    }

    [Fact]
    public async Task Who_has_not_the_right_cannot_agree_and_a_decision_is_made_once()
    {
        using var clerk = await town.As("canbo");
        using var colleague = await town.Official("commune-clerk", null);
        using var leader = await town.As("lanhdao");
        var asked = (await clerk.Post("/emergencies/ask", new { why = Why })).Succeeds();
        var id = asked["id"].GetGuid();
        (await colleague.Post("/emergencies/decide", new { id, approved = true })).Refuses("kernel.not-permitted", HttpStatusCode.Forbidden);
        (await leader.Post("/emergencies/decide", new { id, approved = false })).Succeeds();
        (await leader.Post("/emergencies/decide", new { id, approved = true })).Refuses("journal.emergency-decided", HttpStatusCode.Conflict);
        (await Read(clerk, "089199999999", asked["case"].GetString()!)).Refuses("journal.case-unknown");
        (await leader.Post("/emergencies/decide", new { id = Guid.Empty, approved = true })).Refuses("journal.emergency-unknown", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_emergency_is_his_alone_who_asked()
    {
        using var clerk = await town.As("canbo");
        using var colleague = await town.Official("commune-clerk", null);
        var file = await Agreed(clerk);
        (await Read(clerk, "089199999999", file)).Succeeds();
        (await Read(colleague, "089199999999", file)).Refuses("journal.case-unknown");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("gấp lắm")]
    public async Task An_emergency_without_a_sentence_is_none(string? why)
    {
        using var clerk = await town.As("canbo");
        (await clerk.Post("/emergencies/ask", new { why })).Refuses("journal.emergency-why", HttpStatusCode.UnprocessableEntity);
        (await clerk.Post("/emergencies/ask", new { why = new string('a', 501) })).Refuses("journal.emergency-why", HttpStatusCode.UnprocessableEntity);
    }

    private static Task<Reply> Read(Official official, string number, string file) =>
        official.Post("/persons/lookup", new { numbers = new[] { number }, fields = new[] { "fullName" }, purpose = "emergency", @case = file });

    private async Task<string> Agreed(Official official)
    {
        using var leader = await town.As("lanhdao");
        var asked = (await official.Post("/emergencies/ask", new { why = Why })).Succeeds();
        return (await leader.Post("/emergencies/decide", new { id = asked["id"].GetGuid(), approved = true })).Succeeds()["case"].GetString()!;
    }

    private async Task<(Guid Id, string Number)> Someone()
    {
        var person = People.Someone();
        return (await town.Enter(person), person.Facts.Number!.Value.ToString());
    }
}

/// <summary>What happens when the hour is over; the clock of this town is moved.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class EmergencyEndTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task After_the_hour_nothing_is_read_and_what_waited_longer_is_not_agreed_to()
    {
        using var clerk = await town.As("canbo");
        using var leader = await town.As("lanhdao");
        async Task<(Guid Id, string Case)> Ask()
        {
            var asked = (await clerk.Post("/emergencies/ask", new { why = "Có người ngất ở chợ, chưa rõ là ai" })).Succeeds();
            return (asked["id"].GetGuid(), asked["case"].GetString()!);
        }

        Task<Reply> Read(string file) => clerk.Post("/persons/lookup", new { numbers = new[] { "089199999999" }, fields = new[] { "fullName" }, purpose = "emergency", @case = file });

        var (agreed, late) = (await Ask(), await Ask());
        (await leader.Post("/emergencies/decide", new { id = agreed.Id, approved = true })).Succeeds();
        var until = await town.Value<DateTime>("select until_at from journal.case_file where id = $1", agreed.Id);
        Assert.InRange(until - town.Clock.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(60));
        (await Read(agreed.Case)).Succeeds();

        town.Clock.MoveTo(town.Clock.Today().AddDays(1));
        (await Read(agreed.Case)).Refuses("journal.case-expired", HttpStatusCode.Forbidden);
        (await leader.Post("/emergencies/decide", new { id = late.Id, approved = true })).Refuses("journal.emergency-stale", HttpStatusCode.Conflict);
        Assert.DoesNotContain(agreed.Case, (await clerk.Post("/cases/mine", new { })).Succeeds().Text, StringComparison.Ordinal);
    }
}
