using System.Runtime.Versioning;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Services.Store;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>What anybody at a counter would see at once: a birth of next year, a husband who is in the register, a file for an office that has no desk, a supplement with nothing in it.</summary>
[SupportedOSPlatform("linux")]
public sealed class SenseTests(StoreTown town) : IClassFixture<StoreTown>
{
    private const string Card = "2.001194", Tax = "AG.18", Absence = "1.003677", Status = "1.004873", Death = "AG.10";

    [Fact]
    public async Task A_day_is_on_the_side_of_today_on_which_it_belongs_and_nobody_comes_back_before_he_leaves()
    {
        var (clerk, number) = (await town.Clerk(), $"{(await town.Resident()).Facts.Number}");
        string Day(int from) => town.Clock.Today().AddDays(from).Shown();
        Task<Reply> TakeIn(string procedure, object answers) => clerk.Post("/files/take-in", new { procedure, number, answers, once = Guid.NewGuid() });
        object Away(int from, int until) => new { from = Day(from), until = Day(until), reason = "other", where = "Tỉnh Mẫu", phone = "0900000456" };
        (await TakeIn(Absence, Away(-1, 400))).Refuses("services.gone-by");
        (await TakeIn(Absence, Away(30, 20))).Refuses("services.before-start");
        (await TakeIn(Absence, Away(0, 400))).Succeeds();
        var birth = town.Answers(AllServicesTests.Procedure("AG.09"));
        birth["born"] = Day(1);
        (await TakeIn("AG.09", birth)).Refuses("services.not-come-yet");
    }

    [Fact]
    public async Task Who_has_a_husband_in_the_register_is_married_and_is_not_asked_whether()
    {
        var (clerk, wife) = (await town.Clerk(), (await town.Couple()).Mother);
        await town.Execute("update population.person set marital = null where number = $1", $"{wife.Facts.Number}");
        var seen = (await clerk.Post("/files/look", new { procedure = Status, number = $"{wife.Facts.Number}" })).Succeeds();
        Assert.Equal("2", seen["conditions"].GetProperty("marital").GetString());
        Assert.Equal("Đang có vợ hoặc chồng", seen["known"].GetProperty("marital").GetProperty("text").GetString());
        var code = (await clerk.Post("/files/take-in", new { procedure = Status, number = $"{wife.Facts.Number}", answers = town.Answers(AllServicesTests.Procedure(Status)), once = Guid.NewGuid() })).Succeeds()["code"].GetString();
        Assert.False(await town.Value<bool>("select answers ? 'told' from services.file where code = $1", code));
    }

    [Fact]
    public async Task A_file_goes_to_no_office_that_decides_nothing_here()
    {
        var (clerk, person) = (await town.Clerk(), await town.Resident());
        var code = (await clerk.Post("/files/take-in", new { procedure = Tax, number = $"{person.Facts.Number}", answers = town.Answers(AllServicesTests.Procedure(Tax)), once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
        var desk = await town.DeskOf(code);
        using var officer = await town.Officer(desk!);
        var newspaper = await town.Value<string>("select code from staff.agency where name like 'Báo %' limit 1");
        (await officer.Post("/files/hand-over", new { code, why = "Không thuộc thẩm quyền của cơ quan", desk = newspaper })).Refuses("services.decides-nothing");
        Assert.Equal(desk, await town.DeskOf(code));
    }

    [Fact]
    public async Task A_supplement_brings_something_also_a_paper_that_the_procedure_does_not_name()
    {
        var (home, person) = await town.Citizen();
        using var _ = home;
        var answers = town.Answers(AllServicesTests.Procedure(Tax));
        var code = await ServiceTown.HandIn(home, Tax, answers);
        using var officer = await town.Officer((await town.DeskOf(code))!);
        (await officer.Post("/files/receive", new { code })).Succeeds();
        (await officer.Post("/files/take", new { code })).Succeeds();
        (await officer.Post("/files/ask-supplement", new { code, what = "Ảnh chụp giấy thuê sạp ở chợ" })).Succeeds();
        (await home.Get("/cua-toi")).Succeeds().Says("là hạn cuối để bạn bổ sung hồ sơ");
        (string, string?)[] form = [.. answers.Select(a => ("answers." + a.Key, (string?)a.Value))];
        (await home.Bring($"/cua-toi/ho-so/{code}?handler=Supplement", form)).Refuses("services.nothing-added");
        (await home.Bring($"/cua-toi/ho-so/{code}?handler=Supplement", form, ("papers.other", "sap.png", StoreTests.Png()))).Succeeds().Says("sap.png", "Giấy tờ khác được yêu cầu bổ sung");
        Assert.Equal((short)4, await town.Value<short>("select status from services.file where code = $1", code));
        // What it did not wait for it does not take.
        (await home.Bring($"/cua-toi/ho-so/{code}?handler=Attach", form, ("papers.other", "nua.png", StoreTests.Png()))).Refuses("services.store-not-now");
        Assert.DoesNotContain("hạn cuối", (await home.Get("/cua-toi")).Succeeds().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_words_sent_with_the_mark_of_a_form_that_is_handed_in_are_not_taken_for_it()
    {
        var (clerk, number) = (await town.Clerk(), $"{(await town.Resident()).Facts.Number}");
        var (once, answers) = (Guid.NewGuid(), town.Answers(AllServicesTests.Procedure(Card)));
        Task<Reply> TakeIn() => clerk.Post("/files/take-in", new { procedure = Card, number, answers, once });
        var code = (await TakeIn()).Succeeds()["code"].GetString();
        Assert.Equal(code, (await TakeIn()).Succeeds()["code"].GetString());
        answers["phone"] = "0900000999";
        (await TakeIn()).Refuses("services.handed-in-otherwise");
    }

    [Fact]
    public async Task The_citizen_reads_what_he_has_handed_in_and_the_desk_whom_it_hands_the_result_to()
    {
        var (home, person) = await town.Citizen();
        using var _ = home;
        var code = await ServiceTown.HandIn(home, Card, town.Answers(AllServicesTests.Procedure(Card)));
        (await home.Get($"/cua-toi/ho-so/{code}")).Succeeds().Says("Nội dung đã khai", town.DayFor("visit").Shown());
        (await home.Get("/dich-vu/" + Card + "/nop?luc=4102444800000")).Succeeds().Says($"Bạn đang có hồ sơ {code} về việc này");
        using var police = await town.As("congan");
        (await police.Post("/files/receive", new { code })).Succeeds();
        (await police.Post("/files/take", new { code })).Succeeds();
        await town.Paid(police, code);
        (await police.Post("/files/decide", new { code, resultNo = "TCC-1" })).Succeeds();
        using var desk = town.Sit();
        await desk.SignIn("congan");
        (await desk.Get("/mot-cua/" + code)).Succeeds().Says(person.Facts.FullName!, $"{person.Facts.Number}");
        Assert.NotEqual(0, await town.Value<long>("select count(*) from journal.disclosure d join population.person p on p.id = d.subject where p.number = $1 and d.case_ref like $2 || '%'", $"{person.Facts.Number}", code));
        (await home.Get("/cua-toi")).Succeeds().Says("chờ bạn mở");
    }

    [Fact]
    public async Task What_is_wrong_with_fields_and_with_papers_is_told_at_once()
    {
        const string Phone = "số điện thoại gồm 9 đến 15 chữ số", Needed = "Hãy gửi: ";
        var (home, _) = await town.Citizen();
        using var __ = home;
        var answers = town.Answers(AllServicesTests.Procedure(Death), new Dictionary<string, string> { ["evidence"] = "doctor", ["phone"] = "x" });
        (string, string?)[] form = [.. answers.Select(a => ("answers." + a.Key, (string?)a.Value)), ("Once", Guid.NewGuid().ToString())];
        var refused = await home.Bring($"/dich-vu/{Death}/nop", form, ("papers.death-evidence", "x.pdf", "no paper"u8.ToArray()));
        refused.Refuses("services.store-type");
        // One that was refused is not called missing as well.
        Assert.DoesNotContain(Needed, refused.Says(Phone).Text, StringComparison.Ordinal);
        (await home.Bring($"/dich-vu/{Death}/nop", form)).Says(Phone, Needed);
    }

    [Fact]
    public async Task Nobody_is_asked_to_come_on_a_Sunday_and_no_mother_declares_herself_the_father()
    {
        var (clerk, number) = (await town.Clerk(), $"{(await town.Resident()).Facts.Number}");
        Task<Reply> TakeIn(string procedure, Dictionary<string, string> answers) => clerk.Post("/files/take-in", new { procedure, number, answers, once = Guid.NewGuid() });
        var card = town.Answers(AllServicesTests.Procedure(Card));
        card["day"] = town.DayFor("visit").AddDays(-1).Shown();
        (await TakeIn(Card, card)).Refuses("services.no-weekday");
        card["day"] = town.Clock.Today().Shown();
        (await TakeIn(Card, card)).Refuses("services.visit-from-tomorrow");
        var birth = town.Answers(AllServicesTests.Procedure("LT.KS"), new Dictionary<string, string> { ["declarant"] = "mother", ["fatherIs"] = "me", ["proof"] = "undertaking" });
        (await TakeIn("LT.KS", birth)).Refuses("services.choice-not-for-you");
    }

    [Fact]
    public async Task Who_steers_is_led_from_the_count_of_late_files_to_the_files()
    {
        var (clerk, number) = (await town.Clerk(), $"{(await town.Resident()).Facts.Number}");
        var code = (await clerk.Post("/files/take-in", new { procedure = Card, number, answers = town.Answers(AllServicesTests.Procedure(Card)), once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
        using var leader = town.Sit();
        await leader.SignIn("lanhdao");
        Assert.DoesNotContain(code, (await leader.Get("/chi-so/tre-han")).Succeeds().Text, StringComparison.Ordinal);
        await town.Execute("update services.file set due_at = $2 where code = $1", code, town.Clock.GetUtcNow().AddDays(-3));
        (await leader.Get("/")).Succeeds().Says("/chi-so/tre-han");
        (await leader.Get("/chi-so/tre-han")).Succeeds().Says(code, "trễ 3 ngày");
    }

    [Fact]
    public async Task A_price_that_the_office_tells_is_not_called_free()
    {
        using var stranger = town.Sit();
        Assert.DoesNotContain("Không mất phí", (await stranger.Get("/dich-vu/AG.08")).Succeeds().Says("Cơ quan giải quyết báo số tiền").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_of_the_province_leads_strangers_to_the_services_and_officials_to_their_desk()
    {
        using var one = town.Sit();
        Assert.Equal("/dich-vu", (await one.Get("/")).Path);
        await one.SignIn("canbo");
        Assert.Equal("/", (await one.Get("/")).Path);
        await town.Execute("update staff.session set ended_at = made_at");
        Assert.Equal("/dang-nhap", (await one.Get("/")).Path);
    }
}
