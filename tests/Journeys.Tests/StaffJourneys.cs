using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>Officials are appointed, stand in for one another, and mind their own accounts.</summary>
public sealed class StaffJourneys(Town town, Browser browser)
{
    [Theory, InlineData(390, 844), InlineData(1366, 768)]
    public async Task An_official_adds_a_passkey_and_shows_it_after_the_password(int width, int height)
    {
        var account = $"khoa-{width}";
        await town.MakeClerk(account);
        await using var visit = await browser.Open(town, width, height);
        await IdentityJourneys.Authenticator(visit.Page);
        await visit.SignIn(account);
        await visit.Go("/tai-khoan");
        await visit.Page.Link("Bước thứ hai").ClickAsync();
        await visit.Press("Thêm ứng dụng");
        await visit.Sees("Quét hình này");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Press("Thêm khóa trên máy này");
        await Expect(visit.Part("Cách của bạn").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await town.EndSessionsOf(account);
        await visit.Go("/dia-ban");
        await visit.SignIn(account);
        await visit.Sees("Mất khóa hoặc điện thoại?");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Go("/dia-ban");
        await visit.Sees("Mất khóa hoặc điện thoại?");
        await visit.Press("Dùng khóa truy cập");
        await visit.Sees("Một sổ gốc, mọi cơ quan cùng hỏi");
        await visit.Go("/tai-khoan");
        await visit.Sees("Vũ Thị Bịa");
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task An_administrator_appoints_an_official_who_chooses_a_password_and_works(int width, int height, bool script)
    {
        var account = $"mau-{width}-{script}".ToLowerInvariant();
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("quantri");
        await visit.Page.Link("Cán bộ").First.ClickAsync();
        await visit.Sees("Trần Thị Thử", "Nguyễn Văn Mẫu");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Page.Link("Thêm cán bộ").ClickAsync();
        await visit.Page.GetByLabel("Họ và tên").FillAsync("Vũ Thị Bịa");
        await visit.Page.GetByLabel("Tên đăng nhập").FillAsync(account);
        await visit.Page.GetByLabel("Vai trò").SelectOptionAsync(new SelectOptionValue { Label = "Cán bộ xã" });
        await visit.Page.GetByLabel("Địa bàn phụ trách").SelectOptionAsync(new SelectOptionValue { Label = Family.CommuneToday });
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Page.GetByLabel("Căn cứ").FillAsync("Quyết định minh họa số 20");
        await visit.Press("Thêm cán bộ");
        await visit.Sees("Chỉ hiện một lần này");
        var password = await visit.Page.Locator("#password").InnerTextAsync();
        await visit.FitsTheScreen();
        await visit.Page.Link("Xem cán bộ này").ClickAsync();
        await visit.Sees("Giao vị trí Cán bộ xã", "Quyết định minh họa số 20", "Chưa đổi mật khẩu lần đầu");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        foreach (var path in new[] { "/can-bo/vai-tro", "/can-bo/co-quan" })
        {
            await visit.Go(path);
            await visit.Page.Locator("details").First.ClickAsync();
            await visit.FitsTheScreen();
            await visit.IsOpenToEverybody();
        }

        await using var clerk = await browser.Open(town, width, height, script);
        await clerk.SignIn(account, password);
        await Expect(clerk.Page.Locator("h1")).ToHaveTextAsync("Đổi mật khẩu");
        await clerk.FitsTheScreen();
        await clerk.IsOpenToEverybody();
        await clerk.Page.Locator("#old").FillAsync(password);
        await clerk.Page.Locator("#fresh").FillAsync("mot cau that dai");
        await clerk.Page.Locator("#again").FillAsync("mot cau that dai");
        await clerk.Press("Đổi mật khẩu");
        await clerk.Page.Link("Tiếp tục làm việc").ClickAsync();
        await clerk.Page.Link("Địa bàn").First.ClickAsync();
        await clerk.Sees(Family.CommuneToday);
        await clerk.Go("/tai-khoan");
        await clerk.Sees("Cán bộ xã", Family.CommuneToday, "Phiên này");
        await clerk.FitsTheScreen();
        await clerk.IsOpenToEverybody();
    }
}
