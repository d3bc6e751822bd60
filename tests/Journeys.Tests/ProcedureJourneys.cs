using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>Who keeps the procedures changes one by its fields, and citizens see it.</summary>
public sealed class ProcedureJourneys(Town town, Browser browser)
{
    [Theory, InlineData(390, 844, false, "AG.17"), InlineData(1366, 768, true, "AG.13")]
    public async Task A_procedure_is_changed_by_its_fields_looked_at_published_and_seen_by_citizens(int width, int height, bool script, string code)
    {
        await using var lawyer = await browser.Open(town, width, height, script);
        await lawyer.SignIn("tinhoc");
        await lawyer.Go("/thu-tuc");
        await lawyer.Go($"/thu-tuc/{code}");
        await lawyer.Sees("Soạn thủ tục", "Câu hỏi của biểu mẫu", "Sửa cả văn bản");
        await Looks(lawyer);
        await lawyer.Page.Locator("#Form-Name").FillAsync($"Tên thử của {code}");
        await Opens(lawyer, "grounds");
        await Opens(lawyer, "term");
        await lawyer.Page.Locator("#Form-Term").FillAsync("mười");
        await Opens(lawyer, "fields");
        await lawyer.Page.Locator("#fields details > summary").Last.ClickAsync();
        await lawyer.Page.Locator("#fields [name$='.Label']").Last.FillAsync("Bạn cần gấp không");
        await lawyer.Page.Locator("#fields [name$='.Ask']").Last.SelectOptionAsync("Yes");
        await lawyer.Page.Locator("#fields [name$='.Needed']").Last.UncheckAsync();
        await Opens(lawyer, "papers");
        await lawyer.Page.Locator("#papers details > summary").Last.ClickAsync();
        await lawyer.Page.Locator("#papers [name$='.Name']").Last.FillAsync("Giấy mẫu của thử nghiệm");
        await Looks(lawyer);
        await lawyer.Press("Lưu nháp, xem trước");
        // A bad term is told where it stands, and what was typed stays.
        await Expect(lawyer.Page.Locator("#Form-Term-w")).ToContainTextAsync("Hãy ghi một số");
        await Expect(lawyer.Page.Locator("#Form-Name")).ToHaveValueAsync($"Tên thử của {code}");
        await Expect(lawyer.Page.Locator("#fields [name$='.Label'][value='Bạn cần gấp không']")).ToHaveCountAsync(1);
        await Looks(lawyer);
        await lawyer.Page.Locator("#Form-Term").FillAsync("10");
        await lawyer.Press("Lưu nháp, xem trước");
        await lawyer.Sees("Bản nháp chờ công bố", "Thời hạn", "10 ngày làm việc", "Bạn cần gấp không", "Giấy mẫu của thử nghiệm");
        await Looks(lawyer);
        await lawyer.Page.Locator("#ground").FillAsync("Quyết định số 9/QĐ-MẪU");
        await lawyer.Press("Công bố");
        await Expect(lawyer.Page.Locator("h1")).ToHaveTextAsync($"Tên thử của {code}");
        await lawyer.Sees("Quyết định số 9/QĐ-MẪU");
        await Expect(lawyer.Page.GetByText("Bản nháp chờ công bố")).ToHaveCountAsync(0);
        await using var citizen = await browser.Open(town, width, height, script);
        await citizen.Go($"/dich-vu/{code}");
        await citizen.Sees($"Tên thử của {code}", "10 ngày làm việc", "Giấy mẫu của thử nghiệm");
    }

    private static Task Opens(Visit visit, string section) => visit.Page.Locator($"#{section} > summary").ClickAsync();

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }
}
