using System.Runtime.Versioning;
using System.Text.Json;
using SoGoc.Population;
using SoGoc.Services.Files;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>A desk of many hands: who gets what comes, who stands in, what is said inside, sentences of the office, and how files are found.</summary>
[SupportedOSPlatform("linux")]
public sealed class DeskTests(ServiceTown town) : IClassFixture<ServiceTown>
{
    private const string Card = "2.001194", Absence = "1.003677";

    private string Police => $"police:{town.Commune.Code}";

    [Fact]
    public async Task What_a_desk_receives_goes_by_its_rule_and_of_several_to_who_has_the_least_open()
    {
        using var head = await town.As("truongca");
        var ((_, an), (_, binh), (_, chi)) = (await Colleague("An Thị Thử"), await Colleague("Bình Văn Thử"), await Colleague("Chi Thị Thử"));
        await Rule(head, "", an, binh);
        await Rule(head, "sector:id-card", chi);
        var cards = await TakeIn(Card);
        Assert.Equal(chi, await HolderOf(cards));
        string[] holders = [await HolderOf(await TakeIn(Absence)), await HolderOf(await TakeIn(Absence)), await HolderOf(await TakeIn(Absence)), await HolderOf(await TakeIn(Absence))];
        Assert.Equal(2, holders.Count(h => h == an));
        Assert.Equal(2, holders.Count(h => h == binh));
        // The rule for a procedure goes before that for its group, and both before the rest.
        await Rule(head, Card, binh);
        Assert.Equal(binh, await HolderOf(await TakeIn(Card)));
        // What was handed in online waits for nobody by name until it is received.
        using var citizen = await town.AtHome(await town.Resident());
        var online = await ServiceTown.HandIn(citizen, Absence, Away());
        Assert.Equal("", await HolderOf(online));
        (await head.Post("/files/receive", new { code = online })).Succeeds();
        Assert.Contains(await HolderOf(online), new[] { an, binh });
        Assert.Equal("rule", await town.Value<string>("select e.body ->> 'by' from journal.entry e where e.kind = 'services.file-assigned' and e.body ->> 'code' = $1", online));
        Assert.DoesNotContain("Thị Thử", (await citizen.Get($"/cua-toi/ho-so/{online}")).Succeeds().Text, StringComparison.Ordinal);
        var load = (await head.Post("/files/assignment", new { })).Succeeds()["desks"].EnumerateArray().Single(d => d.GetProperty("key").GetString() == Police).GetProperty("officials").EnumerateArray().ToList();
        Assert.True(load.Single(o => o.GetProperty("reference").GetString() == binh).GetProperty("open").GetInt64() >= 3);
        foreach (var scope in new[] { "", "sector:id-card", Card })
        {
            await Rule(head, scope);
        }

        Assert.Equal("", await HolderOf(await TakeIn(Card)));
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Who_is_away_is_passed_by_his_stand_in_gets_what_comes_and_sees_what_he_has()
    {
        using var head = await town.As("truongca");
        var ((mine, away), (standing, standIn)) = (await Colleague("Dung Thị Thử"), await Colleague("Giang Văn Thử"));
        var had = await TakeIn(Card);
        (await mine.Post("/files/take", new { code = had })).Succeeds();
        await Rule(head, "sector:id-card", away);
        using (var page = town.Sit())
        {
            await page.SignIn(await SignInOf(away), "mot cau that dai 7");
            // Nobody names a stand-in of another office, or for a colleague whom he does not lead.
            (await page.Send("/nguoi-thay", ("Official", away[9..]), ("Until", "30/11/2026"), ("StandIn", "canbo"), ("Ground", "Nghỉ phép"))).Refuses("staff.stand-in-of-office");
            (await page.Send("/nguoi-thay", ("Official", standIn[9..]), ("Until", "30/11/2026"), ("StandIn", "congan"), ("Ground", "Nghỉ phép"))).Refuses("staff.not-your-office");
            (await page.Send("/nguoi-thay", ("Official", away[9..]), ("Until", "30/11/2026"), ("StandIn", await SignInOf(standIn)), ("Ground", "Nghỉ phép"))).Succeeds();
        }

        var came = await TakeIn(Card);
        Assert.Equal(standIn, await HolderOf(came));
        Assert.Equal("Dung Thị Thử", await town.Value<string>("select e.body ->> 'instead' from journal.entry e where e.kind = 'services.file-assigned' and e.body ->> 'code' = $1", came));
        var shown = (await standing.Post("/files/list", new { basket = "mine" })).Succeeds()["files"].EnumerateArray().ToDictionary(f => f.GetProperty("code").GetString()!);
        Assert.True(shown[had].GetProperty("instead").GetBoolean());
        Assert.True(shown[came].GetProperty("mine").GetBoolean());
        Assert.DoesNotContain((await head.Post("/files/list", new { basket = "mine" })).Succeeds()["files"].EnumerateArray(), f => f.GetProperty("code").GetString() == had);
        // The head puts an end to it; what comes then is his again who is back. A stand-in for who is away without one does not get it.
        using (var page = town.Sit())
        {
            await page.SignIn("truongca");
            (await page.Get("/nguoi-thay")).Succeeds().Says("Giang Văn Thử làm thay");
            var absence = await town.Value<Guid>("select id from staff.absence where official_id = $1", Guid.Parse(away[9..]));
            (await page.Send("/nguoi-thay?handler=Back", ("Official", away[9..]), ("absence", $"{absence}"), ("Ground", "Về sớm"))).Succeeds();
        }

        Assert.Equal(away, await HolderOf(await TakeIn(Card)));
        await town.Execute("insert into staff.absence (id, official_id, valid) values (gen_random_uuid(), $1, '[2026-11-24,2026-12-24)')", Guid.Parse(away[9..]));
        Assert.Equal("", await HolderOf(await TakeIn(Card)));
        await Rule(head, "sector:id-card");
    }

    [Fact]
    public async Task Only_the_head_gives_files_and_only_to_who_may_deal_with_them()
    {
        using var head = await town.As("truongca");
        var ((worker, reference), code) = (await Colleague("Hà Thị Thử"), await TakeIn(Card));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await worker.Post("/files/assign", new { code, to = reference })).Status);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await worker.Post("/files/assignment/set", new { desk = Police, officials = new[] { reference } })).Status);
        var clerk = await town.Value<string>("select 'official:' || id from staff.official where sign_in = 'canbo'");
        (await head.Post("/files/assign", new { code, to = clerk })).Refuses("services.no-such-colleague");
        (await head.Post("/files/assignment/set", new { desk = Police, officials = new[] { clerk } })).Refuses("services.no-such-colleague");
        (await head.Post("/files/assignment/set", new { desk = $"justice:{town.Commune.Code}", officials = new[] { reference } })).Refuses("services.not-your-desk");
        (await head.Post("/files/assignment/set", new { desk = Police, scope = "9.999", officials = new[] { reference } })).Refuses("services.no-procedure");
        (await head.Post("/files/assign", new { code, to = reference, why = "Làm gấp trong tuần" })).Succeeds();
        Assert.Equal(reference, await HolderOf(code));
        Assert.Contains((await worker.Post("/files/list", new { basket = "mine" })).Succeeds()["files"].EnumerateArray(), f => f.GetProperty("code").GetString() == code);
        Assert.Contains((await head.Post("/files/list", new { basket = "others", holder = reference })).Succeeds()["files"].EnumerateArray(), f => f.GetProperty("holder").GetString() == "Hà Thị Thử");
        (await worker.Post("/files/refuse", new { code, why = "Thiếu ảnh; hãy nộp lại khi có ảnh." })).Succeeds();
        (await head.Post("/files/assign", new { code, to = reference })).Refuses("services.over");
    }

    [Fact]
    public async Task Who_was_only_given_a_file_has_not_dealt_with_it()
    {
        using var head = await town.As("truongca");
        var (worker, reference) = await Colleague("Khoa Văn Thử");
        var code = await TakeIn(Card);
        (await head.Post("/files/assign", new { code, to = reference })).Succeeds();
        Assert.False(await town.Value<bool>("select dealt_with from services.file where code = $1", code));
        (await worker.Post("/files/take", new { code })).Succeeds();
        Assert.True(await town.Value<bool>("select dealt_with from services.file where code = $1", code));
    }

    [Fact]
    public async Task What_is_said_inside_is_read_by_the_offices_that_have_or_had_the_file_and_never_by_the_citizen()
    {
        const string said = "Đã gọi cho người dân, hẹn <b>thứ Hai</b>";
        using var citizen = await town.AtHome(await town.Resident());
        var code = await ServiceTown.HandIn(citizen, Absence, Away());
        using var police = await town.As("congan");
        using var there = await town.Official("commune-police", town.Elsewhere.Id);
        (await police.Post("/files/comment", new { code, text = " " })).Refuses("services.say-comment");
        (await police.Post("/files/comment", new { code, text = new string('a', 2001) })).Refuses("services.say-comment");
        (await there.Post("/files/comment", new { code, text = said })).Refuses("services.no-file");
        (await there.Post("/files/comments", new { code })).Refuses("services.no-file");
        (await (await town.Clerk()).Post("/files/comment", new { code, text = said })).Refuses("services.other-desk");
        (await police.Post("/files/comment", new { code, text = said })).Succeeds();
        (await police.Post("/files/receive", new { code })).Succeeds();
        (await police.Post("/files/hand-over", new { code, why = "Người này đã chuyển về xã khác", commune = town.Elsewhere.Code })).Succeeds();
        // The file lies elsewhere now: its first office learns nothing of it but what is said, and says something too.
        (await police.Post("/files/show", new { code })).Refuses("services.no-file");
        (await there.Post("/files/take", new { code })).Succeeds();
        (await there.Post("/files/comment", new { code, text = "Đã nhận, còn thiếu gì không?" })).Succeeds();
        (await police.Post("/files/comment", new { code, text = "Không thiếu gì" })).Succeeds();
        var listed = (await police.Post("/files/comments", new { code })).Succeeds();
        Assert.Equal((3, false), (listed["comments"].GetArrayLength(), listed["has"].GetBoolean()));
        Assert.Contains(said, listed.Text.Replace("\\u003C", "<", StringComparison.OrdinalIgnoreCase).Replace("\\u003E", ">", StringComparison.OrdinalIgnoreCase), StringComparison.Ordinal);
        Assert.Contains((await there.Post("/files/notices", new { })).Succeeds()["notices"].EnumerateArray(), n => (n.GetProperty("code").GetString(), n.GetProperty("kind").GetString()) == (code, "comment"));
        Assert.Equal(3, (await there.Post("/files/show", new { code })).Succeeds()["steps"].EnumerateArray().Count(s => s.GetProperty("kind").GetString() == "services.comment-made"));
        Assert.DoesNotContain((await there.Post("/files/notices", new { })).Succeeds()["notices"].EnumerateArray(), n => n.GetProperty("code").GetString() == code);
        using var page = town.Sit();
        await page.SignIn("congan");
        (await page.Get($"/mot-cua/{code}/trao-doi")).Succeeds().Says("Không thiếu gì", "Cơ quan bạn đã chuyển hồ sơ này đi");
        var seen = (await citizen.Get($"/cua-toi/ho-so/{code}")).Succeeds().Text;
        Assert.DoesNotContain("thứ Hai", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("nội bộ", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("services.step", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sentence_of_the_office_is_put_into_the_field_and_sent_by_nobody_but_who_reads_it()
    {
        const string missing = "Thiếu ảnh chân dung nền trắng, cỡ 4×6";
        var code = await TakeIn(Card);
        using var page = town.Sit();
        await page.SignIn("congan");
        (await page.Send($"/mot-cua/{code}?handler=KeepPhrase&kind=supplement", ("Why", "ngắn"))).Refuses("services.say-phrase");
        (await page.Send($"/mot-cua/{code}?handler=KeepPhrase&kind=supplement", ("Why", missing))).Succeeds().Says("Đã lưu mẫu câu", missing);
        var phrase = await town.Value<Guid>("select id from services.phrase where text = $1 and gone_at is null", missing);
        var other = await TakeIn(Card);
        var put = (await page.Send($"/mot-cua/{other}?handler=Phrase&kind=supplement", ("Why", "Kính gửi ông/bà."), ("Phrase", $"{phrase}"))).Succeeds();
        Assert.Contains($"Kính gửi ông/bà.\n{missing}</textarea>", System.Net.WebUtility.HtmlDecode(put.Text), StringComparison.Ordinal);
        Assert.Equal(2, await town.Value<short>("select status from services.file where code = $1", other));
        // Another office and another procedure have their own.
        using var there = await town.Official("commune-police", town.Elsewhere.Id);
        (await there.Post("/files/phrases", new { code })).Refuses("services.no-file");
        using var police = await town.As("congan");
        Assert.Empty((await police.Post("/files/phrases", new { code = await TakeIn(Absence) })).Succeeds()["phrases"].EnumerateArray());
        (await police.Post("/files/phrases/drop", new { code, phrase })).Succeeds();
        Assert.Empty((await police.Post("/files/phrases", new { code })).Succeeds()["phrases"].EnumerateArray());
        (await police.Post("/files/phrases/drop", new { code, phrase })).Refuses("services.no-phrase");
    }

    [Fact]
    public async Task A_file_is_found_by_code_number_and_name_within_the_desk_and_the_reading_is_on_record()
    {
        var person = await town.Resident(otherwise: p => p with { Facts = p.Facts with { FullName = "Đặng Thị Quỳnh Mẫu", Surname = "Đặng", Given = "Mẫu" } });
        var code = await TakeIn(Card, person);
        using var police = await town.As("congan");
        var number = person.Facts.Number!.Value.ToString();
        var key = await town.Value<Guid>("select id from population.person where number = $1", number);
        foreach (var text in new[] { code, code[^11..], number, "dang quynh mau", "ĐẶNG THỊ QUỲNH" })
        {
            var before = await town.Value<long>("select count(*) from journal.disclosure where subject = $1", key);
            var hits = (await police.Post("/files/find", new { text })).Succeeds()["files"].EnumerateArray().ToList();
            Assert.Equal(code, Assert.Single(hits).GetProperty("file").GetProperty("code").GetString());
            // A code names nobody; a name and a number do.
            Assert.Equal(before + (text.StartsWith('H') || text == code[^11..] ? 0 : 1), await town.Value<long>("select count(*) from journal.disclosure where subject = $1", key));
        }

        (await police.Post("/files/find", new { text = "." })).Refuses("services.say-whom");
        Assert.Empty((await (await town.Clerk()).Post("/files/find", new { text = "dang quynh mau" })).Succeeds()["files"].EnumerateArray());
        using var there = await town.Official("commune-police", town.Elsewhere.Id);
        Assert.Empty((await there.Post("/files/find", new { text = code })).Succeeds()["files"].EnumerateArray());
        Assert.Empty((await there.Post("/files/find", new { text = number })).Succeeds()["files"].EnumerateArray());
        using var page = town.Sit();
        await page.SignIn("congan");
        var found = (await page.Send("/mot-cua?handler=Find", ("Text", "quynh mau"))).Succeeds().Says("Đặng Thị Quỳnh Mẫu", code);
        Assert.DoesNotContain("quynh", found.Address, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Baskets_are_narrowed_by_procedure_step_hand_and_end()
    {
        using var police = await town.As("congan");
        var (today, week, late) = (await TakeIn(Card), await TakeIn(Card), await TakeIn(Absence));
        var now = town.Clock.GetUtcNow();
        await town.Execute("update services.file set due_at = $2 where code = $1", today, now.AddMinutes(1));
        await town.Execute("update services.file set due_at = $2 where code = $1", week, now.AddDays(5));
        await town.Execute("update services.file set due_at = $2 where code = $1", late, now.AddDays(-1));
        async Task<List<string?>> Of(object request) => [.. (await police.Post("/files/list", request)).Succeeds()["files"].EnumerateArray().Select(f => f.GetProperty("code").GetString())];
        Assert.Equal((true, false, false), await Of(new { due = "today" }) is var a ? (a.Contains(today), a.Contains(week), a.Contains(late)) : default);
        Assert.Equal((true, true, false), await Of(new { due = "week" }) is var b ? (b.Contains(today), b.Contains(week), b.Contains(late)) : default);
        Assert.Equal((false, false, true), await Of(new { due = "late" }) is var c ? (c.Contains(today), c.Contains(week), c.Contains(late)) : default);
        Assert.Equal((true, false), await Of(new { procedure = Card }) is var d ? (d.Contains(today), d.Contains(late)) : default);
        Assert.DoesNotContain(today, await Of(new { status = 4 }));
        (await police.Post("/files/list", new { due = "never" })).Refuses("services.no-basket");
        using var page = town.Sit();
        await page.SignIn("congan");
        (await page.Get($"/mot-cua?han=late&thu-tuc={Absence}")).Succeeds().Says(late);
    }

    /// <summary>A new official of the police of the town's commune; and as the journal names him.</summary>
    private async Task<(Official Official, string Reference)> Colleague(string name)
    {
        var signIn = $"ca-{Guid.NewGuid():N}";
        await town.Execute("""
            with o as (insert into staff.official (id, name, sign_in, password_hash, agency_code) values (gen_random_uuid(), $1, $2, $4, 'CAX') returning id)
            insert into staff.post select id, 'commune-police', $3, daterange('2016-01-01', null) from o
            """, name, signIn, town.Commune.Id, new Microsoft.AspNetCore.Identity.PasswordHasher<string>().HashPassword("", "mot cau that dai 7"));
        return (await town.As(signIn), await town.Value<string>("select 'official:' || id from staff.official where sign_in = $1", signIn));
    }

    private Task<string> SignInOf(string reference) => town.Value<string>("select sign_in from staff.official where id = $1", Guid.Parse(reference[9..]));

    private async Task Rule(Official head, string scope, params string[] officials) => (await head.Post("/files/assignment/set", new { desk = Police, scope, officials })).Succeeds();

    private Task<string> HolderOf(string code) => town.Value<string>("select coalesce(holder, '') from services.file where code = $1", code);

    private async Task<string> TakeIn(string procedure, PersonState? whose = null)
    {
        var (clerk, citizen) = (await town.Clerk(), whose ?? await town.Resident());
        return (await clerk.Post("/files/take-in", new { procedure, number = citizen.Facts.Number!.Value.ToString(), answers = town.Answers(AllServicesTests.Procedure(procedure)), once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
    }

    private static Dictionary<string, string> Away() => new() { ["from"] = "01/12/2026", ["until"] = "30/12/2027", ["reason"] = "other", ["where"] = "Tỉnh Mẫu", ["phone"] = "0900000456" };
}
