using System.Net;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using SoGoc.Exchange.Partners;
using SoGoc.Kernel.Pages;
using SoGoc.Testing;

namespace SoGoc.Exchange.Tests;

/// <summary>IT looks after the partners, at the page.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class PartnerTests(Courtyard town) : IClassFixture<Courtyard>
{
    [Fact]
    public async Task A_delivery_that_nobody_takes_is_given_up_after_days_with_an_alarm_and_goes_when_it_is_sent_again()
    {
        using var canbo = await town.As("canbo");
        await town.Partners.Behave("cong-an", "broken");
        var person = Guid.Parse((await town.Birth(canbo))["person"].GetString()!);
        for (var (attempt, day) = (1, new DateOnly(2026, 11, 24)); attempt <= 10; attempt++, day = day.AddDays(2))
        {
            town.Clock.MoveTo(day);
            await Courtyard.Until(canbo, person, e => Courtyard.Of(e, "police").GetProperty("attempts").GetInt32() == attempt && Courtyard.Text(e, "police", "fault") == "HTTP 400");
        }

        await Courtyard.Until(canbo, person, e => Courtyard.Of(e, "police").TryGetProperty("dead", out _));
        using var it = town.Sit();
        await it.SignIn("tinhoc");
        (await it.Get("/doi-tac")).Says("1 sự kiện đã thôi gửi: HTTP 400");
        (await it.Get("/")).Says("sự kiện không gửi được cho đối tác");
        Assert.Single((await canbo.Post("/exchange/events", new { state = "stuck", person })).Succeeds()["events"].EnumerateArray());
        await town.Partners.Behave("cong-an", "done");
        (await it.Send("/doi-tac?handler=Again", ("code", "cong-an"))).Succeeds();
        await Courtyard.Until(canbo, person, e => Courtyard.Text(e, "police", "answer") == "done");
    }

    [Fact]
    public async Task A_partner_that_says_gone_is_told_nothing_more_and_a_redirection_is_not_followed()
    {
        using var canbo = await town.As("canbo");
        using var it = town.Sit();
        await it.SignIn("tinhoc");
        await town.Partners.Behave("bao-hiem-y-te", "elsewhere");
        var person = Guid.Parse((await town.Birth(canbo))["person"].GetString()!);
        var told = await Courtyard.Until(canbo, person, e => Courtyard.Text(e, "health-insurance", "fault") == "HTTP 307");
        var id = Courtyard.Of(told, "health-insurance").GetProperty("id").GetString();
        Assert.DoesNotContain(await town.Partners.Received("cong-an"), e => e.GetProperty("id").GetString() == id);

        await town.Partners.Behave("bao-hiem-y-te", "gone");
        await Courtyard.Until(canbo, person, e => Courtyard.Text(e, "health-insurance", "fault") == "HTTP 410");
        (await it.Get("/doi-tac")).Says("Đối tác báo ngừng nhận (410)");
        await town.Partners.Behave("bao-hiem-y-te", "done");
        var partner = await town.Value<Guid>("select id from exchange.partner where code = 'bao-hiem-y-te'");
        (await it.Send("/doi-tac?handler=Stop", ("id", partner.ToString()), ("stop", "false"))).Succeeds();
        await Courtyard.Until(canbo, person, e => Courtyard.Text(e, "health-insurance", "answer") == "done");
    }

    [Fact]
    public async Task A_new_secret_is_shown_once_the_old_one_counts_for_a_day_and_both_sign()
    {
        using var it = town.Sit();
        await it.SignIn("tinhoc");
        var partner = await town.Value<Guid>("select id from exchange.partner where code = 'thue'");
        var page = (await it.Send("/doi-tac?handler=Secret", ("id", partner.ToString()))).Succeeds();
        var secret = Secret().Match(page.Text).Value;
        Assert.NotEmpty(secret);
        Assert.DoesNotContain("whsec_", (await it.Get("/doi-tac")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await town.Value<string>("select secret from exchange.partner where code = 'thue'"), StringComparison.Ordinal);

        // The partner has not changed over yet, and takes what is signed by both.
        using var tinh = await town.As("tinh");
        var person = await town.Enter(People.Someone(1, "1980-01-02").LivingAt(town.Commune.Id, "Ấp Mẫu"));
        (await tinh.Post("/persons/correct", new { id = person, after = new { born = "1980-02-01" }, ground = "QĐ mẫu" })).Succeeds();
        (await tinh.Post("/persons/correct", new { id = person, after = new { fullName = "Nguyễn Văn Sửa" }, ground = "QĐ mẫu" })).Succeeds();
        await Courtyard.Until(tinh, person, e => Courtyard.Text(e, "tax", "answer") == "done");
    }

    [Fact]
    public async Task What_waits_for_a_partner_of_its_kind_is_seen_and_goes_when_there_is_one()
    {
        using var canbo = await town.As("canbo");
        using var it = town.Sit();
        await it.SignIn("tinhoc");
        await town.Execute("update exchange.partner set kind = 'health' where code = 'bao-hiem-y-te'");
        var person = Guid.Parse((await town.Birth(canbo))["person"].GetString()!);
        await Courtyard.Until(canbo, person, e => !Courtyard.Of(e, "health-insurance").TryGetProperty("partner", out _));
        (await it.Get("/doi-tac")).Says("Bảo hiểm y tế: 1 sự kiện đang chờ mà chưa có đối tác");
        await town.Execute("update exchange.partner set kind = 'health-insurance' where code = 'bao-hiem-y-te'");
        var url = await town.Value<string>("select url from exchange.partner where code = 'bao-hiem-y-te'");
        (await it.Send("/doi-tac?handler=Register", ("Asked.Code", "bhyt-2"), ("Asked.Kind", "health-insurance"), ("Asked.Name", "Bảo hiểm y tế thứ hai"), ("Asked.Url", url), ("Asked.Contact", "0900 000 000"))).Succeeds();
        // It does not know this partner's secret, and says so; that it was sent is what counts here.
        await Courtyard.Until(canbo, person, e => Courtyard.Text(e, "health-insurance", "fault") == "HTTP 401");
        var second = await town.Value<Guid>("select id from exchange.partner where code = 'bhyt-2'");
        (await it.Send("/doi-tac?handler=Stop", ("id", second.ToString()), ("stop", "true"))).Succeeds();
    }

    [Theory]
    [InlineData("http://example.org/su-kien")]
    [InlineData("ftp://example.org/su-kien")]
    [InlineData("https://ai:do@example.org/su-kien")]
    [InlineData("/su-kien")]
    [InlineData("file:///etc/passwd")]
    public async Task An_address_that_is_no_https_is_not_taken(string url)
    {
        using var it = town.Sit();
        await it.SignIn("tinhoc");
        (await it.Send("/doi-tac?handler=Register", ("Asked.Code", "la"), ("Asked.Kind", "health"), ("Asked.Name", "Lạ"), ("Asked.Url", url), ("Asked.Contact", "ai đó"))).Refuses("exchange.address-not-taken");
        using var canbo = town.Sit();
        await canbo.SignIn("canbo");
        Assert.Equal(HttpStatusCode.Forbidden, (await canbo.Get("/doi-tac")).Status);
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("203.113.0.1", true)]
    [InlineData("2001:db8::1", true)]
    public void Where_people_are_real_the_machine_itself_and_its_neighbours_are_not_called(string address, bool called) =>
        Assert.Equal(called, PartnerAddress.MayBeCalled(IPAddress.Parse(address), new PartnerNetworks([IPNetwork.Parse("10.0.0.0/8")]), new Installation("An Giang", false, null)));

    [GeneratedRegex("whsec_[A-Za-z0-9+/=]+")]
    private static partial Regex Secret();
}
