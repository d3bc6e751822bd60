using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using SoGoc.Testing;

namespace SoGoc.Staff.Tests;

/// <summary>A town that asks its officials for a second factor, as every register of real people does.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class StrictTown : Town
{
    protected override void Furnish(WebApplicationBuilder builder) => builder.Services.AddSingleton(new SecondFactorSetting(true));
}

/// <summary>After the password an official shows something that he has.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class SecondFactorTests(StrictTown town) : StaffTown(town), IClassFixture<StrictTown>
{
    private const string Page = "/buoc-hai";

    [Fact]
    public async Task Who_has_none_makes_one_at_the_first_sign_in_and_shows_it_at_every_other()
    {
        var account = await Make("commune-clerk", Town.Commune.Id, "XA");
        var (app, used) = await WithApp(account);
        using var clerk = Town.Sit();
        Assert.Equal(Page, (await clerk.SignIn(account)).Succeeds().Path);
        // The password alone opens nothing, neither pages nor the API.
        Assert.Equal(Page, (await clerk.Get("/tra-cuu")).Path);
        Assert.Equal(Page, (await clerk.Get("/mat-khau")).Path);
        Assert.Equal(HttpStatusCode.Unauthorized, (await clerk.Post("/places/search", new { text = "Vĩnh Hậu" })).Status);
        foreach (var way in new[] { "Later", "Totp", "Remove" })
        {
            (await clerk.Send($"{Page}?handler={way}", ("totpKey", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"), ("code", "123456"))).Refuses("staff.second-first");
        }

        (await clerk.Send($"{Page}?handler=Code", ("code", "000000"))).Refuses("staff.code-wrong");
        (await clerk.Send($"{Page}?handler=Code", ("code", used))).Refuses("staff.code-wrong");       // shown already, when it was made
        Assert.Equal("/", (await clerk.Send($"{Page}?handler=Code", ("code", NextCode(app)))).Succeeds().Path);
        (await clerk.Get("/tra-cuu")).Succeeds();
        Assert.Equal(["staff.factor-added"], await Kinds(account));
    }

    [Fact]
    public async Task The_secret_of_the_session_is_another_one_afterwards()
    {
        var account = await Make("commune-clerk", Town.Commune.Id, "XA");
        var id = await Id(account);
        using var clerk = Town.Sit();
        await clerk.SignIn(account);
        Task<byte[]> Hash() => Town.Value<byte[]>("select hash from staff.session where official_id = $1", id);
        var before = await Hash();
        await clerk.Send($"{Page}?handler=Later");
        Assert.NotEqual(before, await Hash());
    }

    [Fact]
    public async Task It_can_be_put_off_for_some_days_and_afterwards_an_administrator_helps()
    {
        var account = await Make("commune-clerk", Town.Commune.Id, "XA");
        using var clerk = Town.Sit();
        (await clerk.SignIn(account)).Says("Để sau");
        Assert.Equal("/", (await clerk.Send($"{Page}?handler=Later")).Succeeds().Path);
        (await clerk.Get("/tra-cuu")).Succeeds();
        await Town.Execute("update staff.official set second_since = second_since - interval '8 days' where sign_in = $1", account);
        using var late = Town.Sit();
        (await late.SignIn(account)).Says("Đã hết hạn");
        foreach (var way in new[] { "Later", "Totp" })
        {
            (await late.Send($"{Page}?handler={way}", ("totpKey", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"), ("code", "123456"))).Refuses("staff.second-over");
        }

        using var admin = await Admin();
        (await admin.Send($"/can-bo/{await Id(account)}?handler=Factors", ("ground", "Biên bản 01/BB mẫu"))).Succeeds();
        using var again = Town.Sit();
        (await again.SignIn(account)).Says("Để sau");
    }

    [Fact]
    public async Task Lost_factors_are_taken_away_by_a_second_person_with_a_ground_and_every_session_ends()
    {
        var account = await Make("commune-clerk", Town.Commune.Id, "XA");
        var (app, _) = await WithApp(account);
        using var clerk = Town.Sit();
        await clerk.SignIn(account);
        await clerk.Send($"{Page}?handler=Code", ("code", NextCode(app)));
        (await clerk.Get("/tra-cuu")).Succeeds();
        using var admin = await Admin();
        var id = await Id(account);
        (await admin.Get($"/can-bo/{id}")).Says("Có bước thứ hai");
        (await admin.Send($"/can-bo/{id}?handler=Factors", ("ground", " "))).Refuses("staff.ground-missing");
        (await admin.Send($"/can-bo/{await Id("quantri")}?handler=Factors", ("ground", "mẫu"))).Refuses("staff.not-to-oneself");
        await Role("quan-ly-buoc-hai", "staff.manage-staff");
        using var few = await PutOff(await Make("quan-ly-buoc-hai", null, "UBND"));
        (await few.Send($"/can-bo/{id}?handler=Factors", ("ground", "mẫu"))).Refuses("staff.not-held");
        (await admin.Send($"/can-bo/{id}?handler=Factors", ("ground", "Biên bản 02/BB mẫu"))).Succeeds().Says("Chưa có bước thứ hai", "Được xóa bước thứ hai đã mất", "Biên bản 02/BB mẫu");
        Assert.Equal("/dang-nhap", (await clerk.Get("/tra-cuu")).Path);
        Assert.Equal(["staff.factor-added", "staff.factors-taken"], await Kinds(account));
    }

    [Fact]
    public async Task Which_roles_ask_for_it_is_data_and_written_down()
    {
        await Role("khong-can", "places.read-places");
        var account = await Make("khong-can", null, "UBND");
        using var asked = Town.Sit();
        Assert.Equal(Page, (await asked.SignIn(account)).Path);
        using var admin = await Admin();
        (await admin.Send("/can-bo/vai-tro", ("role", "khong-can"), ("name", "Không cần"), ("may", "places.read-places"), ("ground", "Quyết định 10/QĐ mẫu"))).Succeeds();
        using var free = Town.Sit();
        Assert.Equal("/", (await free.SignIn(account)).Path);
        Assert.Equal(["""{"role":"khong-can","asked":false}"""], await Town.Rows("select body::text from journal.entry where kind = 'staff.role-second-factor'", r => r.GetString(0)));

        // Who does not hold what a role gives does not make its sign-in weaker; and who stands in for others is asked as they are.
        await Role("quan-ly-vai-tro", "staff.manage-staff");
        using var few = await PutOff(await Make("quan-ly-vai-tro", null, "UBND"));
        (await few.Send("/can-bo/vai-tro", [("role", "commune-clerk"), ("name", "Cán bộ xã"), ("ground", "mẫu"), .. (await Held("commune-clerk")).Select(p => ("may", (string?)p))])).Refuses("staff.not-held");
        var absent = await Make("leader", null, "UBND");
        await Town.Execute("insert into staff.absence (id, official_id, stand_in_id, valid) select gen_random_uuid(), a.id, s.id, daterange('2016-01-01', null) from staff.official a, staff.official s where a.sign_in = $1 and s.sign_in = $2", absent, account);
        using var deputy = Town.Sit();
        Assert.Equal(Page, (await deputy.SignIn(account)).Path);
    }

    [Fact]
    public async Task Codes_are_not_guessed_on_and_on()
    {
        var account = await Make("commune-clerk", Town.Commune.Id, "XA");
        var (app, _) = await WithApp(account);
        using var guesser = Town.Sit();
        await guesser.SignIn(account);
        for (var n = 0; n < 5; n++)
        {
            (await guesser.Send($"{Page}?handler=Code", ("code", $"{n:D6}"))).Refuses("staff.code-wrong");
        }

        (await guesser.Send($"{Page}?handler=Code", ("code", NextCode(app)))).Refuses("kernel.too-often");
    }

    [Fact]
    public async Task Factors_change_shortly_after_a_sign_in_and_the_last_one_stays_where_it_is_asked_for()
    {
        var account = await Make("commune-clerk", Town.Commune.Id, "XA");
        var (app, _) = await WithApp(account);
        using var clerk = Town.Sit();
        await clerk.SignIn(account);
        await clerk.Send($"{Page}?handler=Code", ("code", NextCode(app)));
        (await clerk.Send($"{Page}?handler=Remove")).Refuses("staff.second-last");
        await Town.Execute("update staff.session set made_at = made_at - interval '16 minutes' where official_id = $1", await Id(account));
        (await clerk.Send($"{Page}?handler=Remove")).Refuses("staff.prove-again");
        (await clerk.Send($"{Page}?handler=Totp", ("totpKey", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"), ("code", "123456"))).Refuses("staff.prove-again");
        Assert.Equal(["staff.factor-added"], await Kinds(account));
    }

    private Task<List<string>> Held(string role) => Town.Rows("select permission from staff.role_permission where role = $1 and not only_to_grant", r => r.GetString(0), role);

    private Task<Sitting> Admin() => PutOff("quantri");

    private async Task<Sitting> PutOff(string account)
    {
        var sitting = Town.Sit();
        await sitting.SignIn(account);
        Assert.Equal("/", (await sitting.Send($"{Page}?handler=Later")).Succeeds().Path);
        return sitting;
    }

    /// <summary>Signs in for the first time and adds an app; its key, and the code that was shown for it.</summary>
    private async Task<(string Key, string Code)> WithApp(string account)
    {
        using var sitting = Town.Sit();
        Assert.Equal(Page, (await sitting.SignIn(account)).Succeeds().Path);
        var key = Regex.Match((await sitting.Send($"{Page}?handler=NewTotp")).Text, "name=\"totpKey\" value=\"([A-Z2-7]+)\"").Groups[1].Value;
        (await sitting.Send($"{Page}?handler=Totp", ("totpKey", key), ("code", "000000"))).Refuses("staff.code-wrong");
        var code = new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(Town.Clock.GetUtcNow().UtcDateTime);
        Assert.Equal("/", (await sitting.Send($"{Page}?handler=Totp", ("totpKey", key), ("code", code))).Succeeds().Path);
        return (key, code);
    }

    /// <summary>The code after the present one, which is taken too: clocks are seldom the same.</summary>
    private string NextCode(string key) => new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(Town.Clock.GetUtcNow().UtcDateTime.AddSeconds(30));
}

/// <summary>In the demonstration a password is enough, until one has made more.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class DemonstrationFactorTests(Town town) : StaffTown(town), IClassFixture<Town>
{
    [Fact]
    public async Task Nobody_is_asked_and_who_has_made_one_shows_it()
    {
        var account = await Make("commune-clerk", Town.Commune.Id, "XA");
        using var clerk = await At(account);
        var key = Regex.Match((await clerk.Send("/buoc-hai?handler=NewTotp")).Text, "name=\"totpKey\" value=\"([A-Z2-7]+)\"").Groups[1].Value;
        (await clerk.Send("/buoc-hai?handler=Totp", ("totpKey", key), ("code", new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(Town.Clock.GetUtcNow().UtcDateTime)))).Succeeds().Says("Cách của bạn");
        (await clerk.Get("/tra-cuu")).Succeeds();
        using var again = Town.Sit();
        Assert.Equal("/buoc-hai", (await again.SignIn(account)).Path);
        (await clerk.Send("/buoc-hai?handler=Remove")).Succeeds();
        using var free = await At(account);
        Assert.Equal(["staff.factor-added", "staff.factor-removed"], await Kinds(account));
    }
}
