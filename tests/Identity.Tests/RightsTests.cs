using System.Net;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Requests;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Identity.Tests;

/// <summary>What a citizen may ask for about his data, and who has to answer.</summary>
public sealed class RightsTests(Province province) : IClassFixture<Province>
{
    private DateOnly Today => province.Services.GetService(typeof(TimeProvider)) is TimeProvider clock ? clock.Today() : default;

    [Fact]
    public async Task A_request_shows_the_days_of_the_law_and_the_answer_of_the_office_where_the_person_lives()
    {
        using var citizen = await Resident();
        (await Ask(citizen, "correct", "ethnicity", "Khơ-me", "Giấy khai sinh ghi khác")).LeadsTo("/cua-toi/yeu-cau");
        var days = await Days();
        var page = await citizen.Go("/cua-toi/yeu-cau");
        page.Shows("Dân tộc");
        page.Shows("chờ trả lời");
        page.Shows($"Trả lời trước hết ngày {days.After(Today, 2).Shown()}");
        page.Shows($"làm xong trước hết ngày {days.EndOf(Today.AddDays(10)).Shown()}");

        using var clerk = await Clerk();
        var (id, reference) = await Request(citizen);
        (await clerk.Go("/")).Shows("yêu cầu của người dân chờ trả lời");
        var work = await clerk.Go("/hoi-lai");
        work.Shows(reference);
        Assert.DoesNotContain(citizen.State!.Facts.FullName!, work.Plain(), StringComparison.Ordinal);
        (await clerk.Send("/hoi-lai?handler=Decide", ("id", id), ("decision", "accept"), ("answer", "Đã nhận, đang xem giấy khai sinh."))).LeadsTo("/hoi-lai");
        var accepted = await citizen.Go("/cua-toi/yeu-cau");
        accepted.Shows("Đã nhận, đang xem giấy khai sinh.");
        accepted.Shows("đang làm");
        (await clerk.Send("/hoi-lai?handler=Decide", ("id", id), ("decision", "done"), ("answer", "Đã sửa theo giấy khai sinh."))).LeadsTo("/hoi-lai");
        (await citizen.Go("/cua-toi/yeu-cau")).Shows("đã làm xong");
        Assert.DoesNotContain(reference, (await clerk.Go("/hoi-lai")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await clerk.Send("/hoi-lai?handler=Decide", ("id", id), ("decision", "refuse"), ("answer", "Thôi."))).Status);
        Assert.Equal(["identity.request-made", "identity.request-decided", "identity.request-decided"], await Entries(citizen, "identity.request-%"));
        Assert.Equal(2, await Messages(citizen, "%tra loi yeu cau%"));
    }

    [Fact]
    public async Task Taking_a_request_up_opens_its_case_in_which_the_record_may_be_read_and_which_ends_with_the_answer()
    {
        using var citizen = await Resident();
        await Ask(citizen, "restrict", null, null, "Đang khiếu nại");
        var (id, reference) = await Request(citizen);
        using var clerk = await Clerk();
        var taken = await clerk.Send("/hoi-lai?handler=TakeUp", ("id", id));
        taken.LeadsTo($"/nguoi/{citizen.Person}");
        (await clerk.Go($"/nguoi/{citizen.Person}")).Shows(citizen.State!.Facts.FullName!);
        (await citizen.Go("/cua-toi/ai-da-xem")).Shows(reference);
        (await clerk.Send("/hoi-lai?handler=TakeUp", ("id", id))).LeadsTo($"/nguoi/{citizen.Person}");
        await clerk.Send("/hoi-lai?handler=Decide", ("id", id), ("decision", "refuse"), ("answer", "Luật buộc giữ dữ liệu này."));
        Assert.True(await province.Value<bool>("select closed_at is not null from journal.case_file where reference = $1", reference));
        (await citizen.Go("/cua-toi/yeu-cau")).Shows("Luật buộc giữ dữ liệu này.");
    }

    [Fact]
    public async Task The_time_of_a_request_is_extended_once_and_no_more()
    {
        using var citizen = await Resident();
        await Ask(citizen, "object", null, null, "Không muốn nhận tin");
        var (id, _) = await Request(citizen);
        using var clerk = await Clerk();
        (await clerk.Send("/hoi-lai?handler=Decide", ("id", id), ("decision", "extend"), ("answer", "Cần hỏi cơ quan khác."))).LeadsTo("/hoi-lai");
        var days = await Days();
        (await citizen.Go("/cua-toi/yeu-cau")).Shows($"đã gia hạn, làm xong trước hết ngày {days.EndOf(days.EndOf(Today.AddDays(15)).AddDays(15)).Shown()}");
        var again = await clerk.Send("/hoi-lai?handler=Decide", ("id", id), ("decision", "extend"), ("answer", "Vẫn chưa xong."));
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        again.Shows("Chỉ được gia hạn một lần.");
    }

    [Fact]
    public async Task An_office_of_another_commune_neither_sees_nor_answers_a_request_and_the_province_does_when_it_is_late()
    {
        using var citizen = await Resident();
        await Ask(citizen, "delete", null, null, "Số điện thoại cũ");
        var (id, reference) = await Request(citizen);
        using var other = await Clerk(province.Places.All.First(a => a.Level == Places.AreaLevel.Commune && a.Valid.Holds(Today) && a.Id != province.Commune.Id).Id);
        using var registrar = new Counter(province);
        await registrar.SignIn("tinh");
        foreach (var stranger in new[] { other, registrar })
        {
            Assert.DoesNotContain(reference, (await stranger.Go("/hoi-lai")).Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Forbidden, (await stranger.Send("/hoi-lai?handler=Decide", ("id", id), ("decision", "refuse"), ("answer", "Không."))).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await stranger.Send("/hoi-lai?handler=TakeUp", ("id", id))).Status);
        }

        await province.Execute("update identity.request set answer_due = $2 where id = $1", Guid.Parse(id), Today.AddDays(-1));
        (await registrar.Go("/hoi-lai")).Shows(reference);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.Send("/hoi-lai?handler=Decide", ("id", id), ("decision", "refuse"), ("answer", "Không."))).Status);
        (await registrar.Send("/hoi-lai?handler=Decide", ("id", id), ("decision", "accept"), ("answer", "Tỉnh đã nhận."))).LeadsTo("/hoi-lai");
        (await citizen.Go("/cua-toi/yeu-cau")).Shows("Tỉnh đã nhận.");
    }

    [Fact]
    public async Task An_agency_answers_for_its_own_readings_and_has_nothing_to_do_with_what_citizens_ask_of_others()
    {
        using var citizen = await Resident();
        await Ask(citizen, "delete", null, null, "Số điện thoại cũ");
        var (request, reference) = await Request(citizen);
        await province.Execute("update identity.request set answer_due = $2 where id = $1", Guid.Parse(request), Today.AddDays(-1));
        using var clerk = await Clerk();
        (await clerk.Send("/dinh-danh?handler=Look", ("number", citizen.Number))).Shows(citizen.State!.Facts.FullName!);
        var id = await Question(citizen, "Vì sao thuế xem tôi?");
        await province.Execute("update identity.question set office = (select name from staff.agency where code = 'CTHUE') where id = $1", Guid.Parse(id));
        using var tax = new Counter(province);
        await tax.SignIn("thue");
        var work = await tax.Go("/hoi-lai");
        work.Shows("Vì sao thuế xem tôi?");
        Assert.DoesNotContain(reference, work.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await tax.Send("/hoi-lai?handler=Decide", ("id", request), ("decision", "refuse"), ("answer", "Không."))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await tax.Send("/hoi-lai?handler=TakeUp", ("id", request))).Status);
        (await tax.Send("/hoi-lai?handler=Answer", ("id", id), ("answer", "Để cấp mã số thuế theo hồ sơ của ông/bà."))).LeadsTo("/hoi-lai");
        (await citizen.Go("/cua-toi/ai-da-xem")).Shows("Để cấp mã số thuế theo hồ sơ của ông/bà.");
    }

    [Fact]
    public async Task A_question_is_answered_by_the_office_that_read_and_by_the_province_only_when_it_is_late()
    {
        using var citizen = await Resident();
        using var clerk = await Clerk();
        (await clerk.Send("/dinh-danh?handler=Look", ("number", citizen.Number))).Shows(citizen.State!.Facts.FullName!);
        var id = await Question(citizen, "Ai đã xem tôi hôm nay?");
        using var registrar = new Counter(province);
        await registrar.SignIn("tinh");
        Assert.DoesNotContain("Ai đã xem tôi hôm nay?", (await registrar.Go("/hoi-lai")).Plain(), StringComparison.Ordinal);
        var barred = await registrar.Send("/hoi-lai?handler=Answer", ("id", id), ("answer", "Tỉnh trả lời thay."));
        Assert.Equal(HttpStatusCode.Forbidden, barred.Status);
        barred.Shows("Cơ quan khác trả lời việc này.");

        var work = await clerk.Go("/hoi-lai");
        work.Shows("Ai đã xem tôi hôm nay?");
        work.Shows("Giấy tờ, số chứng minh cũ");
        (await clerk.Send("/hoi-lai?handler=Answer", ("id", id), ("answer", "Để mở tài khoản định danh tại quầy."))).LeadsTo("/hoi-lai");
        var page = await citizen.Go("/cua-toi/ai-da-xem");
        page.Shows("Để mở tài khoản định danh tại quầy.");
        page.Shows("Cơ quan đã trả lời");
        Assert.Equal(1, await Messages(citizen, "%tra loi cau hoi%"));
        Assert.Equal(["identity.question-asked", "identity.question-answered"], await Entries(citizen, "identity.question-%"));
        Assert.Equal(HttpStatusCode.Conflict, (await clerk.Send("/hoi-lai?handler=Answer", ("id", id), ("answer", "Lần nữa."))).Status);
    }

    [Fact]
    public async Task A_question_that_nobody_has_answered_in_72_hours_rises_to_the_province()
    {
        using var citizen = await Resident();
        using var clerk = await Clerk();
        await clerk.Send("/dinh-danh?handler=Look", ("number", citizen.Number));
        var id = await Question(citizen, "Xem tôi để làm gì?");
        var asked = await province.Value<DateTimeOffset>("select asked_at from identity.question where id = $1", Guid.Parse(id));
        Assert.Equal(asked.AddHours(72), await province.Value<DateTimeOffset>("select due_at from identity.question where id = $1", Guid.Parse(id)));
        await province.Execute("update identity.question set due_at = now() - interval '1 minute' where id = $1", Guid.Parse(id));
        using var registrar = new Counter(province);
        await registrar.SignIn("tinh");
        var risen = await registrar.Go("/hoi-lai");
        risen.Shows("Xem tôi để làm gì?");
        risen.Shows("quá hạn từ");
        (await registrar.Send("/hoi-lai?handler=Answer", ("id", id), ("answer", "Tỉnh đã kiểm tra."))).LeadsTo("/hoi-lai");
        (await citizen.Go("/cua-toi/ai-da-xem")).Shows("Tỉnh đã kiểm tra.");
    }

    [Fact]
    public async Task A_request_says_what_it_lacks_and_the_same_one_does_not_wait_twice()
    {
        using var citizen = await Resident();
        var empty = await Ask(citizen, "correct", "born", "", " ");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        empty.Shows("ghi nội dung đúng");
        empty.Shows("Hãy ghi lý do");
        (await Ask(citizen, "forget", null, null, "Vì thế")).Shows("Hãy chọn bạn muốn gì.");
        (await Ask(citizen, "correct", "mergedInto", "x", "Vì thế")).Shows("Hãy chọn mục cần sửa");
        (await Ask(citizen, "correct", "born", "18/05/1990", "Giấy khai sinh")).LeadsTo("/cua-toi/yeu-cau");
        (await Ask(citizen, "correct", "born", "19/05/1990", "Giấy khai sinh")).Shows("Yêu cầu như vậy đang chờ trả lời.");
        (await Ask(citizen, "correct", "sex", "Nam", "Giấy khai sinh")).LeadsTo("/cua-toi/yeu-cau");
        Assert.Equal(2, await province.Value<long>("select count(*) from identity.request where account_id = $1", citizen.Account));
    }

    [Fact]
    public async Task Another_citizen_sees_nothing_of_a_request()
    {
        using var citizen = await Resident();
        await Ask(citizen, "object", null, null, "Điều chỉ tôi biết");
        using var other = await Resident();
        Assert.DoesNotContain("Điều chỉ tôi biết", (await other.Go("/cua-toi/yeu-cau")).Text, StringComparison.Ordinal);
        using var stranger = province.Nobody();
        (await stranger.Go("/cua-toi/yeu-cau")).LeadsTo("/vao");
    }

    [Theory, InlineData("2026-08-27", 3, "2026-09-04"), InlineData("2026-08-21", 1, "2026-08-22"), InlineData("2026-02-13", 7, "2026-03-03"), InlineData("2026-11-23", 1, "2026-11-25"), InlineData("2026-01-09", 1, "2026-01-10"),
        InlineData("2026-04-24", 1, "2026-04-28"), InlineData("2025-04-25", 2, "2025-04-28"), InlineData("2022-04-08", 3, "2022-04-14")]
    public async Task Working_days_leave_out_holidays_and_count_the_Saturdays_that_are_worked(string day, int working, string due) =>
        Assert.Equal(DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture), (await Days()).After(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), working));

    [Fact]
    public async Task A_time_that_ends_on_a_day_off_ends_with_the_next_working_day()
    {
        var days = await Days();
        Assert.Equal(new DateOnly(2026, 2, 23), days.EndOf(new DateOnly(2026, 2, 16)));
        Assert.Equal(new DateOnly(2026, 11, 25), days.EndOf(new DateOnly(2026, 11, 24)));
        Assert.Equal(new DateOnly(2026, 11, 25), days.EndOf(new DateOnly(2026, 11, 25)));
    }

    private async Task<OfficeDays> Days() => new((await province.Rows("select day, works from kernel.day_off", r => (r.Get<DateOnly>(0), r.GetBoolean(1)))).ToDictionary(d => d.Item1, d => d.Item2));

    private async Task<Citizen> Resident(string cookieOf = Assurance.Password)
    {
        var citizen = await province.Citizen(state: Province.WithCard().LivingAt(province.Commune.Id, "Ấp Mẫu", "2020-01-01"));
        citizen.Cookies.SetCookies(province.Address, await province.Session(citizen, cookieOf));
        return citizen;
    }

    /// <summary>A clerk of the town's commune, or of another one with an office of its own.</summary>
    private async Task<Counter> Clerk(int? area = null)
    {
        var signIn = "canbo";
        if (area is { } commune)
        {
            signIn = $"thu-{Guid.NewGuid():N}";
            await province.Execute("insert into staff.agency (code, name, area_id) values ($1, 'UBND xã Khác Mẫu', $2) on conflict (code) do nothing", $"XA{commune}", commune);
            await province.Execute("""
                with o as (insert into staff.official (id, name, sign_in, password_hash, agency_code) select gen_random_uuid(), 'Đỗ Thị Thử', $1, password_hash, $2 from staff.official where sign_in = 'canbo' returning id)
                insert into staff.post select id, 'commune-clerk', $3, daterange('2016-01-01', null) from o
                """, signIn, $"XA{commune}", commune);
        }

        var clerk = new Counter(province);
        await clerk.SignIn(signIn);
        return clerk;
    }

    private static async Task<Citizen.Seen> Ask(Citizen citizen, string kind, string? field, string? wanted, string why) =>
        await citizen.Send(await citizen.Go("/cua-toi/yeu-cau"), "/cua-toi/yeu-cau", ("kind", kind), ("field", field), ("wanted", wanted), ("why", why));

    private async Task<string> Question(Citizen citizen, string text)
    {
        var position = await province.Value<long>("select max(position) from journal.disclosure where subject = $1", citizen.Person);
        (await citizen.Send(await citizen.Go("/cua-toi/ai-da-xem"), "/cua-toi/ai-da-xem?handler=Ask", ("position", position.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("text", text))).LeadsTo("/cua-toi/ai-da-xem");
        return (await province.Value<Guid>("select id from identity.question where account_id = $1", citizen.Account)).ToString();
    }

    private async Task<(string Id, string Reference)> Request(Citizen citizen) =>
        (await province.Rows("select id, reference from identity.request where account_id = $1", r => (r.GetGuid(0).ToString(), r.GetString(1)), citizen.Account)).Single();

    private Task<List<string>> Entries(Citizen citizen, string like) => province.Rows("select kind from journal.entry where subject = $1 and kind like $2 order by position", r => r.GetString(0), citizen.Account, like);

    private async Task<long> Messages(Citizen citizen, string like) => await province.Value<long>("select count(*) from identity.message where target = $1 and body like $2", citizen.Phone, like);
}
