using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace SoGoc.Journeys.Tests;

/// <summary>The portal on a telephone: how much comes over the wire, and what hasty hands do.</summary>
public sealed partial class PhoneJourneys(Town town, Browser browser)
{
    /// <summary>Bytes over the wire of a page that nothing is known of yet.</summary>
    private const long Most = 150_000;

    /// <summary>Opt-in: a file (by its whole path) into which the time until each page can be used is written, at 400 kbit/s both ways and 400 ms for each trip.</summary>
    private static readonly string? Slow = Environment.GetEnvironmentVariable("SOGOC_SLOW");

    [Fact]
    public async Task No_page_of_the_portal_weighs_more_than_a_slow_telephone_can_carry()
    {
        var (_, number, _, name) = await town.Pair();
        await town.OpenAccount(number, IdentityJourneys.Password);
        await using var citizen = await browser.Open(town, 390, 844);
        await IdentityJourneys.ByPassword(citizen, number, name);
        await town.ShowSecondFactor(number);
        var code = await HandIn(citizen);
        var wire = await citizen.Page.Context.NewCDPSessionAsync(citizen.Page);
        var (bytes, parts) = (0L, 0);
        wire.Event("Network.loadingFinished").OnEvent += (_, e) =>
        {
            Interlocked.Add(ref bytes, (long)e!.Value.GetProperty("encodedDataLength").GetDouble());
            Interlocked.Increment(ref parts);
        };
        await wire.SendAsync("Network.enable");
        if (Slow is not null)
        {
            await wire.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 400, ["downloadThroughput"] = 50_000, ["uploadThroughput"] = 50_000 });
        }

        var lines = new StringBuilder();
        foreach (var (page, path) in new[] { ("start", "/dich-vu"), ("search", "/dich-vu?tim=lam%20giay%20khai%20sinh"), ("occasion of life", "/dich-vu?dip=child"), ("service", "/dich-vu/AG.09"), ("form of a birth", "/dich-vu/AG.09/nop?luc=4102444800000"), ("sign-in", "/vao"), ("my files", "/cua-toi/ho-so"), ("a file", $"/cua-toi/ho-so/{code}"), ("my papers", "/cua-toi/kho"), ("tracking", "/tra-cuu-ho-so") })
        {
            await wire.SendAsync("Network.clearBrowserCache");
            (bytes, parts) = (0, 0);
            // Half a second without a part is long for a fast network and short for a slow one: all of it has come when the letters have.
            await citizen.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
            await citizen.Page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
            await citizen.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            Assert.True(Interlocked.Read(ref bytes) is > 5_000 and <= Most, $"{path}: {bytes} bytes");
            var times = await citizen.Page.EvaluateAsync<double[]>("() => [performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd, performance.getEntriesByType('navigation')[0].loadEventEnd]");
            lines.AppendLine(CultureInfo.InvariantCulture, $"| {page} | {bytes / 1000.0:0} KB in {parts} | {Math.Max(times[0], times[1]) / 1000:0.0} s | {times[2] / 1000:0.0} s |");
        }

        if (Slow is not null)
        {
            await File.WriteAllTextAsync(Slow, lines.ToString());
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_double_click_is_one_file_and_the_browsers_button_leads_back_to_it(bool script)
    {
        var (_, number, _, name) = await town.Pair();
        await town.OpenAccount(number, IdentityJourneys.Password);
        await using var citizen = await browser.Open(town, 390, 844, script);
        await IdentityJourneys.ByPassword(citizen, number, name);
        await town.ShowSecondFactor(number);
        await Fill(citizen);
        await citizen.Page.GetByRole(AriaRole.Button, new() { Name = "Nộp hồ sơ", Exact = true }).DblClickAsync();
        await citizen.Sees("Mới đăng ký");
        var file = new Uri(citizen.Page.Url).AbsolutePath;
        Assert.Equal(1, await town.FilesOf(number));
        await citizen.Page.GoBackAsync();
        await citizen.Sees("Mới đăng ký");
        Assert.Equal(file, new Uri(citizen.Page.Url).AbsolutePath);
        // Another one is begun by the page of the service.
        await citizen.Page.GotoAsync("/dich-vu/1.003677");
        await citizen.Page.Link("Nộp hồ sơ").ClickAsync();
        await citizen.Sees("Sổ gốc đã biết");
        Assert.Equal(1, await town.FilesOf(number));
    }

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task Who_is_signed_out_in_the_middle_of_a_form_signs_in_and_goes_on_with_what_he_had_typed(int width, int height, bool script)
    {
        var (_, number, _, name) = await town.Pair();
        await town.OpenAccount(number, IdentityJourneys.Password);
        await using var citizen = await browser.Open(town, width, height, script);
        await IdentityJourneys.ByPassword(citizen, number, name);
        await Fill(citizen);
        await town.EndSessions(number);
        await citizen.Press("Nộp hồ sơ");
        await citizen.Page.Locator("#number").FillAsync(number);
        await citizen.Press("Tiếp tục");
        await citizen.Page.GetByText("Dùng mật khẩu").ClickAsync();
        await citizen.Page.Locator("#password").FillAsync(IdentityJourneys.Password);
        await citizen.Press("Đăng nhập công dân");
        await citizen.Sees("Phiên làm việc đã hết lúc bạn gửi");
        await Assertions.Expect(citizen.Page.Locator("#f-where")).ToHaveValueAsync("Tỉnh Mẫu");
        await citizen.FitsTheScreen();
        await citizen.IsOpenToEverybody();
        await citizen.Press("Nộp hồ sơ");
        await citizen.Sees("Mới đăng ký");
        Assert.Equal(1, await town.FilesOf(number));
    }

    private async Task Fill(Visit citizen)
    {
        await citizen.Go("/dich-vu/1.003677");
        await citizen.Page.Link("Nộp hồ sơ").ClickAsync();
        await citizen.Page.Locator("#f-where").FillAsync("Tỉnh Mẫu");
        await citizen.Page.Locator("#f-phone").FillAsync("0900 000 456");
        await citizen.Page.Locator("#f-reason").SelectOptionAsync("other");
        await citizen.Page.Locator("#f-from").FillAsync($"{town.Today.AddDays(3):dd/MM/yyyy}");
        await citizen.Page.Locator("#f-until").FillAsync($"{town.Today.AddYears(2):dd/MM/yyyy}");
    }

    private async Task<string> HandIn(Visit citizen)
    {
        await Fill(citizen);
        await citizen.Press("Nộp hồ sơ");
        await citizen.Sees("Mới đăng ký");
        return Code().Match(await citizen.Page.Locator("#noi-dung").InnerTextAsync()).Value;
    }

    [GeneratedRegex("H01[.0-9A-Z]*-[0-9]{6}-[0-9]{4}")]
    private static partial Regex Code();
}
