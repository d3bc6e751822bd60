using Microsoft.Playwright;

namespace SoGoc.Journeys.Tests;

/// <summary>The clerk registers a birth.</summary>
public sealed class BirthJourneys(Town town, Browser browser)
{
    private static readonly string[] Named = ["Tab", "Enter", "Space", "ArrowDown", "Control+A"];

    private static int births;

    [Theory, ClassData(typeof(Desks))]
    public async Task A_birth_goes_from_the_mother_s_number_to_the_child_s_with_what_is_unlikely_looked_into(int width, int height, bool script)
    {
        var (mother, surname) = await town.Couple();
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Page.Locator(".so-doors").Link("Khai sinh").First.ClickAsync();
        await Looks(visit);
        await visit.Page.Locator("#mother").FillAsync(mother);
        await visit.Press("Tiếp tục");
        await visit.Sees("Theo sổ gốc", "Ấp Mẫu");
        await Looks(visit);

        await visit.Page.Locator("#fullName").FillAsync($"{surname} Thị 7");
        await visit.Page.Locator("#sex").SelectOptionAsync("2");
        await visit.Page.Locator("#born").FillAsync("1/11/2026");
        await visit.Page.Locator("#birthPlace").FillAsync("Bệnh viện Mẫu");
        await visit.Page.Locator("#evidenceNo").FillAsync(Notification());
        await visit.Page.Locator("#evidenceOn").FillAsync("hôm qua");
        await visit.Page.Locator("#declarant").SelectOptionAsync("father");
        await visit.Press("Tiếp tục");
        await visit.Sees("Tên chỉ gồm chữ", "Không đọc được ngày này");
        await Looks(visit);
        await visit.Page.Locator("#evidenceOn").FillAsync("2/11/2026");
        await visit.Page.Locator("#fullName").FillAsync($"{surname} Thị Mới");
        await visit.Press("Tiếp tục");

        await visit.Sees("Xem lại trước khi đăng ký", "Khi sinh, mẹ 62 tuổi");
        await Looks(visit);
        foreach (var looked in await visit.Page.GetByRole(AriaRole.Checkbox).AllAsync())
        {
            await looked.CheckAsync();
        }

        await visit.Press("Đăng ký khai sinh");
        await visit.Sees($"Đã đăng ký khai sinh cho {surname} Thị Mới", "/2026");
        await Looks(visit);
        var number = (await visit.Part("Số định danh của trẻ").Locator(".so-digits").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        var home = (await town.HouseholdOf(number)).Members;
        Assert.Equal(3, home.Length);
        Assert.Contains(home, m => m.EndsWith($"{surname} Thị Mới", StringComparison.Ordinal));
        Assert.Equal(2, (await town.HouseholdOf(mother, daysAgo: 30)).Members.Length);
        Assert.Contains($"{surname} Thị Mới", await town.AsOf(mother, 0), StringComparison.Ordinal);
        await new Agreement(town, browser).Holds(visit, "civil.birth-registered", number, $"{surname} Thị Mới", "In giấy", ("cong-an", "mother.number", mother), ("bao-hiem-y-te", "number", number));
        await town.TakeUp("canbo");
        await visit.Ask(number);
        await visit.Sees($"{surname} Thị Mới");
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task Unmarried_parents_come_once_and_leave_with_a_birth_and_a_recognition(int width, int height, bool script)
    {
        var (mother, father, surname) = await town.Unmarried();
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Go("/khai-sinh");
        await visit.Page.Locator("#mother").FillAsync(mother);
        await visit.Press("Tiếp tục");
        await visit.Page.Locator("#fullName").FillAsync($"{surname} Thị Nhận");
        await visit.Page.Locator("#sex").SelectOptionAsync("2");
        await visit.Page.Locator("#born").FillAsync("1/11/2026");
        await visit.Page.Locator("#birthPlace").FillAsync("Bệnh viện Mẫu");
        await visit.Page.Locator("#evidenceNo").FillAsync(Notification());
        await visit.Page.Locator("#declarant").SelectOptionAsync("mother");
        await visit.Page.GetByText("Cha mẹ không kết hôn: cha nhận con cùng lúc").ClickAsync();
        await visit.Page.Locator("#father").FillAsync(father);
        await visit.Page.Locator("#proof").SelectOptionAsync("undertaking");
        await visit.Page.Locator("#proofOn").FillAsync("chưa rõ");
        await visit.Press("Tiếp tục");
        await visit.Sees("Hai bên phải có mặt", "Không đọc được ngày này");
        await Looks(visit);
        await visit.Page.Locator("#proofOn").FillAsync("20/11/2026");
        await visit.Page.Locator("#bothHere").CheckAsync();
        await visit.Press("Tiếp tục");
        await visit.Sees("Xem lại trước khi đăng ký", "cha nhận con cùng lúc", "Văn bản cam đoan");
        await Looks(visit);
        await visit.Press("Đăng ký khai sinh");
        await visit.Sees($"Đã đăng ký khai sinh cho {surname} Thị Nhận", "Số nhận cha, mẹ, con");
        await Looks(visit);
        var number = (await visit.Part("Số định danh của trẻ").Locator(".so-digits").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        Assert.Contains($"{surname} Thị Nhận", await town.AsOf(father, 0), StringComparison.Ordinal);

        // What should not have been is taken back in one go.
        await visit.Go("/ho-tich/huy-khai-sinh");
        await visit.Page.Locator("#person").FillAsync(number);
        await visit.Press("Tiếp tục");
        await visit.Page.Locator("#decidedBy").FillAsync("Chủ tịch UBND tỉnh Mẫu");
        await visit.Page.Locator("#decisionNo").FillAsync("9/QĐ-UBND");
        await visit.Page.Locator("#decisionOn").FillAsync("24/11/2026");
        await Looks(visit);
        await visit.Press("Tiếp tục");
        await visit.Press("Đăng ký");
        await visit.Sees("Số trong sổ");
        Assert.DoesNotContain($"{surname} Thị Nhận", await town.AsOf(father, 0), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task A_father_whose_wife_is_a_foreigner_has_their_child_registered_that_was_born_abroad(int width, int height, bool script)
    {
        var (father, surname) = await town.HusbandOfForeigner();
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Go("/khai-sinh");
        await visit.Page.GetByText("Chưa xác định được mẹ, hoặc trẻ bị bỏ rơi").ClickAsync();
        await visit.Page.Locator("#citizen").FillAsync(father);
        await Looks(visit);
        await visit.Page.Locator("form", new() { Has = visit.Page.Locator("#citizen") }).GetByRole(AriaRole.Button).ClickAsync();
        await visit.Page.Locator("#fullName").FillAsync($"{surname} Thị Mới");
        await visit.Page.Locator("#sex").SelectOptionAsync("2");
        await visit.Page.Locator("#born").FillAsync("1/11/2026");
        await visit.Page.Locator("#birthPlace").FillAsync("Bệnh viện Osaka Mẫu");
        await visit.Page.Locator("#evidence").SelectOptionAsync("foreign-paper");
        await visit.Page.Locator("#evidenceNo").FillAsync(Notification());
        await visit.Page.Locator("#declarant").SelectOptionAsync("father");
        await visit.Page.Locator("#birthCountry").SelectOptionAsync("JP");
        await visit.Page.Locator("#notRegisteredAbroad").CheckAsync();
        await visit.Page.Locator("#foreignName").FillAsync("Mau Thu Minh Hoa");
        await visit.Page.Locator("#foreignBorn").FillAsync("3/2/1990");
        await visit.Page.Locator("#foreignNationality").SelectOptionAsync("KR");
        await visit.Press("Tiếp tục");
        await visit.Sees("Hãy nhập số hộ chiếu", "cần văn bản thỏa thuận");
        await Looks(visit);
        await visit.Page.Locator("#foreignPaper").FillAsync("M00000001");
        await visit.Page.Locator("#nationalityAgreed").CheckAsync();
        await visit.Press("Tiếp tục");
        await visit.Sees("Xem lại trước khi đăng ký", "Bệnh viện Osaka Mẫu, Nhật Bản", "Mau Thu Minh Hoa");
        await Looks(visit);
        await visit.Press("Đăng ký khai sinh");
        await visit.Sees($"Đã đăng ký khai sinh cho {surname} Thị Mới");
    }

    [Fact]
    public async Task A_clerk_registers_a_birth_without_taking_a_hand_from_the_keyboard()
    {
        var (mother, surname) = await town.Couple();
        await using var visit = await browser.Open(town, 1366, 768);
        await visit.SignIn("canbo");
        await visit.Go("/khai-sinh");
        var keys = visit.Page.Keyboard;
        await Focus(visit, "#mother");
        // As a scanner types the code of the card.
        await keys.TypeAsync($"{mother}||||Nữ||");
        await keys.PressAsync("Enter");
        await Focus(visit, "#fullName");
        await Write(keys, $"{surname} Văn Mới", "Tab", "ArrowDown", "Tab", "1112026", "Tab", "Bệnh viện Mẫu", "Tab", "Tab", Notification(), "Tab", "2/11/2026", "Tab", "ArrowDown", "ArrowDown", "Tab", "Tab", "Tab", "Tab", "Enter");
        await visit.Sees("Hãy nhập ngày sinh đủ ngày, tháng, năm");
        await Focus(visit, "#fullName");
        await Write(keys, "Tab", "Tab", "Control+A", "1/11/2026", "Enter");
        await Focus(visit, "#civil-mother-age");
        await Write(keys, "Space", "Tab", "Space", "Tab", "Enter");
        await visit.Sees($"Đã đăng ký khai sinh cho {surname} Văn Mới");
    }

    /// <summary>By the keystroke-level model (Card, Moran and Newell 1980): 0.28 s for each key of an average typist, 1.35 s of thought before each field; and what the machine takes is told, not asserted: machines are noisy.</summary>
    [Fact]
    public async Task A_birth_with_known_parents_takes_a_clerk_less_than_a_minute()
    {
        const double Key = 0.28, Thought = 1.35;
        var (mother, surname) = await town.Couple("1993-05-06", "1995-07-08");
        await using var visit = await browser.Open(town, 1366, 768);
        await visit.SignIn("canbo");
        await visit.Go("/khai-sinh");
        var keys = visit.Page.Keyboard;
        await Focus(visit, "#mother");
        var since = TimeProvider.System.GetTimestamp();
        await keys.TypeAsync($"{mother}||||Nữ||");      // the scanner types: no key of hers but Enter
        await keys.PressAsync("Enter");
        await Focus(visit, "#fullName");
        string[] strokes = [$"{surname} Thị Bình An", "Tab", "ArrowDown", "ArrowDown", "Tab", "1/11/2026", "Tab", "Bệnh viện đa khoa tỉnh Mẫu", "Tab", "Tab", Notification(), "Tab", "2/11/2026", "Tab", "ArrowDown", "ArrowDown", "Tab", "Tab", "Tab", "Tab", "Enter"];
        await Write(keys, strokes);
        await visit.Sees("Xem lại trước khi đăng ký");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Đăng ký khai sinh", Exact = true })).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await visit.Sees($"Đã đăng ký khai sinh cho {surname} Thị Bình An");
        var (pressed, fields) = (2 + strokes.Sum(s => Named.Contains(s) ? 1 : s.Length), 9);
        var clerk = (pressed * Key) + (fields * Thought);
        TestContext.Current.SendDiagnosticMessage("{0} keys, {1:0} s of the clerk, {2:0.0} s of the machine", pressed, clerk, TimeProvider.System.GetElapsedTime(since).TotalSeconds);
        Assert.True(clerk < 55, $"{pressed} keys take {clerk:0} s.");
    }

    private static string Notification() => $"HT-{Interlocked.Increment(ref births)}";

    private static Task Focus(Visit visit, string field) => Assertions.Expect(visit.Page.Locator(field)).ToBeFocusedAsync();

    private static async Task Write(IKeyboard keys, params string[] strokes)
    {
        foreach (var stroke in strokes)
        {
            await (Named.Contains(stroke) ? keys.PressAsync(stroke) : keys.TypeAsync(stroke));
        }
    }

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }
}
