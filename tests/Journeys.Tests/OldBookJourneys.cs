using System.Text;
using Microsoft.Playwright;

namespace SoGoc.Journeys.Tests;

/// <summary>Old books of civil status: a book of 500 by a file and linked by hand, and a page that two people type.</summary>
public sealed class OldBookJourneys(Town town, Browser browser)
{
    private static int books;

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task A_page_is_typed_by_two_accounts_and_what_differs_is_settled(int width, int height, bool script)
    {
        var colleague = $"canbo-so-{Interlocked.Increment(ref books)}";
        await town.MakeClerk(colleague);
        await using var first = await browser.Open(town, width, height, script);
        await first.SignIn("canbo");
        await first.Page.Locator(".so-doors").Link("Sổ hộ tịch cũ").ClickAsync();
        await Looks(first);
        await Open(first, 1);
        await Looks(first);
        var book = first.Page.Url;
        await first.Page.Locator("#images").SetInputFilesAsync(new FilePayload { Name = "trang-1.png", MimeType = "image/png", Buffer = await Picture(first) });
        await first.Press("Gửi ảnh");
        await first.Sees("Nhập từ ảnh (1 trang)");

        await first.Page.Link("Nhập số tiếp theo từ ảnh").ClickAsync();
        await Type(first, "Nguyễn Thị Kín Đáo", "32/3/1987");
        await first.Press("Lưu và nhập số tiếp theo");
        await first.Sees("Không đọc được ngày");
        await Assertions.Expect(first.Page.Locator("#childName")).ToHaveValueAsync("Nguyễn Thị Kín Đáo");
        await Looks(first);
        await Type(first, "Nguyễn Thị Kín Đáo", "1/3/1987");
        await first.Press("Lưu và nhập số tiếp theo");
        await first.Sees("Chờ người thứ hai nhập lại", "Không còn số nào chờ bạn nhập");

        await using var second = await browser.Open(town, width, height, script);
        await second.Go("/dang-nhap");
        await second.SignIn(colleague);
        await second.Go(new Uri(book).AbsolutePath + "/go");
        await second.Sees("Trang 1");
        Assert.DoesNotContain("Kín Đáo", await second.Page.ContentAsync(), StringComparison.Ordinal);
        await Looks(second);
        await Type(second, "Nguyễn Thị Kín Đào", "1/3/1987");
        await second.Press("Lưu và nhập số tiếp theo");
        await second.Sees("Hai lần nhập khác nhau");

        await second.Go(new Uri(book).AbsolutePath + "/doi-chieu");
        await second.Sees("Nguyễn Thị Kín Đáo", "Nguyễn Thị Kín Đào");
        await Looks(second);
        await second.Page.Locator("#childName-1").CheckAsync();
        await second.Press("Chốt");
        await second.Sees("Không còn chỗ nào phải đối chiếu");
        await second.Go(new Uri(book).AbsolutePath);
        await second.Figure("Đã kiểm tra", "1");
    }

    [Fact]
    public async Task A_book_of_five_hundred_goes_in_and_is_linked_by_the_keyboard()
    {
        var planted = await town.BornIn1987();
        await using var visit = await browser.Open(town, 1366, 768);
        await visit.SignIn("canbo");
        await visit.Go("/so-cu");
        await Open(visit, 500);
        var book = Guid.Parse(visit.Page.Url.Split('/')[^1]);
        var file = new StringBuilder("Số,Ngày đăng ký,Họ và tên,Ngày sinh,Giới tính,Họ tên cha,Họ tên mẹ\n");
        foreach (var (line, no) in planted.Concat(Enumerable.Range(planted.Count, 499 - planted.Count).Select(i => $"Ưng Quẻ {(char)('A' + (i % 26))}{(char)('A' + (i / 26))},{1 + (i % 28)}/1/1987,Nữ,,")).Select((l, i) => (l, i + 1)))
        {
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"{no},20/12/1987,{line}\n");
        }

        file.Append("500,20/12/1988,Ngoài Năm,1/1/1987,Nữ,,\n");
        await visit.Page.Locator("#list").SetInputFilesAsync(new FilePayload { Name = "so-1987.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(file.ToString()) });
        await visit.Press("Gửi tệp");
        await visit.Sees("Đã nhận 500 dòng, giữ lại 1 dòng");
        await Looks(visit);

        await visit.Page.Link("Ngoài Năm").ClickAsync();
        await visit.Sees("không thuộc năm của quyển sổ (1987–1987)");
        await Looks(visit);
        await visit.Page.Locator("#registeredOn").FillAsync("20/12/1987");
        await visit.Press("Nhận vào");
        await visit.Figure("Đã kiểm tra", "500");

        await visit.Page.Link("Nối với sổ gốc (500)").ClickAsync();
        await Looks(visit);
        foreach (var name in (string[])["Khổng Thị Chính", "Khổng Thị Sáy", "Khổng Thị Đảo"])
        {
            // Enter takes the first proposal, which has the focus: nothing else was pressed.
            await visit.Sees(name);
            await Assertions.Expect(visit.Page.Locator("button[autofocus]")).ToBeFocusedAsync();
            await visit.Page.Keyboard.PressAsync("Enter");
            await visit.Sees($"Đã nối: {name}");
        }

        await visit.Page.GetByLabel("Cha: Khổng Văn Cha").CheckAsync();
        await visit.Press("Bổ sung vào hồ sơ");
        await visit.Sees("Đã bổ sung vào hồ sơ", "Hai người đầu giống nhau như nhau");
        await Assertions.Expect(visit.Page.Locator("button[autofocus]")).ToHaveCountAsync(0);
        await Looks(visit);
        await visit.Press("Để sau");
        await visit.Sees("Để sau: Khổng Thị Trùng", "Không thấy ai trong sổ gốc giống với số này");
        await visit.Press("Không có trong sổ gốc");
        await visit.Sees("Không có trong sổ gốc: Ưng Quẻ");
        await visit.Press("Bỏ quyết định này");
        await visit.Sees("Ưng Quẻ");
        await visit.Press("Không có trong sổ gốc");
        await visit.Go("/so-cu");
        await visit.Sees("Theo đà này xong ngày");
        await Looks(visit);

        // The rest goes through the API, as a program of the office would send it: each with a decision of its own.
        Assert.Equal(496, await town.DecideTheRest(book));
        await visit.Go($"/so-cu/{book}");
        await visit.Figure("Đã quyết định nối", "500");
        await visit.Go($"/so-cu/{book}/noi");
        await visit.Sees("Không còn ai phải quyết định");
        Assert.Equal((500L, 3L), await town.Decided(book));
        Assert.Empty(await town.Differences());
    }

    private static async Task Open(Visit visit, int expected)
    {
        // Where books are there already, the form is folded up.
        if (await visit.Page.Locator("#area").IsHiddenAsync())
        {
            await visit.Page.Locator("summary", new() { HasText = "Bắt đầu một quyển sổ" }).ClickAsync();
        }

        await visit.Page.Locator("#area").SelectOptionAsync(await visit.Page.Locator("#area option", new() { HasText = "đến 30/06/2025" }).First.GetAttributeAsync("value") ?? "");
        await visit.Page.Locator("#kind").SelectOptionAsync("birth");
        await visit.Page.Locator("#number").FillAsync($"{Interlocked.Increment(ref books)}");
        await visit.Page.Locator("#yearFrom").FillAsync("1987");
        await visit.Page.Locator("#expected").FillAsync($"{expected}");
        await visit.Page.Locator("details button", new() { HasText = "Bắt đầu một quyển sổ" }).ClickAsync();
        await visit.Sees("Sổ khai sinh", "(cũ), nay UBND");
    }

    private static async Task Type(Visit visit, string name, string born)
    {
        foreach (var (field, value) in new[] { ("no", "12"), ("registeredOn", "10/3/1987"), ("childName", name), ("childBorn", born) })
        {
            await visit.Page.Locator("#" + field).FillAsync(value);
        }

        await visit.Page.Locator("#childSex").SelectOptionAsync("2");
    }

    /// <summary>A real picture: of the page itself.</summary>
    private static Task<byte[]> Picture(Visit visit) => visit.Page.ScreenshotAsync();

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }
}
