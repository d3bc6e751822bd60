using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>A time at the counter through the pages: booked on a telephone, called by the clerk, shown in the waiting room.</summary>
public sealed partial class VisitJourneys(Town town, Browser browser)
{
    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task A_time_is_booked_by_telephone_and_its_number_called_shown_and_taken_in(int width, int height, bool script)
    {
        var (_, number, _, name) = await town.Pair();
        await town.OpenAccount(number, IdentityJourneys.Password);
        await using var open = await town.OfficesAreOpen();
        await using var citizen = await browser.Open(town, width, height, script);
        await IdentityJourneys.ByPassword(citizen, number, name);
        await citizen.Go("/dich-vu/2.001194");
        await citizen.Page.Link("Đặt lịch đến quầy").ClickAsync();
        await citizen.Sees("Chọn giờ", "còn 4 chỗ");
        await Looks(citizen);
        // The slot that runs now cannot be booked; the last of the day can.
        await citizen.Page.GetByLabel("16:30").CheckAsync();
        await citizen.Press("Đặt lịch");
        await citizen.Sees("Đã đặt lịch", "16:30", "Thẻ căn cước");
        await Looks(citizen);
        await citizen.Go("/cua-toi/ho-so");
        await citizen.Sees("Lịch hẹn của tôi", "16:30");
        await Looks(citizen);
        await citizen.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { NameRegex = Hour() }).First.ClickAsync();
        await citizen.Press("Tôi đã đến, lấy số");
        await citizen.Sees("Số của bạn", "Bạn là người tiếp theo");
        await Looks(citizen);
        var no = (await citizen.Page.Locator(".so-no").InnerTextAsync()).Trim();

        await using var clerk = await browser.Open(town, width, height, script);
        await clerk.SignIn("congan");
        await clerk.Go("/mot-cua/quay");
        await Looks(clerk);
        await using var room = await browser.Open(town, 1366, 768, script);
        await room.Go($"/quay/{await town.CounterOf("congan")}/man-hinh");
        await room.Sees("1 người đang chờ", "chưa đủ số liệu");
        await Looks(room);
        await clerk.Page.Locator("#window").FillAsync("3");
        await clerk.Press("Gọi số tiếp theo");
        await clerk.Sees("Số đang phục vụ", "Đã đặt lịch");
        await Looks(clerk);
        if (!script) await room.Page.ReloadAsync();
        await Expect(room.Page.Locator(".so-now")).ToContainTextAsync($"{no}");
        await room.Sees("quầy 3");
        await Looks(room);
        if (!script) await citizen.Page.ReloadAsync();
        await citizen.Sees("Mời đến quầy 3");
        await clerk.Press("Tiếp nhận hồ sơ đã hẹn");
        await clerk.Sees("Sổ gốc đã biết", name);
        await Looks(clerk);
        await clerk.Go("/mot-cua/quay");
        await clerk.Press("Xong, gọi số tiếp theo");
        await clerk.Sees("Không có ai đang chờ");
        await clerk.Go("/mot-cua/dat-lich?thu-tuc=2.001194");
        await clerk.Sees("Đặt hộ");
        await Looks(clerk);
    }

    [Fact]
    public async Task Who_has_not_booked_takes_a_number_at_the_door_without_a_name()
    {
        await using var open = await town.OfficesAreOpen();
        await using var guest = await browser.Open(town, 390, 844);
        await guest.Go($"/quay/{await town.CounterOf("canbo")}");
        await Looks(guest);
        await guest.Press("Lấy số thứ tự");
        await guest.Sees("Số của bạn");
        await Looks(guest);
        await using var clerk = await browser.Open(town, 390, 844);
        await clerk.SignIn("canbo");
        await clerk.Go("/");
        await clerk.Sees("Người đang chờ ở quầy");
        await clerk.Go("/mot-cua/quay");
        await clerk.Press("Gọi số tiếp theo");
        await clerk.Press("Không có mặt");
        await clerk.Sees("Đã gọi, không có mặt");
        await Looks(clerk);
        await guest.Sees("Đã gọi mà không thấy bạn");
    }

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }

    [GeneratedRegex("16:30")]
    private static partial Regex Hour();
}
