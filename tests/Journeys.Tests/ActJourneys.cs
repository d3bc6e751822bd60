using Microsoft.Playwright;
using SoGoc.Population;

namespace SoGoc.Journeys.Tests;

/// <summary>The clerk registers acts of civil status on the one page of acts; after each, record, household, feed and book say the same.</summary>
public sealed class ActJourneys(Town town, Browser browser)
{
    private Agreement Everybody => new(town, browser);

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task Two_marry_and_she_moves_in_with_him(int width, int height, bool script)
    {
        var pair = await town.Pair();
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Page.Locator(".so-doors").Link("Việc hộ tịch").First.ClickAsync();
        await Looks(visit);
        await visit.Page.Locator("main").Link("Kết hôn").First.ClickAsync();
        await Looks(visit);
        // As a scanner types the code of the card.
        await visit.Page.Locator("#husband").FillAsync($"{pair.Man}||{pair.ManName}|09081993|Nam||");
        await visit.Page.Locator("#wife").FillAsync(pair.Woman);
        await visit.Press("Tiếp tục");
        await visit.Sees("Theo sổ gốc", pair.ManName, pair.WomanName, "Ấp Thử");
        await Looks(visit);
        await visit.Page.Locator("#household").SelectOptionAsync("with-husband");
        await visit.Page.Locator("#bothHere").CheckAsync();
        await visit.Press("Tiếp tục");
        await visit.Sees("cần cam đoan của hai bên");
        await Looks(visit);
        await Assertions.Expect(visit.Page.Locator("#household")).ToHaveValueAsync("with-husband");
        await visit.Page.Locator("#notKin").CheckAsync();
        await visit.Press("Tiếp tục");
        await visit.Sees("Xem lại trước khi đăng ký", "Vợ về ở cùng hộ của chồng");
        await Looks(visit);
        await visit.Press("Đăng ký");
        await visit.Sees("Đã đăng ký", "/2026");
        await Looks(visit);

        var (he, she) = (await town.Person(pair.Man), await town.Person(pair.Woman));
        Assert.Equal((2, 2), (he.Facts.Marital!.Value, she.Facts.Marital!.Value));
        Assert.Equal(pair.WomanName, he.Kin.Single(k => k.Kind == KinKind.Spouse).Name);
        Assert.Equal(["01 " + pair.ManName, "02 " + pair.WomanName], (await town.HouseholdOf(pair.Woman)).Members);
        Assert.Equal(["10 " + pair.WomanName], (await town.HouseholdOf(pair.Woman, daysAgo: 1)).Members);
        Assert.Contains("\"marital\":1", await town.AsOf(pair.Man, 1), StringComparison.Ordinal);
        Assert.Contains("\"marital\":2", await town.AsOf(pair.Man, 0), StringComparison.Ordinal);
        await Everybody.Holds(visit, "civil.marriage-registered", pair.Man, pair.ManName, "In giấy", ("cong-an", "husband.number", pair.Man), ("cong-an", "wife.fullName", pair.WomanName));
    }

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task A_death_gives_the_household_another_head_and_is_taken_back_when_he_returns(int width, int height, bool script)
    {
        var home = await town.Household(here: true);
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Go("/ho-tich/khai-tu");
        await visit.Page.Locator("#deceased").FillAsync(home.Father);
        await visit.Press("Tiếp tục");
        await visit.Sees(home.FatherName, home.MotherName, "Chủ hộ mới");
        await visit.Page.Locator("#died").FillAsync("31/2/2026");
        await visit.Page.Locator("#place").FillAsync("Nhà riêng, ấp Cũ");
        await visit.Page.Locator("#cause").FillAsync("Bệnh");
        await visit.Page.Locator("#evidenceNo").FillAsync("01/UBND-GBT");
        await visit.Page.Locator("#declarant").SelectOptionAsync("spouse");
        await visit.Press("Tiếp tục");
        // What cannot be read is told, and stays to be mended with all the rest.
        await visit.Sees("Không đọc được ngày này");
        await Assertions.Expect(visit.Page.Locator("#died")).ToHaveValueAsync("31/2/2026");
        await Looks(visit);
        await visit.Page.Locator("#died").FillAsync("20/11/2026");
        await visit.Press("Tiếp tục");
        await visit.Sees("Xem lại trước khi đăng ký", "Bệnh");
        await visit.Press("Đăng ký");
        await visit.Sees("Đã đăng ký");
        Assert.Equal(PersonStatus.Dead, (await town.Person(home.Father)).Status);
        Assert.Equal(["01 " + home.MotherName, "10 " + home.SonName], (await town.HouseholdOf(home.Son)).Members.Order(StringComparer.Ordinal));
        Assert.Contains("01 " + home.FatherName, (await town.HouseholdOf(home.Son, daysAgo: 30)).Members);
        Assert.Contains("\"status\":\"living\"", await town.AsOf(home.Father, 30), StringComparison.Ordinal);
        Assert.Contains("\"status\":\"dead\"", await town.AsOf(home.Father, 0), StringComparison.Ordinal);
        await Everybody.Holds(visit, "civil.death-registered", home.Father, home.FatherName, "In giấy",
            ("cong-an", "died", "2026-11-20"), ("bao-hiem-xa-hoi", "deceased.number", home.Father), ("bao-hiem-y-te", "deceased.number", home.Father), ("thue", "deceased.fullName", home.FatherName));
        var paper = await town.PaperAbout("civil.death-registered", home.Father);

        await visit.Go("/ho-tich/huy-khai-tu");
        await visit.Page.Locator("#person").FillAsync(home.Father);
        await visit.Press("Tiếp tục");
        await visit.Sees(home.FatherName);
        await visit.Page.Locator("#court").FillAsync("Tòa án nhân dân khu vực Mẫu");
        await visit.Page.Locator("#decisionNo").FillAsync("7/2026/QĐST-DS");
        await visit.Page.Locator("#decisionOn").FillAsync("24/11/2026");
        await visit.Press("Tiếp tục");
        await Looks(visit);
        await visit.Press("Đăng ký");
        await visit.Sees("Đã đăng ký");
        Assert.Equal(PersonStatus.Living, (await town.Person(home.Father)).Status);
        Assert.Equal(["01 " + home.FatherName, "02 " + home.MotherName, "10 " + home.SonName], (await town.HouseholdOf(home.Son)).Members.Order(StringComparer.Ordinal));
        Assert.Contains("\"status\":\"living\"", await town.AsOf(home.Father, 0), StringComparison.Ordinal);
        await Everybody.Holds(visit, "civil.death-annulled", home.Father, home.FatherName, "In giấy", ("cong-an", "person.number", home.Father), ("bao-hiem-xa-hoi", "person.fullName", home.FatherName));
        // The paper of the death that was none is worth nothing any more.
        await using var holder = await browser.Open(town, width, height, script);
        await holder.Go($"/giay/{paper.Code}#{paper.Token}");
        await holder.Sees("Giấy đã bị hủy từ ngày", "Việc hộ tịch ghi trong giấy đã bị hủy");
    }

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task A_child_is_adopted_and_the_birth_before_is_closed(int width, int height, bool script)
    {
        var (home, single) = (await town.Household(here: true), await town.Pair());
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Go("/ho-tich/nuoi-con-nuoi");
        await visit.Page.Locator("#child").FillAsync(home.Son);
        await visit.Page.Locator("#adopter").FillAsync(single.Man);
        await visit.Press("Tiếp tục");
        await visit.Sees(home.SonName, single.ManName);
        await visit.Page.Locator("#parentsAgree").CheckAsync();
        await visit.Page.Locator("#childAgrees").CheckAsync();
        await visit.Page.Locator("#movesIn").CheckAsync();
        await Looks(visit);
        await visit.Press("Tiếp tục");
        await visit.Press("Đăng ký");
        await visit.Sees("Đã đăng ký");
        var child = await town.Person(home.Son);
        Assert.Equal(single.ManName, Assert.Single(child.Kin).Name);
        Assert.DoesNotContain((await town.Person(home.Father)).Kin, k => k.Kind == KinKind.Child);
        Assert.Equal(["01 " + single.ManName, "11 " + home.SonName], (await town.HouseholdOf(home.Son)).Members);
        Assert.Equal(["01 " + home.FatherName, "02 " + home.MotherName, "10 " + home.SonName], (await town.HouseholdOf(home.Son, daysAgo: 1)).Members);
        Assert.Contains(home.FatherName, await town.AsOf(home.Father, 1), StringComparison.Ordinal);
        await Everybody.Holds(visit, "civil.child-adopted", home.Son, home.SonName, "In giấy", ("cong-an", "child.number", home.Son), ("cong-an", "adopter.number", single.Man));
    }

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task A_year_of_birth_is_corrected_and_the_old_number_answers_with_the_new_one(int width, int height, bool script)
    {
        var home = await town.Household(here: true);
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Go("/ho-tich/thay-doi-cai-chinh");
        await visit.Page.Locator("#person").FillAsync(home.Son);
        await visit.Press("Tiếp tục");
        await visit.Page.Locator("#born").FillAsync("10/9/2015");
        await visit.Page.Locator("#evidence").FillAsync("Giấy chứng sinh");
        await Looks(visit);
        await visit.Press("Tiếp tục");
        await visit.Sees("Xem lại trước khi đăng ký", "10/9/2015");
        await visit.Press("Đăng ký");
        await visit.Sees("Đã đăng ký");
        var son = await town.Person(home.Son);
        Assert.Equal(home.Son, Assert.Single(son.FormerNumbers).Number.ToString());
        var number = son.Facts.Number!.Value.ToString();
        Assert.StartsWith("089215", number, StringComparison.Ordinal);
        Assert.Equal(["01 " + home.FatherName, "02 " + home.MotherName, "10 " + home.SonName], (await town.HouseholdOf(home.Son)).Members);
        await Everybody.Holds(visit, "civil.registration-changed", home.Son, home.SonName, "In giấy", ("cong-an", "numberAfter", number), ("bao-hiem-y-te", "numberBefore", home.Son), ("bao-hiem-y-te", "after.born", "2015-09-10"));
        await town.TakeUp("canbo");
        await visit.Ask(home.Son);
        await visit.Sees(home.SonName, "10/09/2015");
    }

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }
}
