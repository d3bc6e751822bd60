using System.Runtime.Versioning;
using System.Text.Json;
using SoGoc.Population;
using SoGoc.Services.Files;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>The life of a file: received, in hand, waiting, late, over; whoever presses what, and how often.</summary>
[SupportedOSPlatform("linux")]
public sealed class FileTests(ServiceTown town) : IClassFixture<ServiceTown>
{
    private const string Absence = "1.003677", Card = "2.001194";

    [Fact]
    public async Task A_declared_absence_goes_from_the_counter_through_the_act_of_the_police_to_the_result()
    {
        var citizen = await town.Resident();
        using var police = await town.As("congan");
        var (number, once) = (citizen.Facts.Number!.Value.ToString(), Guid.NewGuid());
        var look = (await police.Post("/files/look", new { procedure = Absence, number })).Succeeds();
        Assert.Equal(citizen.Facts.FullName, look["known"].GetProperty("name").GetProperty("text").GetString());
        var answers = new { from = "01/12/2026", until = "30/12/2027", reason = "other", where = "Tỉnh Mẫu", phone = "0900 000 456" };
        var taken = (await police.Post("/files/take-in", new { procedure = Absence, number, answers, once, @case = look["case"].GetString() })).Succeeds();
        var code = taken["code"].GetString()!;
        Assert.Matches($"^H01\\.{town.Commune.Code}-261124-[0-9]{{4}}$", code);
        (await police.Post("/files/take", new { code })).Succeeds();
        (await police.Post("/files/decide", new { code, resultNo = "1" })).Refuses("services.by-act");
        var begun = (await police.Post("/files/carry-out", new { code })).Succeeds();
        Assert.StartsWith("/cu-tru?viec=", begun["link"].GetString(), StringComparison.Ordinal);
        Assert.Equal(begun.Text, (await police.Post("/files/carry-out", new { code })).Succeeds().Text);
        using (var page = town.Sit())
        {
            await page.SignIn("congan");
            (await page.Get(begun["link"].GetString()!)).Succeeds().Says(number, "30/12/2027");
        }

        var act = await town.Value<string>("select act_case from services.file where code = $1", code);
        (await police.Post("/residences/decide", new { act = "absence", person = number, from = "2026-12-01", until = "2027-12-30", reason = "other", detail = "Tỉnh Mẫu", @case = act })).Succeeds();
        var shown = (await police.Post("/files/show", new { code })).Succeeds();
        Assert.Equal(("decided", "01/2026"), (shown["file"].GetProperty("status").GetString(), shown["file"].GetProperty("resultNo").GetString()));
        Assert.Contains(shown["steps"].EnumerateArray(), s => s.GetProperty("kind").GetString() == "services.file-decided");
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_file_and_two_at_once_are_one_too()
    {
        var (clerk, citizen, once) = (await town.Clerk(), await town.Resident(), Guid.NewGuid());
        var form = new { procedure = Card, number = citizen.Facts.Number!.Value.ToString(), answers = Sound(Card), once };
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => clerk.Post("/files/take-in", form)));
        Assert.Single(all.Where(r => r.IsGood).Select(r => r["code"].GetString()).Distinct());
        Assert.Equal(all.First(r => r.IsGood)["code"].GetString(), (await clerk.Post("/files/take-in", form)).Succeeds()["code"].GetString());
        Assert.Equal(1, await town.Value<long>("select count(*) from services.file where once = $1", once));
        // The mark of one citizen's form hands nobody else his file, and none is no mark.
        var other = (await town.Resident()).Facts.Number!.Value.ToString();
        (await clerk.Post("/files/take-in", new { procedure = Card, number = other, answers = Sound(Card), once })).Refuses("services.once-used");
        (await clerk.Post("/files/take-in", new { procedure = Card, number = other, answers = Sound(Card) })).Refuses("services.once-missing");
    }

    [Fact]
    public async Task What_is_missing_or_senseless_is_told_field_by_field_and_no_number_is_used_up()
    {
        var (clerk, citizen) = (await town.Clerk(), await town.Resident());
        var before = await town.Value<long>("select coalesce(sum(last_no), 0)::bigint from services.file_day");
        var reply = await clerk.Post("/files/take-in", new { procedure = Absence, number = citizen.Facts.Number!.Value.ToString(), answers = new { from = "31/02/2026", reason = "mars", hobby = "cá", phone = "12" }, once = Guid.NewGuid() });
        foreach (var code in new[] { "services.no-date", "services.no-choice", "services.not-asked", "services.no-phone", "services.needed" })
        {
            reply.Refuses(code);
        }

        Assert.Equal(before, await town.Value<long>("select coalesce(sum(last_no), 0)::bigint from services.file_day"));
    }

    [Fact]
    public async Task What_hangs_on_an_answer_that_another_made_void_is_neither_asked_nor_kept()
    {
        var (clerk, mother) = (await town.Clerk(), await town.Resident());
        // The mother herself declares, and the father is not known: what was said before of another mother and of the father's proof is void.
        var answers = new Dictionary<string, string>
        {
            ["declarant"] = "mother", ["motherIs"] = "other", ["kind"] = "father-unknown", ["fatherIs"] = "other", ["proof"] = "court", ["fullName"] = "Kim Thị Mẫu", ["sex"] = "2", ["born"] = "20/11/2026", ["birthPlace"] = "Trạm y tế Mẫu",
            ["evidence"] = "witness", ["evidenceOn"] = "21/11/2026", ["commune"] = town.Commune.Code, ["phone"] = "0900000456",
        };
        var code = (await clerk.Post("/files/take-in", new { procedure = "AG.09", number = $"{mother.Facts.Number}", answers, once = Guid.NewGuid() })).Succeeds()["code"].GetString();
        Assert.Equal(0, await town.Value<long>("select count(*) from services.file where code = $1 and answers ?| array['motherIs', 'fatherIs', 'proof']", code));
    }

    [Fact]
    public async Task A_supplement_stops_the_clock_can_be_asked_once_and_a_refusal_needs_its_reason()
    {
        var (clerk, code) = (await town.Clerk(), await TakeIn(Card));
        using var police = await town.As("congan");
        (await clerk.Post("/files/ask-supplement", new { code, what = "Ảnh chân dung rõ mặt" })).Refuses("services.other-desk");
        (await police.Post("/files/take", new { code })).Succeeds();
        (await police.Post("/files/ask-supplement", new { code, what = "ảnh" })).Refuses("services.say-what");
        (await police.Post("/files/ask-supplement", new { code, what = "Ảnh chân dung rõ mặt" })).Succeeds();
        var waiting = (await police.Post("/files/show", new { code })).Succeeds()["file"];
        Assert.Equal(("supplement", false), (waiting.GetProperty("status").GetString(), waiting.GetProperty("clock").TryGetProperty("due", out _)));
        (await police.Post("/files/decide", new { code, resultNo = "1" })).Refuses("services.not-now");
        (await police.Post("/files/refuse", new { code, why = "không" })).Refuses("services.say-why");
        (await police.Post("/files/refuse", new { code, why = "Không bổ sung ảnh; hãy nộp lại hồ sơ khi có ảnh." })).Succeeds();
        (await police.Post("/files/refuse", new { code, why = "Không bổ sung ảnh; hãy nộp lại hồ sơ khi có ảnh." })).Refuses("services.over");
        (await police.Post("/files/take", new { code })).Refuses("services.not-now");
    }

    [Fact]
    public async Task An_apology_comes_before_the_date_names_a_later_working_day_and_is_made_once()
    {
        var code = await TakeIn(Card);
        using var police = await town.As("congan");
        (await police.Post("/files/take", new { code })).Succeeds();
        // Seven working days from 24 November, a day off: 4 December.
        (await police.Post("/files/apologise", new { code, due = "2026-12-05", why = "Máy in thẻ hỏng" })).Refuses("services.later-working-day");
        (await police.Post("/files/apologise", new { code, due = "2026-11-27", why = "Máy in thẻ hỏng" })).Refuses("services.later-working-day");
        (await police.Post("/files/apologise", new { code, due = "2026-12-10", why = "Máy in thẻ hỏng" })).Succeeds();
        (await police.Post("/files/apologise", new { code, due = "2026-12-15", why = "Máy in thẻ hỏng" })).Refuses("services.apologised-once");
        Assert.Equal(new DateTimeOffset(2026, 12, 10, 10, 0, 0, TimeSpan.Zero), (await police.Post("/files/show", new { code })).Succeeds()["file"].GetProperty("clock").GetProperty("due").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_database_lets_no_file_go_where_the_law_does_not_and_keeps_what_was_handed_in()
    {
        var code = await TakeIn(Card);
        foreach (var change in new[] { "status = 10", "status = 1", "subject_id = applicant_id, submitted_at = now()", "code = 'X'" })
        {
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => town.Execute($"update services.file set {change} where code = '{code}'"));
        }

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => town.Execute("update services.procedure set body = body || '{}', version = 9 where code = $1", Card));
    }

    [Fact]
    public async Task An_office_sees_its_own_files_and_those_of_another_commune_are_not_there()
    {
        var code = await TakeIn(Card);
        using var police = await town.As("congan");
        var listed = (await police.Post("/files/list", new { basket = "hand" })).Succeeds();
        Assert.Contains(listed["files"].EnumerateArray(), f => f.GetProperty("code").GetString() == code);
        var elsewhere = town.Places.All.First(a => a.Level == Places.AreaLevel.Commune && a.Valid.Holds(new DateOnly(2026, 11, 24)) && a.Id != town.Commune.Id && town.Places.Province(a)?.Id == town.Places.Province(town.Commune)?.Id);
        using var other = await town.Official("commune-police", elsewhere.Id);
        (await other.Post("/files/show", new { code })).Refuses("services.no-file");
        Assert.DoesNotContain((await other.Post("/files/list", new { })).Succeeds()["files"].EnumerateArray(), f => f.GetProperty("code").GetString() == code);
        using var tax = await town.Officer("CTHUE");
        (await tax.Post("/files/show", new { code })).Refuses("services.other-desk");
    }

    [Fact]
    public async Task Several_files_go_a_step_on_together_and_one_that_cannot_holds_no_other_up()
    {
        string[] codes = [await TakeIn(Card), await TakeIn(Card), await TakeIn(Card)];
        using var police = await town.As("congan");
        (await police.Post("/files/refuse", new { code = codes[1], why = "Thiếu ảnh; hãy nộp lại khi có ảnh." })).Succeeds();
        using var page = town.Sit();
        await page.SignIn("congan");
        var seen = (await page.Send("/mot-cua?handler=Take&gio=hand", [.. codes.Append("H01.30000-261124-9999").Select(c => ("Codes", (string?)c))])).Succeeds();
        seen.Says("2 hồ sơ đã chuyển bước", codes[1], "H01.30000-261124-9999");
        var states = await town.Rows("select status from services.file where code = any($1) order by code", r => r.GetInt16(0), (object)codes);
        Assert.Equal(new short[] { 4, 8, 4 }, states);
        // The sheet that goes with a file through the offices is the office's.
        Assert.Equal("%PDF"u8.ToArray(), (await page.Bytes($"/mot-cua/{codes[0]}?handler=Paper&kind=kiem-soat"))[..4]);
    }

    [Fact]
    public async Task Whoever_has_died_gets_no_file()
    {
        var clerk = await town.Clerk();
        var dead = People.Someone(1, "1950-01-01").LivingAt(town.Commune.Id, "Ấp Mẫu") with { Status = PersonStatus.Dead };
        dead = dead with { Facts = dead.Facts with { Ended = PartialDate("2026-01-01") } };
        await town.Enter(dead);
        (await clerk.Post("/files/take-in", new { procedure = Card, number = dead.Facts.Number!.Value.ToString(), answers = Sound(Card), once = Guid.NewGuid() })).Refuses("services.not-living");
    }

    [Fact]
    public async Task Who_lets_the_time_for_a_supplement_pass_is_told_and_may_hand_in_again()
    {
        var code = await TakeIn(Card);
        using var police = await town.As("congan");
        (await police.Post("/files/take", new { code })).Succeeds();
        (await police.Post("/files/ask-supplement", new { code, what = "Ảnh chân dung rõ mặt" })).Succeeds();
        Assert.Equal(0, (await town.Do<EndWaiting, EndWaiting.Ended>(f => f.Run())).Stopped);
        await town.Execute("update services.file set supplement_until = $2 where code = $1", code, new DateOnly(2026, 11, 23));
        Assert.Equal(1, (await town.Do<EndWaiting, EndWaiting.Ended>(f => f.Run())).Stopped);
        Assert.Equal("stopped", (await police.Post("/files/show", new { code })).Succeeds()["file"].GetProperty("status").GetString());
        Assert.Equal(0, (await town.Do<EndWaiting, EndWaiting.Ended>(f => f.Run())).Stopped);
    }

    [Fact]
    public async Task Each_paper_of_a_file_is_a_pdf_that_names_it_and_others_are_not_there()
    {
        var code = await TakeIn(Card);
        using var page = town.Sit();
        await page.SignIn("congan");
        var receipt = await page.Bytes($"/mot-cua/{code}?handler=Paper&kind=tiep-nhan");
        Assert.Equal("%PDF"u8.ToArray(), receipt[..4]);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await page.Get($"/mot-cua/{code}?handler=Paper&kind=tu-choi")).Status);
    }

    [Fact]
    public async Task Everybody_sees_how_far_a_file_is_by_code_and_the_end_of_the_number_and_a_guess_learns_nothing()
    {
        var code = await TakeIn(Card);
        var number = await town.Value<string>("select p.number from services.file f join population.person p on p.id = f.applicant_id where f.code = $1", code);
        using var stranger = town.Sit();
        (await stranger.Send("/tra-cuu-ho-so", ("Code", code), ("Last", number![^4..]))).Succeeds().Says("Được tiếp nhận", "Công an");
        (await stranger.Send("/tra-cuu-ho-so", ("Code", code), ("Last", number[^4] == '0' ? "1111" : "0000"))).Refuses("services.not-tracked");
        (await stranger.Send("/tra-cuu-ho-so", ("Code", "H01.30337-261124-9999"), ("Last", "0000"))).Refuses("services.not-tracked");
    }

    private async Task<string> TakeIn(string procedure)
    {
        var (clerk, citizen) = (await town.Clerk(), await town.Resident());
        return (await clerk.Post("/files/take-in", new { procedure, number = citizen.Facts.Number!.Value.ToString(), answers = Sound(procedure), once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
    }

    private Dictionary<string, string> Sound(string procedure) => town.Answers(AllServicesTests.Procedure(procedure));

    private static Kernel.Time.PartialDate PartialDate(string text) => Kernel.Time.PartialDate.TryParse(text, out var date) ? date : throw new ArgumentException(text, nameof(text));
}
