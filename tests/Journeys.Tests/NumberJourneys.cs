using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>Numbers: how many are left, and one for an older person who has none.</summary>
public sealed class NumberJourneys(Town town, Browser browser)
{
    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task A_leader_sees_from_the_province_how_many_numbers_are_left_and_for_how_long(int width, int height, bool script)
    {
        await town.NumbersGiven("091326", 900_001, days: 300);
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("lanhdao");
        await visit.Go("/dia-ban");
        await visit.Page.Link("Kho số định danh").ClickAsync();
        await visit.Sees("Kho số định danh", "Tỉnh Kiên Giang (mã 091)", "Nữ\u00a02026", "091\u00a0326", "dưới 10 %", "Không đủ: với nhịp này hết số vào khoảng 12/2026", "12 tháng qua sổ này không cấp số nào");
        await Looks(visit);
        await visit.Page.Locator("#ma").SelectOptionAsync("079");
        await visit.Page.Locator("#tu").FillAsync("1962");
        await visit.Page.Locator("#den").FillAsync("1961");
        await visit.Press("Xem");
        await visit.Sees("Hãy chọn nhiều nhất 20 năm sinh, từ 1900 đến 2026.");
        await Expect(visit.Page.Locator("#tu")).ToHaveValueAsync("1962");
        await Looks(visit);
        await visit.Page.Locator("#den").FillAsync("1962");
        await visit.Press("Xem");
        await visit.Sees("Thành phố Hồ Chí Minh (mã 079)", "Nữ\u00a01962", "079\u00a0162");
    }

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task An_older_person_without_a_number_gets_one_from_the_police_on_her_own_page(int width, int height, bool script)
    {
        var (id, name) = await town.Numberless();
        await using (var clerk = await browser.Open(town, width, height, script))
        {
            await clerk.SignIn("canbo");
            await clerk.Go($"/nguoi/{id}");
            await clerk.Sees(name, "chưa có số");
            await Expect(clerk.Page.GetByRole(AriaRole.Button, new() { Name = "Cấp số định danh" })).ToHaveCountAsync(0);
        }

        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("congan");
        await visit.Go($"/nguoi/{id}");
        await Looks(visit);
        await visit.Press("Cấp số định danh");
        await visit.Sees("Sổ gốc biết", name, "Có thể đã có trong sổ", "Khả năng là cùng một người");
        await Looks(visit);
        await visit.Page.Locator("#placeCode").SelectOptionAsync("089");
        await visit.Page.Locator("#paper").FillAsync("Giấy khai sinh số 12, UBND xã Mẫu");
        await visit.Page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await visit.Page.Locator("#notSame").FillAsync("Đã gặp cả hai người");
        await visit.Press("Cấp số định danh");
        await visit.Sees($"Đã cấp số định danh cho {name}.", "Thông báo số định danh cá nhân", "089162");
        await Looks(visit);
        await visit.Page.Link("Về hồ sơ người này").Last.ClickAsync();
        await visit.Sees(name, "089162");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cấp số định danh" })).ToHaveCountAsync(0);
        Assert.Empty(await town.Differences());
    }

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }
}
