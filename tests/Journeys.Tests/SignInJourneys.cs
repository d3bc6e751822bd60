using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>Coming in, being refused, and how the pages look to whom.</summary>
public sealed class SignInJourneys(Town town, Browser browser)
{
    [Theory, ClassData(typeof(Desks))]
    public async Task A_wrong_password_is_told_and_the_right_one_leads_to_the_first_page(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.Go("/");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.SignIn("canbo", "mat-khau-sai");
        await visit.Sees("Tên đăng nhập hoặc mật khẩu không đúng.");
        await Expect(visit.Page.Locator("#account")).ToHaveValueAsync("canbo");
        await visit.IsOpenToEverybody();
        await visit.SignIn("canbo");
        await visit.Sees("Sổ gốc dân cư tỉnh An Giang");
        await Expect(visit.Page.Locator("#text")).ToBeFocusedAsync();
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task A_leader_sees_no_door_that_is_closed_to_him_and_a_clear_refusal_behind_it(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("lanhdao");
        await Expect(visit.Page.Link("Địa bàn").First).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("a[href='/tra-cuu'], a[href='/nhap'], #text")).ToHaveCountAsync(0);
        foreach (var closed in new[] { "/tra-cuu", "/nhap", "/nguoi/00000000-0000-0000-0000-000000000001" })
        {
            await visit.Go(closed);
            await visit.Sees("Bạn không có quyền làm việc này", "Hãy hỏi người quản trị của cơ quan", "Phạm Thị Minh Họa");
        }

        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Page.Link("Về trang đầu").ClickAsync();
        await visit.Sees("Sổ gốc dân cư tỉnh An Giang");
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task When_the_session_has_ended_signing_in_again_leads_to_the_same_page(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Ask("tran thi thu nghiem");
        await Expect(visit.Page.Link(Family.Mother)).ToBeVisibleAsync();
        await town.EndAllSessions();
        await visit.Page.Link(Family.Mother).ClickAsync();
        await visit.Sees("Phiên làm việc đã hết");
        await visit.SignIn("canbo");
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync(Family.Mother);
        // A form that was sent too late: its page at least is there again.
        await visit.Go("/tra-cuu");
        await town.EndAllSessions();
        await visit.Page.Locator("#text").FillAsync("tran thi thu nghiem");
        await visit.Page.Locator("#text").PressAsync("Enter");
        await visit.SignIn("canbo");
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Tra cứu người");
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task Language_colours_and_size_of_type_are_chosen_at_the_foot_and_remembered(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Ask(Family.MotherNumber);
        await visit.Page.Link(Family.Mother).ClickAsync();
        await visit.Press("Nền tối");
        await Expect(visit.Page.Locator("html[data-bs-theme=dark]")).ToHaveCountAsync(1);
        await visit.Press("Chữ lớn");
        await Expect(visit.Page.Locator("html.so-large")).ToHaveCountAsync(1);
        await visit.FitsTheScreen();
        await visit.Press("English");
        // The same person, in English, dark and large.
        await visit.Sees(Family.Mother, "aged 65", "Household", "Husband");
        await Expect(visit.Page.Locator("html[lang=en][data-bs-theme=dark].so-large")).ToHaveCountAsync(1);
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        foreach (var path in new[] { "/", "/tra-cuu", "/dia-ban", "/dia-ban/30367", "/nhap", "/kiem-chung", "/khong-co" })
        {
            await visit.Go(path);
            await visit.FitsTheScreen();
        }

        await visit.Press("Tiếng Việt");
        await visit.Sees("Không tìm thấy");
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task An_official_signs_out_from_the_menu_of_his_name(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Page.GetByText("Trần Thị Thử").First.ClickAsync();
        await Expect(visit.Page.Locator(".so-who")).ToContainTextAsync("UBND");
        await visit.IsOpenToEverybody();
        await visit.Press("Đăng xuất");
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Đăng nhập");
        await visit.Go("/tra-cuu");
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Đăng nhập");
    }

    [Fact]
    public async Task The_page_that_verifies_proofs_is_open_to_everybody_signed_in_or_not()
    {
        await using var visit = await browser.Open(town, 390, 844);
        await visit.Go("/kiem-chung");
        await Expect(visit.Page.Locator("#proof")).ToBeVisibleAsync();
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }

    [Fact]
    public async Task A_page_that_is_not_there_says_so_and_what_to_do()
    {
        await using var visit = await browser.Open(town);
        await visit.SignIn("canbo");
        await visit.Go("/khong-co");
        await visit.Sees("Không tìm thấy", "Hãy kiểm tra lại địa chỉ");
        await visit.IsOpenToEverybody();
        await visit.Go("/nguoi/00000000-0000-0000-0000-000000000000");
        await visit.Sees("Không có người này trong sổ.");
        await visit.Go("/nhap/00000000-0000-0000-0000-000000000000");
        await visit.Sees("Không có danh sách này.");
    }
}
