using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>A desk of many hands through the pages: the head says who gets what, a colleague has it, his stand-in sees it, and they talk about it.</summary>
public sealed class DeskJourneys(Town town, Browser browser)
{
    private const string Card = "2.001194", Missing = "Thiếu ảnh chân dung nền trắng, cỡ 4×6";

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task The_head_sets_a_rule_a_file_comes_to_the_colleague_and_his_stand_in_goes_on_with_it(int width, int height, bool script)
    {
        var (lan, minh) = ($"Lan {width}", $"Minh {width}");
        var (first, second) = (await town.Policeman(lan), await town.Policeman(minh));
        var (_, number, _, name) = await town.Pair();
        await using var head = await browser.Open(town, width, height, script);
        await head.SignIn("truongca");
        await head.Go("/mot-cua");
        await head.Page.Link("Phân công hồ sơ").ClickAsync();
        await Looks(head);
        await head.Page.Locator("#scope-0").SelectOptionAsync(Card);
        await head.Press("Đặt quy tắc");
        await head.Sees("Hãy chọn ít nhất một cán bộ");
        await head.Page.Locator("#scope-0").SelectOptionAsync(Card);
        await head.Page.GetByLabel(lan).CheckAsync();
        await head.Press("Đặt quy tắc");
        await head.Sees($"→ {lan}");
        await Looks(head);
        var code = await town.FileWithFee(number);
        await At(first, width, height, script, async colleague =>
        {
            await colleague.Go("/mot-cua?gio=mine");
            await colleague.Sees(code, "của tôi");
            await Looks(colleague);
            await colleague.Go($"/mot-cua/{code}");
            await colleague.Sees($"Đang ở tay: {lan}");
            await colleague.Page.Locator("#comment").FillAsync("Đã gọi cho người dân, hẹn thứ Hai");
            await colleague.Press("Ghi ý kiến");
            await colleague.Sees("Ý kiến nội bộ", "hẹn thứ Hai");
            await Phrases(colleague);
            await Looks(colleague);
        });
        await head.Go("/nguoi-thay");
        await Looks(head);
        await head.Page.Locator("#official").SelectOptionAsync(new SelectOptionValue { Label = lan });
        await head.Page.Locator("#standIn").SelectOptionAsync(second);
        await head.Page.Locator("#until").FillAsync($"{town.Today.AddDays(5):dd/MM/yyyy}");
        await head.Page.Locator("#ground").FillAsync("Nghỉ phép");
        await head.Press("Cử người làm thay");
        await head.Sees($"{minh} làm thay");
        await Looks(head);
        await At(second, width, height, script, async standIn =>
        {
            await standIn.Go("/mot-cua?gio=mine");
            await standIn.Sees(code, $"thay {lan}");
            await Looks(standIn);
            await standIn.Go($"/mot-cua/{code}");
            await standIn.Sees("hẹn thứ Hai");
        });
        // One field finds it again, by the name without marks; the name stands in no address.
        await head.Go("/mot-cua?gio=others");
        await head.Page.Locator("#text").FillAsync(Kernel.Text.NameKey.Of(name));
        await head.Press("Tìm");
        await head.Sees(name, code);
        Assert.DoesNotContain(Kernel.Text.NameKey.Of(name).Split(' ')[0], head.Page.Url, StringComparison.OrdinalIgnoreCase);
        await Looks(head);
        await town.Gone(first, second);
    }

    /// <summary>What is written once is kept, and put in again by one press, with a script or without.</summary>
    private static async Task Phrases(Visit visit)
    {
        await visit.Page.GetByText("Yêu cầu bổ sung", new() { Exact = true }).ClickAsync();
        await visit.Page.Locator("#what").FillAsync(Missing);
        await visit.Press("Lưu câu đang viết làm mẫu");
        await visit.Sees("Đã lưu mẫu câu. Chưa gửi gì cho người dân.");
        await visit.Page.Locator("#what").FillAsync("Kính gửi ông/bà.");
        await visit.Press("Chèn câu này");
        await Expect(visit.Page.Locator("#what")).ToHaveValueAsync($"Kính gửi ông/bà.\n{Missing}");
        await visit.Press("Bỏ mẫu câu này");
        await visit.Sees("Đã bỏ mẫu câu.");
    }

    private async Task At(string account, int width, int height, bool script, Func<Visit, Task> work)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn(account, Town.DeskPassword);
        await Expect(visit.Page.Locator("h1")).ToBeVisibleAsync();
        await work(visit);
    }

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }
}
