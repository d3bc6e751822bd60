using System.Net;
using SoGoc.Identity.Accounts;
using SoGoc.Testing;

namespace SoGoc.Identity.Tests;

/// <summary>The national sign-in in front of the others.</summary>
public sealed class NationalTests(NationalProvince province) : IClassFixture<NationalProvince>
{
    [Fact]
    public async Task Who_comes_for_the_first_time_gets_an_account_of_the_level_of_the_national_one_and_goes_on_to_where_he_was_going()
    {
        foreach (var level in new[] { 1, 2 })
        {
            var state = Province.WithCard();
            var person = await province.Enter(state);
            using var citizen = province.Nobody();
            (await province.ComeIn(citizen, province.Known(state, level.ToString()), "/cua-toi/bao-mat")).LeadsTo("/cua-toi/bao-mat");
            (await citizen.Go("/cua-toi")).Shows(state.Facts.FullName!);
            var account = await province.Value<Guid>("select id from identity.account where person_id = $1 and level = $2", person, (short)level);
            Assert.Equal(["identity.account-opened", "identity.national-linked"], await Journal(account));
            Assert.Equal(level == 2 ? 1 : 0, await province.Value<long>("select count(*) from identity.proofing where account_id = $1 and evidence = '{national}'", account));
            var further = await citizen.Go("/cua-toi/lam-thay");
            Assert.Equal(level == 2 ? HttpStatusCode.OK : HttpStatusCode.Redirect, further.Status);
        }
    }

    [Fact]
    public async Task What_is_asked_for_is_pushed_with_a_challenge_a_nonce_and_a_fresh_proof()
    {
        var state = Province.WithCard();
        await province.Enter(state);
        using var citizen = province.Nobody();
        var off = await citizen.Go("/vao/quoc-gia");
        Assert.Contains("request_uri=", off.To!.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("state=", off.To.Query, StringComparison.Ordinal);
        await citizen.Go(off.To.AbsoluteUri);
        Assert.Equal("S256", province.National.Asked["code_challenge_method"]);
        Assert.Equal("login", province.National.Asked["prompt"]);
        Assert.NotEmpty(province.National.Asked["nonce"]);
        Assert.Equal(new Uri(province.Address, "/vao/quoc-gia/ve").AbsoluteUri, province.National.Asked["redirect_uri"]);
    }

    [Fact]
    public async Task Who_has_an_account_comes_in_to_it_and_level_2_raises_it_and_level_1_does_not_lower_it()
    {
        using var citizen = await province.Citizen(level: 1);
        var known = province.Known(citizen.State!, "1");
        (await province.ComeIn(citizen, known)).LeadsTo("/cua-toi");
        Assert.Equal(1, await Level(citizen));
        Assert.Contains("lien ket tai khoan quoc gia", await province.Value<string>("select string_agg(body, ' ') from identity.message where target = $1", citizen.Phone), StringComparison.Ordinal);
        (await province.ComeIn(citizen, province.Known(citizen.State!, "2", subject: known.Subject))).LeadsTo("/cua-toi");
        Assert.Equal(2, await Level(citizen));
        Assert.Equal(["identity.national-linked", "identity.account-raised"], await Journal(citizen.Account));
        Assert.Equal(HttpStatusCode.OK, (await citizen.Go("/cua-toi/lam-thay")).Status);
        (await province.ComeIn(citizen, province.Known(citizen.State!, "1", subject: known.Subject))).LeadsTo("/cua-toi");
        Assert.Equal(2, await Level(citizen));
        (await citizen.Go("/cua-toi/lam-thay")).LeadsTo("/vao/xac-nhan-them");
    }

    [Fact]
    public async Task A_password_adds_nothing_to_a_national_level_1_and_a_code_does()
    {
        using var citizen = await province.Citizen();
        await province.ComeIn(citizen, province.Known(citizen.State!, "1"));
        var page = await citizen.Go("/vao/xac-nhan-them?ReturnUrl=/cua-toi/lam-thay");
        Assert.DoesNotContain("value=\"password\"", page.Text, StringComparison.Ordinal);
        await citizen.Send(page, "/vao/xac-nhan-them?handler=Raise", ("factor", Assurance.Password), ("secret", Province.Password));
        (await citizen.Go("/cua-toi/lam-thay")).LeadsTo("/vao/xac-nhan-them");
        page = await citizen.Send(await citizen.Go("/vao/xac-nhan-them"), "/vao/xac-nhan-them?handler=Send");
        await citizen.Send(page, "/vao/xac-nhan-them?handler=Raise", ("factor", Assurance.Code), ("secret", await province.CodeSentTo(citizen.Phone)));
        Assert.Equal(HttpStatusCode.OK, (await citizen.Go("/cua-toi/lam-thay")).Status);
    }

    [Fact]
    public async Task An_unknown_number_and_a_name_or_a_birth_date_that_does_not_agree_are_answered_alike_and_open_nothing()
    {
        var state = Province.WithCard();
        var young = Province.WithCard(born: "2015-01-09");
        await province.Enter(state);
        await province.Enter(young);
        var before = await province.Value<long>("select count(*) from identity.account");
        var answers = new List<string>();
        foreach (var known in new[]
        {
            province.Known(state, number: "089190999997"), province.Known(state, name: "Lý Người Khác"), province.Known(state, born: "19900518"), province.Known(state, born: "1990"), province.Known(state, born: ""),
            province.Known(state, name: ""), province.Known(state, number: "12"), province.Known(young),
        })
        {
            using var citizen = province.Nobody();
            answers.Add(await Told(citizen, known));
            (await citizen.Go("/cua-toi")).LeadsTo("/vao");
        }

        Assert.Single(answers.Distinct());
        Assert.Contains("chưa khớp với sổ gốc", answers[0], StringComparison.Ordinal);
        Assert.Equal(before, await province.Value<long>("select count(*) from identity.account"));
    }

    [Fact]
    public async Task The_dead_do_not_come_in()
    {
        using var citizen = await province.Citizen();
        var known = province.Known(citizen.State!);
        await province.ComeIn(citizen, known);
        await province.Act(citizen.Person, new Population.StatusChanged(Population.PersonStatus.Dead, Kernel.Time.PartialDate.TryParse("2026-11-20", out var day) ? day : null));
        (await province.ComeIn(citizen, known)).Shows("chưa khớp với sổ gốc");
        (await citizen.Go("/cua-toi")).LeadsTo("/vao");
    }

    [Fact]
    public async Task An_account_that_is_locked_here_does_not_come_in()
    {
        using var citizen = await province.Citizen();
        await province.Execute("update identity.account set locked_at = now(), lock_reason = 'holder' where id = $1", citizen.Account);
        (await province.ComeIn(citizen, province.Known(citizen.State!))).Shows("đang khóa");
        (await citizen.Go("/cua-toi")).LeadsTo("/vao");
        Assert.Equal(0, await province.Value<long>("select count(*) from identity.national_link where account_id = $1", citizen.Account));
    }

    [Fact]
    public async Task An_account_that_was_closed_here_is_not_opened_again_from_afar()
    {
        using var citizen = await province.Citizen();
        await province.Execute("update identity.account set closed_at = now(), close_reason = 'holder' where id = $1", citizen.Account);
        (await province.ComeIn(citizen, province.Known(citizen.State!))).Shows("đã đóng");
        Assert.Equal(1, await province.Value<long>("select count(*) from identity.account where person_id = $1", citizen.Person));
    }

    [Fact]
    public async Task A_national_account_that_is_linked_to_one_account_does_not_come_in_to_another_and_the_journal_tells()
    {
        using var first = await province.Citizen();
        using var second = await province.Citizen();
        var known = province.Known(first.State!);
        await province.ComeIn(first, known);
        (await province.ComeIn(second, province.Known(second.State!, subject: known.Subject))).Shows("không đi cùng");
        (await second.Go("/cua-toi")).LeadsTo("/vao");
        Assert.Equal("identity.national-refused", (await Journal(first.Account))[^1]);
        // Nor does a second national account come in to the first one.
        using var third = province.Nobody();
        (await province.ComeIn(third, province.Known(first.State!))).Shows("không đi cùng");
        (await third.Go("/cua-toi")).LeadsTo("/vao");
    }

    [Fact]
    public async Task The_account_of_an_organisation_and_one_without_a_level_or_kind_are_not_taken()
    {
        var state = Province.WithCard();
        var person = await province.Enter(state);
        foreach (var (known, says) in new[]
        {
            (province.Known(state, kind: "2"), "tài khoản của tổ chức"), (province.Known(state, level: null), "không dùng được"), (province.Known(state, level: "3"), "không dùng được"), (province.Known(state, kind: ""), "không dùng được"),
        })
        {
            using var citizen = province.Nobody();
            (await province.ComeIn(citizen, known)).Shows(says);
            (await citizen.Go("/cua-toi")).LeadsTo("/vao");
        }

        Assert.Equal(0, await province.Value<long>("select count(*) from identity.account where person_id = $1", person));
    }

    [Theory]
    [InlineData(Twist.OtherIssuer), InlineData(Twist.NoIssuer), InlineData(Twist.OtherNonce), InlineData(Twist.Unsigned), InlineData(Twist.OtherKey), InlineData(Twist.OtherAudience), InlineData(Twist.OtherSubject)]
    [InlineData(Twist.UserInfoIsNonsense), InlineData(Twist.TokensAreNonsense)]
    public async Task An_answer_that_is_forged_or_makes_no_sense_lets_nobody_in_and_leaves_the_other_ways(Twist twist)
    {
        using var citizen = await province.Citizen();
        var known = province.Known(citizen.State!);
        province.National.Twist = twist;
        try
        {
            var answer = await province.ComeIn(citizen, known);
            answer.Shows("không dùng được");
            Assert.True((int)answer.Status < 500, $"{answer.Status}");
        }
        finally
        {
            province.National.Twist = Twist.None;
        }

        (await citizen.Go("/cua-toi")).LeadsTo("/vao");
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        (await province.ComeIn(citizen, known)).LeadsTo("/cua-toi");
    }

    [Fact]
    public async Task A_national_sign_in_that_is_away_says_so_on_a_page_with_the_other_ways()
    {
        using var citizen = province.Nobody();
        province.National.Twist = Twist.Away;
        try
        {
            var page = await citizen.Go("/vao/quoc-gia");
            page.Shows("đang không trả lời");
            page.Shows("href=\"/vao\"");
        }
        finally
        {
            province.National.Twist = Twist.None;
        }
    }

    [Fact]
    public async Task Who_stops_there_is_told_that_nothing_has_happened()
    {
        using var citizen = province.Nobody();
        var back = await province.Choose(citizen, await NationalProvince.Leave(citizen), new NationalPerson("-", "", "", ""));
        (await citizen.Go(back.AbsoluteUri)).Shows("Bạn đã dừng ở trang quốc gia");
    }

    [Fact]
    public async Task An_answer_for_another_browser_lets_nobody_in()
    {
        using var citizen = await province.Citizen();
        using var thief = province.Nobody();
        var back = await province.Choose(citizen, await NationalProvince.Leave(citizen), province.Known(citizen.State!));
        (await thief.Go(back.AbsoluteUri)).Shows("không dùng được");
        (await thief.Go("/cua-toi")).LeadsTo("/vao");
    }

    [Theory, InlineData("https://ke.xau.example/"), InlineData("//ke.xau.example/"), InlineData("/\\ke.xau.example")]
    public async Task Nobody_is_led_to_another_site_afterwards(string to)
    {
        using var citizen = await province.Citizen();
        Assert.Equal("/cua-toi", (await province.ComeIn(citizen, province.Known(citizen.State!), to)).To?.OriginalString);
    }

    [Fact]
    public async Task Who_goes_out_is_offered_to_leave_the_national_account_too_without_his_token_in_an_address()
    {
        using var citizen = await province.Citizen();
        await province.ComeIn(citizen, province.Known(citizen.State!));
        var page = await citizen.Send(await citizen.Go("/cua-toi"), "/ra");
        page.Shows("Thoát cả tài khoản quốc gia");
        page.Shows($"action=\"{new Uri(province.National.Address, "/logout")}\"");
        Assert.Contains($"form-action 'self' {province.National.Address.GetLeftPart(UriPartial.Authority)};", page.Answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        (await citizen.Go("/cua-toi")).LeadsTo("/vao");
        (await citizen.Send(page, new Uri(province.National.Address, "/logout").AbsoluteUri)).LeadsTo(new Uri(province.Address, "/vao").AbsoluteUri);
        Assert.Contains(page.Hidden.Single(h => h.Name == "id_token_hint").Value, province.National.LoggedOut);
        Assert.DoesNotContain(page.Hidden.Single(h => h.Name == "id_token_hint").Value, await province.Value<string>("select string_agg(id_token, ' ') from identity.national_session"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proof_of_an_hour_ago_is_no_fresh_one()
    {
        using var citizen = await province.Citizen();
        await province.ComeIn(citizen, province.Known(citizen.State!, provedAt: TimeProvider.System.GetUtcNow().AddHours(-1)));
        (await citizen.Go("/cua-toi/bao-mat")).Shows("Đã quá 15 phút");
    }

    [Fact]
    public async Task At_the_counter_a_new_way_in_ends_the_link()
    {
        using var citizen = await province.Citizen();
        await province.ComeIn(citizen, province.Known(citizen.State!));
        (await citizen.Go("/cua-toi/bao-mat")).Shows("127.0.0.1");
        var looked = await province.Do<Proofing.ProveIdentity, Proofing.ProveIdentity.Seen>(p => p.Look(citizen.Number, null), Officer);
        await province.Do<Proofing.ProveIdentity, Proofing.ProveIdentity.Proved>(p => p.Run(new(citizen.Number, looked.Case, citizen.Number, ["card-seen", "face-compared"], citizen.Phone, "recover")), Officer);
        Assert.Equal(0, await province.Value<long>("select count(*) from identity.national_link where account_id = $1", citizen.Account));
    }

    [Fact]
    public async Task The_button_stands_first_and_the_number_beside_it()
    {
        using var citizen = province.Nobody();
        var page = await citizen.Go("/vao?ReturnUrl=/cua-toi/bao-mat");
        var button = page.Text.IndexOf("Đăng nhập bằng tài khoản định danh quốc gia (VNeID)", StringComparison.Ordinal);
        Assert.InRange(button, 1, page.Text.IndexOf("id=\"number\"", StringComparison.Ordinal));
        page.Shows("/vao/quoc-gia?ReturnUrl=%2Fcua-toi%2Fbao-mat");
    }

    private async Task<string> Told(Citizen citizen, NationalPerson known)
    {
        var page = await province.ComeIn(citizen, known);
        page.Shows("href=\"/vao\"");
        return page.Plain();
    }

    private static Kernel.Access.Actor Officer => new("official:00000000-0000-0000-0000-000000000000", "Vũ Văn Thử", "XA", new HashSet<string> { "identity.prove-identity" }, [], true);

    private Task<List<string>> Journal(Guid account) => province.Rows("select kind from journal.entry where subject = $1 order by position", r => r.GetString(0), account);

    private Task<int> Level(Citizen citizen) => province.Value<int>("select level::int from identity.account where id = $1", citizen.Account);
}
