using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>Which commune is it today, and which was it before?</summary>
public sealed class PlaceJourneys(Town town, Browser browser)
{
    [Theory, ClassData(typeof(Desks))]
    public async Task A_commune_is_opened_on_the_map_and_leads_to_those_it_came_from(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("lanhdao");
        await visit.Page.Link("Địa bàn").First.ClickAsync();
        await visit.Sees("Tỉnh An Giang", "102 đơn vị hành chính cấp xã");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        // The tile says how many live there, in figures and by its shade.
        var tile = visit.Page.Locator(".so-map").GetByRole(AriaRole.Link, new() { NameRegex = new("^" + Family.CommuneToday + ": \\d+ người$") });
        await Expect(tile.Locator(".so-figure")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[1-9]"));
        Assert.Contains("so-step-", await tile.GetAttributeAsync("class"), StringComparison.Ordinal);
        await tile.ClickAsync();
        await visit.Sees("Xã Vĩnh Trường, Huyện An Phú, Tỉnh An Giang", "01/07/2025", "Nghị quyết 1654/NQ-UBTVQH15");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Page.Link("Thị trấn Đa Phước").ClickAsync();
        await visit.Sees("Thị trấn Đa Phước", "30/06/2025");
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task An_old_name_tells_where_the_place_belongs_today(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Go("/dia-ban");
        await visit.Page.Locator("#ten").FillAsync("vinh truong");
        await visit.Page.Locator("#ten").PressAsync("Enter");
        await visit.Sees("Xã Vĩnh Trường, Huyện An Phú, Tỉnh An Giang", "đến 30/06/2025", "nay thuộc Xã Vĩnh Hậu");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Page.Link("Xã Vĩnh Trường, Huyện An Phú").First.ClickAsync();
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Xã Vĩnh Trường");
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task The_province_of_another_day_is_asked_for_as_people_write_dates(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Go("/dia-ban");
        await Expect(visit.Page.Locator("#ngay")).ToHaveValueAsync("24/11/2026");
        await visit.Page.Locator("#ngay").FillAsync("12/4/2022");
        await visit.Page.Locator("#ngay").PressAsync("Enter");
        await visit.Sees("156 đơn vị hành chính cấp xã", "Theo địa giới ngày 12/04/2022", "Huyện An Phú");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Page.Locator("#ngay").FillAsync("31/02/2022");
        await visit.Page.Locator("#ngay").PressAsync("Enter");
        await visit.Sees("Không đọc được ngày «31/02/2022»");
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task The_chairman_sees_the_people_of_his_province_as_a_pyramid_whose_bars_are_drawn(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("lanhdao");
        await visit.Go("/dia-ban");
        await visit.Page.Link("Dân số và tháp tuổi").ClickAsync();
        await visit.Sees("Dân số Tỉnh An Giang", "Xã Vĩnh Hậu");
        Assert.True(await visit.Page.Locator(".so-pyramid rect").EvaluateAllAsync<bool>("bars => bars.some(b => b.getBoundingClientRect().width > 20)"));
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }

    [Fact]
    public async Task A_divided_commune_says_that_the_choice_is_open()
    {
        await using var visit = await browser.Open(town);
        await visit.SignIn("canbo");
        await visit.Go("/dia-ban/30334");
        await visit.Sees("địa bàn này đã chia cho nhiều đơn vị", "Phường Vĩnh Tế", "Phường Châu Đốc");
        await visit.IsOpenToEverybody();
        await visit.Go("/dia-ban/99999");
        await visit.Sees("Không tìm thấy", "Không có đơn vị hành chính nào mang mã 99999");
    }
}
