using System.Net;
using SoGoc.Identity.Accounts;

namespace SoGoc.Identity.Tests;

/// <summary>The same tricks, tried where they are thought of last: at the officials' sign-in, at the further factor, with a session of the attacker's own.</summary>
public sealed class HostileTests(Province province) : IClassFixture<Province>
{
    private const string Password = "minh-hoa-2026";

    [Theory, InlineData("https://ke.xau.example/"), InlineData("//ke.xau.example/"), InlineData("/\\ke.xau.example"), InlineData("javascript:alert(1)")]
    public async Task No_door_of_officials_and_no_further_step_leads_to_another_site(string to)
    {
        using var official = province.Nobody();
        var page = await official.Go("/dang-nhap?ReturnUrl=" + Uri.EscapeDataString(to));
        Assert.Equal("/", (await official.Send(page, "/dang-nhap", ("account", "canbo"), ("password", Password), ("ReturnUrl", to))).To?.OriginalString);
        var work = await official.Send(await official.Go("/viec?ve=" + Uri.EscapeDataString(to)), "/viec?ve=" + Uri.EscapeDataString(to), ("Reference", $"HS-{Guid.NewGuid():N}"), ("Purpose", "one-stop"));
        Assert.Equal("/viec", work.To?.OriginalString);

        using var citizen = await province.Citizen();
        citizen.Cookies.SetCookies(province.Address, await province.Session(citizen, Assurance.Code));
        var step = await citizen.Go("/vao/xac-nhan-them?ReturnUrl=" + Uri.EscapeDataString(to));
        Assert.Equal(HttpStatusCode.OK, step.Status);
        var further = await citizen.Send(step, "/vao/xac-nhan-them?handler=Raise", ("factor", Assurance.Password), ("secret", Province.Password), ("ReturnUrl", to));
        Assert.StartsWith("/cua-toi", further.To?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_was_planted_before_is_not_the_one_in_which_the_victim_goes_on()
    {
        using var attacker = await province.Citizen();
        using var victim = await province.Citizen();
        (await attacker.SignIn()).LeadsTo("/cua-toi");
        var planted = attacker.Cookie(CitizenSessions.Cookie)!;
        victim.Cookies.Add(province.Address, new Cookie(CitizenSessions.Cookie, planted));
        // Nor does it keep her out, as that of a brother on the family's telephone would.
        (await victim.SignIn()).LeadsTo("/cua-toi");
        (await victim.Go("/cua-toi")).Shows(victim.State!.Facts.FullName!);
        Assert.NotEqual(planted, victim.Cookie(CitizenSessions.Cookie));
        // What he knows opens nothing of hers.
        Assert.DoesNotContain(victim.State!.Facts.FullName!, (await attacker.Go("/cua-toi")).Plain(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_of_an_official_can_be_framed()
    {
        using var official = province.Nobody();
        await official.Send(await official.Go("/dang-nhap"), "/dang-nhap", ("account", "canbo"), ("password", Password));
        foreach (var path in new[] { "/dang-nhap", "/", "/tra-cuu", "/hoi-lai", "/dinh-danh", "/mot-cua", "/viec" })
        {
            Assert.Contains("frame-ancestors 'none'", (await official.Go(path)).Answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }
}
