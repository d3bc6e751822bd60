using Microsoft.Playwright;

namespace SoGoc.Journeys.Tests;

/// <summary>The commune police decides on residence and households.</summary>
public sealed class ResidenceJourneys(Town town, Browser browser)
{
    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task A_household_moves_into_the_commune_from_one_number_to_a_numbered_decision(int width, int height, bool script)
    {
        var home = await town.Household(here: false);
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("congan");
        await visit.Page.Locator(".so-doors").Link("Cư trú").First.ClickAsync();
        await Looks(visit);
        // As a scanner types the code of the card.
        await Begin(visit, "permanent", $"{home.Father}||{home.FatherName}|06051980|Nam||");
        await visit.Sees("Theo sổ gốc", "Số 9, ấp Cũ", home.MotherName, home.SonName, "chưa thành niên");
        await Looks(visit);

        foreach (var name in new[] { home.MotherName, home.SonName })
        {
            await Member(visit, name).CheckAsync();
        }

        await visit.Page.Locator("#basis").SelectOptionAsync("rented");
        await visit.Page.Locator("#floor").FillAsync("20,5");
        await visit.Page.Locator("#detail").FillAsync("Số 1, ấp Mẫu");
        await Tick(visit, "#DwellingChecked", "#OwnerAgrees");
        await visit.Press("Tiếp tục");
        await visit.Sees("Cần ít nhất 8 m² sàn cho mỗi người: 3 người cần 24 m².");
        await Looks(visit);
        await Assertions.Expect(visit.Page.Locator("#detail")).ToHaveValueAsync("Số 1, ấp Mẫu");
        await Assertions.Expect(Member(visit, home.SonName)).ToBeCheckedAsync();
        await visit.Page.Locator("#floor").FillAsync("24");
        await visit.Press("Tiếp tục");

        await visit.Sees("Xem lại trước khi quyết định", "20.000 đồng", "7 ngày làm việc", $"{home.SonName}: thường trú tại Số 1, ấp Mẫu", "Lập hộ mới tại Số 1, ấp Mẫu", "không còn ai, kết thúc");
        await Looks(visit);
        await visit.Press("Quyết định");
        await visit.Sees("Đã quyết định: Đăng ký thường trú, số ");
        await Looks(visit);
        Assert.Equal(["01 " + home.FatherName, "02 " + home.MotherName, "10 " + home.SonName], (await town.HouseholdOf(home.Son)).Members);
        Assert.StartsWith("Số 1, ấp Mẫu, " + Family.CommuneToday, (await town.HouseholdOf(home.Son)).Address, StringComparison.Ordinal);
        Assert.StartsWith("Số 9, ấp Cũ", (await town.HouseholdOf(home.Son, daysAgo: 1)).Address, StringComparison.Ordinal);
        Assert.Contains("Số 9, ấp Cũ", await town.AsOf(home.Son, 1), StringComparison.Ordinal);
        await new Agreement(town, browser).Holds(visit, "civil.residence-decided", home.Son, home.FatherName, "In thông báo kết quả", ("bao-hiem-y-te", "persons.0.number", home.Father), ("bao-hiem-xa-hoi", "act", "permanent"));
        await visit.Ask(home.Son);
        await visit.Sees(home.SonName, "Số 1, ấp Mẫu");
    }

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task A_household_is_split_and_the_other_half_gets_another_head(int width, int height, bool script)
    {
        var home = await town.Household(here: true);
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("congan");
        await visit.Go("/cu-tru");
        await Begin(visit, "split", home.Mother);
        await Member(visit, home.SonName).CheckAsync();
        await Tick(visit, "#DwellingChecked", "#OwnerAgrees");
        await visit.Press("Tiếp tục");
        await visit.Sees("Cần chủ hộ đồng ý");
        await Looks(visit);
        await Tick(visit, "#HeadAgrees");
        await visit.Press("Tiếp tục");
        await visit.Sees("10.000 đồng", $"{home.MotherName}: Chủ hộ", $"{home.SonName}: Con đẻ");
        await visit.Press("Quyết định");
        await visit.Sees("Đã quyết định: Tách hộ, số ");
        Assert.Equal(["01 " + home.MotherName, "10 " + home.SonName], (await town.HouseholdOf(home.Son)).Members);
        Assert.Equal(["01 " + home.FatherName], (await town.HouseholdOf(home.Father)).Members);
        Assert.Equal(["01 " + home.FatherName, "02 " + home.MotherName, "10 " + home.SonName], (await town.HouseholdOf(home.Son, daysAgo: 1)).Members);
        Assert.Empty(await town.Differences());
    }

    [Theory, InlineData(390, 844, true), InlineData(1366, 768, false)]
    public async Task A_household_gets_another_head_and_everybody_is_told_what_he_is_now(int width, int height, bool script)
    {
        var home = await town.Household(here: true);
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("congan");
        await visit.Go("/cu-tru");
        await Begin(visit, "head", home.Father);
        await visit.Page.Locator("#Head").SelectOptionAsync(new SelectOptionValue { Label = home.SonName });
        await Tick(visit, "#HeadAgrees");
        await visit.Press("Tiếp tục");
        await visit.Sees($"{home.SonName} chưa thành niên");
        await Looks(visit);
        await visit.Page.Locator("#Head").SelectOptionAsync(new SelectOptionValue { Label = home.MotherName });
        await visit.Press("Tiếp tục");
        await visit.Sees($"{home.FatherName}: Chồng", $"{home.MotherName}: Chủ hộ", "Không thu");
        await Looks(visit);
        await visit.Press("Quyết định");
        await visit.Sees("Đã quyết định: Thay đổi chủ hộ, số ");
        Assert.Equal(["01 " + home.MotherName, "03 " + home.FatherName, "10 " + home.SonName], (await town.HouseholdOf(home.Son)).Members);
        Assert.Equal(["01 " + home.FatherName, "02 " + home.MotherName, "10 " + home.SonName], (await town.HouseholdOf(home.Son, daysAgo: 1)).Members);
        Assert.Empty(await town.Differences());

        // A second decision on the same day is looked into before it is taken.
        await visit.Go("/cu-tru");
        await Begin(visit, "head", home.Mother);
        await visit.Page.Locator("#Head").SelectOptionAsync(new SelectOptionValue { Label = home.FatherName });
        await Tick(visit, "#HeadAgrees");
        await visit.Press("Tiếp tục");
        await visit.Sees("Hôm nay đã có quyết định với người này: Thay đổi chủ hộ");
        await Looks(visit);
    }

    private static async Task Begin(Visit visit, string act, string person)
    {
        await visit.Page.Locator("#act").SelectOptionAsync(act);
        await visit.Page.Locator("#person").FillAsync(person);
        await visit.Page.Locator("#person").PressAsync("Enter");
        await visit.Sees("Theo sổ gốc");
    }

    private static ILocator Member(Visit visit, string name) => visit.Page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new System.Text.RegularExpressions.Regex("^" + name) });

    private static async Task Tick(Visit visit, params string[] boxes)
    {
        foreach (var box in boxes)
        {
            await visit.Page.Locator(box).CheckAsync();
        }
    }

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }
}
