using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>A file of the one-stop shop through the pages: the citizen, the office, and the citizen again.</summary>
public sealed partial class ServiceJourneys(Town town, Browser browser)
{
    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task An_absence_is_declared_at_home_decided_by_the_police_and_its_result_opened_and_rated(int width, int height, bool script)
    {
        var (_, number, _, name) = await town.Pair();
        await town.OpenAccount(number, IdentityJourneys.Password);
        await using var citizen = await browser.Open(town, width, height, script);
        await citizen.Go("/dich-vu");
        await Looks(citizen);
        await citizen.Page.Locator("#tim").FillAsync("di lam xa");
        await citizen.Press("Tìm");
        await Looks(citizen);
        await citizen.Page.Link("Khai báo tạm vắng").First.ClickAsync();
        await citizen.Sees("Không phải nộp", "Không mất phí", "Công an xã");
        await Looks(citizen);
        await IdentityJourneys.ByPassword(citizen, number, name);
        await citizen.Go("/dich-vu/1.003677");
        await citizen.Page.Link("Nộp hồ sơ").ClickAsync();
        // What the register knows stands there; what was typed stays when something is wrong.
        await citizen.Sees("Sổ gốc đã biết", name, number);
        await Looks(citizen);
        await citizen.Page.Locator("#f-where").FillAsync("Tỉnh Mẫu");
        await citizen.Page.Locator("#f-phone").FillAsync("0900 000 456");
        await citizen.Page.Locator("#f-reason").SelectOptionAsync("other");
        await citizen.Page.Locator("#f-until").FillAsync($"{town.Today.AddYears(2):dd/MM/yyyy}");
        await citizen.Page.Locator("#f-from").FillAsync("31/02/2027");
        await citizen.Press("Nộp hồ sơ");
        await citizen.Sees("hãy ghi ngày, tháng, năm");
        await Expect(citizen.Page.Locator("#f-where")).ToHaveValueAsync("Tỉnh Mẫu");
        await Looks(citizen);
        await citizen.Page.Locator("#f-from").FillAsync($"{town.Today.AddDays(3):dd/MM/yyyy}");
        await citizen.Press("Lưu, làm tiếp sau");
        await citizen.Sees("Đã lưu", "Đang làm dở");
        await Looks(citizen);
        await citizen.Page.Link("Làm tiếp").First.ClickAsync();
        await citizen.Sees("Đây là những gì bạn đã điền lần trước.");
        await citizen.Press("Nộp hồ sơ");
        await citizen.Sees("sẽ trả lời việc tiếp nhận trong 8 giờ làm việc", "Mới đăng ký");
        await Looks(citizen);
        var code = Code().Match(await citizen.Page.Locator("#noi-dung").InnerTextAsync()).Value;

        await Dealt(code, name, width, height, script);
        await Tracked(citizen, code, number);
        await town.Decide(code, number);
        await citizen.Go($"/cua-toi/ho-so/{code}");
        await citizen.Press("Xem kết quả");
        await citizen.Sees("Đã trả kết quả", "Việc tạm vắng");
        await Looks(citizen);
        await citizen.Page.Locator("button[name=Stars][value='5']").ClickAsync();
        await citizen.Sees("Người dân đánh giá");
    }

    /// <summary>The police receives it, and begins the act with what the citizen has told.</summary>
    private async Task Dealt(string code, string name, int width, int height, bool script)
    {
        await using var police = await browser.Open(town, width, height, script);
        await police.SignIn("congan");
        await police.Go("/mot-cua");
        await Looks(police);
        await police.Go($"/mot-cua/{code}");
        await police.Sees("Tỉnh Mẫu", name);
        await Looks(police);
        await police.Press("Tiếp nhận");
        await police.Sees("Được tiếp nhận", "giờ làm việc");
        await police.Press("Nhận xử lý");
        await police.Press("Lập việc");
        await police.Sees([name, .. script ? Array.Empty<string>() : ["Việc này đã bắt đầu"]]);
    }

    /// <summary>Without an account one sees how far it is, and a guess learns nothing.</summary>
    private static async Task Tracked(Visit citizen, string code, string number)
    {
        await citizen.Go("/tra-cuu-ho-so");
        await Looks(citizen);
        await citizen.Page.Locator("#code").FillAsync(code);
        await citizen.Page.Locator("#last").FillAsync("0000");
        await citizen.Press("Xem");
        await citizen.Sees("Không thấy hồ sơ khớp");
        await citizen.Page.Locator("#last").FillAsync(number[^4..]);
        await citizen.Press("Xem");
        await citizen.Sees("Đang xử lý", "Công an");
    }

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task A_file_is_taken_in_at_the_counter_from_a_card_and_the_receipt_printed(int width, int height, bool script)
    {
        await using var clerk = await browser.Open(town, width, height, script);
        await clerk.SignIn("canbo");
        await clerk.Go("/mot-cua/tiep-nhan");
        await clerk.Page.Locator("#tim").FillAsync("sang ten dong ho dien");
        await clerk.Press("Tìm");
        await Looks(clerk);
        await clerk.Page.Link("Thay đổi chủ thể hợp đồng mua bán điện").First.ClickAsync();
        await clerk.Page.Locator("#number").FillAsync("089190999999");
        await clerk.Press("Làm tiếp");
        await clerk.Sees("Không");
        await clerk.Page.Locator("#number").FillAsync(Family.MotherNumber + "||" + Family.Mother + "|01011990|Nữ||");
        await clerk.Press("Làm tiếp");
        await clerk.Sees("Sổ gốc đã biết", Family.Mother);
        await Looks(clerk);
        foreach (var choice in await clerk.Page.Locator("#noi-dung select").AllAsync())
        {
            await choice.SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Index = 1 });
        }

        foreach (var field in await clerk.Page.Locator("#noi-dung form .so-form input[required]").AllAsync())
        {
            await field.FillAsync(await field.GetAttributeAsync("placeholder") ?? (await field.GetAttributeAsync("inputmode") is not null ? "0900000456" : "Điều mẫu"));
        }

        // What was filled in stays when something is missing.
        await clerk.Press("Tiếp nhận, in giấy hẹn");
        await clerk.Sees("Hãy điền: Người đang đứng tên đồng ý");
        await clerk.Page.Locator("#f-formerAgrees").CheckAsync();
        await clerk.Press("Tiếp nhận, in giấy hẹn");
        await clerk.Sees("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Công ty Điện lực");
        await Looks(clerk);
    }

    [Fact]
    public async Task A_paper_is_photographed_at_home_without_script_and_one_of_the_counter_compared_beside_the_form_and_found_in_the_store()
    {
        var (_, number, _, name) = await town.Pair();
        await town.OpenAccount(number, IdentityJourneys.Password);
        await using var citizen = await browser.Open(town, 390, 844, false);
        await IdentityJourneys.ByPassword(citizen, number, name);
        await town.ShowSecondFactor(number);
        await citizen.Go("/dich-vu/3.000347/nop");
        await citizen.Page.Locator("#f-licenceNo").FillAsync("890123456789");
        var picture = await citizen.Page.ScreenshotAsync();
        await citizen.Page.GetByLabel("Chụp bằng điện thoại").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "kham.png", MimeType = "image/png", Buffer = picture });
        await citizen.Press("Tải giấy tờ lên");
        await citizen.Sees("kham.png", "chưa kiểm tra vi-rút", "Đây là những gì bạn đã điền lần trước.");
        await Expect(citizen.Page.Locator("#f-licenceNo")).ToHaveValueAsync("890123456789");
        await Looks(citizen);

        var code = await town.FileWithPaper(number, picture);
        await using var clerk = await browser.Open(town, 1366, 768);
        await clerk.SignIn("canbo");
        await clerk.Go($"/mot-cua/{code}");
        await clerk.Sees("Giấy tờ của hồ sơ", "cán bộ số hóa");
        await Looks(clerk);
        await clerk.Page.Link("lam-chung.png").First.ClickAsync();
        await Expect(clerk.Page.Locator("figure img")).ToHaveJSPropertyAsync("naturalWidth", 390);
        await Looks(clerk);
        await clerk.Press("Đã đối chiếu");
        await clerk.Sees("đã đối chiếu");
        await citizen.Go("/cua-toi/kho");
        await citizen.Sees("Giấy tờ đã được đối chiếu", "lam-chung.png", "Giấy tờ bạn tự tải lên", "kham.png");
        await Looks(citizen);
        await citizen.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Xóa kham.png" }).ClickAsync();
        await Expect(citizen.Page.GetByText("kham.png")).ToHaveCountAsync(0);
    }

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }

    [GeneratedRegex("H01\\.[0-9]{5}-[0-9]{6}-[0-9]{4}")]
    private static partial Regex Code();
}
