using Microsoft.Playwright;

namespace SoGoc.Journeys.Tests;

/// <summary>Clean data in a browser: two records of one person, work that is carried to the door, and the four numbers.</summary>
public sealed class QualityJourneys(Town town, Browser browser)
{
    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task Two_records_are_compared_joined_and_separated_again(int width, int height, bool script)
    {
        var (name, number) = await town.Twice();
        await town.Night();
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("congan");
        await visit.Go("/trung-lap");
        await Looks(visit);
        await visit.Page.Locator("a[href^='/trung-lap/']").First.ClickAsync();
        await visit.Sees("Có phải một người?", "Chứng cứ");
        await visit.Go($"/trung-lap/{await town.PairOf(number)}");
        await visit.Sees("Có phải một người?", name, "chỉ khác dấu", "cùng năm, thiếu ngày");
        await Looks(visit);
        await visit.Press("Một người: gộp");
        await visit.Sees("Hãy ghi căn cứ");
        await visit.Page.Locator("#Ground").FillAsync("Biên bản xác minh mẫu số 1");
        await visit.Press("Một người: gộp");
        await visit.Sees("Đã gộp", "Biên bản xác minh mẫu số 1");
        await Looks(visit);
        Assert.Equal(name, (await town.Person(number)).Facts.FullName);

        await visit.Page.Locator("#Ground").FillAsync("Hai chị em, biên bản số 2");
        await visit.Press("Tách lại");
        await visit.Sees("Hai người khác nhau", "Hai chị em, biên bản số 2");
        Assert.Empty(await town.Differences());
    }

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task Work_is_taken_by_hamlet_answered_at_the_door_and_the_numbers_say_so(int width, int height, bool script)
    {
        await town.Night();
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("congan");
        await visit.Page.Locator(".so-doors").Link("Chất lượng dữ liệu").ClickAsync();
        await visit.Sees("Đúng", "Đủ", "Sạch", "Sống");
        await Looks(visit);
        // Who works for one commune sees its numbers first; behind them are those of the province.
        await visit.Sees(Family.CommuneToday);
        await visit.Page.Locator(".so-back a").First.ClickAsync();
        await visit.Sees("Đúng", "Đủ", "Sạch", "Sống");
        await Looks(visit);
        await visit.Page.Locator("#communes tbody a, table.so-table tbody a").First.ClickAsync();
        await visit.Sees("Hồ sơ không trái với chính nó");
        await Looks(visit);
        // The commune's hamlets stand where the province has its communes; one opens to what was found there.
        await visit.Page.Locator("table.so-shares tbody a").First.ClickAsync();
        await visit.Sees("Hồ sơ không trái với chính nó", "Mới đo một ngày");
        await Looks(visit);

        await visit.Go("/lam-sach");
        await Looks(visit);
        await visit.Page.Locator("li:has(form) a[href^='/lam-sach?quyTac=']").First.ClickAsync();
        await visit.Sees("Theo ấp, khóm");
        await Looks(visit);
        await visit.Page.Locator("form button", new() { HasText = "Nhận" }).First.ClickAsync();
        await visit.Sees("Việc tôi đã nhận");
        await Looks(visit);
        // The forms of many are folded, and those of a few stand open.
        var form = visit.Page.Locator("article details.so-more").First;
        if (await form.GetAttributeAsync("open") is null)
        {
            await form.Locator("summary").First.ClickAsync();
        }

        await visit.Sees("Kết quả xác minh");
        await Looks(visit);
        await visit.Page.Locator("input[name=Outcome][value=confirmed]").First.CheckAsync();
        await visit.Page.Locator("article").First.GetByRole(AriaRole.Button, new() { Name = "Trả lời" }).ClickAsync();
        await visit.Sees("Hãy ghi đã thấy giấy tờ");
        await visit.Page.Locator("article").First.Locator("input[name=Text]").FillAsync("Đã xem sổ hộ khẩu cũ");
        await visit.Page.Locator("article").First.GetByRole(AriaRole.Button, new() { Name = "Trả lời" }).ClickAsync();
        await visit.Sees("Đã ghi: đúng như trong sổ.");
    }

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task A_list_of_an_agency_comes_back_row_by_row(int width, int height, bool script)
    {
        var (name, number) = await town.Twice();
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("tinhoc");
        await visit.Page.Locator(".so-doors").Link("Đối soát danh sách").ClickAsync();
        await Looks(visit);
        var list = $"Số CCCD,Họ và tên,Ngày sinh\n{number},{name.Replace('ẫ', 'a')},05/06/1972\n089199777666,Phan Văn Không Có,1/2/1999\n";
        await visit.Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = $"bao-hiem-{width}.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(list) });
        await visit.Press("Đối soát");
        await visit.Sees("Đã đối soát", "Khớp, có chỗ lệch", "Không tìm thấy");
        await Looks(visit);
        await visit.Page.Link("Khớp, có chỗ lệch").ClickAsync();
        await visit.Sees(name, "05/06/1972", "sổ gốc");
        await Looks(visit);
        await visit.Press("Danh sách sai");
        await visit.Sees("Cơ quan sửa danh sách");

        await visit.Go("/doi-soat");
        await visit.Page.Link("Đối soát kín").ClickAsync();
        await visit.Page.Locator("#Name").FillAsync("Danh sách bảo hiểm");
        await visit.Press("Tạo khóa");
        await visit.Sees("Khóa chỉ hiện lúc này", "sogoc digest");
        await Looks(visit);
        await visit.Page.Link("Gửi tệp mã băm").ClickAsync();
        await visit.Sees("Chờ mã băm", "Sai một chữ trong họ tên");
        await Looks(visit);
    }

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }
}
