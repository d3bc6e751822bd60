using System.Net;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Testing;

namespace SoGoc.Staff.Tests;

/// <summary>Who manages officials: nobody gives what he does not hold, each change has its ground, and what ends, ends at once.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class OfficialTests(Town town) : StaffTown(town), IClassFixture<Town>
{
    [Fact]
    public async Task A_new_official_gets_a_password_once_and_works_only_after_choosing_another()
    {
        using var admin = await At("quantri");
        var account = Account();
        var made = await admin.Send("/can-bo/moi", ("name", "Vũ Thị Bịa"), ("account", account), ("agency", "XA"), ("role", "commune-clerk"), ("area", Town.Commune.Code), ("ground", "Quyết định 01/QĐ mẫu"));
        made.Succeeds();
        var first = System.Text.RegularExpressions.Regex.Match(made.Text, "id=\"password\">([a-z2-9-]{14})<").Groups[1].Value;
        Assert.DoesNotContain(first, (await admin.Get($"/can-bo/{await Id(account)}")).Succeeds().Text, StringComparison.Ordinal);

        using var clerk = Town.Sit();
        Assert.Equal("/mat-khau", (await clerk.SignIn(account, first)).Path);
        Assert.Equal("/mat-khau", (await clerk.Get("/tra-cuu")).Path);
        Assert.Equal(HttpStatusCode.Unauthorized, (await clerk.Post("/places/search", new { text = "Vĩnh Hậu" })).Status);
        (await clerk.Send("/mat-khau", ("old", first), ("fresh", "ngan"), ("again", "ngan"))).Refuses("staff.password-short");
        (await clerk.Send("/mat-khau", ("old", first), ("fresh", first), ("again", first))).Refuses("staff.password-same");
        (await clerk.Send("/mat-khau", ("old", first), ("fresh", "mot cau that dai"), ("again", "mot cau khac han"))).Refuses("staff.password-differs");
        (await clerk.Send("/mat-khau", ("old", first), ("fresh", "mot cau that dai"), ("again", "mot cau that dai"))).Succeeds().Says("Đã đổi mật khẩu");
        Assert.Equal("/dia-ban", (await clerk.Get("/dia-ban")).Succeeds().Path);
        using var other = Town.Sit();
        (await other.SignIn(account, first)).Refuses("staff.wrong");
        Assert.Equal("/", (await other.SignIn(account, "mot cau that dai")).Path);
        Assert.Equal(["staff.official-appointed", "staff.post-granted", "staff.password-changed"], await Kinds(account));
    }

    [Fact]
    public async Task An_official_s_own_number_is_entered_by_somebody_else_and_known_to_who_decides()
    {
        using var admin = await At("quantri");
        var account = Account();
        (await admin.Send("/can-bo/moi", ("name", "Vũ Thị Bịa"), ("account", account), ("agency", "XA"), ("role", "commune-clerk"), ("area", Town.Commune.Code), ("number", "08919099"), ("ground", "Quyết định 01/QĐ mẫu"))).Refuses("staff.number-malformed");
        (await admin.Send("/can-bo/moi", ("name", "Vũ Thị Bịa"), ("account", account), ("agency", "XA"), ("role", "commune-clerk"), ("area", Town.Commune.Code), ("number", "089 190 999 999"), ("ground", "Quyết định 01/QĐ mẫu"))).Succeeds();
        Task<string> Number() => Town.Value<string>("select coalesce(person_number, '') from staff.official where sign_in = $1", account);
        Assert.Equal("089190999999", await Number());
        (await admin.Send($"/can-bo/{await Id(account)}?handler=Number", ("number", "089190999998"))).Refuses("staff.ground-missing");
        (await admin.Send($"/can-bo/{await Id(account)}?handler=Number", ("number", "089190999998"), ("ground", "Đối chiếu thẻ"))).Succeeds().Says("089190999998");
        Assert.Equal("089190999998", await Number());
        (await admin.Send($"/can-bo/{await Id("quantri")}?handler=Number", ("number", "089190999997"), ("ground", "mẫu"))).Refuses("staff.not-to-oneself");
        Assert.Equal(["staff.official-appointed", "staff.number-linked", "staff.post-granted", "staff.number-linked"], await Kinds(account));
        (await admin.Send($"/can-bo/{await Id(account)}?handler=Number", ("number", ""), ("ground", "Nhập nhầm"))).Succeeds();
        Assert.Equal("", await Number());
    }

    [Fact]
    public async Task Nobody_grants_a_permission_or_an_area_that_he_does_not_hold_himself()
    {
        // She holds what a clerk holds, and may manage.
        await Role("quan-ly-xa", [.. await Town.Rows("select permission from staff.role_permission where role = 'commune-clerk'", r => r.GetString(0)), "staff.manage-staff"]);
        var (boss, clerk) = (await Make("quan-ly-xa", Town.Commune.Id, "XA"), await Make("commune-clerk", Town.Commune.Id, "XA"));
        using var manager = await At(boss);
        Task<SeenPage> Grant(Guid to, string role, string area) => manager.Send($"/can-bo/{to}?handler=Grant", ("role", role), ("area", area), ("from", "1/1/2027"), ("ground", "Quyết định 02/QĐ mẫu"));
        var id = await Id(clerk);
        (await Grant(id, "province-registrar", Town.Commune.Code)).Refuses("staff.not-held");
        (await Grant(id, "commune-clerk", There.Code)).Refuses("staff.outside-duty");
        (await Grant(id, "commune-clerk", "")).Refuses("staff.outside-duty");
        (await Grant(await Id(boss), "commune-clerk", Town.Commune.Code)).Refuses("staff.not-to-oneself");
        (await Grant(id, "khong-co", Town.Commune.Code)).Refuses("staff.no-role");
        // Nor does he touch people of other offices, or make somebody stand in at posts that he could not grant.
        var registrar = await Make("province-registrar", Town.Commune.Id, "XA");
        (await manager.Send($"/can-bo/{await Id(registrar)}?handler=Away", ("until", "31/12/2026"), ("standIn", clerk), ("ground", "mẫu"))).Refuses("staff.not-held");
        (await manager.Send($"/can-bo/{await Id(registrar)}?handler=Password", ("ground", "mẫu"))).Refuses("staff.not-held");
        foreach (var handler in new[] { "Dismiss", "Password", "Sessions", "Reinstate" })
        {
            (await manager.Send($"/can-bo/{await Id("tinh")}?handler={handler}", ("ground", "mẫu"))).Refuses("staff.outside-duty");
        }

        (await manager.Send("/can-bo/moi", ("name", "Vũ Thị Bịa"), ("account", Account()), ("agency", "CAT"), ("role", "commune-clerk"), ("area", Town.Commune.Code), ("ground", "mẫu"))).Refuses("staff.outside-duty");
        Assert.Equal(1, await Town.Value<long>("select count(*) from staff.post where official_id = $1", id));
        Assert.Empty(await Kinds(clerk));
        (await Grant(id, "commune-clerk", Town.Commune.Code)).Refuses("staff.post-twice");
        await Town.Execute("update staff.post set valid = daterange('2016-01-01', '2026-12-31') where official_id = $1", id);
        (await Grant(id, "commune-clerk", Town.Commune.Code)).Succeeds();
        Assert.Equal(["staff.post-granted"], await Kinds(clerk));
    }

    [Fact]
    public async Task Who_may_give_a_permission_need_not_be_able_to_use_it()
    {
        using var admin = await At("quantri");
        (await admin.Get("/tra-cuu")).Refuses("kernel.not-permitted");
        (await admin.Post("/persons/search", new { text = "nguyen", purpose = Testing.Town.Purpose, @case = Testing.Town.Case })).Refuses("kernel.not-permitted");
        var clerk = await Make("leader", null, "UBND");
        (await admin.Send($"/can-bo/{await Id(clerk)}?handler=Grant", ("role", "province-registrar"), ("area", ""), ("ground", "Quyết định 03/QĐ mẫu"))).Succeeds();
        using var registrar = await At(clerk);
        (await registrar.Get("/tra-cuu")).Succeeds();
        // By a role of her own she could use it all the same: so nobody changes a role that he has.
        (await admin.Send("/can-bo/vai-tro", ("role", "staff-admin"), ("name", "Quản trị"), ("may", "staff.manage-staff"), ("may", "population.read-person"), ("ground", "mẫu"))).Refuses("staff.own-role");
    }

    [Theory]
    [InlineData("End"), InlineData("Dismiss"), InlineData("Sessions")]
    public async Task Whose_post_or_work_ends_is_out_at_once(string handler)
    {
        var account = await Make("commune-clerk", Town.Commune.Id, "XA");
        using var clerk = await At(account);
        using var script = await Town.As(account);
        (await clerk.Get("/tra-cuu")).Succeeds();
        (await script.Post("/places/search", new { text = "Vĩnh Hậu" })).Succeeds();
        var id = await Id(account);
        using var admin = await At("quantri");
        var post = await Town.Value<Guid>("select id from staff.post where official_id = $1", id);
        (await admin.Send($"/can-bo/{id}?handler={handler}", ("post", $"{post}"), ("ground", "Quyết định 04/QĐ mẫu"))).Succeeds();
        Assert.Equal("/dang-nhap", (await clerk.Get("/tra-cuu")).Path);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while ((await script.Post("/places/search", new { text = "Vĩnh Hậu" })).Status != HttpStatusCode.Unauthorized)
        {
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
        }

        using var again = Town.Sit();
        var entry = await again.SignIn(account);
        Action<SeenPage> then = handler switch { "End" => p => p.Refuses("staff.no-post"), "Dismiss" => p => p.Refuses("staff.wrong"), _ => p => p.Succeeds() };
        then(entry);
    }

    [Fact]
    public async Task A_dismissed_official_comes_back_with_the_posts_that_could_be_granted()
    {
        var account = await Make("commune-clerk", Town.Commune.Id, "XA");
        using var admin = await At("quantri");
        foreach (var handler in new[] { "Dismiss", "Reinstate" })
        {
            (await admin.Send($"/can-bo/{await Id(account)}?handler={handler}", ("ground", "Quyết định 05/QĐ mẫu"))).Succeeds();
        }

        using var clerk = await At(account);
        (await clerk.Get("/tra-cuu")).Succeeds();
        (await admin.Send($"/can-bo/{await Id("quantri")}?handler=Dismiss", ("ground", "mẫu"))).Refuses("staff.not-oneself");
        Assert.Equal(["staff.official-dismissed", "staff.official-reinstated"], await Kinds(account));
    }

    [Fact]
    public async Task Every_change_of_an_official_needs_a_ground_and_is_told_on_his_page_with_who_did_it()
    {
        var account = await Make("leader", null, "UBND");
        var id = await Id(account);
        using var admin = await At("quantri");
        foreach (var handler in new[] { "Grant", "End", "Away", "Back", "Dismiss", "Reinstate", "Password", "Sessions" })
        {
            (await admin.Send($"/can-bo/{id}?handler={handler}", ("role", "leader"), ("until", "31/12/2026"), ("ground", " "))).Refuses("staff.ground-missing");
        }

        Assert.Empty(await Kinds(account));
        (await admin.Send($"/can-bo/{id}?handler=Grant", ("role", "commune-clerk"), ("area", Town.Commune.Code), ("from", "1/12/2026"), ("until", "31/12/2026"), ("ground", "Quyết định 06/QĐ mẫu"))).Succeeds()
            .Says($"Giao vị trí Cán bộ xã, {Town.Commune.FullName}, từ 01/12/2026 đến 31/12/2026", "Đỗ Thị Giả", "Quyết định 06/QĐ mẫu");
        (await admin.Send($"/can-bo/{id}?handler=Grant", ("role", "leader"), ("from", "mai"), ("ground", "mẫu"))).Refuses("staff.not-a-day");
        (await admin.Send($"/can-bo/{id}?handler=Grant", ("role", "leader"), ("from", "2/12/2026"), ("until", "1/12/2026"), ("ground", "mẫu"))).Refuses("staff.ends-before");
    }

    [Theory]
    [InlineData("/can-bo"), InlineData("/can-bo/moi"), InlineData("/can-bo/vai-tro"), InlineData("/can-bo/co-quan")]
    public async Task The_pages_about_officials_are_closed_to_all_others(string path)
    {
        foreach (var account in new[] { "canbo", "tinh", "tinhoc", "lanhdao" })
        {
            using var official = await At(account);
            (await official.Get(path)).Refuses("kernel.not-permitted");
        }

        using var admin = await At("quantri");
        (await admin.Get(path)).Succeeds();
    }

    [Fact]
    public async Task Officials_are_found_by_words_of_name_account_and_agency()
    {
        using var admin = await At("quantri");
        (await admin.Send("/can-bo", ("text", "tran thu"))).Succeeds().Says("Trần Thị Thử");
        (await admin.Send("/can-bo", ("text", "cong an tinh mau"))).Says("Nguyễn Văn Mẫu");
        (await admin.Send("/can-bo", ("text", "khong co ai"))).Says("Không có cán bộ nào như vậy");
    }
}
