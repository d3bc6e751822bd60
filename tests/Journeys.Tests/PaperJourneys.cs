using Microsoft.Playwright;

namespace SoGoc.Journeys.Tests;

/// <summary>A paper from the counter into the hands of somebody who checks it.</summary>
public sealed class PaperJourneys(Town town, Browser browser)
{
    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task A_certificate_is_printed_after_the_birth_checked_by_its_code_and_declared_void(int width, int height, bool script)
    {
        var name = await Register(width, height, script);
        var paper = await town.PaperOf(name);
        await using (var visit = await browser.Open(town, width, height, script))
        {
            // What the QR code says: who scans it comes here.
            await visit.Go($"/giay/{paper.Code}#{paper.Token}");
            await visit.Sees("Giấy có giá trị");
            if (script)
            {
                await visit.Sees("Chữ ký đúng", name);
            }
            else
            {
                await visit.Page.Locator("#no").FillAsync(paper.No);
                await visit.Page.Locator("#born").FillAsync("2/11/2026");
                await visit.Press("Xem");
                await visit.Sees("Số giấy hoặc ngày sinh không khớp");
                await visit.Page.Locator("#born").FillAsync("1/11/2026");
                await visit.Press("Xem");
                await visit.Sees(name);
            }

            await Looks(visit);
            await visit.Go("/kiem-tra-giay");
            await Looks(visit);
            await visit.Page.Locator("#code").FillAsync(paper.Code.ToUpperInvariant());
            await visit.Press("Kiểm tra");
            await visit.Sees("Giấy có giá trị");
        }

        await Void(name, paper.Entry, width, height, script);
        await using var after = await browser.Open(town, width, height, script);
        await after.Go($"/giay/{paper.Code}");
        await after.Sees("Giấy đã bị hủy từ ngày", "In hỏng");
        await Assertions.Expect(after.Page.Locator("main")).Not.ToContainTextAsync(name);
        await Looks(after);
    }

    [Fact]
    public async Task A_page_that_was_loaded_checks_codes_without_a_network()
    {
        var (entry, name) = await town.Birth();
        var paper = await town.Certificate(entry);
        await using var visit = await browser.Open(town, 390, 844);
        await visit.Go("/kiem-tra-giay");
        await visit.Page.Context.SetOfflineAsync(true);
        await visit.Page.Locator("#scanned").FillAsync(paper.Address);
        await visit.Press("Kiểm tra chữ ký");
        await visit.Sees("Chữ ký đúng", name, "01/11/2026");
        var token = paper.Address.Split('#')[1].Split('.');
        // One letter of the facts is another.
        await visit.Page.Locator("#scanned").FillAsync($"{token[0]}.{token[1][..40]}{(token[1][40] == 'A' ? 'B' : 'A')}{token[1][41..]}.{token[2]}");
        await visit.Press("Kiểm tra chữ ký");
        await Assertions.Expect(visit.Page.Locator("#verdict")).Not.ToContainTextAsync("Chữ ký đúng");
        await Assertions.Expect(visit.Page.Locator("#facts")).Not.ToContainTextAsync(name);
        await visit.Page.Locator("#scanned").FillAsync("không phải mã");
        await visit.Press("Kiểm tra chữ ký");
        await visit.Sees("Không đọc được mã");
    }

    [Fact]
    public async Task A_paper_that_was_replaced_says_so_and_names_the_new_one_to_its_holder()
    {
        var (old, successor) = await town.ReplacedPaper();
        await using var visit = await browser.Open(town, 390, 844);
        await visit.Go($"/giay/{old.Address.Split("/giay/")[1].Split('#')[0]}");
        await visit.Sees("Giấy đã được thay thế từ ngày");
        await Assertions.Expect(visit.Page.Locator("main")).Not.ToContainTextAsync(successor);
        await Looks(visit);
    }

    /// <summary>A birth at the counter, and its paper at once.</summary>
    private async Task<string> Register(int width, int height, bool script)
    {
        var (mother, surname) = await town.Couple();
        var name = $"{surname} Thị Giấy {mother[^4..].Select(c => (char)('A' + c - '0')).Aggregate("", (a, c) => a + c)}";
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Go("/khai-sinh");
        await visit.Page.Locator("#mother").FillAsync(mother);
        await visit.Press("Tiếp tục");
        await visit.Page.Locator("#fullName").FillAsync(name);
        await visit.Page.Locator("#sex").SelectOptionAsync("2");
        await visit.Page.Locator("#born").FillAsync("1/11/2026");
        await visit.Page.Locator("#birthPlace").FillAsync("Bệnh viện Mẫu");
        await visit.Page.Locator("#evidenceNo").FillAsync($"GIAY-{mother}");
        await visit.Page.Locator("#declarant").SelectOptionAsync("father");
        await visit.Press("Tiếp tục");
        await visit.Sees("Xem lại trước khi đăng ký");
        foreach (var looked in await visit.Page.GetByRole(AriaRole.Checkbox).AllAsync())
        {
            await looked.CheckAsync();
        }

        await visit.Press("Đăng ký khai sinh");
        await visit.Sees("Đã đăng ký khai sinh");
        await Looks(visit);
        await visit.Print("In giấy");
        return name;
    }

    private async Task Void(string name, Guid entry, int width, int height, bool script)
    {
        await town.TakeUp("canbo");
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Go("/so-ho-tich");
        await visit.Sees(name);
        await Looks(visit);
        await visit.Page.Link(name).First.ClickAsync();
        await visit.Sees("Chữ ký điện tử đúng", "Trần Thị Thử", "Có giá trị", name.ToUpperInvariant());
        Assert.EndsWith(entry.ToString(), visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.Locator("details summary").Filter(new() { HasText = "Hủy giấy" }).ClickAsync();
        await visit.Page.Locator("select[name=reason]").SelectOptionAsync("misprint");
        await visit.Page.Locator("input[name=ground]").FillAsync("Giấy bị lệch khi in");
        await Looks(visit);
        await visit.Press("Hủy giấy này");
        await visit.Sees("Đã hủy", "In hỏng");
        await Looks(visit);
    }

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }
}
