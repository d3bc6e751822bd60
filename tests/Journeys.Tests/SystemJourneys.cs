using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>One official registers a system that reads by itself and proposes its agreement; another approves it.</summary>
public sealed class SystemJourneys(Town town, Browser browser)
{
    [Theory, ClassData(typeof(Desks))]
    public async Task A_system_that_reads_by_itself_is_registered_proposed_and_approved_by_two_officials(int width, int height, bool scripts)
    {
        var name = $"Hệ thống {(scripts ? "có" : "không")} kịch bản {width}";
        await using var it = await browser.Open(town, width, height, scripts);
        await it.SignIn("tinhoc");
        await it.Go("/he-thong");
        await it.Page.GetByText("Đăng ký hệ thống mới").ClickAsync();
        foreach (var (id, text) in new[] { ("Name", name), ("Agreement", "TT-08/2026"), ("Contact", "0296 000 0001"), ("Purposes", "Giải quyết hồ sơ") })
        {
            await it.Page.Locator("#" + id).FillAsync(text);
        }

        await it.Page.Locator("#Agency").SelectOptionAsync("Sở Y tế tỉnh An Giang");
        await it.Press("Đăng ký hệ thống");
        await it.Sees("Đã đăng ký");
        await it.Page.Link(name).ClickAsync();
        await it.Sees("Chưa có thỏa thuận tự tra cứu.");
        await it.Page.GetByText("Đề nghị cho tự tra cứu").ClickAsync();
        await it.FitsTheScreen();
        await it.IsOpenToEverybody();
        await it.Page.Locator("#Agreement").FillAsync("TT-08/2026");
        await it.Page.Locator("#p-one-stop").CheckAsync();
        await it.Page.Locator("#c-identity").CheckAsync();
        await it.Page.Locator("#Until").FillAsync("2027-06-30");
        await it.Press("Gửi để duyệt");
        await it.Sees("Hãy chọn toàn tỉnh, hoặc ghi mã các xã, phường");
        await it.FitsTheScreen();
        await Expect(it.Page.Locator("#p-one-stop")).ToBeCheckedAsync();
        await it.Page.Locator("#WholeProvince").CheckAsync();
        await it.Press("Gửi để duyệt");
        await Expect(it.Part("Tự tra cứu")).ToContainTextAsync("Chờ duyệt");
        await it.FitsTheScreen();
        await it.IsOpenToEverybody();

        await using var leader = await browser.Open(town, width, height, scripts);
        await leader.SignIn("lanhdao");
        await leader.Go("/he-thong-cho-duyet");
        await leader.FitsTheScreen();
        await leader.IsOpenToEverybody();
        await leader.Page.GetByRole(AriaRole.Button, new() { Name = $"Duyệt cho hệ thống {name}", Exact = true }).ClickAsync();
        await Expect(leader.Page.GetByText(name)).ToHaveCountAsync(0);
        await it.Page.ReloadAsync();
        await Expect(it.Part("Tự tra cứu")).ToContainTextAsync("Đang có hiệu lực");
    }
}
