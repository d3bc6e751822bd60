using System.Net;
using System.Runtime.Versioning;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Quality.Tests;

/// <summary>Findings are taken, carried to the door and answered; the four numbers follow.</summary>
[SupportedOSPlatform("linux")]
public sealed class WorkTests(Town town) : IClassFixture<Town>
{
    private async Task<Guid> Broken(string hamlet)
    {
        var sound = town.Sound();
        var (person, _) = await town.Settle(sound with { Facts = sound.Facts with { Hometown = null }, Residences = [sound.Residences[0] with { Detail = "Số 1, tổ 1, ấp " + hamlet }] });
        await town.Look(person);
        return person;
    }

    [Fact]
    public async Task Names_are_seen_once_the_work_is_taken_and_the_reading_is_on_record()
    {
        var person = await Broken("Mẫu Hai");
        var name = (await town.Record(person)).Facts.FullName!;
        using var police = await town.As("congan");
        var list = (await police.Post("/quality/findings/list", new { rule = "hometown-missing" })).Succeeds();
        Assert.Contains("ấp Mẫu Hai", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(name, list.Text, StringComparison.Ordinal);
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.disclosure where subject = $1", person));

        (await police.Post("/quality/findings/take", new { rule = "hometown-missing", hamlet = "ấp Mẫu Hai" })).Succeeds();
        Assert.Contains(name, (await police.Post("/quality/findings/mine", new { })).Succeeds().Text, StringComparison.Ordinal);
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.disclosure where subject = $1 and purpose = 'reconciliation'", person));
        using var colleague = await town.Official("commune-police", town.Commune.Id);
        Assert.DoesNotContain(name, (await colleague.Post("/quality/findings/mine", new { })).Succeeds().Text, StringComparison.Ordinal);
        (await colleague.Post("/quality/findings/take", new { rule = "hometown-missing", hamlet = "ấp Mẫu Hai" })).Refuses("quality.nothing-free");
    }

    [Fact]
    public async Task What_was_verified_as_right_counts_no_more_and_is_a_journal_entry()
    {
        var person = await Broken("Mẫu Ba");
        using var police = await town.As("congan");
        (await police.Post("/quality/findings/take", new { rule = "hometown-missing", hamlet = "ấp Mẫu Ba" })).Succeeds();
        var id = await town.Value<Guid>("select id from quality.finding where subject = $1 and gone_at is null", person);
        (await police.Post("/quality/findings/answer", new { id, outcome = "confirmed" })).Refuses("quality.say-what-was-seen");
        (await police.Post("/quality/findings/answer", new { id, outcome = "rồi" })).Refuses("quality.no-outcome");
        await town.Clean();
        var before = await Good();
        (await police.Post("/quality/findings/answer", new { id, outcome = "confirmed", text = "không ai còn biết quê quán" })).Succeeds();
        await town.Clean();
        Assert.Equal(before + 1, await Good());
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where subject = $1 and kind = 'quality.finding-answered'", id));
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.case_file c join quality.finding f on f.case_ref = c.reference where f.id = $1 and c.closed_at is null", id));
    }

    /// <summary>The police hears of a death, and the justice officer registers it (Luật Hộ tịch, article 33).</summary>
    [Fact]
    public async Task A_death_told_at_the_door_is_work_of_the_justice_officer_at_once_until_it_is_registered_or_taken_back()
    {
        var person = await Broken("Mẫu Tang");
        using var police = await town.As("congan");
        (await police.Post("/quality/findings/take", new { rule = "hometown-missing", hamlet = "ấp Mẫu Tang" })).Succeeds();
        var id = await town.Value<Guid>("select id from quality.finding where subject = $1 and gone_at is null", person);
        (await police.Post("/quality/findings/answer", new { id, outcome = "dead", text = "hàng xóm cho biết mất tháng trước" })).Succeeds();
        Assert.Contains("told-dead", await town.Broken(person));
        using var clerk = await town.As("canbo");
        Assert.Contains("Xác minh tại nơi cư trú cho biết đã chết", (await clerk.Post("/quality/findings/list", new { rule = "told-dead" })).Succeeds().Text, StringComparison.Ordinal);
        Assert.Equal("24/11/2026", await town.Value<string>("select note from quality.finding where subject = $1 and rule = 'told-dead'", person));

        (await police.Post("/quality/findings/answer", new { id, outcome = "not-found", text = "nhầm nhà" })).Succeeds();
        Assert.DoesNotContain("told-dead", await town.Broken(person));
        (await police.Post("/quality/findings/answer", new { id, outcome = "dead", text = "đúng là đã mất" })).Succeeds();
        await town.Clean();
        Assert.Contains("told-dead", await town.Broken(person));
        await town.Act(person, new StatusChanged(PersonStatus.Dead, PartialDate.Of(2026, 10, 20)));
        await town.Look(person);
        Assert.DoesNotContain("told-dead", await town.Broken(person));
    }

    [Fact]
    public async Task A_telephone_number_is_put_right_at_the_door_with_its_ground_and_the_finding_is_settled()
    {
        var sound = town.Sound();
        var (person, _) = await town.Settle(sound with { Facts = sound.Facts with { Phone = null }, Residences = [sound.Residences[0] with { Detail = "Số 1, tổ 1, ấp Mẫu Gọi" }] });
        await town.Look(person);
        using var police = await town.As("congan");
        (await police.Post("/quality/findings/take", new { rule = "phone-missing", hamlet = "ấp Mẫu Gọi" })).Succeeds();
        var id = await town.Value<Guid>("select id from quality.finding where subject = $1 and gone_at is null", person);
        (await police.Post("/quality/findings/answer", new { id, outcome = "to-correct", phone = "12 345" })).Refuses("population.contact-phone");
        (await police.Post("/quality/findings/answer", new { id, outcome = "confirmed", text = "không dùng", phone = "0912345678" })).Refuses("quality.no-phone-asked");
        Assert.Equal(["phone-missing"], await town.Broken(person));

        var answer = (await police.Post("/quality/findings/answer", new { id, outcome = "to-correct", phone = "+84 912 345.678", text = "chị Mẫu cho biết" })).Succeeds();
        Assert.True(answer["written"].GetBoolean());
        Assert.Equal("0912345678", (await town.Record(person)).Facts.Phone);
        Assert.Empty(await town.Broken(person));
        Assert.Equal("Xác minh tại nơi cư trú: chị Mẫu cho biết; Luật Căn cước 26/2023/QH15, điều 9 (nhóm 25)", await town.Value<string>("select ground from journal.entry where subject = $1 and kind = 'population.person-corrected'", person));
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.case_file c join quality.finding f on f.case_ref = c.reference where f.id = $1 and c.closed_at is null", id));
        await town.Look(person);
        Assert.Empty(await town.Broken(person));
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task The_police_changes_contacts_of_its_own_area_and_nothing_else_and_what_a_message_has_verified_is_verified_no_more()
    {
        var sound = town.Sound();
        var (person, _) = await town.Settle(sound with { Facts = sound.Facts with { PhoneVerified = new DateOnly(2025, 1, 2), Email = "mau@example.vn", EmailVerified = new DateOnly(2025, 1, 3) } });
        using var police = await town.As("congan");
        (await police.Post("/persons/correct-contact", new { id = person, ground = "chị Mẫu cho biết" })).Refuses("population.contact-missing");
        (await police.Post("/persons/correct-contact", new { id = person, phone = "0900 000 000", ground = "chị Mẫu cho biết" })).Refuses("population.nothing-to-correct");
        Assert.Equal(new DateOnly(2025, 1, 2), (await town.Record(person)).Facts.PhoneVerified);
        (await police.Post("/persons/correct-contact", new { id = person, phone = "0911222333", fullName = "Người Khác", ground = "chị Mẫu cho biết" })).Refuses("kernel.not-json");
        (await police.Post("/persons/correct-contact", new { id = person, phone = "0911222333", ground = "chị Mẫu cho biết" })).Succeeds();
        var now = (await town.Record(person)).Facts;
        Assert.Equal((sound.Facts.FullName, "0911222333", null, "mau@example.vn", new DateOnly(2025, 1, 3)), (now.FullName, now.Phone, now.PhoneVerified, now.Email, now.EmailVerified));

        Assert.Equal(403, (int)(await police.Post("/persons/correct", new { id = person, after = new { phone = "0911222444" }, ground = "mẫu" })).Status);
        using var clerk = await town.As("canbo");
        Assert.Equal(403, (int)(await clerk.Post("/persons/correct-contact", new { id = person, phone = "0911222444", ground = "mẫu" })).Status);
        var other = town.Places.All.First(a => a.Level == Places.AreaLevel.Commune && a.Valid.Holds(Cleaning.Today) && a.Id != town.Commune.Id && town.Places.Province(a)?.Id == town.Places.Home(Cleaning.Today)?.Id);
        using var stranger = await town.Official("commune-police", other.Id);
        (await stranger.Post("/persons/correct-contact", new { id = person, phone = "0911222444", ground = "mẫu" })).Refuses("population.outside-duty", HttpStatusCode.Forbidden);
        Assert.Equal("0911222333", (await town.Record(person)).Facts.Phone);
        Assert.Empty((await town.Verify()).Differences);
    }

    private Task<int> Good() => town.Value<int>("select good from quality.measure where area_id = $1 and measure = 'complete' and day = $2", town.Commune.Id, town.Clock.Today());

    [Fact]
    public async Task The_answer_leads_to_the_act_that_mends()
    {
        var person = await Broken("Mẫu Tư");
        using var police = await town.As("congan");
        (await police.Post("/quality/findings/take", new { rule = "hometown-missing", hamlet = "ấp Mẫu Tư" })).Succeeds();
        var id = await town.Value<Guid>("select id from quality.finding where subject = $1 and gone_at is null", person);
        (await police.Post("/quality/findings/answer", new { id, outcome = "to-correct", text = new string('x', 1001) })).Refuses("quality.text-too-long");
        Assert.True(await town.Value<bool>("select outcome is null from quality.finding where id = $1", id));
        var answer = (await police.Post("/quality/findings/answer", new { id, outcome = "to-correct", text = new string('x', 1000) })).Succeeds();
        // An act that is another desk's is named, and no way leads to it.
        Assert.Equal("correction", answer["mend"].GetString());
        Assert.DoesNotContain("thay-doi-cai-chinh", answer.Text, StringComparison.Ordinal);
        Assert.Equal("/cu-tru", (await police.Post("/quality/findings/answer", new { id, outcome = "moved" })).Succeeds()["link"].GetString());
        (await police.Post("/quality/findings/give-back", new { id })).Succeeds();
        (await police.Post("/quality/findings/answer", new { id, outcome = "dead" })).Refuses("quality.no-finding", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_taken_in_a_hamlet_on_a_day_is_one_case_and_the_night_ends_what_is_done()
    {
        Guid[] people = [await Broken("Mẫu Bảy"), await Broken("Mẫu Bảy")];
        using var police = await town.As("congan");
        var first = (await police.Post("/quality/findings/take", new { rule = "hometown-missing", hamlet = "ấp Mẫu Bảy", most = 1 })).Succeeds()["case"].GetString()!;
        Assert.Equal(first, (await police.Post("/quality/findings/take", new { rule = "hometown-missing", hamlet = "ấp Mẫu Bảy", most = 1 })).Succeeds()["case"].GetString());
        Assert.Equal(2, await town.Value<long>("select count(*) from journal.case_person n join journal.case_file c on c.id = n.case_id where c.reference = $1 and n.person_id = any($2)", first, people));
        await Broken("Mẫu Tám");
        var other = (await police.Post("/quality/findings/take", new { rule = "hometown-missing", hamlet = "ấp Mẫu Tám" })).Succeeds()["case"].GetString()!;
        Assert.NotEqual(first, other);
        foreach (var id in await town.Rows("select id from quality.finding where case_ref = $1", r => r.GetGuid(0), first))
        {
            (await police.Post("/quality/findings/give-back", new { id })).Succeeds();
        }

        town.Clock.MoveTo(Cleaning.Today.AddDays(1));
        await town.Clean();
        town.Clock.MoveTo(Cleaning.Today);
        Assert.Equal(0, await Open(first));
        Assert.Equal(1, await Open(other));
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry e join journal.case_file c on c.id = e.subject where c.reference = $1 and e.kind = 'kernel.case-closed'", first));
    }

    private Task<long> Open(string reference) => town.Value<long>("select count(*) from journal.case_file where reference = $1 and closed_at is null", reference);

    [Fact]
    public async Task A_refusal_stands_at_the_finding_it_is_about_and_what_was_typed_stays()
    {
        foreach (var person in (Guid[])[await Broken("Mẫu Chín"), await Broken("Mẫu Chín")])
        {
            Assert.NotEqual(Guid.Empty, person);
        }

        using var desk = town.Sit();
        await desk.SignIn("congan");
        (await desk.Post("/quality/findings/take", new { rule = "hometown-missing", hamlet = "ấp Mẫu Chín" })).Succeeds();
        var ids = await town.Rows("select id from quality.finding where hamlet = 'ấp Mẫu Chín' and gone_at is null order by due_on, id", r => r.GetGuid(0));
        var page = (await desk.Send("/lam-sach/cua-toi", ("Id", ids[1].ToString()), ("Text", "đã ghi ở nhà"))).Text;
        Assert.Equal(2, page.Split("Hãy chọn kết quả xác minh").Length);
        Assert.InRange(page.IndexOf("Hãy chọn kết quả xác minh", StringComparison.Ordinal), page.IndexOf($"viec-{ids[1]}", StringComparison.Ordinal), page.IndexOf($"id=\"t-{ids[1]}\"", StringComparison.Ordinal));
        Assert.Contains("value=\"đã ghi ở nhà\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_none_of_its_kind_is_refused_in_the_readers_language()
    {
        using var desk = town.Sit();
        await desk.SignIn("lanhdao");
        var page = (await desk.Get("/chat-luong?trang=abc")).Text;
        Assert.Contains("«abc» không đúng dạng ở mục này", page, StringComparison.Ordinal);
        Assert.DoesNotContain("is not valid", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_lies_beyond_its_term_goes_up_to_who_answers_for_the_area()
    {
        var person = await Broken("Mẫu Mười");
        await town.Clean();
        await town.Do<SoGoc.Kernel.Data.Session, SoGoc.Kernel.Outcomes.Done>(async s =>
        {
            await s.Execute("update quality.finding set due_on = due_on - 100 where subject = $1", person);
            return SoGoc.Kernel.Outcomes.Done.It;
        });
        using var leader = town.Sit();
        await leader.SignIn("lanhdao");
        Assert.Contains("việc làm sạch quá hạn ở các xã", (await leader.Get("/")).Text, StringComparison.Ordinal);
        Assert.Matches(@$"xa={town.Commune.Id}""[\s\S]*?data-label=""Quá hạn"" class=""so-wrong"">\d", (await leader.Get("/chat-luong?quaHan=true")).Text);
        using var police = town.Sit();
        await police.SignIn("congan");
        Assert.DoesNotContain("quá hạn ở các xã", (await police.Get("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_rules_found_in_a_household_stands_on_the_page_of_who_belongs_to_it()
    {
        var sound = town.Sound();
        var household = await town.Household(new HouseholdState(null, town.Commune.Id, "Số 5, tổ 2, ấp Mẫu Một", new DateOnly(2016, 1, 1)));
        var person = await town.Enter(sound.In(household, "09", "2016-01-01"));
        await town.Look(person, household);
        Assert.Contains("household-no-head", await town.Broken(household));
        using var desk = town.Sit();
        await desk.SignIn("congan");
        await town.TakeUp("congan");
        var page = await desk.Get($"/nguoi/{person}");
        Assert.Contains("Hộ: ", page.Text, StringComparison.Ordinal);
        Assert.Contains("Sai · Đủ", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_works_elsewhere_finds_nothing_of_it_and_every_leader_sees_the_numbers_without_names()
    {
        var person = await Broken("Mẫu Năm");
        await town.Clean();
        var elsewhere = town.Places.Children(town.Places.Home(new DateOnly(2026, 11, 24))!, new DateOnly(2026, 11, 24)).First(a => a.Id != town.Commune.Id);
        using var other = await town.Official("commune-police", elsewhere.Id);
        Assert.Equal(0, (await other.Post("/quality/findings/list", new { })).Succeeds()["open"].GetInt64());
        (await other.Post("/quality/findings/take", new { rule = "hometown-missing" })).Refuses("quality.nothing-free");
        using var leader = await town.As("lanhdao");
        var shown = (await leader.Post("/quality/measures", new { })).Succeeds();
        Assert.Equal(4, shown["numbers"].GetArrayLength());
        Assert.DoesNotContain((await town.Record(person)).Facts.FullName!, shown.Text, StringComparison.Ordinal);
        Assert.Equal(403, (int)(await leader.Post("/quality/findings/list", new { })).Status);
        (await leader.Post("/quality/measures", new { area = 999999 })).Refuses("quality.no-unit", HttpStatusCode.NotFound);
    }
}
