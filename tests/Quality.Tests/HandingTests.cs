using System.Net;
using System.Runtime.Versioning;
using SoGoc.Testing;

namespace SoGoc.Quality.Tests;

/// <summary>The head of an office gives work to a colleague by name, who sees it, does it or gives it back; what is late goes up again.</summary>
[SupportedOSPlatform("linux")]
public sealed class HandingTests(Town town) : IClassFixture<Town>
{
    private static readonly DateOnly Until = Cleaning.Today.AddDays(10);

    /// <summary>People of a hamlet of their own, whose home town is not known; their findings, in the order of the people.</summary>
    private async Task<Guid[]> Broken(string hamlet, int people)
    {
        var findings = new List<Guid>();
        for (var i = 0; i < people; i++)
        {
            var sound = town.Sound();
            var (person, _) = await town.Settle(sound with { Facts = sound.Facts with { Hometown = null }, Residences = [sound.Residences[0] with { Detail = "Số 1, tổ 1, ấp " + hamlet }] });
            await town.Look(person);
            findings.Add(await town.Value<Guid>("select id from quality.finding where subject = $1 and rule = 'hometown-missing'", person));
        }

        return [.. findings];
    }

    /// <summary>A new official of an office, and how the journal names him.</summary>
    private async Task<(Official Who, string Reference)> Newest(string office, string role, int? area)
    {
        var before = (await town.Rows("select id from staff.official", r => r.GetGuid(0))).ToHashSet();
        var who = await town.Official(role, area);
        var id = (await town.Rows("select id from staff.official", r => r.GetGuid(0))).Single(i => !before.Contains(i));
        await town.Execute("update staff.official set agency_code = $1 where id = $2", office, id);
        return (who, $"official:{id}");
    }

    private async Task<string?> Holder(Guid finding) => await town.Value<string>("select coalesce(holder, '') from quality.finding where id = $1", finding) is { Length: > 0 } holder ? holder : null;

    private Task<(Official Who, string Reference)> Police() => Newest("CAX", "commune-police", town.Commune.Id);

    [Fact]
    public async Task A_hamlet_is_given_to_a_colleague_who_sees_by_whom_and_until_when_and_reads_for_a_case_of_his_own()
    {
        var findings = await Broken("Giao Một", 3);
        using var head = await town.As("truongca");
        var (colleague, to) = await Police();
        using (colleague)
        {
            var listed = (await head.Post("/quality/findings/to-hand", new { hamlet = "ấp Giao Một" })).Succeeds();
            Assert.Equal(3, listed["all"].GetInt64());
            Assert.Contains(to, listed.Text, StringComparison.Ordinal);
            var name = (await town.Record(await town.Value<Guid>("select subject from quality.finding where id = $1", findings[0]))).Facts.FullName!;
            Assert.DoesNotContain(name, listed.Text, StringComparison.Ordinal);

            var handed = (await head.Post("/quality/findings/hand", new { to, until = Until, hamlet = "ấp Giao Một", note = "Ghé nhà trưởng ấp trước" })).Succeeds();
            Assert.Equal(3, handed["count"].GetInt32());
            var mine = (await colleague.Post("/quality/findings/mine", new { })).Succeeds();
            var given = mine["items"].EnumerateArray().Select(i => i.GetProperty("given")).ToList();
            Assert.Equal(3, given.Count);
            Assert.All(given, g => Assert.Equal(("Bùi Thị Minh Họa", "2026-12-04", "Ghé nhà trưởng ấp trước"), (g.GetProperty("giver").GetString(), g.GetProperty("until").GetString(), g.GetProperty("note").GetString())));
            Assert.Contains(name, mine.Text, StringComparison.Ordinal);
            // The giver has read nobody, and cannot answer what is the colleague's.
            Assert.Equal(0, await town.Value<long>("select count(*) from journal.disclosure d where d.actor <> $1 and d.subject in (select subject from quality.finding where id = any($2))", to, findings));
            (await head.Post("/quality/findings/answer", new { id = findings[0], outcome = "moved" })).Refuses("quality.no-finding", HttpStatusCode.NotFound);
            Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where kind = 'quality.work-handed' and body ->> 'to' = $1 and body ->> 'until' = '2026-12-04' and json_array_length(body -> 'findings') = 3", to));
            Assert.Equal(1, await town.Value<long>("select count(*) from journal.case_file where holder = $1 and closed_at is null", to));

            // Who was not found or has died stays with him, with what is to be done next.
            (await colleague.Post("/quality/findings/answer", new { id = findings[0], outcome = "not-found" })).Succeeds();
            (await colleague.Post("/quality/findings/answer", new { id = findings[0], outcome = "dead" })).Succeeds();
            var left = (await colleague.Post("/quality/findings/mine", new { })).Succeeds()["items"].EnumerateArray().Single(i => i.GetProperty("id").GetGuid() == findings[0]);
            Assert.Equal(("dead", "death"), (left.GetProperty("outcome").GetString(), left.GetProperty("mend").GetString()));
            // The last answer ends the round.
            foreach (var id in findings)
            {
                (await colleague.Post("/quality/findings/answer", new { id, outcome = "confirmed", text = "Đã xem thẻ mẫu" })).Succeeds();
            }

            Assert.Equal(0, await town.Value<long>("select count(*) from journal.case_file where holder = $1 and closed_at is null", to));
            var shown = (await head.Post("/quality/findings/given", new { })).Succeeds()["handings"].EnumerateArray().Single(h => h.GetProperty("hamlet").GetString() == "ấp Giao Một");
            Assert.Equal((3, 0), (shown.GetProperty("given").GetInt32(), shown.GetProperty("open").GetInt32()));
            // What is done is not given again.
            (await head.Post("/quality/findings/hand", new { to, until = Until, findings })).Refuses("quality.work-changed");
            Assert.Empty((await town.Verify()).Differences);
        }
    }

    [Fact]
    public async Task Only_a_colleague_of_the_office_who_may_do_it_and_is_there_gets_work_and_never_the_giver()
    {
        var findings = await Broken("Giao Hai", 1);
        using var head = await town.As("truongca");
        var other = town.Places.All.First(a => a.Level == Places.AreaLevel.Commune && a.Valid.Holds(Cleaning.Today) && a.Id != town.Commune.Id && town.Places.Province(a)?.Id == town.Places.Home(Cleaning.Today)?.Id).Id;
        var self = "official:" + await town.Value<Guid>("select id from staff.official where sign_in = 'truongca'");
        (string What, string To)[] wrong =
        [
            ("himself", self), ("another office", (await Newest("XA", "commune-clerk", town.Commune.Id)).Reference), ("another commune", (await Newest("CAX", "commune-police", other)).Reference),
            ("may not", (await Newest("CAX", "leader", town.Commune.Id)).Reference), ("nobody", "official:" + Guid.NewGuid()), ("no official", "citizen:" + Guid.NewGuid()),
        ];
        foreach (var (what, to) in wrong)
        {
            (await head.Post("/quality/findings/hand", new { to, until = Until, findings })).Refuses("quality.no-such-colleague");
            Assert.True(await Holder(findings[0]) is null, what);
        }

        // Who is away gets none, but where somebody stands in.
        var (absent, away) = await Police();
        using (absent)
        {
            var id = Guid.Parse(away[9..]);
            await town.Execute("insert into staff.absence (id, official_id, valid) values (gen_random_uuid(), $1, daterange('2026-11-01', '2026-12-31'))", id);
            (await head.Post("/quality/findings/hand", new { to = away, until = Until, findings })).Refuses("quality.no-such-colleague");
            await town.Execute("update staff.absence set stand_in_id = (select id from staff.official where sign_in = 'truongca') where official_id = $1", id);
            (await head.Post("/quality/findings/hand", new { to = away, until = Until, findings })).Refuses("quality.no-such-colleague");
            await town.Execute("update staff.absence set stand_in_id = (select id from staff.official where sign_in = 'congan') where official_id = $1", id);
            (await head.Post("/quality/findings/hand", new { to = away, until = Until, findings })).Succeeds();
            Assert.Equal(away, await Holder(findings[0]));
        }

        using var officer = await town.As("congan");
        Assert.Equal(403, (int)(await officer.Post("/quality/findings/hand", new { to = self, until = Until, findings })).Status);
    }

    [Fact]
    public async Task Another_commune_s_findings_are_not_there_to_be_given()
    {
        var findings = await Broken("Giao Ba", 1);
        var other = town.Places.All.First(a => a.Level == Places.AreaLevel.Commune && a.Valid.Holds(Cleaning.Today) && a.Id != town.Commune.Id && town.Places.Province(a)?.Id == town.Places.Home(Cleaning.Today)?.Id).Id;
        var (head, _) = await Newest("CAX", "head-of-office", other);
        var (colleague, to) = await Newest("CAX", "commune-police", other);
        using (head)
        using (colleague)
        {
            Assert.Equal(0, (await head.Post("/quality/findings/to-hand", new { hamlet = "ấp Giao Ba" })).Succeeds()["all"].GetInt64());
            (await head.Post("/quality/findings/hand", new { to, until = Until, findings })).Refuses("quality.work-changed");
            (await head.Post("/quality/findings/hand", new { to, until = Until, hamlet = "ấp Giao Ba" })).Refuses("quality.nothing-free");
            Assert.Null(await Holder(findings[0]));
        }
    }

    [Fact]
    public async Task Of_two_heads_who_give_the_same_at_once_one_succeeds_and_a_form_sent_twice_gives_once()
    {
        var findings = await Broken("Giao Bốn", 2);
        using var head = await town.As("truongca");
        var (one, to) = await Police();
        var (two, toOther) = await Police();
        using (one)
        using (two)
        {
            var both = await Task.WhenAll(head.Post("/quality/findings/hand", new { to, until = Until, findings }), head.Post("/quality/findings/hand", new { to, until = Until, findings }));
            Assert.Equal([200, 409], both.Select(b => (int)b.Status).Order());
            Assert.Equal(1, await town.Value<long>("select count(*) from quality.handing where given_to = $1", to));
            // The giver gives it to another, as long as it is not answered.
            (await head.Post("/quality/findings/hand", new { to = toOther, until = Until, findings })).Succeeds();
            Assert.Equal(toOther, await Holder(findings[1]));
            (await one.Post("/quality/findings/answer", new { id = findings[0], outcome = "moved" })).Refuses("quality.no-finding", HttpStatusCode.NotFound);
            // What a colleague has taken himself is his.
            var taken = await Broken("Giao Năm", 1);
            (await one.Post("/quality/findings/take", new { rule = "hometown-missing", hamlet = "ấp Giao Năm" })).Succeeds();
            (await head.Post("/quality/findings/hand", new { to = toOther, until = Until, findings = taken })).Refuses("quality.work-changed");
            Assert.Equal(to, await Holder(taken[0]));
        }
    }

    [Fact]
    public async Task It_comes_back_with_a_reason_and_what_is_late_goes_up_to_the_giver()
    {
        var findings = await Broken("Giao Sáu", 2);
        using var head = await town.As("truongca");
        var (colleague, to) = await Police();
        using (colleague)
        {
            (await head.Post("/quality/findings/hand", new { to, until = Cleaning.Today.AddDays(-1), findings })).Refuses("quality.until-wrong");
            (await head.Post("/quality/findings/hand", new { to, findings })).Refuses("quality.until-wrong");
            (await head.Post("/quality/findings/hand", new { to, until = Until })).Refuses("quality.nothing-chosen");
            (await head.Post("/quality/findings/hand", new { to, until = Cleaning.Today, findings })).Succeeds();
            (await colleague.Post("/quality/findings/give-back", new { id = findings[0] })).Refuses("quality.say-why-back");
            (await colleague.Post("/quality/findings/give-back", new { id = findings[0], reason = "nhà ở bên kia sông, nước lớn" })).Succeeds();
            Assert.Null(await Holder(findings[0]));
            Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where kind = 'quality.finding-returned' and subject = $1 and ground = 'nhà ở bên kia sông, nước lớn'", findings[0]));
            var given = (await head.Post("/quality/findings/given", new { })).Succeeds();
            Assert.Equal("nhà ở bên kia sông, nước lớn", given["returned"].EnumerateArray().Single().GetProperty("why").GetString());
            Assert.False(given["handings"].EnumerateArray().Single(h => h.GetProperty("hamlet").GetString() == "ấp Giao Sáu").GetProperty("late").GetBoolean());

            // The day is over: the first page of the giver says so, his list has it first.
            await town.Execute("update quality.handing set until_on = until_on - 1 where given_to = $1", to);
            var late = (await head.Post("/quality/findings/given", new { })).Succeeds()["handings"][0];
            Assert.Equal((true, 1, 1), (late.GetProperty("late").GetBoolean(), late.GetProperty("open").GetInt32(), late.GetProperty("back").GetInt32()));
            using var desk = town.Sit();
            (await desk.SignIn("truongca")).Says("việc tôi đã giao, quá hạn", "việc tôi đã giao, bị trả lại");
            Assert.True((await colleague.Post("/quality/findings/mine", new { })).Succeeds()["items"][0].GetProperty("late").GetBoolean());

            // Given again it leaves the list of what came back; who takes it of his own has it from nobody.
            (await head.Post("/quality/findings/hand", new { to, until = Until, findings })).Refuses("quality.work-changed");
            (await head.Post("/quality/findings/hand", new { to, until = Until, findings = findings.Take(1) })).Succeeds();
            Assert.Empty((await head.Post("/quality/findings/given", new { })).Succeeds()["returned"].EnumerateArray());
        }
    }
}
