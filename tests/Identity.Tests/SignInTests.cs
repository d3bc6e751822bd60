using System.Net;
using SoGoc.Identity.Accounts;

namespace SoGoc.Identity.Tests;

/// <summary>The ways in, by forms without a script.</summary>
public sealed class SignInTests(Province province) : IClassFixture<Province>
{
    [Fact]
    public async Task A_code_to_the_registered_telephone_lets_in_at_level_1_once()
    {
        using var citizen = await province.Citizen();
        var page = await citizen.AskForCode();
        var code = await province.CodeSentTo(citizen.Phone);
        (await citizen.Send(page, "/vao?handler=Code", ("code", code))).LeadsTo("/cua-toi");
        (await citizen.Go("/cua-toi")).Shows(WebUtility.HtmlEncode(citizen.State!.Facts.FullName!).Length > 0 ? citizen.State.Facts.FullName! : "");
        (await citizen.Go("/cua-toi/lam-thay")).LeadsTo("/vao/xac-nhan-them");
        using var other = province.Nobody();
        var theirs = await other.Go("/vao");
        (await other.Send(theirs, "/vao?handler=Code", ("codeHandle", page.Hidden.Single(h => h.Name == "codeHandle").Value), ("code", code))).Shows("đã dùng");
    }

    [Fact]
    public async Task Five_wrong_codes_end_the_code()
    {
        using var citizen = await province.Citizen();
        var page = await citizen.AskForCode();
        var code = await province.CodeSentTo(citizen.Phone);
        for (var i = 0; i < 5; i++)
        {
            (await citizen.Send(page, "/vao?handler=Code", ("code", code == "000000" ? "000001" : "000000"))).Shows("Mã không đúng");
        }

        (await citizen.Send(page, "/vao?handler=Code", ("code", code))).Shows("hết hạn");
    }

    [Fact]
    public async Task A_code_opens_only_the_form_that_asked_for_it()
    {
        using var citizen = await province.Citizen();
        using var thief = province.Nobody();
        var theirs = await thief.Send(await thief.Go("/vao"), "/vao?handler=Send", ("number", citizen.Number));
        await citizen.AskForCode();
        var seen = await province.CodeSentTo(citizen.Phone);
        (await thief.Send(theirs, "/vao?handler=Code", ("code", seen))).Shows("Mã không đúng");
    }

    [Fact]
    public async Task An_unknown_number_a_number_without_account_and_a_known_one_are_answered_alike()
    {
        using var citizen = await province.Citizen();
        var without = Province.WithCard();
        await province.Enter(without);
        using var asker = province.Nobody();
        string Bare(Citizen.Seen page) => System.Text.RegularExpressions.Regex.Replace(page.Text, "value=\"[^\"]*\"|[0-9]{3,}|<span class=\"so-digits\">.*?</span></span>", "");
        var answers = new List<string>();
        foreach (var number in new[] { citizen.Number, without.Facts.Number!.Value.ToString(), "089190999999" })
        {
            answers.Add(Bare(await asker.Send(await asker.Go("/vao"), "/vao?handler=Send", ("number", number))));
        }

        Assert.Single(answers.Distinct());
        foreach (var number in new[] { citizen.Number, without.Facts.Number!.Value.ToString(), "089190999999" })
        {
            (await asker.SignIn("sai mật khẩu rồi", number)).Shows("Số hoặc mật khẩu không đúng");
        }

        Assert.Null(await province.CodeSentTo(without.Facts.Phone!));
    }

    [Fact]
    public async Task A_second_factor_raises_the_session_under_a_new_secret_and_one_of_the_same_kind_does_not()
    {
        using var citizen = await province.Citizen();
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        var before = citizen.Cookie(CitizenSessions.Cookie);
        (await citizen.Go("/cua-toi/lam-thay")).LeadsTo("/vao/xac-nhan-them");
        var stepUp = await citizen.Go("/vao/xac-nhan-them?ReturnUrl=/cua-toi/lam-thay");
        (await citizen.Send(stepUp, "/vao/xac-nhan-them?handler=Raise", ("factor", Assurance.Password), ("secret", Province.Password))).LeadsTo("/cua-toi");
        (await citizen.Go("/cua-toi/lam-thay")).LeadsTo("/vao/xac-nhan-them");
        var sent = await citizen.Send(await citizen.Go("/vao/xac-nhan-them"), "/vao/xac-nhan-them?handler=Send");
        (await citizen.Send(sent, "/vao/xac-nhan-them?handler=Raise", ("factor", Assurance.Code), ("secret", await province.CodeSentTo(citizen.Phone)))).LeadsTo("/cua-toi");
        Assert.Equal(HttpStatusCode.OK, (await citizen.Go("/cua-toi/lam-thay")).Status);
        Assert.NotEqual(before, citizen.Cookie(CitizenSessions.Cookie));
        using var old = new HttpRequestMessage(HttpMethod.Get, new Uri(province.Address, "/cua-toi"));
        old.Headers.Add("Cookie", $"{CitizenSessions.Cookie}={before}");
        using var bare = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        old.Headers.Accept.ParseAdd("text/html");
        Assert.Equal(HttpStatusCode.Redirect, (await bare.SendAsync(old)).StatusCode);
    }

    [Fact]
    public async Task A_session_planted_before_the_sign_in_is_not_the_one_after_it()
    {
        using var citizen = await province.Citizen();
        citizen.Cookies.Add(province.Address, new Cookie(CitizenSessions.Cookie, "a-secret-that-a-stranger-has-planted-here-0"));
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        Assert.DoesNotContain("planted", citizen.Cookie(CitizenSessions.Cookie), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_guesses_is_slowed_and_the_holder_at_a_browser_that_is_known_comes_in()
    {
        using var citizen = await province.Citizen();
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        using var guesser = province.Nobody();
        for (var i = 0; i < 4; i++)
        {
            (await guesser.SignIn("khong phai mat khau", citizen.Number)).Shows("không đúng");
        }

        var slowed = await guesser.SignIn(number: citizen.Number);
        Assert.Equal(HttpStatusCode.TooManyRequests, slowed.Status);
        slowed.Shows("Hãy thử lại sau");
        (await citizen.SignIn()).LeadsTo("/cua-toi");
    }

    [Fact]
    public async Task A_new_device_is_told_to_the_holder_and_can_be_signed_out_from_another()
    {
        using var citizen = await province.Citizen();
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        Assert.Equal(1, await province.Value<long>("select count(*) from identity.message where target = $1 and body like '%may moi%'", citizen.Phone));
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        Assert.Equal(1, await province.Value<long>("select count(*) from identity.message where target = $1 and body like '%may moi%'", citizen.Phone));
        using var elsewhere = new Citizen(province, province.Address, citizen.Account, citizen.Person, citizen.State);
        (await elsewhere.SignIn()).LeadsTo("/cua-toi");
        await citizen.Send(await citizen.Go("/cua-toi/bao-mat"), "/cua-toi/bao-mat?handler=EndOthers");
        (await elsewhere.Go("/cua-toi")).LeadsTo("/vao");
        Assert.Equal(HttpStatusCode.OK, (await citizen.Go("/cua-toi")).Status);
    }

    [Fact]
    public async Task A_death_or_a_merge_in_the_register_ends_or_moves_the_account_in_the_same_moment()
    {
        using var citizen = await province.Citizen();
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        await province.Act(citizen.Person, new Population.StatusChanged(Population.PersonStatus.Dead, Kernel.Time.PartialDate.TryParse("2026-11-20", out var day) ? day : null));
        (await citizen.Go("/cua-toi")).LeadsTo("/vao");
        (await citizen.SignIn()).Shows("không đúng");
        Assert.Equal("dead", await province.Value<string>("select close_reason from identity.account where id = $1", citizen.Account));
    }

    [Fact]
    public async Task A_merged_record_takes_the_account_to_the_one_that_answers()
    {
        using var citizen = await province.Citizen();
        var other = await province.Enter(Province.WithCard());
        await province.Act(citizen.Person, new Population.PersonMerged(other, Population.PersonStatus.Living));
        Assert.Equal(other, await province.Value<Guid>("select person_id from identity.account where id = $1 and closed_at is null", citizen.Account));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_separated_record_gets_its_account_back_unless_an_officer_has_seen_who_stays_use_it(bool seen)
    {
        using var citizen = await province.Citizen();
        var other = await province.Enter(Province.WithCard());
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        await province.Act(citizen.Person, new Population.PersonMerged(other, Population.PersonStatus.Living));
        if (seen)
        {
            await province.Execute("insert into identity.proofing (id, account_id, person_id, officer, office, evidence, card, aim, at) values (gen_random_uuid(), $1, $2, 'staff:mau', 'mau', '{card-seen}', '089000000000', 'raise', now() + interval '1 second')", citizen.Account, other);
        }

        await province.Act(citizen.Person, new Population.PersonSeparated(Population.PersonStatus.Living));
        Assert.Equal(seen ? other : citizen.Person, await province.Value<Guid>("select person_id from identity.account where id = $1 and closed_at is null", citizen.Account));
        Assert.Equal(1, await province.Value<long>("select count(*) from identity.message where target = $1 and body like '%tach lai%'", citizen.Phone));
        (await citizen.Go("/cua-toi")).LeadsTo("/vao");
    }

    [Fact]
    public async Task An_authenticators_code_is_taken_once_and_makes_level_2_with_a_password()
    {
        using var citizen = await province.Citizen(level: 1);
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        var offered = await citizen.Send(await citizen.Go("/cua-toi/bao-mat"), "/cua-toi/bao-mat?handler=NewTotp");
        var key = offered.Hidden.Single(h => h.Name == "totpKey").Value;
        var app = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(key));
        (await citizen.Send(offered, "/cua-toi/bao-mat?handler=Totp", ("totpKey", key), ("totp", "000000"))).Shows("Mã không đúng");
        var (now, first) = (TimeProvider.System.GetUtcNow().UtcDateTime, app.ComputeTotp());
        (await citizen.Send(offered, "/cua-toi/bao-mat?handler=Totp", ("totpKey", key), ("totp", first))).LeadsTo("/cua-toi/bao-mat");
        await province.Execute("update identity.account set level = 2 where id = $1", citizen.Account);
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        // The code that was used to add the app is spent.
        (await citizen.Send(await citizen.Go("/vao/xac-nhan-them"), "/vao/xac-nhan-them?handler=Raise", ("factor", Assurance.Totp), ("secret", first))).Shows("Mã không đúng");
        var next = app.ComputeTotp(now.AddSeconds(30));
        (await citizen.Send(await citizen.Go("/vao/xac-nhan-them"), "/vao/xac-nhan-them?handler=Raise", ("factor", Assurance.Totp), ("secret", next))).LeadsTo("/cua-toi");
        Assert.Equal(HttpStatusCode.OK, (await citizen.Go("/cua-toi/lam-thay")).Status);
    }

    [Fact]
    public async Task Passwords_that_everybody_guesses_first_are_refused()
    {
        using var citizen = await province.Citizen(level: 1);
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        foreach (var (password, told) in new[] { ("ngan", "từ 10 đến 128"), ("password123", "đoán ra trước tiên"), ("qwertyuiop", "đoán ra trước tiên"), ("1234567890", "đoán ra trước tiên"), ($"toi la {citizen.Number}", "đoán ra trước tiên"), ("aaaaaaaaaaaa", "đoán ra trước tiên") })
        {
            (await citizen.Send(await citizen.Go("/cua-toi/bao-mat"), "/cua-toi/bao-mat?handler=Password", ("password", password))).Shows(told);
        }

        (await citizen.Send(await citizen.Go("/cua-toi/bao-mat"), "/cua-toi/bao-mat?handler=Password", ("password", "con trâu đi trước cái cày"))).LeadsTo("/cua-toi/bao-mat");
        (await citizen.SignIn("con trâu đi trước cái cày")).LeadsTo("/cua-toi");
    }

    [Fact]
    public async Task An_account_of_level_2_changes_no_factor_after_a_single_one()
    {
        using var citizen = await province.Citizen();
        await citizen.SignInByCode();
        (await citizen.Send(await citizen.Go("/cua-toi/bao-mat"), "/cua-toi/bao-mat?handler=Password", ("password", "con trâu đi trước cái cày"))).Shows("xác nhận bằng một cách");
        var options = await citizen.Send(await citizen.Go("/cua-toi/bao-mat"), "/cua-toi/bao-mat?handler=Options");
        Assert.Equal(HttpStatusCode.Conflict, options.Status);
    }
}
