using Microsoft.Playwright;

namespace SoGoc.Journeys.Tests;

/// <summary>A birth with residence and insurance card, from the counter to the last office.</summary>
public sealed class FilingJourneys(Town town, Browser browser)
{
    private static int births;

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task A_linked_birth_goes_through_three_offices_and_at_the_end_the_insurance_agrees_with_the_register(int width, int height, bool script)
    {
        var (mother, surname) = await town.Couple();
        string code, number;
        await using (var clerk = await browser.Open(town, width, height, script))
        {
            await clerk.SignIn("canbo");
            await clerk.Go("/khai-sinh");
            await clerk.Page.Locator("#mother").FillAsync(mother);
            await clerk.Press("Tiếp tục");
            await clerk.Page.Locator("#fullName").FillAsync($"{surname} Thị Liên");
            await clerk.Page.Locator("#sex").SelectOptionAsync("2");
            await clerk.Page.Locator("#born").FillAsync("1/11/2026");
            await clerk.Page.Locator("#birthPlace").FillAsync("Bệnh viện Mẫu");
            await clerk.Page.Locator("#evidenceNo").FillAsync($"LT-{Interlocked.Increment(ref births)}");
            await clerk.Page.Locator("#declarant").SelectOptionAsync("father");
            await clerk.Page.Locator("#linked").CheckAsync();
            await Looks(clerk);
            await clerk.Press("Tiếp tục");
            await clerk.Sees("Xem lại trước khi đăng ký", "thẻ bảo hiểm y tế cho trẻ");
            foreach (var looked in await clerk.Page.GetByRole(AriaRole.Checkbox).AllAsync())
            {
                await looked.CheckAsync();
            }

            await clerk.Press("Đăng ký khai sinh");
            await clerk.Sees($"Đã đăng ký khai sinh cho {surname} Thị Liên", "LT.");
            number = (await clerk.Part("Số định danh của trẻ").Locator(".so-digits").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
            code = await clerk.Page.Locator("a[href^='/lien-thong/']").Last.InnerTextAsync();
            await new Agreement(town, browser).Holds(clerk, "civil.birth-registered", number, $"{surname} Thị Liên", "In giấy", ("cong-an", "number", number), ("cong-an", "mother.number", mother), ("bao-hiem-y-te", "facts.fullName", $"{surname} Thị Liên"));
            await clerk.Go($"/lien-thong/{code}");
            await clerk.Sees("Đăng ký thường trú", "Đang giải quyết");
            await Looks(clerk);
        }

        await town.PartnersHaveAnswered(code);
        await using (var police = await browser.Open(town, width, height, script))
        {
            await police.SignIn("congan");
            await police.Go("/lien-thong");
            await police.Sees(code);
            await Looks(police);
            await police.Page.GetByRole(AriaRole.Link, new() { Name = $"Xem hồ sơ {code}" }).ClickAsync();
            await police.Sees($"{surname} Thị Liên", "Ấp Mẫu", "DT-");
            await Looks(police);
            await police.Press("Duyệt");
            await police.Sees("Đăng ký thường trú", "Xong");
            await Looks(police);
        }

        await using var citizen = await browser.Open(town, width, height, script);
        await citizen.Go("/theo-doi");
        await Looks(citizen);
        await citizen.Page.Locator("#code").FillAsync(code);
        await citizen.Press("Xem");
        await citizen.Sees("Thẻ bảo hiểm y tế", "Xong");
        await Looks(citizen);
        var told = (await town.Partners.Received("bao-hiem-y-te")).Select(e => e.GetProperty("data").GetProperty("entry")).Single(e => e.TryGetProperty("code", out var c) && c.GetString() == code);
        Assert.Equal((number, $"{surname} Thị Liên"), (told.GetProperty("number").GetString(), told.GetProperty("fullName").GetString()));
    }

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task A_linked_death_ends_the_residence_and_brings_the_funeral_allowance(int width, int height, bool script)
    {
        var home = await town.Household(here: true);
        string code;
        await using (var clerk = await browser.Open(town, width, height, script))
        {
            await clerk.SignIn("canbo");
            await clerk.Go("/ho-tich/khai-tu");
            await clerk.Page.Locator("#deceased").FillAsync(home.Father);
            await clerk.Press("Tiếp tục");
            await clerk.Page.Locator("#died").FillAsync("20/11/2026");
            await clerk.Page.Locator("#place").FillAsync("Nhà riêng, ấp Cũ");
            await clerk.Page.Locator("#cause").FillAsync("Bệnh");
            await clerk.Page.Locator("#evidenceNo").FillAsync("02/UBND-GBT");
            await clerk.Page.Locator("#declarant").SelectOptionAsync("spouse");
            await clerk.Page.Locator("#linked").CheckAsync();
            await clerk.Press("Tiếp tục");
            await clerk.Sees("Xem lại trước khi đăng ký");
            await clerk.Press("Đăng ký");
            await clerk.Sees("Đã đăng ký", "LT.");
            code = await clerk.Page.Locator("a[href^='/lien-thong/']").Last.InnerTextAsync();
            await Looks(clerk);
        }

        await town.PartnersHaveAnswered(code);
        await using (var police = await browser.Open(town, width, height, script))
        {
            await police.SignIn("congan");
            await police.Go($"/lien-thong/{code}");
            await police.Sees(home.FatherName, "DT-");
            await Looks(police);
            await police.Press("Ghi nhận");
            await police.Sees("Xóa đăng ký thường trú", "Xong");
        }

        Assert.DoesNotContain((await town.Person(home.Father)).Residences, r => r.Kind == Population.ResidenceKind.Permanent && r.Until is null);
        Assert.Equal(["01 " + home.MotherName, "10 " + home.SonName], (await town.HouseholdOf(home.Son)).Members.Order(StringComparer.Ordinal));
        await using var citizen = await browser.Open(town, width, height, script);
        await citizen.Go("/theo-doi");
        await citizen.Page.Locator("#code").FillAsync(code);
        await citizen.Press("Xem");
        await citizen.Sees("Trợ cấp mai táng", "Xong");
        var told = (await town.Partners.Received("bao-hiem-xa-hoi")).Select(e => e.GetProperty("data").GetProperty("entry")).Single(e => e.TryGetProperty("code", out var c) && c.GetString() == code);
        Assert.Equal((home.Father, "2026-11-20"), (told.GetProperty("number").GetString(), told.GetProperty("died").GetString()));
        Assert.Empty(await town.Differences());
    }

    [Theory, InlineData(390, 844, false), InlineData(1366, 768, true)]
    public async Task Time_to_truth_and_the_partners_are_looked_after_at_pages_open_to_everybody(int width, int height, bool script)
    {
        await using var leader = await browser.Open(town, width, height, script);
        await leader.SignIn("lanhdao");
        await leader.Go("/su-kien");
        await leader.Sees("Các cơ quan đã cập nhật chưa");
        await Looks(leader);
        await using var it = await browser.Open(town, width, height, script);
        await it.SignIn("tinhoc");
        await it.Go("/doi-tac");
        await it.Sees("Công an tỉnh (minh họa)", "Nhận bình thường");
        await Looks(it);
    }

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }
}
