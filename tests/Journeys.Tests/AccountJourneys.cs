using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>Accounts of those who cannot open one alone, on a phone and at the counter.</summary>
public sealed class AccountJourneys(Town town, Browser browser)
{
    [Theory, InlineData(390, 844, true), InlineData(390, 844, false)]
    public async Task A_mother_opens_an_account_for_her_child_and_the_counter_asks_who_came_with_it(int width, int height, bool script)
    {
        var ((small, smallNumber), (child, number)) = (await town.ChildOfTheFamily(3), await town.ChildOfTheFamily(8));
        await using var visit = await Mother(width, height, script);
        await visit.Go("/cua-toi/lam-thay");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Press($"Mở tài khoản mức 1 cho {small}");
        await Expect(visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = small })).ToContainTextAsync("Định danh mức 1 · bạn đại diện");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();

        await using var clerk = await browser.Open(town, width, height, script);
        await clerk.SignIn("canbo");
        await Look(clerk, smallNumber);
        await clerk.Sees("Chưa đủ 6 tuổi: chỉ có tài khoản mức 1");
        await clerk.FitsTheScreen();
        await clerk.IsOpenToEverybody();
        await Look(clerk, number);
        await clerk.Sees(child, "Cha, mẹ hoặc người giám hộ đi cùng");
        await clerk.FitsTheScreen();
        await clerk.IsOpenToEverybody();
        await clerk.Page.Locator("#card").FillAsync(number);
        await clerk.Page.GetByLabel("Đã xem thẻ gốc").CheckAsync();
        await clerk.Page.GetByLabel("Đã so khuôn mặt với ảnh trên thẻ").CheckAsync();
        await clerk.Page.Locator("#representative").FillAsync(Family.MotherNumber);
        await clerk.Page.Locator("#representativeCard").FillAsync(Family.MotherNumber);
        await clerk.Press("Mở tài khoản mức 2");
        await clerk.Sees("Đã mở tài khoản mức 2", "Không có mã nào để đưa");
        await clerk.FitsTheScreen();
        await clerk.IsOpenToEverybody();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_head_registers_his_organisation_the_office_approves_and_he_acts_for_it(bool script)
    {
        var name = script ? "Công ty Mẫu Một" : "Công ty Mẫu Hai";
        await using var visit = await Mother(390, 844, script);
        await visit.Go("/cua-toi/to-chuc");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Page.Locator("#name").FillAsync(name);
        await visit.Page.Locator("#number").FillAsync(script ? "1600000901" : "1600000902");
        await visit.Page.Locator("#address").FillAsync("Số 1, đường Mẫu, phường Mẫu");
        await visit.Press("Gửi đăng ký");
        await visit.Sees("chờ duyệt", "Trả lời trước hết ngày");

        await using var office = await browser.Open(town, 390, 844, script);
        await office.SignIn("tinh");
        await office.Go("/to-chuc");
        await office.Sees(name, Family.Mother);
        var asked = office.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name });
        await asked.GetByText("Quyết định", new() { Exact = true }).ClickAsync();
        await office.FitsTheScreen();
        await office.IsOpenToEverybody();
        await asked.GetByLabel("Trả lời cho người đăng ký").FillAsync("Khớp đăng ký doanh nghiệp.");
        await asked.GetByRole(AriaRole.Button, new() { Name = "Duyệt tài khoản" }).ClickAsync();
        await office.Sees("Không có tổ chức nào chờ");
        await office.FitsTheScreen();
        await office.IsOpenToEverybody();

        await visit.Go("/cua-toi/to-chuc");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Press($"Kích hoạt {name}");
        await visit.Page.GetByText("Giao cho một người").First.ClickAsync();
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Press($"Làm thay {name}");
        await visit.Sees($"Bạn đang thay mặt {name}");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Press($"Thôi làm thay {name}");
        await Expect(visit.Page.GetByText("Bạn đang thay mặt")).ToHaveCountAsync(0);
    }

    private async Task<Visit> Mother(int width, int height, bool script)
    {
        await town.OpenAccount(Family.MotherNumber, IdentityJourneys.Password);
        var visit = await browser.Open(town, width, height, script);
        await IdentityJourneys.ByPassword(visit);
        await IdentityJourneys.StepUp(visit);
        return visit;
    }

    private static async Task Look(Visit clerk, string number)
    {
        await clerk.Go("/dinh-danh");
        await clerk.Page.Locator("#number").FillAsync(number);
        await clerk.Press("Tiếp tục");
    }
}
