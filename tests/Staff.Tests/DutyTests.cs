using SoGoc.Kernel.Time;
using SoGoc.Testing;

namespace SoGoc.Staff.Tests;

/// <summary>Duty that has an end, absence, and standing in.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class DutyTests(Town town) : StaffTown(town), IClassFixture<Town>
{
    [Fact]
    public async Task A_temporary_duty_begins_on_its_first_day_and_ends_with_its_last()
    {
        var account = await Make("leader", null, "UBND");
        using var admin = await At("quantri");
        (await admin.Send($"/can-bo/{await Id(account)}?handler=Grant", ("role", "commune-clerk"), ("area", Town.Commune.Code), ("from", "25/11/2026"), ("until", "27/11/2026"), ("ground", "Quyết định 07/QĐ mẫu"))).Succeeds();
        foreach (var (day, may) in new[] { (24, false), (25, true), (27, true), (28, false) })
        {
            Town.Clock.MoveTo(new DateOnly(2026, 11, day));
            using var clerk = await At(account);
            Assert.Equal((day, may), (day, (await clerk.Get("/tra-cuu")).Status == System.Net.HttpStatusCode.OK));
        }

        Town.Clock.MoveTo(new DateOnly(2026, 11, 24));
    }

    [Fact]
    public async Task A_duty_in_several_communes_reaches_all_of_them_and_no_other()
    {
        var account = await Make("commune-clerk", Town.Commune.Id, "XA");
        var third = Town.Places.All.First(a => a.Level == Places.AreaLevel.Commune && a.Valid.Holds(Town.Clock.Today()) && a.Id != Town.Commune.Id && a.Id != There.Id);
        using var admin = await At("quantri");
        (await admin.Send($"/can-bo/{await Id(account)}?handler=Grant", ("role", "commune-clerk"), ("area", There.Code), ("ground", "Quyết định 08/QĐ mẫu"))).Succeeds();
        using var clerk = await At(account);
        foreach (var (area, sees) in new[] { (Town.Commune, true), (There, true), (third, false) })
        {
            var id = await Town.Enter(People.Someone().LivingAt(area.Id, "Ấp Mẫu"));
            Assert.Equal((area.Name, sees), (area.Name, (await clerk.Post("/persons/show", new { id, purpose = Testing.Town.Purpose, @case = Testing.Town.Case })).IsGood));
        }
    }

    [Fact]
    public async Task Who_stands_in_acts_at_the_other_s_posts_and_the_journal_says_who_acted_and_for_whom()
    {
        var (absent, stand) = (await Make("province-registrar", Town.Commune.Id, "XA"), await Make("commune-clerk", There.Id, "XA"));
        var person = await Town.Enter(People.Someone().LivingAt(Town.Commune.Id, "Ấp Mẫu"));
        Task<Reply> Correct(Sitting who, string phone) => who.Post("/persons/correct", new { id = person, after = new { phone }, ground = "giấy mẫu" });
        using var away = await At(absent);
        using var deputy = await At(stand);
        (await Correct(deputy, "0900000001")).Refuses("kernel.not-permitted");
        (await deputy.Send("/tai-khoan?handler=Act", ("official", $"{await Id(absent)}"))).Refuses("staff.no-absence");

        using var admin = await At("quantri");
        (await admin.Send($"/can-bo/{await Id(absent)}?handler=Away", ("until", "30/11/2026"), ("standIn", stand), ("ground", "Đơn nghỉ phép mẫu"))).Succeeds().Says("làm thay");
        Assert.Equal("/dang-nhap", (await away.Get("/")).Path);
        using var late = Town.Sit();
        (await late.SignIn(absent)).Refuses("staff.no-post");
        (await Correct(deputy, "0900000001")).Refuses("kernel.not-permitted");       // he does not act for the other yet
        (await deputy.Send("/tai-khoan?handler=Act", ("official", $"{await Id(absent)}"))).Succeeds().Says($"thay Vũ Văn {absent}");
        (await Correct(deputy, "0900000001")).Succeeds();
        Assert.Equal($"official:{await Id(stand)} for official:{await Id(absent)}",
            await Town.Value<string>("select actor from journal.entry where subject = $1 and kind = 'population.person-corrected'", person));
        // He is at one place only: at the other's posts he has lost his own.
        var own = await Town.Enter(People.Someone().LivingAt(There.Id, "Ấp Mẫu"));
        (await deputy.Post("/persons/show", new { id = own, purpose = Testing.Town.Purpose, @case = Testing.Town.Case })).Refuses("population.outside-duty");
        (await deputy.Send("/tai-khoan?handler=Act")).Succeeds();
        (await deputy.Post("/persons/show", new { id = own, purpose = Testing.Town.Purpose, @case = Testing.Town.Case })).Succeeds();
        (await deputy.Send("/tai-khoan?handler=Act", ("official", $"{await Id(absent)}"))).Succeeds();

        // Back from the absence: the posts are his again, at once.
        var absence = await Town.Value<Guid>("select id from staff.absence where official_id = $1", await Id(absent));
        (await admin.Send($"/can-bo/{await Id(absent)}?handler=Back", ("absence", $"{absence}"), ("ground", "mẫu"))).Succeeds();
        (await Correct(deputy, "0900000002")).Refuses("kernel.not-permitted");
        using var back = await At(absent);
        (await Correct(back, "0900000002")).Succeeds();
    }

    [Fact]
    public async Task Who_stands_in_goes_on_with_the_other_s_cases_who_finds_them_when_he_is_back()
    {
        var (absent, stand) = (await Make("commune-clerk", Town.Commune.Id, "XA"), await Make("commune-clerk", There.Id, "XA"));
        var (begun, meanwhile) = ($"DO-{absent}", $"GIUA-{absent}");
        using var away = await At(absent);
        using var deputy = await At(stand);
        (await away.Post("/cases/open", new { kind = "dossier", reference = begun, purpose = Testing.Town.Purpose })).Succeeds();
        Assert.DoesNotContain(begun, (await deputy.Post("/cases/mine", new { })).Text, StringComparison.Ordinal);

        using var admin = await At("quantri");
        (await admin.Send($"/can-bo/{await Id(absent)}?handler=Away", ("until", "30/11/2026"), ("standIn", stand), ("ground", "Đơn nghỉ phép mẫu"))).Succeeds();
        (await deputy.Send("/tai-khoan?handler=Act", ("official", $"{await Id(absent)}"))).Succeeds();
        Assert.Contains(begun, (await deputy.Post("/cases/mine", new { })).Succeeds().Text, StringComparison.Ordinal);
        (await deputy.Post("/cases/open", new { kind = "dossier", reference = meanwhile, purpose = Testing.Town.Purpose })).Succeeds();
        (await deputy.Send("/tai-khoan?handler=Act")).Succeeds();
        Assert.DoesNotContain(begun, (await deputy.Post("/cases/mine", new { })).Succeeds().Text, StringComparison.Ordinal);

        var absence = await Town.Value<Guid>("select id from staff.absence where official_id = $1", await Id(absent));
        (await admin.Send($"/can-bo/{await Id(absent)}?handler=Back", ("absence", $"{absence}"), ("ground", "mẫu"))).Succeeds();
        using var back = await At(absent);
        var his = (await back.Post("/cases/mine", new { })).Succeeds().Text;
        Assert.Contains(begun, his, StringComparison.Ordinal);
        Assert.Contains(meanwhile, his, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absence_nobody_stands_in_for_leaves_the_posts_and_two_at_once_are_refused()
    {
        var account = await Make("commune-clerk", Town.Commune.Id, "XA");
        using var admin = await At("quantri");
        async Task<SeenPage> Away(string until, string standIn) => await admin.Send($"/can-bo/{await Id(account)}?handler=Away", ("until", until), ("standIn", standIn), ("ground", "mẫu"));
        (await Away("", "")).Refuses("staff.absence-ends");
        (await Away("30/11/2026", "khong-co")).Refuses("staff.no-stand-in");
        (await Away("30/11/2026", account)).Refuses("staff.own-stand-in");
        (await Away("30/11/2026", "quantri")).Refuses("staff.not-to-oneself");
        (await Away("30/11/2026", "")).Succeeds().Says("không có người thay");
        (await Away("1/12/2026", "")).Refuses("staff.absent-twice");
        using var clerk = await At(account);
        (await clerk.Get("/tra-cuu")).Succeeds();
    }

    [Fact]
    public async Task What_a_role_may_is_data_and_a_change_holds_at_once()
    {
        await Role("xem-thu", "places.read-places");
        var account = await Make("xem-thu", null, "UBND");
        using var reader = await At(account);
        (await reader.Get("/dan-so")).Refuses("kernel.not-permitted");
        using var admin = await At("quantri");
        Task<SeenPage> Write(Sitting who, string role, params string[] may) =>
            who.Send("/can-bo/vai-tro", [("role", role), ("name", "Xem thử"), ("ground", "Quyết định 09/QĐ mẫu"), .. may.Select(m => ("may", (string?)m))]);
        (await Write(admin, "xem-thu", "places.read-places", "population.count-population")).Succeeds();
        (await reader.Get("/dan-so")).Succeeds();
        (await Write(admin, "xem-thu", "places.read-places", "khong.co")).Refuses("staff.no-permission");
        (await Write(admin, "Sai Mã", "places.read-places")).Refuses("staff.role-malformed");
        (await Write(admin, "moi-tinh", "places.read-places")).Succeeds();

        // Who manages officials of a commune alone, or does not hold a permission, changes no role.
        await Role("quan-ly-it", "staff.manage-staff", "places.read-places");
        using var few = await At(await Make("quan-ly-it", null, "UBND"));
        (await Write(few, "xem-thu", "places.read-places")).Refuses("staff.not-held");
        using var local = await At(await Make("quan-ly-it", Town.Commune.Id, "XA"));
        (await Write(local, "moi-tinh")).Refuses("staff.outside-duty");
        Assert.Equal(["""{"role":"moi-tinh","name":"Xem thử","added":["places.read-places"],"removed":[]}""", """{"role":"xem-thu","name":"Xem thử","added":["population.count-population"],"removed":[]}"""],
            await Town.Rows("select body::text from journal.entry where kind = 'staff.role-written' order by 1", r => r.GetString(0)));
    }

    [Fact]
    public async Task When_an_agency_ends_its_officials_act_for_the_one_that_takes_over()
    {
        using var admin = await At("quantri");
        (await admin.Send("/can-bo/co-quan?handler=Open", ("code", "MAUCU"), ("name", "Phòng Mẫu Cũ"), ("from", "1/1/2020"), ("ground", "Quyết định 10/QĐ mẫu"))).Succeeds();
        (await admin.Send("/can-bo/co-quan?handler=Open", ("code", "maumoi"), ("name", "Phòng Mẫu Mới"), ("ground", "Quyết định 10/QĐ mẫu"))).Succeeds();
        (await admin.Send("/can-bo/co-quan?handler=Open", ("code", "MAUMOI"), ("name", "Phòng Trùng"), ("ground", "mẫu"))).Refuses("staff.agency-taken");
        var account = await Make("province-registrar", null, "MAUCU");
        using var official = await At(account);
        (await official.Get("/tai-khoan")).Says("Phòng Mẫu Cũ");
        (await admin.Send("/can-bo/co-quan?handler=Close", ("code", "MAUCU"), ("successor", "MAUMOI"), ("ground", "Quyết định 11/QĐ mẫu"))).Succeeds();
        (await admin.Send("/can-bo/co-quan?handler=Close", ("code", "MAUCU"), ("ground", "mẫu"))).Refuses("staff.agency-gone");
        var person = await Town.Enter(People.Someone());
        (await official.Post("/persons/correct", new { id = person, after = new { phone = "0900000001" }, ground = "giấy mẫu" })).Succeeds();
        Assert.Equal("Phòng Mẫu Mới", await Town.Value<string>("select office from journal.entry where subject = $1 and kind = 'population.person-corrected'", person));
        Assert.Equal("Sở Khoa học và Công nghệ tỉnh An Giang", await Town.Value<string>("select s.name from staff.agency a join staff.agency s on s.code = a.successor where a.code = 'STTTT' and upper(a.valid) = '2025-03-01'"));
    }

    [Fact]
    public async Task One_sees_one_s_own_sessions_and_ends_those_elsewhere()
    {
        var account = await Make("leader", null, "UBND");
        using var here = await At(account);
        using var there = await At(account);
        using var third = await At(account);
        (await here.Get("/tai-khoan")).Says("Thiết bị không rõ", "Phiên này");
        var id = await Id(account);
        using var stranger = await At("lanhdao");
        var newest = await Town.Value<Guid>("select id from staff.session where official_id = $1 order by made_at desc limit 1", id);
        await stranger.Send("/tai-khoan?handler=End", ("session", $"{newest}"));
        Assert.Equal("/tai-khoan", (await third.Get("/tai-khoan")).Path);      // nobody ends another's
        (await here.Send("/tai-khoan?handler=End", ("session", $"{newest}"))).Succeeds();
        Assert.Equal("/dang-nhap", (await third.Get("/tai-khoan")).Path);
        (await here.Send("/tai-khoan?handler=End")).Succeeds();
        Assert.Equal("/dang-nhap", (await there.Get("/tai-khoan")).Path);
        Assert.Equal("/tai-khoan", (await here.Get("/tai-khoan")).Path);
        using var fourth = await At(account);
        (await here.Send("/mat-khau", ("old", "minh-hoa-2026"), ("fresh", "mot cau that dai"), ("again", "mot cau that dai"))).Succeeds();
        Assert.Equal("/dang-nhap", (await fourth.Get("/tai-khoan")).Path);
        Assert.Equal(["staff.sessions-ended", "staff.sessions-ended", "staff.password-changed"], await Kinds(account));
    }

    [Fact]
    public async Task Who_guesses_at_the_old_password_in_an_open_session_has_to_wait()
    {
        using var official = await At(await Make("leader", null, "UBND"));
        Task<SeenPage> Guess() => official.Send("/mat-khau", ("old", "doan mo"), ("fresh", "mot cau that dai"), ("again", "mot cau that dai"));
        for (var n = 0; n < 5; n++)
        {
            (await Guess()).Refuses("staff.old-password-wrong");
        }

        (await Guess()).Refuses("kernel.too-often");
    }
}
