using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>A citizen stands at the counter, and the clerk looks him up.</summary>
public sealed class PersonJourneys(Town town, Browser browser)
{
    [Theory, ClassData(typeof(Desks))]
    public async Task A_clerk_finds_a_person_by_name_without_accents_and_reads_the_record(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Ask("nghiem thu TRAN");
        await visit.Page.Link(Family.Mother).ClickAsync();
        await visit.Sees(Family.Mother, "05/07/1961", "65 tuổi", "Nữ", "Đang sống", "Số định danh không khớp năm sinh", "Chưa có: tên gọi khác");
        // Where she lives, as it was written and as it is called today.
        await visit.Sees("Số 7, ấp Vĩnh Bảo, Xã Vĩnh Trường, Huyện An Phú, Tỉnh An Giang", "Số 7, ấp Vĩnh Bảo, Xã Vĩnh Hậu, Tỉnh An Giang", "15/03/1988");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task Household_and_kin_lead_from_one_person_to_the_next(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Ask(Family.MotherNumber);
        await visit.Page.Link(Family.Mother).ClickAsync();
        await visit.Part("Hộ gia đình").Link(Family.Child).ClickAsync();
        await visit.Sees("khoảng 36 tuổi");
        await visit.Part("Quan hệ gia đình").Link(Family.Father).ClickAsync();
        await Expect(visit.Part("Quan hệ gia đình")).ToContainTextAsync("Vợ");
        await visit.Part("Quan hệ gia đình").Link(Family.Grandfather).ClickAsync();
        await visit.Sees("Đã chết 12/03/2020");
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync(Family.Grandfather);
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task A_person_is_found_by_birth_date_and_place(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Go("/tra-cuu");
        await visit.Page.Locator("#born").FillAsync("5/7/1961");
        await visit.Page.Locator("#area").SelectOptionAsync(new SelectOptionValue { Label = Family.CommuneToday });
        await visit.Page.Locator("#born").PressAsync("Enter");
        await Expect(visit.Page.Link(Family.Mother)).ToBeVisibleAsync();
        await visit.Sees("trước là Xã Vĩnh Trường, Huyện An Phú");
        // Everything that was asked is still in the form, to be asked more narrowly.
        await Expect(visit.Page.Locator("#born")).ToHaveValueAsync("5/7/1961");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task The_way_back_from_a_record_leads_to_the_people_found_and_no_address_tells_who_was_sought(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Ask("tran thi thu nghiem");
        await Expect(visit.Page.Link(Family.Mother)).ToBeVisibleAsync();
        Assert.DoesNotContain("nghiem", visit.Page.Url, StringComparison.OrdinalIgnoreCase);
        await visit.Page.Link(Family.Mother).ClickAsync();
        await visit.Sees("Hộ gia đình");
        await visit.Page.GoBackAsync();
        await Expect(visit.Page.Link(Family.Mother)).ToBeVisibleAsync();
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Link(Family.Mother)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_one_official_sought_another_cannot_open()
    {
        await using var visit = await browser.Open(town);
        await visit.SignIn("canbo");
        await visit.Ask("tran thi thu nghiem");
        await Expect(visit.Page.Link(Family.Mother)).ToBeVisibleAsync();
        var address = visit.Page.Url;
        await using var other = await browser.Open(town);
        await other.SignIn("tinh");
        await other.Go(address);
        await Expect(other.Page.Locator("#text")).ToHaveValueAsync("");
        await Expect(other.Page.Link(Family.Mother)).ToHaveCountAsync(0);
    }

    [Theory, InlineData(390, 844), InlineData(1366, 768)]
    public async Task Who_types_a_name_sees_the_nearest_people_before_he_sends_it_and_walks_to_them_by_the_arrows(int width, int height)
    {
        await using var visit = await browser.Open(town, width, height);
        await visit.SignIn("canbo");
        await Expect(visit.Page.Locator("h1")).ToContainTextAsync("Sổ gốc");
        await visit.Page.Locator("#text").PressSequentiallyAsync("thu nghiem tr");
        await Expect(visit.Page.Link(Family.Mother)).ToBeVisibleAsync();
        // He is still at the question, whose words stand nowhere in the address.
        await Expect(visit.Page.Locator("#text")).ToBeFocusedAsync();
        Assert.DoesNotContain("nghiem", visit.Page.Url, StringComparison.OrdinalIgnoreCase);
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(visit.Page.Locator(".so-people a").First).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(visit.Page.Locator("#text")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Sees("Hộ gia đình");
        await visit.Page.GoBackAsync();
        await Expect(visit.Page.Link(Family.Mother)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Searching_needs_no_mouse()
    {
        await using var visit = await browser.Open(town);
        await visit.SignIn("canbo");
        await visit.Go("/tra-cuu");
        await Expect(visit.Page.Locator("#text")).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync("thu nghiem tran thi");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "1 người" })).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync(Family.Mother);
        // The first stop on each page leads past the head.
        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Đến nội dung" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Too_many_people_ask_for_more_and_nobody_at_all_says_what_to_try()
    {
        await using var visit = await browser.Open(town);
        await visit.SignIn("tinh");
        await visit.Ask("nguyen");
        await visit.Sees("Hơn 20 người, chỉ hiện 20 người đầu: hãy thêm ngày sinh hoặc nơi thường trú");
        await Expect(visit.Page.Locator(".so-people > li")).ToHaveCountAsync(20);
        await visit.IsOpenToEverybody();
        await visit.Ask("Xyzzy Qwrtp Plugh");
        await visit.Sees("Không tìm thấy ai");
        await visit.Ask("12345");
        await visit.Sees("Số định danh phải gồm đúng 12 chữ số");
        await visit.IsOpenToEverybody();
    }

    [Fact]
    public async Task A_slip_of_the_pen_and_a_household_file_lead_to_the_person_too()
    {
        await using var visit = await browser.Open(town);
        await visit.SignIn("canbo");
        await visit.Ask("Tran Thi Thu Nghien");
        await visit.Sees("Không ai tên đúng như vậy");
        await Expect(visit.Page.Link(Family.Mother)).ToBeVisibleAsync();
        await visit.Go("/tra-cuu");
        await visit.Page.GetByText("Thêm số hồ sơ cư trú hoặc địa chỉ").ClickAsync();
        await visit.Page.GetByLabel("Số hồ sơ cư trú").FillAsync("HS-MAU-01");
        await visit.Press("Tìm");
        await Expect(visit.Page.Link(Family.Father)).ToBeVisibleAsync();
        await Expect(visit.Page.Link(Family.Child)).ToBeVisibleAsync();
        await Expect(visit.Page.GetByLabel("Số hồ sơ cư trú")).ToHaveValueAsync("HS-MAU-01");
        await visit.IsOpenToEverybody();
    }

    [Fact]
    public async Task A_number_is_shown_in_groups_and_copied_without_gaps()
    {
        await using var visit = await browser.Open(town);
        await visit.SignIn("canbo");
        await visit.Ask(Family.MotherNumber);
        await visit.Page.Link(Family.Mother).ClickAsync();
        var number = visit.Page.Locator(".so-person .so-digits").First;
        await Expect(number.Locator("span")).ToHaveTextAsync(["089", "162", "000123"]);
        var copied = await number.EvaluateAsync<string>("e => { getSelection().selectAllChildren(e); return getSelection().toString(); }");
        Assert.Equal(Family.MotherNumber, copied);
    }

    [Fact]
    public async Task A_person_prints_on_one_sheet_of_A4_that_says_who_printed_it()
    {
        await using var visit = await browser.Open(town);
        await visit.SignIn("tinh");
        await visit.Ask(Family.MotherNumber);
        await visit.Page.Link(Family.Mother).ClickAsync();
        await visit.Sees("Lịch sử hồ sơ");
        var sheets = System.Text.Encoding.Latin1.GetString(await visit.Page.PdfAsync(new() { PreferCSSPageSize = true }));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(sheets, @"/Type\s*/Page\b"));
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(visit.Page.GetByText("In từ sổ gốc dân cư tỉnh An Giang")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".so-head")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_confidential_record_is_marked_and_opens_only_for_those_who_may()
    {
        await using var visit = await browser.Open(town);
        await visit.SignIn("canbo");
        await visit.Ask(Family.MotherNumber);
        await visit.Page.Link(Family.Mother).ClickAsync();
        await visit.Sees("và 1 người có hồ sơ bảo mật");
        await visit.Ask(Family.Hidden);
        await visit.Sees("Bảo mật");
        await visit.Page.Link(Family.Hidden).ClickAsync();
        await visit.Sees("Bạn không có quyền làm việc này", "Hồ sơ này được bảo mật");
        await visit.IsOpenToEverybody();
        await using var registrar = await browser.Open(town);
        await registrar.SignIn("tinh");
        await registrar.Ask(Family.Hidden);
        await registrar.Page.Link(Family.Hidden).ClickAsync();
        await registrar.Sees("Bảo mật", "20/01/1995");
    }

    [Fact]
    public async Task A_registrar_reads_what_happened_to_a_record_and_opens_the_list_it_came_by()
    {
        await using var visit = await browser.Open(town);
        await visit.SignIn("tinh");
        await visit.Ask(Family.MotherNumber);
        await visit.Page.Link(Family.Mother).ClickAsync();
        var story = visit.Part("Lịch sử hồ sơ");
        await Expect(story).ToContainTextAsync("Cải chính");
        await Expect(story).ToContainTextAsync("Tôn giáo: Phật giáo → Phật giáo Hòa Hảo");
        await Expect(story).ToContainTextAsync("Quyết định minh họa số 02");
        await Expect(story).ToContainTextAsync("Vào sổ gốc (dòng 3)");
        await story.Link("gia-dinh-mau.csv").ClickAsync();
        await visit.Sees("Đã nhập xong");
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task A_record_turns_back_to_another_day(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("tinh");
        await visit.Ask(Family.MotherNumber);
        await visit.Page.Link(Family.Mother).ClickAsync();
        await visit.Page.Locator("#ngay").FillAsync("1/7/2020");
        await visit.Page.Locator("#ngay").PressAsync("Enter");
        await visit.Sees("Đang xem hồ sơ vào ngày 01/07/2020");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Page.Link("Về hôm nay").ClickAsync();
        await Expect(visit.Page.Locator(".so-turned")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Each_reading_of_a_record_is_written_down()
    {
        await using var visit = await browser.Open(town);
        await visit.SignIn("canbo");
        await visit.Ask(Family.MotherNumber);
        await Expect(visit.Page.Link(Family.Mother)).ToBeVisibleAsync();
        var before = await town.Readings(Family.MotherNumber);
        await visit.Page.Link(Family.Mother).ClickAsync();
        await visit.Sees("Hộ gia đình");
        Assert.Equal(before + 1, await town.Readings(Family.MotherNumber));
    }
}
