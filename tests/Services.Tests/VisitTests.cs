using System.Globalization;
using System.Runtime.Versioning;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Services.Visits;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>Times booked at the counter, and the numbers of the queue.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class VisitTests(ServiceTown town) : IClassFixture<ServiceTown>
{
    private const string Absence = "1.003677", Card = "2.001194", Licence = "3.000347", Power = "AG.23";

    [Fact]
    public async Task Free_are_the_hours_of_working_days_and_no_past_hour_holiday_odd_minute_or_far_day_is_booked()
    {
        // The 24th is a holiday, a Tuesday.
        At("24/11/2026 08:00");
        using var stranger = town.Stranger();
        using var clerk = await town.As("canbo");
        var days = (await stranger.Post("/visits/slots", new { procedure = Absence, counter = town.Commune.Code })).Succeeds()["days"].EnumerateArray().ToList();
        Assert.Equal(("2026-11-25", "2026-12-08", 10), (days[0].GetProperty("day").GetString(), days[^1].GetProperty("day").GetString(), days.Count));
        Assert.All(days, d => Assert.Equal((16, 4), (d.GetProperty("slots").GetArrayLength(), d.GetProperty("slots")[0].GetProperty("free").GetInt32())));
        Assert.Equal(["07:00", "11:00", "13:30", "16:30"], new[] { 0, 8, 9, 15 }.Select(i => SlotChoice.Hour(days[0].GetProperty("slots")[i].GetProperty("at").GetDateTimeOffset())));
        var number = Number(await town.Resident());
        foreach (var (at, code) in new[] { ("23/11/2026 08:00", "visit-past"), ("24/11/2026 09:00", "visit-day-off"), ("29/11/2026 08:00", "visit-day-off"), ("25/11/2026 08:10", "visit-no-slot"), ("25/11/2026 12:00", "visit-no-slot"), ("09/12/2026 08:00", "visit-too-far"), ("09/12/9998 08:00", "visit-too-far") })
        {
            (await clerk.Post("/visits/book", new { procedure = Absence, number, at = Time(at) })).Refuses("services." + code);
        }

        (await clerk.Post("/visits/book", new { procedure = "9.999999", number, at = Time("25/11/2026 08:00") })).Refuses("services.no-procedure");
        (await clerk.Post("/visits/book", new { procedure = Absence, number = "", at = Time("25/11/2026 08:00") })).Refuses("services.number-missing");
        (await clerk.Post("/visits/book", new { procedure = Absence, number, at = Time("25/11/2026 08:00"), counter = town.Elsewhere.Code })).Refuses("services.other-counter");
        (await stranger.Post("/visits/slots", new { procedure = Absence, counter = "00000" })).Refuses("services.no-counter");
    }

    [Fact]
    public async Task Of_all_who_want_the_last_place_at_once_one_has_it_and_a_cancelled_one_is_free_again()
    {
        At("24/11/2026 08:00");
        await town.Execute("insert into kernel.rule (key, valid, value, citation, note) values ('services.visit-places.' || $1, daterange('2016-01-01', '2026-11-25'), '1', 'mẫu', 'mẫu')", town.Commune.Code);
        using var clerk = await town.As("canbo");
        var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => town.Resident()));
        var at = Time("30/11/2026 09:00");
        var replies = await Task.WhenAll(people.Select(p => clerk.Post("/visits/book", new { procedure = Absence, number = Number(p), at })));
        var one = Assert.Single(replies, r => r.IsGood);
        Assert.All(replies.Where(r => !r.IsGood), r => r.Refuses("services.visit-full"));
        Assert.Equal(0, await Free(at));
        await town.Execute("delete from kernel.rule where key = 'services.visit-places.' || $1", town.Commune.Code);
        (await clerk.Post("/visits/cancel", new { code = one["code"].GetString(), why = "Hôm ấy mất điện" })).Succeeds();
        (await clerk.Post("/visits/cancel", new { code = one["code"].GetString() })).Refuses("services.visit-over");
        Assert.Equal(4, await Free(at));
    }

    [Fact]
    public async Task A_citizen_books_without_script_finds_it_among_his_files_moves_it_and_takes_it_back()
    {
        At("25/11/2026 09:10");
        var person = await town.Resident();
        using var citizen = await town.AtHome(person);
        (await citizen.Get($"/dich-vu/{Absence}")).Succeeds().Says($"/dat-lich?thu-tuc={Absence}");
        (await citizen.Get($"/dat-lich?thu-tuc={Absence}")).Succeeds().Says(town.Commune.FullName, "09:30");
        var made = (await citizen.Send($"/dat-lich?thu-tuc={Absence}&noi={town.Commune.Code}", ("At", "2026-11-27T02:00:00Z"))).Succeeds().Says("27/11/2026 09:00", "Thẻ căn cước");
        var code = made.Path.Split('/')[^1];
        (await citizen.Get("/cua-toi/ho-so")).Succeeds().Says("27/11/2026 09:00", $"{code[..4]} {code[4..]}");
        (await citizen.Send($"/dat-lich?thu-tuc={Absence}&noi={town.Elsewhere.Code}&doi={code}", ("At", "2026-11-28T02:00:00Z"))).Refuses("services.visit-day-off");
        (await citizen.Send($"/dat-lich?thu-tuc={Absence}&noi={town.Elsewhere.Code}&doi={code}", ("At", "2026-11-30T07:00:00Z"))).Succeeds().Says("30/11/2026 14:00", town.Elsewhere.FullName);
        Assert.Equal(4, await Free(Time("27/11/2026 09:00")));
        Assert.Equal(["services.visit-booked", "services.visit-moved"], await town.Rows("select e.kind from journal.entry e join services.visit v on v.id = e.subject where v.code = $1 order by e.position", r => r.GetString(0), code));
        // Another sees nothing of it.
        using var other = await town.AtHome(await town.Resident());
        (await other.Get($"/cua-toi/lich-hen/{code}")).Refuses("services.no-visit");
        using var clerk = await town.As("canbo");
        (await clerk.Post("/visits/cancel", new { code })).Refuses("services.no-visit");
        (await citizen.Send($"/cua-toi/lich-hen/{code}?handler=Cancel")).Succeeds().Says("Đã hủy");
        Assert.Equal(2, await town.Value<long>("select count(*) from identity.message where body like '%' || $1 || '%' and (body like 'Da dat lich hen 27/11/2026 09:00 tai %' or body like '%doi sang 30/11/2026 14:00 tai %')", $"{code[..4]} {code[4..]}"));
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.entry e where e.kind like 'services.visit-%' and e.body::text like '%' || (select id from population.person where number = $1) || '%'", Number(person)));
    }

    [Fact]
    public async Task Nobody_keeps_a_counter_from_others()
    {
        At("25/11/2026 08:00");
        using var clerk = await town.As("canbo");
        var number = Number(await town.Resident());
        Task<Reply> Book(string procedure, string at) => clerk.Post("/visits/book", new { procedure, number, at = Time(at) });
        var sent = await Task.WhenAll(Book(Absence, "01/12/2026 08:00"), Book(Absence, "01/12/2026 08:00"));
        Assert.Single(sent.Select(r => r.Succeeds()["code"].GetString()).Distinct());
        (await Book(Absence, "01/12/2026 09:00")).Refuses("services.booked-already");
        (await Book(Card, "01/12/2026 09:00")).Succeeds();
        (await Book(Power, "01/12/2026 10:00")).Succeeds();
        (await Book(Licence, "01/12/2026 10:30")).Refuses("services.visits-enough");
        // Who books and cancels on and on waits too.
        using var citizen = await town.AtHome(await town.Resident());
        for (var i = 0; i < 6; i++)
        {
            var made = (await citizen.Send($"/dat-lich?thu-tuc={Card}&noi={town.Commune.Code}", ("At", "2026-12-02T02:00:00Z"))).Succeeds();
            (await citizen.Send($"{made.Path}?handler=Cancel")).Succeeds();
        }

        (await citizen.Send($"/dat-lich?thu-tuc={Card}&noi={town.Commune.Code}", ("At", "2026-12-02T02:00:00Z"))).Refuses("kernel.too-often");
    }

    [Fact]
    public async Task Who_has_booked_is_reminded_once_on_the_working_day_before()
    {
        At("25/11/2026 08:00");
        var person = await town.Resident();
        using var citizen = await town.AtHome(person);
        (await citizen.Send($"/dat-lich?thu-tuc={Card}&noi={town.Commune.Code}", ("At", "2026-11-30T03:00:00Z"))).Succeeds();
        // Messages are emptied a day after they were sent: what counts is what each look has written.
        Task<long> Told(string now) => town.Value<long>("select count(*) from identity.message where body like 'Nhac ban: lich hen%30/11/2026 10:00%' and made_at >= $1", Time(now));
        foreach (var (now, told) in new[] { ("26/11/2026 08:00", 0), ("27/11/2026 06:00", 0), ("27/11/2026 08:00", 1), ("27/11/2026 09:00", 0), ("30/11/2026 07:00", 0) })
        {
            At(now);
            await town.Do<RemindVisitors, RemindVisitors.Reminded>(f => f.Run());
            Assert.Equal((now, told), (now, await Told(now)));
        }
    }

    [Fact]
    public async Task Whoever_has_booked_goes_first_from_his_time_on_and_everybody_else_by_arrival()
    {
        At("25/11/2026 08:00");
        using var clerk = await town.As("canbo");
        async Task<string> Booked(string at) => (await clerk.Post("/visits/book", new { procedure = Absence, number = Number(await town.Resident()), at = Time(at) })).Succeeds()["code"].GetString()!;
        var (nine, half, late) = (await Booked("26/11/2026 09:00"), await Booked("26/11/2026 09:30"), await Booked("26/11/2026 08:00"));
        (await clerk.Post("/queue/give", new { visit = nine })).Refuses("services.visit-other-day");
        async Task<int> Comes(string at, string? visit = null)
        {
            At(at);
            return (await clerk.Post("/queue/give", new { visit })).Succeeds()["no"].GetInt32();
        }

        var given = new[] { await Comes("26/11/2026 08:40"), await Comes("26/11/2026 08:45", half), await Comes("26/11/2026 08:50", late), await Comes("26/11/2026 08:55", nine), await Comes("26/11/2026 08:56") };
        Assert.Equal([1, 2, 3, 4, 5], given);
        (await clerk.Post("/queue/give", new { visit = nine })).Refuses("services.visit-over");
        At("26/11/2026 09:05");
        var called = new List<int> { (await Next(clerk)).No, (await Next(clerk)).No, (await Next(clerk)).No };
        At("26/11/2026 09:31");
        called.AddRange([(await Next(clerk)).No, (await Next(clerk)).No]);
        // Nine o'clock first; then by arrival, and with him the one whose time was over, and the one whose time is yet to come.
        Assert.Equal([4, 1, 2, 3, 5], called);
        Assert.False((await clerk.Post("/queue/call-next", new { window = "1", done = await InHand(clerk) })).Succeeds().Body.TryGetProperty("turn", out _));
    }

    [Fact]
    public async Task Of_several_clerks_at_once_each_calls_another_number_and_two_clicks_call_one()
    {
        At("27/11/2026 08:00");
        var clerks = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => town.Official("commune-clerk", town.Commune.Id)));
        for (var i = 0; i < 20; i++)
        {
            (await clerks[0].Post("/queue/give", new { })).Succeeds();
        }

        var called = await Task.WhenAll(clerks.SelectMany((c, i) => new[] { c, c }.Select(async x => (Clerk: i, Turn: (await x.Post("/queue/call-next", new { window = $"{i + 1}" })).Succeeds()["turn"].GetProperty("no").GetInt32()))));
        Assert.Equal(clerks.Length, called.Distinct().Count());
        Assert.Equal([1, 2, 3, 4, 5], called.Select(c => c.Turn).Distinct().Order());
        // Ended and called with one click, by a hurried hand twice.
        var first = await InHand(clerks[0]);
        var twice = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => clerks[0].Post("/queue/call-next", new { window = "1", done = first })));
        Assert.Equal([6, 6], twice.Select(r => r.Succeeds()["turn"].GetProperty("no").GetInt32()));
        using var there = await town.Official("commune-clerk", town.Elsewhere.Id);
        (await there.Post("/queue/call-next", new { window = "1", counter = town.Commune.Code })).Refuses("services.other-counter");
        (await clerks[0].Post("/queue/call-next", new { window = " " })).Refuses("services.which-window");
        foreach (var clerk in clerks)
        {
            clerk.Dispose();
        }
    }

    [Fact]
    public async Task Who_is_not_there_is_set_aside_and_called_again_when_he_comes()
    {
        At("30/11/2026 08:00");
        using var clerk = await town.As("canbo");
        using var colleague = await town.As("congan");
        (await clerk.Post("/queue/give", new { })).Succeeds();
        (await clerk.Post("/queue/give", new { })).Succeeds();
        var turn = (await Next(clerk)).Id;
        (await colleague.Post("/queue/call-again", new { turn, window = "2" })).Refuses("services.turn-over");
        (await clerk.Post("/queue/set-aside", new { turn })).Succeeds();
        (await clerk.Post("/queue/set-aside", new { turn })).Succeeds();
        var second = await Next(clerk);
        Assert.Equal(2, second.No);
        (await clerk.Post("/queue/call-again", new { turn, window = "1" })).Refuses("services.finish-first");
        (await colleague.Post("/queue/call-again", new { turn, window = "2" })).Succeeds();
        using var stranger = town.Stranger();
        var board = (await stranger.Post("/queue/board", new { counter = town.Commune.Code })).Succeeds();
        Assert.Equal([("2", 1), ("1", 2)], board["called"].EnumerateArray().Select(l => (l.GetProperty("window").GetString()!, l.GetProperty("no").GetInt32())));
        (await colleague.Post("/queue/done", new { turn })).Succeeds();
        (await colleague.Post("/queue/done", new { turn })).Succeeds();
        (await colleague.Post("/queue/set-aside", new { turn })).Refuses("services.turn-over");
        At("01/12/2026 08:00");
        (await colleague.Post("/queue/done", new { turn })).Refuses("services.no-turn");
    }

    private async Task<(Guid Id, int No)> Next(Official clerk)
    {
        var turn = (await clerk.Post("/queue/call-next", new { window = "1", done = await InHand(clerk) })).Succeeds()["turn"];
        return (turn.GetProperty("id").GetGuid(), turn.GetProperty("no").GetInt32());
    }

    private static async Task<Guid?> InHand(Official clerk) => (await clerk.Post("/queue/show", new { })).Succeeds().Body.TryGetProperty("inHand", out var turn) ? turn.GetProperty("id").GetGuid() : null;

    private async Task<int> Free(DateTimeOffset at)
    {
        using var stranger = town.Stranger();
        return (await stranger.Post("/visits/slots", new { procedure = Absence, counter = town.Commune.Code })).Succeeds()["days"].EnumerateArray().SelectMany(d => d.GetProperty("slots").EnumerateArray()).Single(s => s.GetProperty("at").GetDateTimeOffset() == at).GetProperty("free").GetInt32();
    }

    private void At(string text) => town.Clock.MoveTo(Time(text));

    private static DateTimeOffset Time(string text) => DateTime.ParseExact(text, "dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture) is var t ? OfficeTime.At(DateOnly.FromDateTime(t), TimeOnly.FromDateTime(t)) : default;

    private static string Number(PersonState person) => person.Facts.Number!.Value.ToString();
}
