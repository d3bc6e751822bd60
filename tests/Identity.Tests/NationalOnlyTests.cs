using System.Net;
using SoGoc.Identity.Accounts;

namespace SoGoc.Identity.Tests;

/// <summary>A province that wants no other way in.</summary>
public sealed class NationalOnlyTests(NationalOnlyProvince province) : IClassFixture<NationalOnlyProvince>
{
    [Fact]
    public async Task Nothing_else_is_offered_and_nothing_else_lets_in()
    {
        using var citizen = await province.Citizen();
        var page = await citizen.Go("/vao");
        page.Shows("/vao/quoc-gia");
        Assert.DoesNotContain("id=\"number\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/mo-tai-khoan", page.Text, StringComparison.Ordinal);
        (await citizen.Go("/mo-tai-khoan")).LeadsTo("/vao");
        var forms = await citizen.Go("/tuy-chon");
        var token = forms.Hidden.Where(h => h.Name == "__RequestVerificationToken").Select(h => h.Value).First();
        foreach (var (path, name, value) in new[]
        {
            ("/vao?handler=Password", "password", Province.Password), ("/vao?handler=Send", "x", ""), ("/vao?handler=Code", "code", "000000"), ("/vao?handler=Passkey", "credential", "{}"),
            ("/mo-tai-khoan?handler=Ask", "fullName", citizen.State!.Facts.FullName!), ("/mo-tai-khoan?handler=Finish", "code", "000000"),
        })
        {
            var answer = await citizen.Send(page, path, ("__RequestVerificationToken", token), ("number", citizen.Number), (name, value));
            Assert.True(answer.Text.Contains("chỉ đăng nhập bằng tài khoản định danh quốc gia", StringComparison.Ordinal), $"{path}: {(int)answer.Status} {answer.Plain()}");
        }

        (await citizen.Go("/cua-toi")).LeadsTo("/vao");
    }

    [Fact]
    public async Task Who_is_in_adds_no_way_of_his_own()
    {
        using var citizen = await province.Citizen();
        (await province.ComeIn(citizen, province.Known(citizen.State!))).LeadsTo("/cua-toi");
        var page = await citizen.Go("/cua-toi/bao-mat");
        Assert.DoesNotContain("handler=Password", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=NewTotp", page.Text, StringComparison.Ordinal);
        (await citizen.Send(page, "/cua-toi/bao-mat?handler=Password", ("password", "mot cau khac con dai hon"))).Shows("chỉ đăng nhập bằng tài khoản định danh quốc gia");
        Assert.Equal(HttpStatusCode.Conflict, (await citizen.Send(page, "/cua-toi/bao-mat?handler=Options")).Status);
    }

    [Fact]
    public async Task A_level_1_is_raised_by_the_national_sign_in_alone()
    {
        using var citizen = await province.Citizen();
        await province.ComeIn(citizen, province.Known(citizen.State!, "1"));
        var page = await citizen.Go("/vao/xac-nhan-them?ReturnUrl=/cua-toi/lam-thay");
        page.Shows("/vao/quoc-gia?ReturnUrl=%2Fcua-toi%2Flam-thay");
        Assert.DoesNotContain("handler=Send", page.Text, StringComparison.Ordinal);
        await citizen.Send(page, "/vao/xac-nhan-them?handler=Raise", ("__RequestVerificationToken", (await citizen.Go("/cua-toi/bao-mat")).Hidden.First(h => h.Name == "__RequestVerificationToken").Value), ("factor", Assurance.Password), ("secret", Province.Password));
        (await citizen.Go("/cua-toi/lam-thay")).LeadsTo("/vao/xac-nhan-them");
    }

    [Fact]
    public async Task A_state_is_taken_once_even_with_a_new_code_and_the_cookie_of_before()
    {
        using var citizen = await province.Citizen();
        var known = province.Known(citizen.State!);
        var page = await NationalProvince.Leave(citizen);
        var (first, second) = (await province.Choose(citizen, page, known), await province.Choose(citizen, page, known));
        Assert.NotEqual(first, second);
        var cookies = citizen.Cookies.GetCookies(province.Address).Cast<Cookie>().Select(c => new Cookie(c.Name, c.Value, "/", c.Domain)).ToList();
        (await citizen.Go(first.AbsoluteUri)).LeadsTo("/cua-toi");
        using var again = province.Nobody();
        cookies.ForEach(again.Cookies.Add);
        (await again.Go(second.AbsoluteUri)).Shows("không dùng được");
        (await again.Go("/cua-toi")).LeadsTo("/vao");
    }

    [Fact]
    public async Task Where_it_says_how_it_is_left_the_way_leads_there_and_never_to_another_site()
    {
        using var citizen = await province.Citizen();
        var known = province.Known(citizen.State!, logoutUri: new Uri(province.National.Address, "/thoat").AbsoluteUri);
        await province.ComeIn(citizen, known);
        (await citizen.Send(await citizen.Go("/cua-toi"), "/ra")).Shows($"href=\"{known.LogoutUri}\"");
        await province.ComeIn(citizen, province.Known(citizen.State!, subject: known.Subject, logoutUri: "https://ke.xau.example/thoat"));
        (await citizen.Send(await citizen.Go("/cua-toi"), "/ra")).LeadsTo("/vao");
    }
}
