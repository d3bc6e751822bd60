using Microsoft.Playwright;

namespace SoGoc.Journeys.Tests;

/// <summary>Draws the pages for the README and for the eyes of whoever changes them, when SOGOC_PICTURES names a folder.</summary>
public sealed class Pictures(Town town, Browser browser)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SOGOC_PICTURES");

    [Theory]
    [InlineData(390, 844, "light"), InlineData(1366, 768, "light"), InlineData(390, 844, "dark"), InlineData(1366, 768, "dark")]
    public async Task All_pages_can_be_looked_at(int width, int height, string theme)
    {
        Assert.SkipUnless(Folder is { Length: > 0 }, "SOGOC_PICTURES names no folder");
        await using var visit = await browser.Open(town, width, height);
        async Task Take(string name)
        {
            await visit.Page.EvaluateAsync("t => document.documentElement.dataset.bsTheme = t", theme);
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"{name}-{width}-{theme}.png"), FullPage = true, Animations = ScreenshotAnimations.Allow, Caret = ScreenshotCaret.Initial });
        }

        await visit.Go("/dang-nhap");
        await Take("01-sign-in");
        await visit.SignIn("canbo", "sai");
        await Take("02-wrong");
        await visit.SignIn("tinh");
        await Take("03-home");
        await visit.Go("/tra-cuu");
        await Take("04-search");
        await visit.Page.Locator("#text").FillAsync("nguyen");
        await visit.Page.Locator("#text").PressAsync("Enter");
        await visit.Page.WaitForLoadStateAsync();
        await Take("05-found-many");
        await visit.Page.Locator("#text").FillAsync("thu nghiem tran");
        await visit.Page.Locator("#text").PressAsync("Enter");
        await visit.Page.WaitForLoadStateAsync();
        await Take("06-found-one");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = Family.Mother }).ClickAsync();
        await Take("07-person");
        await visit.Go("/dia-ban");
        await Take("08-province");
        await visit.Go("/dia-ban?ngay=2022-04-12");
        await Take("09-province-2022");
        await visit.Go("/dia-ban/30367");
        await Take("10-unit");
        await visit.Go("/dia-ban/30334?ngay=2026-11-24");
        await Take("11-divided");
        await visit.Go("/nhap");
        await Take("12-lists");
        await visit.Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "nhan-khau-xa-mau.csv", MimeType = "text/csv", Buffer = FaultyList.Bytes() });
        await visit.Page.Locator("main form button").First.ClickAsync();
        var list = new Uri(visit.Page.Url).AbsolutePath;
        await visit.Go(list + "?yen=1");
        await Take("13-list-working");
        await visit.Go(list);
        await visit.Sees("Đã kiểm tra, chờ nhập");
        await Take("14-list-checked");
        await visit.Go("/khong-co");
        await Take("15-missing");
        await visit.Go("/nguoi/00000000-0000-0000-0000-000000000000");
        await Take("16-no-person");
    }
}
