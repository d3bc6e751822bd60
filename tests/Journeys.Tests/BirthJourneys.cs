using Microsoft.Playwright;

namespace SoGoc.Journeys.Tests;

/// <summary>The clerk registers a birth.</summary>
public sealed class BirthJourneys(Town town, Browser browser)
{
    private static int births;

    [Theory, ClassData(typeof(Screens))]
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
        await visit.Page.Locator("#declarant").SelectOptionAsync("father");
        await visit.Press("Tiếp tục");
        await visit.Sees("Tên chỉ gồm chữ");
        await Looks(visit);
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
        await town.TakeUp("canbo");
        await visit.Ask(number);
        await visit.Sees($"{surname} Thị Mới");
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

    private static string Notification() => $"HT-{Interlocked.Increment(ref births)}";

    private static Task Focus(Visit visit, string field) => Assertions.Expect(visit.Page.Locator(field)).ToBeFocusedAsync();

    private static async Task Write(IKeyboard keys, params string[] strokes)
    {
        foreach (var stroke in strokes)
        {
            await (stroke is "Tab" or "Enter" or "Space" or "ArrowDown" or "Control+A" ? keys.PressAsync(stroke) : keys.TypeAsync(stroke));
        }
    }

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }
}
