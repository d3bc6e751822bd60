using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Playwright;
using SoGoc.Testing;

namespace SoGoc.Journeys.Tests;

/// <summary>A citizen and a system of an agency meet, in a real browser, with a passkey.</summary>
public sealed class IdentityJourneys(Town town, Browser browser)
{
    internal const string Password = "cong-dan-thu-2026";

    [Theory, InlineData(390, 844), InlineData(1366, 768)]
    public async Task A_system_that_an_official_registers_signs_a_citizen_in_with_a_passkey_and_she_sees_the_reading_and_checks_its_receipt(int width, int height)
    {
        await town.OpenAccount(Family.MotherNumber, Password);
        var port = FreePort();
        var (client, key) = await Register(port, width, height);
        using var system = await NpmClient.Serve("web-client.mjs", new { issuer = town.Address + "/", clientId = client, key = JsonDocument.Parse(key).RootElement, scope = "openid name birthdate phone_number", port, skew = town.Ahead });

        await using var visit = await browser.Open(town, width, height);
        var atHand = await Authenticator(visit.Page);
        await MakePasskey(visit);
        // She looks away from the form it comes back to, which would sign her in again at once.
        await atHand(false);
        await visit.Press("Thoát");
        await Expect(visit.Page.Locator("#number")).ToBeVisibleAsync();

        await visit.Page.GotoAsync($"http://localhost:{port}/");
        await atHand(true);
        await visit.Page.Link("Đăng nhập bằng tài khoản định danh").ClickAsync();
        // The browser offers its passkey by itself, in the one field of the page.
        await visit.Sees("Cổng thử của Sở Mẫu muốn xem dữ liệu của bạn", "Nộp hồ sơ trực tuyến", "Ngày, tháng, năm sinh");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Press("Đồng ý");
        await Expect(visit.Page.Locator("body")).ToContainTextAsync("urn:sogoc:level");
        var told = JsonDocument.Parse(await visit.Page.Locator("body").InnerTextAsync()).RootElement;
        Assert.Equal("urn:sogoc:level:2", told.GetProperty("claims").GetProperty("acr").GetString());
        Assert.Equal(Family.Mother, told.GetProperty("user").GetProperty("name").GetString());
        Assert.False(told.GetProperty("user").TryGetProperty("phone_number", out _), "She did not tick it.");

        await visit.Go("/cua-toi/ai-da-xem");
        var reading = visit.Part("Ai đã xem").GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Sở Y tế tỉnh An Giang" }).First;
        await Expect(reading).ToContainTextAsync("Bạn đã đồng ý cho hệ thống này xem");
        await Expect(reading).ToContainTextAsync("Ngày sinh");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await reading.Link("Biên nhận").ClickAsync();
        await Expect(visit.Page.Locator("#verdict.alert-success")).ToBeVisibleAsync();
        await visit.IsOpenToEverybody();
        await visit.Page.GetByText("Xem toàn bộ bằng chứng").ClickAsync();
        var proof = await visit.Page.Locator("#proof").InputValueAsync();
        await visit.Page.Locator("#proof").FillAsync(proof.Replace("Sở Y tế tỉnh An Giang", "Sở Khác tỉnh An Giang", StringComparison.Ordinal));
        await visit.Page.Locator("#verifier form button[type=submit]").ClickAsync();
        await Expect(visit.Page.Locator("#verdict.alert-danger")).ToBeVisibleAsync();

        await visit.Go("/cua-toi/dong-y");
        await visit.Sees("Cổng thử của Sở Mẫu", "Nộp hồ sơ trực tuyến");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Rút lại đồng ý cho Cổng thử của Sở Mẫu" }).First.ClickAsync();
        await visit.Sees("đã rút");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();

        await visit.Press("Thoát");
        await using var ear = await browser.Open(town);
        await Expect(async () => Assert.Contains(told.GetProperty("claims").GetProperty("sub").GetString()!, await Heard(ear.Page, port), StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(Screens))]
    public async Task The_pages_of_a_citizen_work_on_every_screen_with_and_without_a_script(int width, int height, bool script)
    {
        await town.OpenAccount(Family.MotherNumber, Password);
        await using var visit = await browser.Open(town, width, height, script);
        await visit.Go("/vao");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await ByPassword(visit);
        foreach (var path in new[] { "/cua-toi", "/cua-toi/bao-mat", "/cua-toi/ai-da-xem", "/cua-toi/yeu-cau", "/cua-toi/dong-y", "/mo-tai-khoan", "/dung-doi-so", "/hop-thu", "/vao/xac-nhan-them" })
        {
            await visit.Go(path);
            await visit.FitsTheScreen();
            await visit.IsOpenToEverybody();
        }

        await StepUp(visit);
        await visit.Go("/cua-toi/ban-sao");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Go("/cua-toi/lam-thay");
        await visit.Sees("Bạn có thể làm thay", "Giấy ủy quyền bạn đã cho");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }

    [Fact]
    public async Task Every_form_of_a_citizens_page_can_be_sent()
    {
        await town.OpenAccount(Family.MotherNumber, Password);
        await using var visit = await browser.Open(town);
        await visit.Go("/vao");
        await ByPassword(visit);
        foreach (var path in new[] { "/cua-toi", "/cua-toi/bao-mat", "/cua-toi/dong-y", "/cua-toi/yeu-cau", "/vao", "/mo-tai-khoan", "/dang-nhap" })
        {
            await visit.Go(path);
            await Assertions.Expect(visit.Page.Locator("form[method=post]:not(:has(input[name=__RequestVerificationToken]))")).ToHaveCountAsync(0);
        }
    }

    private async Task<(string Client, string Key)> Register(int port, int width, int height)
    {
        await using var official = await browser.Open(town, width, height);
        await official.SignIn("tinhoc");
        await official.Go("/he-thong");
        await official.Page.GetByText("Đăng ký hệ thống mới").ClickAsync();
        foreach (var (id, text) in new[] { ("Name", "Cổng thử của Sở Mẫu"), ("Agreement", "TT-07/2026"), ("Contact", "0296 000 0001"), ("Redirects", $"http://localhost:{port}/ve"), ("Purposes", "Nộp hồ sơ trực tuyến"), ("BackChannel", $"http://localhost:{port}/thoat-nen") })
        {
            await official.Page.Locator("#" + id).FillAsync(text);
        }

        foreach (var field in new[] { "Được hỏi: Họ tên", "Được hỏi: Ngày, tháng, năm sinh", "Được hỏi: Điện thoại", "Người dân có thể bỏ: Điện thoại" })
        {
            await official.Page.GetByLabel(field, new() { Exact = true }).CheckAsync();
        }

        await official.Page.Locator("#Agency").SelectOptionAsync("Sở Y tế tỉnh An Giang");
        await official.Page.Locator("#Level").SelectOptionAsync("2");
        await official.FitsTheScreen();
        await official.IsOpenToEverybody();
        await official.Press("Đăng ký hệ thống");
        await official.Sees("Đã đăng ký");
        await official.FitsTheScreen();
        return (await official.Page.Locator("#client-id").InnerTextAsync(), await official.Page.Locator("#client-key").InnerTextAsync());
    }

    private async Task MakePasskey(Visit visit)
    {
        await ByPassword(visit);
        await StepUp(visit);
        await visit.Go("/cua-toi/bao-mat");
        await visit.Press("Thêm khóa trên máy này");
        await Expect(visit.Part("Khóa truy cập").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }

    internal static Task ByPassword(Visit visit) => ByPassword(visit, Family.MotherNumber, Family.Mother);

    internal static async Task ByPassword(Visit visit, string number, string name)
    {
        await visit.Go("/vao");
        await visit.Page.Locator("#number").FillAsync(number);
        await visit.Press("Tiếp tục");
        await visit.Page.GetByText("Dùng mật khẩu").ClickAsync();
        await visit.Page.Locator("#password").FillAsync(Password);
        await visit.Press("Đăng nhập công dân");
        await visit.Sees(name);
    }

    /// <summary>By the code that would have gone to the telephone.</summary>
    internal static async Task StepUp(Visit visit)
    {
        await visit.Go("/vao/xac-nhan-them?ReturnUrl=/cua-toi");
        await visit.Press("Gửi mã đến điện thoại đã đăng ký");
        await Expect(visit.Page.Locator("#code")).ToBeVisibleAsync();
        var form = await visit.Page.Context.NewPageAsync();
        await form.GotoAsync("/hop-thu");
        var message = await form.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "ma cua ban la" }).First.InnerTextAsync();
        await form.CloseAsync();
        await visit.Page.Locator("#code").FillAsync(System.Text.RegularExpressions.Regex.Match(message, "ma cua ban la ([0-9]{6})").Groups[1].Value);
        await visit.Press("Tiếp tục");
        await visit.Sees(Family.Mother);
    }

    /// <summary>A device that has a passkey for whoever uses it, and gives it whenever a page asks, until it is told that nobody is at hand.</summary>
    internal static async Task<Func<bool, Task>> Authenticator(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var made = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
        var id = made!.Value.GetProperty("authenticatorId").GetString()!;
        return enabled => session.SendAsync("WebAuthn.setAutomaticPresenceSimulation", new() { ["authenticatorId"] = id, ["enabled"] = enabled });
    }

    private static async Task<string> Heard(IPage page, int port)
    {
        await page.GotoAsync($"http://localhost:{port}/da-nghe");
        return await page.Locator("body").InnerTextAsync();
    }

    /// <summary>What another process does soon is looked at until it is so.</summary>
    private static async Task Expect(Func<Task> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                await holds();
                return;
            }
            catch (Xunit.Sdk.XunitException) when (!patience.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
