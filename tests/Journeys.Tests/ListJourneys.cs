using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>A commune's list on its way into the register.</summary>
public sealed class ListJourneys(Town town, Browser browser)
{
    [Theory, ClassData(typeof(Desks))]
    public async Task A_list_with_faults_is_checked_told_what_is_wrong_mended_in_its_columns_and_entered(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Page.Link("Nhập danh sách").First.ClickAsync();
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await using (await town.HoldTheWorker())
        {
            await visit.Send("nhan-khau-xa-mau.csv", FaultyList.Bytes());
            await visit.Sees("Đang kiểm tra");
            await Expect(visit.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
            await visit.FitsTheScreen();
            await visit.IsOpenToEverybody();
        }

        // The page renews itself until the list is checked, by script or by the browser alone.
        await visit.Sees("Đã kiểm tra, chờ nhập");
        await visit.Figure("Số dòng", "40");
        await visit.Figure("Dòng lỗi, để riêng", "4");
        await visit.Sees("Ngày sinh không đọc được hoặc không có trong lịch.", "Bỏ qua: STT, Số máy liên hệ");
        var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "89059" });
        await Expect(row).ToContainTextAsync("10");
        await Expect(row).ToContainTextAsync("có phải 089059");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();

        await visit.Page.Locator(".so-mapping summary").ClickAsync();
        await visit.Page.GetByLabel("Số máy liên hệ").SelectOptionAsync(new SelectOptionValue { Label = "Điện thoại di động" });
        await visit.Press("Đổi cột và kiểm tra lại");
        await visit.Sees("Số điện thoại không đúng 10 chữ số", "Bỏ qua: STT");
        var list = visit.Page.Url;
        await visit.Go("/");
        await visit.Sees("danh sách đã soát xong, chờ quyết định nhập");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Go(list);
        await Expect(visit.Page.Locator(".so-mapping summary")).Not.ToContainTextAsync("Số máy");

        await visit.Press("Nhập 36 dòng đúng vào sổ gốc");
        await visit.Sees("Đã nhập xong");
        await visit.Figure("Đã vào sổ", "36");
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.Equal("nhan-khau-xa-mau.loi.csv", download.SuggestedFilename);
        var rows = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(5, rows.Length);
        Assert.Contains(rows, r => r.Contains("31/02/1962", StringComparison.Ordinal) && r.Contains("Ngày sinh không đọc được", StringComparison.Ordinal));
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        // The register remembers which column was which.
        await town.Forget("Số máy liên hệ");
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task A_check_can_be_stopped_and_a_page_that_keeps_still_be_asked_for(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await using (await town.HoldTheWorker())
        {
            await visit.Send("dung-lai.csv", FaultyList.Bytes());
            await visit.Page.Link("Đừng tự cập nhật").ClickAsync();
            await Expect(visit.Page.Link("Xem đến đâu rồi")).ToBeVisibleAsync();
            await Expect(visit.Page.Locator("noscript, .so-renew")).ToHaveCountAsync(0);
            await visit.Press("Dừng lại");
            await visit.Sees("Đang kiểm tra");
        }

        await visit.Sees("Đã dừng");
    }

    [Fact]
    public async Task A_list_whose_columns_nobody_knows_asks_for_them_first()
    {
        await using var visit = await browser.Open(town);
        await visit.SignIn("canbo");
        await visit.Send("la.csv", "Ai,Khi nào ra đời\nNguyễn Văn Mẫu Thử,1970\n"u8.ToArray());
        await visit.Page.GetByLabel("Ai", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Họ, chữ đệm và tên" });
        await visit.Press("Đổi cột và kiểm tra lại");
        await visit.Sees("Chưa có cột nào là");
        await visit.IsOpenToEverybody();
    }

    [Fact]
    public async Task A_file_that_is_no_list_is_refused_with_a_sentence()
    {
        await using var visit = await browser.Open(town);
        await visit.SignIn("canbo");
        await visit.Send("anh.csv", [0, 1, 2, 3, 0, 9]);
        await visit.Sees("Tệp này không phải danh sách CSV hay Excel");
        await visit.IsOpenToEverybody();
    }
}
