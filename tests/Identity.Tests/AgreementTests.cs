using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Identity.Agreements;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Tests;

/// <summary>One official proposes that a system reads by itself, another approves it.</summary>
public sealed class AgreementTests(SystemTown town) : IClassFixture<SystemTown>
{
    [Fact]
    public async Task One_official_proposes_on_the_page_of_the_system_and_another_approves_on_his()
    {
        var (id, key) = await town.Register("Sở Xây dựng tỉnh An Giang");
        using var it = new Counter(town);
        await it.SignIn("tinhoc");
        (await it.Go("/he-thong")).Shows($"/he-thong/{id}");
        (await it.Send($"/he-thong/{id}?handler=Propose", ("Asked.Agreement", "TT-77/2026"), ("Asked.Purposes", "one-stop"), ("Asked.Classes", "identity"), ("Asked.Areas", town.Commune.Code), ("Asked.Until", $"{town.Today.AddYears(1):yyyy-MM-dd}"))).LeadsTo($"/he-thong/{id}");
        (await it.Go($"/he-thong/{id}")).Shows("Chờ duyệt");
        // Under it stands what was registered: keys by their names, and who did it.
        (await it.Go($"/he-thong/{id}")).Shows("Khóa công khai:");
        Assert.Equal(HttpStatusCode.Forbidden, (await it.Go("/he-thong-cho-duyet")).Status);
        using var system = new AgencySystem(town, id, key);
        Assert.Equal("unauthorized_client", (await system.AskToken())["error"].GetString());

        using var leader = new Counter(town);
        await leader.SignIn("lanhdao");
        (await leader.Go("/")).Shows("Hệ thống chờ bạn duyệt");
        var page = await leader.Go("/he-thong-cho-duyet");
        foreach (var said in new[] { "TT-77/2026", "Giải quyết hồ sơ một cửa", "số định danh", town.Commune.FullName })
        {
            Assert.Contains(said, WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
        }

        var reading = await town.Value<Guid>("select id from identity.reading where client_id = $1", id);
        (await leader.Send("/he-thong-cho-duyet?handler=Approve", ("id", $"{reading}"))).LeadsTo("/he-thong-cho-duyet");
        await system.ComesIn();
        (await system.Post("/cases/mine", new { })).Succeeds();
        (await it.Send($"/he-thong/{id}?handler=End")).LeadsTo($"/he-thong/{id}");
        (await system.Post("/cases/mine", new { })).Refuses("identity.reading-none");
        Assert.Equal(["identity.reading-proposed", "identity.reading-approved", "identity.reading-ended"], await town.Rows("select kind from journal.entry where subject = $1 order by position", r => r.GetString(0), reading));
        Assert.Equal(3, await town.Value<long>("select count(distinct actor) + count(distinct ground) from journal.entry where subject = $1", reading));
    }

    [Fact]
    public async Task Who_proposed_does_not_approve_nor_does_one_whose_duty_is_smaller()
    {
        var (id, _) = await town.Register("Sở Công Thương tỉnh An Giang");
        var reading = await town.Propose(id);
        (await Decide(reading, Actor.System("test"))).Refused("identity.reading-second-person");
        (await Decide(reading, Actor.System("second") with { WholeProvince = false })).Refused("identity.reading-outside-duty");
        await town.Approve(reading);
        (await Decide(reading, Actor.System("second"))).Refused("identity.no-reading");
    }

    [Fact]
    public async Task What_is_refused_gives_nothing_and_another_may_be_proposed()
    {
        var (id, key) = await town.Register("Sở Tài chính tỉnh An Giang");
        var reading = await town.Propose(id);
        (await town.Ask<ProposeReading, ProposeReading.Proposed>(f => f.Run(SystemTown.Usual(id) with { Until = town.Today.AddDays(9) }))).Refused("identity.reading-waits");
        await town.Do<DecideReading, Done>(f => f.Run(new(reading, false)), Actor.System("second"));
        using var system = new AgencySystem(town, id, key);
        Assert.Equal("unauthorized_client", (await system.AskToken())["error"].GetString());
        Assert.Equal(["identity.reading-proposed", "identity.reading-refused"], await town.Rows("select kind from journal.entry where subject = $1 order by position", r => r.GetString(0), reading));
        await town.Approve(await town.Propose(id));
        await system.ComesIn();
    }

    [Fact]
    public async Task An_agreement_names_purposes_fields_units_and_a_day_that_there_are()
    {
        var (id, _) = await town.Register("Sở Nội vụ tỉnh An Giang");
        async Task Refused(string code, Func<ProposeReading.Request, ProposeReading.Request> change) =>
            (await town.Ask<ProposeReading, ProposeReading.Proposed>(f => f.Run(change(SystemTown.Usual(id) with { Until = town.Today.AddYears(1) })))).Refused(code);
        await Refused("identity.reading-purposes", r => r with { Purposes = [] });
        await Refused("identity.reading-purposes", r => r with { Purposes = ["one-stop", "correction"] });
        await Refused("identity.reading-classes", r => r with { Classes = ["journal"] });
        await Refused("identity.reading-classes", r => r with { Classes = ["identity", "sensitive"] });
        await Refused("identity.reading-areas", r => r with { Areas = town.Commune.Code });
        await Refused("identity.reading-areas", r => r with { WholeProvince = false });
        await Refused("identity.reading-area-unknown", r => r with { WholeProvince = false, Areas = "79" });
        await Refused("identity.reading-until", r => r with { Until = town.Today });
        await Refused("identity.reading-until", r => r with { Until = town.Today.AddYears(6) });
        await Refused("identity.text-missing", r => r with { Agreement = " " });
        await Refused("identity.no-client", r => r with { Client = "khong-co" });
    }

    private Task<Outcome<Done>> Decide(Guid reading, Actor who) => town.Ask<DecideReading, Done>(f => f.Run(new(reading, true)), who);
}

/// <summary>What a test says of an outcome.</summary>
internal static class Outcomes
{
    public static void Refused<T>(this Outcome<T> outcome, string code) => Assert.Contains(code, outcome.Problems.Select(p => p.Code));
}

/// <summary>The same with a clock that can be put forward.</summary>
public sealed class LaterTown : SystemTown
{
    private readonly Later later = new();

    internal override TimeProvider Now => later;

    internal void PutForward(TimeSpan by) => later.By += by;

    /// <summary>No time goes by, until it is let go on.</summary>
    internal void Stop(bool stopped) => later.Since = stopped ? TimeProvider.System.GetUtcNow() : null;

    protected override void Furnish(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(later);

    private sealed class Later : TimeProvider
    {
        /// <summary>The town begins in the morning, whenever it is made: minutes that are put forward do not end its day.</summary>
        public TimeSpan By { get; set; } = TimeSpan.FromHours(9) - System.GetUtcNow().ToOffset(TimeSpan.FromHours(7)).TimeOfDay;

        public DateTimeOffset? Since { get; set; }

        public override DateTimeOffset GetUtcNow() => (Since ?? System.GetUtcNow()) + By;
    }
}

/// <summary>Tokens and agreements run out by themselves.</summary>
public sealed class RunningOutTests(LaterTown town) : IClassFixture<LaterTown>
{
    [Fact]
    public async Task A_token_runs_out_after_five_minutes_and_an_agreement_with_its_last_day()
    {
        using var system = await town.System(change: r => r with { Until = town.Today.AddDays(2) });
        (await system.Post("/cases/mine", new { })).Succeeds();
        town.PutForward(TimeSpan.FromMinutes(4));
        (await system.Post("/cases/mine", new { })).Succeeds();
        town.PutForward(TimeSpan.FromMinutes(2));
        (await system.Post("/cases/mine", new { })).Refuses("identity.token-not-good", HttpStatusCode.Unauthorized);
        await system.ComesIn();
        (await system.Post("/cases/mine", new { })).Succeeds();
        town.PutForward(TimeSpan.FromDays(2));
        await system.ComesIn();
        (await system.Post("/cases/mine", new { })).Succeeds();
        town.PutForward(TimeSpan.FromDays(1));
        Assert.Equal("unauthorized_client", (await system.AskToken())["error"].GetString());
    }

    [Fact]
    public async Task A_system_that_asks_on_and_on_is_told_when_to_come_again_and_others_are_not_kept_waiting()
    {
        using var busy = await town.System();
        using var other = await town.System();
        town.Stop(true);
        for (var i = 0; i < 300; i++)
        {
            (await busy.Post("/cases/mine", new { })).Succeeds();
        }

        using (var slowed = await busy.Send("/cases/mine", new { }))
        {
            Assert.Equal(TimeSpan.FromSeconds(1), slowed.Headers.RetryAfter?.Delta);
            (await Testing.Reply.Of(slowed)).Refuses("kernel.too-often", HttpStatusCode.TooManyRequests);
        }

        (await other.Post("/cases/mine", new { })).Succeeds();
        town.PutForward(TimeSpan.FromSeconds(1));
        (await busy.Post("/cases/mine", new { })).Succeeds();
        town.Stop(false);
    }
}
