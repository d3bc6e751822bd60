using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace SoGoc.Journeys.Tests;

/// <summary>Services that end in an act: the citizen asks on his phone, the office registers at its desk what he has said, and he sees the result.</summary>
public sealed partial class ServiceActJourneys(Town town, Browser browser)
{
    private static int papers;

    [Fact]
    public async Task A_mother_declares_a_birth_with_residence_and_card_and_the_clerk_types_nothing()
    {
        var (mother, surname) = await town.Couple("1993-05-06", "1995-07-08");
        await using var citizen = await AtHome(mother);
        var code = await HandIn(citizen, "LT.KS", ("declarant", "mother"), ("kind", "both-parents"), ("fatherIs", "husband"), ("fullName", $"{surname} Văn Cửa"), ("sex", "1"), ("born", "01/11/2026"), ("birthPlace", "Bệnh viện Mẫu"),
            ("evidence", "notification"), ("evidenceNo", $"MC-{Interlocked.Increment(ref papers)}"), ("commune", Family.CommuneToday), ("clinic", "Trạm y tế Mẫu"), ("phone", "0900000123"));
        await using var clerk = await Begun(code, "canbo", $"{surname} Văn Cửa", "Trạm y tế Mẫu");
        await clerk.Press("Tiếp tục");
        await clerk.Sees("Xem lại trước khi đăng ký", "Trạm y tế Mẫu");
        await Looks(clerk);
        await Confirm(clerk);
        await clerk.Press("Đăng ký khai sinh");
        await clerk.Sees($"Đã đăng ký khai sinh cho {surname} Văn Cửa", "LT.");
        await Result(citizen, code, "Bé đã được khai sinh", "LT.");
    }

    [Fact]
    public async Task A_widow_declares_a_death_with_all_that_follows_and_sees_that_it_is_done()
    {
        var home = await town.Household(here: true);
        await using var citizen = await AtHome(home.Mother);
        var code = await HandIn(citizen, "LT.KT", ("deceased", home.Father), ("commune", Family.CommuneToday), ("declarant", "spouse"), ("died", "22/11/2026"), ("place", "Nhà riêng"), ("cause", "Già yếu"), ("kind", "ordinary"), ("evidence", "notice"),
            ("evidenceNo", "09/GBT"), ("benefit", "insurance"), ("receiverIs", "me"), ("account", "0123456789"), ("phone", "0900000123"));
        await using var clerk = await Begun(code, "canbo", "Già yếu", "0123456789", home.Mother);
        await clerk.Press("Tiếp tục");
        await clerk.Sees("Xem lại trước khi đăng ký", "Già yếu");
        await Looks(clerk);
        await Confirm(clerk);
        await clerk.Press("Đăng ký");
        await clerk.Sees("Đã đăng ký", "LT.");
        await Result(citizen, code, "khai tử", "LT.");
    }

    [Fact]
    public async Task A_family_moves_in_and_the_police_finds_all_of_it_chosen()
    {
        var home = await town.Household(here: false);
        await using var citizen = await AtHome(home.Father);
        var code = await HandIn(citizen, "1.004222", ("together", "household"), ("commune", Family.CommuneToday), ("basis", "own"), ("detail", "Số 3, ấp Cửa"), ("phone", "0900000123"));
        await using var police = await Begun(code, "congan", home.SonName, "Số 3, ấp Cửa");
        await Assertions.Expect(police.Page.Locator("input[name=Persons]:checked")).ToHaveCountAsync(3);
        await police.Page.Locator("#DwellingChecked").CheckAsync();
        await police.Press("Tiếp tục");
        await police.Sees("Xem lại trước khi quyết định", $"{home.SonName}: thường trú tại Số 3, ấp Cửa");
        await Looks(police);
        await Confirm(police);
        await police.Press("Quyết định");
        await police.Sees("Đã quyết định: Đăng ký thường trú, số ");
        await Pays(citizen, code, "10.000");
        await Result(citizen, code, "thường trú");
        Assert.Equal(3, (await town.HouseholdOf(home.Son)).Members.Length);
    }

    [Fact]
    public async Task A_file_at_the_wrong_commune_is_handed_over_and_the_citizen_sees_who_has_it_since_when()
    {
        var (man, _, name, _) = await town.Pair();
        await using var citizen = await AtHome(man);
        var code = await HandIn(citizen, "1.004873", ("for", "other"), ("purpose", "Vay vốn ngân hàng"), ("phone", "0900000123"));
        await citizen.Sees("Nơi đang giữ hồ sơ", "UBND " + Family.CommuneToday, "từ ");
        await using var clerk = await browser.Open(town, 1366, 768, script: true);
        await clerk.SignIn("canbo");
        await clerk.Go($"/mot-cua/{code}");
        await clerk.Sees(name, "Vay vốn ngân hàng");
        await clerk.Page.GetByText("Chuyển cho nơi có thẩm quyền").ClickAsync();
        await Looks(clerk);
        await clerk.Page.Locator("#commune").SelectOptionAsync(new SelectOptionValue { Label = Family.CommuneToday });
        await clerk.Page.Locator("#other").FillAsync("Người này thường trú ở xã khác");
        await clerk.Press("Chuyển hồ sơ");
        await clerk.Sees("Hồ sơ đang ở chính nơi này");
        await Assertions.Expect(clerk.Page.Locator("#other")).ToHaveValueAsync("Người này thường trú ở xã khác");
        await clerk.Page.Locator("#commune").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        var to = await clerk.Page.Locator("#commune option:checked").TextContentAsync();
        await clerk.Press("Chuyển hồ sơ");
        await clerk.Sees($"Đã chuyển hồ sơ {code}");
        await Looks(clerk);
        await citizen.Go($"/cua-toi/ho-so/{code}");
        await citizen.Sees("UBND " + to, "Người này thường trú ở xã khác");
        await Looks(citizen);
    }

    [Fact]
    public async Task Marital_status_is_certified_from_the_phone_to_the_phone()
    {
        var (_, woman, _, name) = await town.Pair();
        await using var citizen = await AtHome(woman);
        var code = await HandIn(citizen, "1.004873", ("for", "marriage"), ("toMarry", "Nguyễn Văn Bịa, sinh 1990"), ("phone", "0900000123"));
        await using var clerk = await Begun(code, "canbo", name, "Nguyễn Văn Bịa, sinh 1990");
        await clerk.Press("Tiếp tục");
        await clerk.Sees("Xem lại trước khi đăng ký");
        await Confirm(clerk);
        await clerk.Press("Đăng ký");
        await clerk.Sees("Đã đăng ký");
        await Result(citizen, code, "có giá trị 6 tháng");
    }

    /// <summary>What no act carries out: an officer's hand, and the systems of two agencies.</summary>
    [Theory]
    [InlineData("2.001194", "congan", "kind=wish;commune=" + Family.CommuneToday + ";day=15/12/2026;phone=0900000123")]
    [InlineData("AG.18", "thue", "kind=first;income=salary;phone=0900000123")]
    [InlineData("AG.23", "dienluc", "customerCode=PB00000000001;reason=sale;formerAgrees=true;phone=0900000123")]
    public async Task A_request_from_a_phone_is_decided_at_its_desk_and_its_result_read_on_the_phone(string service, string account, string answers)
    {
        var (_, woman, _, _) = await town.Pair();
        await using var citizen = await AtHome(woman);
        var code = await HandIn(citizen, service, [.. answers.Split(';').Select(a => a.Split('=')).Select(a => (a[0], a[1]))]);
        if (service == "2.001194")
        {
            await Pays(citizen, code, "25.000");
        }

        await using var official = await browser.Open(town, 1366, 768, script: true);
        await official.SignIn(account);
        await official.Go($"/mot-cua/{code}");
        await official.Press("Tiếp nhận");
        await official.Press("Nhận xử lý");
        await Looks(official);
        if (account == "congan")
        {
            await official.Page.Locator("#no").FillAsync("12/CC");
            await official.Press("Ghi kết quả, báo người dân");
            await Record(official);
        }
        else
        {
            await official.Press("Gửi sang hệ thống chuyên ngành");
        }

        await town.IsDecided(code);
        await Result(citizen, code, "Kết quả");
    }

    [Fact]
    public async Task A_form_asks_only_what_its_other_answers_call_for()
    {
        var (_, woman, _, _) = await town.Pair();
        await using var citizen = await AtHome(woman, script: true);
        await citizen.Go("/dich-vu/AG.09/nop");
        ILocator mother = citizen.Page.Locator("#f-mother"), wife = citizen.Page.Locator("#f-motherIs"), own = citizen.Page.GetByText("Mẹ của bé: chính bạn");
        await Assertions.Expect(mother).ToBeHiddenAsync();
        await Assertions.Expect(own).ToBeHiddenAsync();
        // No paper is called for yet, and the commune is the one where she lives.
        await Assertions.Expect(citizen.Page.Locator(".so-papers")).ToBeHiddenAsync();
        await Assertions.Expect(citizen.Page.Locator("#f-commune")).Not.ToHaveValueAsync("");
        await citizen.Page.Locator("#f-declarant").SelectOptionAsync("relative");
        await Assertions.Expect(mother).ToBeEditableAsync();
        await Looks(citizen);
        await citizen.Page.Locator("#f-declarant").SelectOptionAsync("father");
        await Assertions.Expect(mother).ToBeHiddenAsync();
        await wife.SelectOptionAsync("other");
        await Assertions.Expect(citizen.Page.Locator("#f-otherMother")).ToBeEditableAsync();
        // What hangs on a question that is void goes with it.
        await citizen.Page.Locator("#f-declarant").SelectOptionAsync("mother");
        await Assertions.Expect(citizen.Page.Locator("#f-otherMother")).ToBeHiddenAsync();
        await Assertions.Expect(own).ToBeVisibleAsync();
    }

    private async Task<Visit> AtHome(string number, bool script = false)
    {
        await town.OpenAccount(number, IdentityJourneys.Password);
        var citizen = await browser.Open(town, 390, 844, script);
        await IdentityJourneys.ByPassword(citizen, number, (await town.Person(number)).Facts.FullName!);
        await town.ShowSecondFactor(number);
        return citizen;
    }

    private static async Task<string> HandIn(Visit citizen, string service, params (string Field, string Value)[] answers)
    {
        await citizen.Go($"/dich-vu/{service}");
        await citizen.Page.Link("Nộp hồ sơ").ClickAsync();
        await citizen.Sees("Sổ gốc đã biết");
        await Looks(citizen);
        foreach (var (field, value) in answers)
        {
            var input = citizen.Page.Locator($"#f-{field}");
            await (await input.EvaluateAsync<string>("e => e.type") switch
            {
                "checkbox" => input.CheckAsync(),
                "select-one" => input.SelectOptionAsync(field == "commune" ? new SelectOptionValue { Label = value } : new SelectOptionValue { Value = value }),
                _ => input.FillAsync(value),
            });
        }

        await citizen.Press("Nộp hồ sơ");
        await citizen.Sees("Mới đăng ký");
        return Code().Match(await citizen.Page.Locator("#noi-dung").InnerTextAsync()).Value;
    }

    /// <summary>Received, taken, and the form of the act open with what the citizen has said.</summary>
    private async Task<Visit> Begun(string code, string account, params string[] said)
    {
        var official = await browser.Open(town, 1366, 768, script: true);
        await official.SignIn(account);
        await official.Go($"/mot-cua/{code}");
        await official.Press("Tiếp nhận");
        await official.Press("Nhận xử lý");
        await official.Press("Lập việc");
        // One press: what was begun goes on by itself.
        await official.Page.Locator("form[data-go-on]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await official.Page.WaitForURLAsync("**handler=Mend*");
        await official.Whole();
        var values = await official.Page.EvaluateAsync<string>("() => document.querySelector('main').innerText + [...document.querySelectorAll('main input, main textarea')].map(e => e.value).join('\\n')");
        Assert.All(said, s => Assert.Contains(s, values, StringComparison.Ordinal));
        await Looks(official);
        return official;
    }

    private async Task Pays(Visit citizen, string code, string amount)
    {
        await citizen.Go($"/cua-toi/ho-so/{code}");
        await citizen.Press($"Nộp {amount} đồng");
        await citizen.Press("Thanh toán (thử)");
        await citizen.Sees("Hồ sơ đang ở đâu");
        await town.GatewayHasTold(code);
    }

    /// <summary>The card that was made stands in the register, of which only its day is typed.</summary>
    private async Task Record(Visit official)
    {
        await official.Page.Link("Ghi thẻ đã cấp vào sổ gốc").ClickAsync();
        await official.Press("Xem hồ sơ");
        if (await official.Page.Locator("#card-new").CountAsync() > 0)
        {
            await official.Page.Locator("#card-new").CheckAsync();
        }

        await official.Page.Locator("#issued").FillAsync($"{town.Today:dd/MM/yyyy}");
        await Looks(official);
        await official.Press("Ghi thẻ căn cước");
        await official.Sees("Đã ghi thẻ của", "Có giá trị đến");
        await Looks(official);
    }

    private static async Task Confirm(Visit official)
    {
        foreach (var looked in await official.Page.GetByRole(AriaRole.Checkbox).AllAsync())
        {
            await looked.CheckAsync();
        }
    }

    private static async Task Result(Visit citizen, string code, params string[] says)
    {
        await citizen.Go($"/cua-toi/ho-so/{code}");
        await citizen.Press("Xem kết quả");
        await citizen.Sees(["Đã trả kết quả", .. says]);
        await Looks(citizen);
    }

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }

    [GeneratedRegex("H01[.0-9A-Z]*-[0-9]{6}-[0-9]{4}")]
    private static partial Regex Code();
}
