using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>Opt-in: draws the pages when SOGOC_PICTURES names a folder (by its whole path): the pictures of README and docs, on a screen and on a phone, invented like everything here,
/// and, into the folder "pages" below it, every page on a phone and on a screen, light and dark, for the eyes of whoever changes them.</summary>
public sealed class Pictures(Town town, Browser browser)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SOGOC_PICTURES");

    private static void Wanted() => Assert.SkipUnless(Folder is { Length: > 0 }, "SOGOC_PICTURES names no folder.");

    [Theory, InlineData(1366, 1000, ""), InlineData(390, 844, "-phone")]
    public async Task The_pictures_of_the_docs_are_drawn_anew(int width, int height, string screen)
    {
        Wanted();
        await using var visit = await browser.Open(town, width, height);
        async Task Take(string name, string? part = null)
        {
            if (part is null) await Draw(visit, name + screen);
            else await visit.Part(part).ScreenshotAsync(new() { Path = Path.Combine(Folder!, name + screen + ".png") });
        }

        await visit.SignIn("tinh");
        await visit.Page.Locator("#text").PressSequentiallyAsync("nguyen");
        await Expect(visit.Page.Locator(".so-people")).ToBeVisibleAsync();
        await Take("typing");
        await visit.Ask(Family.MotherNumber);
        await visit.Page.Link(Family.Mother).ClickAsync();
        await visit.Sees("Hộ gia đình");
        await Take("person");
        await visit.Part("Quan hệ gia đình").Link(Family.Father).ClickAsync();
        await Expect(visit.Part("Quan hệ gia đình")).ToContainTextAsync(Family.Grandfather);
        await Take("family", "Quan hệ gia đình");
        await visit.Part("Quan hệ gia đình").Link(Family.Mother).ClickAsync();
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync(Family.Mother);
        await visit.Page.Locator("#ngay").FillAsync("01/01/1980");
        await visit.Page.Locator("#ngay").PressAsync("Enter");
        await visit.Sees("Đang xem hồ sơ vào ngày 01/01/1980");
        await Take("person-turned-back");
        await visit.Go("/dan-so");
        await Take("population");
        await Take("pyramid", "Tháp dân số");
        await visit.Go("/dia-ban");
        await Take("province");
        await visit.Send("nhan-khau-xa-mau.csv", FaultyList.Bytes());
        await visit.Sees("Đã kiểm tra, chờ nhập");
        await Take("list");

        await town.OpenAccount(Family.MotherNumber, IdentityJourneys.Password);
        await visit.Go("/vao");
        await Take("come-in");
        await IdentityJourneys.ByPassword(visit);
        await visit.Go("/cua-toi/ai-da-xem");
        await Take("readings");
        await visit.Part("Ai đã xem").Link("Biên nhận").First.ClickAsync();
        await Expect(visit.Page.Locator("#verdict.alert-success")).ToBeVisibleAsync();
        await visit.Page.Locator("#verdict").ScrollIntoViewIfNeededAsync();
        await Take("receipt");
    }

    [Theory, InlineData(1366, 1000, ""), InlineData(390, 844, "-phone")]
    public async Task The_pictures_of_services_and_of_cleaning_are_drawn_anew(int width, int height, string screen)
    {
        Wanted();
        var (_, number, _, name) = await town.Pair();
        await town.OpenAccount(number, IdentityJourneys.Password);
        await using var citizen = await browser.Open(town, width, height);
        await citizen.Go("/dich-vu");
        await Draw(citizen, "services" + screen);
        await IdentityJourneys.ByPassword(citizen, number, name);
        await town.ShowSecondFactor(number);
        await citizen.Go("/dich-vu/1.003677/nop");
        await Draw(citizen, "form" + screen);
        foreach (var (field, value) in new[] { ("where", "Tỉnh Mẫu"), ("from", $"{town.Today.AddDays(3):dd/MM/yyyy}"), ("until", $"{town.Today.AddYears(1):dd/MM/yyyy}"), ("phone", "0900 000 456") })
        {
            await citizen.Page.Locator($"#f-{field}").FillAsync(value);
        }

        await citizen.Page.Locator("#f-reason").SelectOptionAsync("other");
        await citizen.Press("Nộp hồ sơ");
        await citizen.Sees("Mới đăng ký");
        await Draw(citizen, "my-file" + screen);
        await using var police = await browser.Open(town, width, height);
        await police.SignIn("congan");
        foreach (var (picture, path) in new[] { ("desk", "/mot-cua"), ("cleaning", "/lam-sach"), ("measures", "/chat-luong") })
        {
            await police.Go(path);
            await Draw(police, picture + screen);
        }
    }

    private static async Task Draw(Visit visit, string name)
    {
        var path = Path.Combine(Folder!, name + ".png");
        await visit.Page.ScreenshotAsync(new() { Path = path, Caret = ScreenshotCaret.Initial });
        Assert.InRange(new FileInfo(path).Length, 1, 300_000);
    }

    [Theory]
    [InlineData(390, 844, "sang"), InlineData(1366, 768, "sang"), InlineData(390, 844, "toi"), InlineData(1366, 768, "toi")]
    public async Task Pictures_of_all_pages_are_drawn(int width, int height, string colours)
    {
        Wanted();
        await using var visit = await browser.Open(town, width, height);
        await visit.Page.Context.AddCookiesAsync([new() { Name = "giao-dien", Value = colours, Url = town.Address }]);
        async Task Take(string name, string? path = null)
        {
            if (path is not null) await visit.Go(path);
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, "pages", $"{name}-{width}-{colours}.png"), FullPage = true, Caret = ScreenshotCaret.Initial });
        }

        await Take("sign-in", "/dang-nhap");
        await visit.SignIn("canbo", "sai");
        await Take("sign-in-wrong");
        await visit.SignIn("tinh");
        await Take("home");
        await visit.Page.GetByText("Nguyễn Văn Mẫu").First.ClickAsync();
        await Take("menu");
        await Take("search", "/tra-cuu");
        foreach (var (name, text) in new[] { ("found-many", "nguyen"), ("found-none", "khong ai"), ("found-wrong", "12345"), ("found-one", Family.MotherNumber) })
        {
            await visit.Ask(text);
            await Take(name);
        }

        await visit.Page.Link(Family.Mother).ClickAsync();
        await visit.Sees("Hộ gia đình");
        await Take("person");
        await visit.Page.Link(Family.Father).First.ClickAsync();
        await visit.Page.Link(Family.Grandfather).ClickAsync();
        await visit.Sees("Đã chết");
        await Take("person-dead");
        foreach (var (name, path) in new[] { ("province", "/dia-ban"), ("province-then", "/dia-ban?ngay=2022-04-12"), ("province-find", "/dia-ban?ten=vinh+truong"), ("population", "/dan-so"), ("verify", "/kiem-chung"), ("unit", "/dia-ban/30367"), ("unit-divided", "/dia-ban/30334"),
            ("no-page", "/khong-co"), ("no-person", $"/nguoi/{Guid.Empty}"), ("lists", "/nhap") })
        {
            await Take(name, path);
        }

        await using (await town.HoldTheWorker())
        {
            await visit.Send("nhan-khau-xa-mau.csv", FaultyList.Bytes());
            await visit.Page.Link("Đừng tự cập nhật").ClickAsync();
            await Take("list-working");
        }

        await visit.Go(new Uri(visit.Page.Url).AbsolutePath);
        await visit.Sees("Đã kiểm tra, chờ nhập");
        await visit.Page.Locator(".so-mapping summary").ClickAsync();
        await Take("list");
        await visit.Press("English");
        await visit.Press("Large type");
        await Take("list-english-large");
        await visit.Go("/");
        await Take("home-english-large");
        await visit.Ask(Family.MotherNumber);
        await visit.Page.Link(Family.Mother).ClickAsync();
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Take("person-printed");
    }
}
