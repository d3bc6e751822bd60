using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>An official says once what he is working on, and everything he reads is read for that.</summary>
public sealed class WorkJourneys(Town town, Browser browser)
{
    private static string NewCode => $"H{Guid.NewGuid():N}"[..10];

    [Theory, ClassData(typeof(Desks))]
    public async Task Who_works_on_nothing_is_asked_once_what_he_does_and_goes_on_to_what_he_sought(int width, int height, bool script)
    {
        await town.BeginAnew("tinhoc");
        var code = NewCode;
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("tinhoc");
        await Expect(visit.Page.Locator("#text")).ToBeVisibleAsync();
        await visit.Page.Locator("#text").FillAsync("tran thi thu nghiem");
        await visit.Page.Locator("#text").PressAsync("Enter");
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Việc đang làm");
        await visit.Sees("Hãy cho biết bạn đang làm việc gì rồi đi tiếp");
        Assert.DoesNotContain("nghiem", visit.Page.Url, StringComparison.OrdinalIgnoreCase);
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Page.Locator("#purpose").SelectOptionAsync("residence");
        await visit.Page.Locator("#reference").FillAsync(code);
        await visit.Page.Locator("#reference").PressAsync("Enter");

        // The people he sought, and above them what he works on.
        await visit.Page.Link(Family.Mother).ClickAsync();
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync(Family.Mother);
        await Expect(visit.Page.Locator(".so-work")).ToContainTextAsync(code);
        await Expect(visit.Page.Locator(".so-work")).ToContainTextAsync("Đăng ký, quản lý cư trú");
        Assert.Equal(("residence", code), await town.LastReason(Family.MotherNumber));
        await visit.Sees("Việc đang làm không cho xem: tôn giáo, nhóm máu");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();

        // Done: the next record asks anew.
        await visit.Page.Locator(".so-work").GetByRole(AriaRole.Button, new() { Name = "Xong việc" }).ClickAsync();
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Việc đang làm");
        await Expect(visit.Page.Locator(".so-work")).ToHaveCountAsync(0);
        await visit.Go("/tra-cuu");
        await Expect(visit.Page.Locator("#reference")).ToBeVisibleAsync();
        await visit.Page.Locator("#reference").FillAsync(code);
        await visit.Page.Locator("#reference").PressAsync("Enter");
        await visit.Sees("Hồ sơ này đã xong");
        // What he did last is chosen already.
        await Expect(visit.Page.Locator("#purpose")).ToHaveValueAsync("residence");
        await town.TakeUp("tinhoc");
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task One_click_goes_on_with_yesterdays_work_and_another_changes_it(int width, int height, bool script)
    {
        await town.BeginAnew("tinhoc");
        var (first, second) = (NewCode, NewCode);
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("tinhoc");
        foreach (var code in new[] { first, second })
        {
            await visit.Go("/viec");
            await Begin(visit, code);
            await Expect(visit.Page.Locator(".so-work")).ToContainTextAsync(code);
        }

        await visit.Go("/tra-cuu");
        await visit.Page.Locator(".so-work").Link("Đổi việc").ClickAsync();
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Press($"Làm tiếp {first}");
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Tra cứu người");
        await Expect(visit.Page.Locator(".so-work")).ToContainTextAsync(first);
        await visit.Go("/viec");
        await visit.Press($"Xong việc {second}");
        await Expect(visit.Page.Locator("#open")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText(second)).ToHaveCountAsync(0);
        await town.TakeUp("tinhoc");
    }

    [Fact]
    public async Task The_way_back_leads_nowhere_but_into_this_house()
    {
        await town.BeginAnew("tinhoc");
        await using var visit = await browser.Open(town);
        await visit.SignIn("tinhoc");
        foreach (var away in new[] { "//vi-du.invalid/lua", "https://vi-du.invalid", "/\\vi-du.invalid" })
        {
            await visit.Go("/viec?ve=" + Uri.EscapeDataString(away));
            var code = NewCode;
            await Begin(visit, code);
            await Expect(visit.Page.Locator(".so-work")).ToContainTextAsync(code);
            Assert.StartsWith(town.Address + "/viec", visit.Page.Url, StringComparison.Ordinal);
        }

        await town.TakeUp("tinhoc");
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task In_an_emergency_one_asks_and_another_agrees_and_the_first_reads_for_it(int width, int height, bool script)
    {
        var why = $"Có người ngất ở chợ {NewCode}, chưa rõ là ai";
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("tinhoc");
        await visit.Go("/viec");
        await visit.Page.Link("Khẩn cấp").ClickAsync();
        await visit.Page.Locator("#why").FillAsync("gấp");
        await visit.Press("Đề nghị");
        await visit.Sees("Hãy ghi rõ chuyện gì đã xảy ra");
        await visit.Page.Locator("#why").FillAsync(why);
        await visit.Page.Locator("#number").FillAsync(Family.MotherNumber);
        await visit.Press("Đề nghị");
        await visit.Sees(why, "Chờ người thứ hai");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();

        await using var other = await browser.Open(town, width, height, script);
        await other.SignIn("lanhdao");
        await other.Page.Link("đề nghị xem khẩn cấp").ClickAsync();
        await other.Sees(why, "Lê Văn Nghiệm");
        await other.FitsTheScreen();
        await other.IsOpenToEverybody();
        await other.Page.Locator("li").Filter(new() { HasText = why }).GetByRole(AriaRole.Button, new() { Name = "Đồng ý", Exact = true }).ClickAsync();
        await Expect(other.Page.Locator("li").Filter(new() { HasText = why })).ToHaveCountAsync(0);

        await visit.Go("/viec");
        await visit.Page.Locator("li").Filter(new() { HasText = "KC-" }).First.GetByRole(AriaRole.Button, new() { Name = "Làm tiếp" }).ClickAsync();
        await Expect(visit.Page.Locator(".so-work")).ToContainTextAsync("Tình huống khẩn cấp");
        await visit.Ask(Family.MotherNumber);
        await visit.Page.Link(Family.Mother).ClickAsync();
        await visit.Sees("Hộ gia đình");
        Assert.Equal("emergency", (await town.LastReason(Family.MotherNumber)).Purpose);
        await town.BeginAnew("tinhoc");
        await town.TakeUp("tinhoc");
    }

    private static async Task Begin(Visit visit, string code)
    {
        await visit.Page.Locator("#purpose").SelectOptionAsync("residence");
        await visit.Page.Locator("#reference").FillAsync(code);
        await visit.Press("Bắt đầu");
    }
}
