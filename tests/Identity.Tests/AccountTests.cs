using SoGoc.Identity.Accounts;
using SoGoc.Population;

namespace SoGoc.Identity.Tests;

/// <summary>Opening an account online, at the counter, and acting for others.</summary>
public sealed class AccountTests(Province province) : IClassFixture<Province>
{
    internal static (string, string?)[] Claim(PersonState p, string? number = null, string? name = null, string? born = null, string? issued = null, string? phone = null) =>
    [
        ("number", number ?? p.Facts.Number!.Value.ToString()), ("fullName", name ?? p.Facts.FullName!.ToUpperInvariant()), ("born", born ?? "17/05/1990"), ("cardIssued", issued ?? "12/08/2024"), ("phone", phone ?? p.Facts.Phone),
    ];

    [Fact]
    public async Task Data_that_agree_with_the_register_and_a_code_open_an_account_of_level_1()
    {
        var person = Province.WithCard();
        await province.Enter(person);
        using var citizen = new Citizen(province, province.Address, Guid.Empty, Guid.Empty, person);
        var asked = await citizen.Send(await citizen.Go("/mo-tai-khoan"), "/mo-tai-khoan?handler=Ask", Claim(person));
        (await citizen.Send(asked, "/mo-tai-khoan?handler=Finish", ("code", await province.CodeSentTo(person.Facts.Phone!)))).LeadsTo("/cua-toi/bao-mat");
        (await citizen.Go("/cua-toi")).Shows("Định danh mức 1");
        Assert.Equal(1, await province.Value<short>("select level from identity.account a join population.person p on p.id = a.person_id where p.number = $1", citizen.Number));
    }

    [Fact]
    public async Task Whatever_does_not_agree_is_answered_alike_and_opens_nothing()
    {
        var person = Province.WithCard();
        await province.Enter(person);
        var child = Province.WithCard(born: "2014-01-02");
        await province.Enter(child);
        using var holder = await province.Citizen();
        using var citizen = new Citizen(province, province.Address, Guid.Empty, Guid.Empty, person);
        string Bare(Citizen.Seen page) => System.Text.RegularExpressions.Regex.Replace(page.Text, "value=\"[^\"]*\"", "");
        var right = Bare(await citizen.Send(await citizen.Go("/mo-tai-khoan"), "/mo-tai-khoan?handler=Ask", Claim(person)));
        var sent = await province.Value<long>("select count(*) from identity.message");
        foreach (var claim in new[]
        {
            Claim(person, name: "Trần Thị Khác"), Claim(person, born: "18/05/1990"), Claim(person, issued: "13/08/2024"), Claim(person, phone: "0999999999"), Claim(person, number: "089190999998"),
            Claim(child, born: "02/01/2014"), Claim(holder.State!),
        })
        {
            var answer = await citizen.Send(await citizen.Go("/mo-tai-khoan"), "/mo-tai-khoan?handler=Ask", claim);
            Assert.Equal(right, Bare(answer));
            (await citizen.Send(answer, "/mo-tai-khoan?handler=Finish", ("code", "123456"))).Shows("Mã không đúng");
        }

        Assert.Equal(sent, await province.Value<long>("select count(*) from identity.message"));
    }

    [Fact]
    public async Task The_counter_raises_to_level_2_and_the_code_it_hands_over_makes_the_first_proof()
    {
        using var citizen = await province.Citizen(level: 1);
        using var clerk = new Counter(province);
        await clerk.SignIn("canbo");
        var looked = await clerk.Send("/dinh-danh?handler=Look", ("number", citizen.Number));
        looked.Shows(citizen.State!.Facts.FullName!);
        var file = looked.Hidden.Single(h => h.Name == "case").Value;
        (await clerk.Send("/dinh-danh?handler=Prove", ("number", citizen.Number), ("case", file), ("card", citizen.Number), ("evidence", "card-seen"), ("phone", citizen.Phone), ("aim", "raise"))).Shows("so khuôn mặt");
        (await clerk.Send("/dinh-danh?handler=Prove", ("number", citizen.Number), ("case", file), ("card", "012345678901"), ("evidence", "card-seen"), ("evidence", "face-compared"), ("phone", citizen.Phone), ("aim", "raise"))).Shows("không có thẻ còn hạn");
        var proved = await clerk.Send("/dinh-danh?handler=Prove", ("number", citizen.Number), ("case", file), ("card", citizen.Number), ("evidence", "card-seen"), ("evidence", "face-compared"), ("phone", citizen.Phone), ("aim", "raise"));
        proved.Shows("đã lên mức 2");
        var code = System.Text.RegularExpressions.Regex.Match(proved.Text, "so-handed so-digits\">([0-9 ]+)<").Groups[1].Value;
        await citizen.SignInByCode();
        var stepUp = await citizen.Go("/vao/xac-nhan-them");
        (await citizen.Send(stepUp, "/vao/xac-nhan-them?handler=Raise", ("factor", Assurance.Counter), ("secret", "00000000"))).Shows("Mã không đúng");
        (await citizen.Send(stepUp, "/vao/xac-nhan-them?handler=Raise", ("factor", Assurance.Counter), ("secret", code))).LeadsTo("/cua-toi");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await citizen.Go("/cua-toi/lam-thay")).Status);
        Assert.Equal(["card-seen", "face-compared"], (await province.Value<string[]>("select evidence from identity.proofing where account_id = $1", citizen.Account)).Order());
    }

    [Fact]
    public async Task A_mother_acts_for_her_minor_child_and_a_stranger_for_nobody()
    {
        using var mother = await province.Citizen();
        var child = Testing.People.Someone(1, "2019-03-04");
        var id = await province.Enter(child with { Kin = [new Kin(0, KinKind.Mother, mother.State!.Facts.FullName, mother.State.Facts.Number)] });
        var grown = await province.Enter(Testing.People.Someone(1, "2004-03-04") with { Kin = [new Kin(0, KinKind.Mother, mother.State.Facts.FullName, mother.State.Facts.Number)] });
        await Raised(mother);
        var page = await mother.Go("/cua-toi/lam-thay");
        page.Shows(child.Facts.FullName!);
        (await mother.Send(page, "/cua-toi/lam-thay?handler=Choose", ("person", grown.ToString()))).Shows("không làm thay người này được");
        (await mother.Send(page, "/cua-toi/lam-thay?handler=Choose", ("person", id.ToString()))).LeadsTo("/cua-toi");
        (await mother.Go("/cua-toi")).Shows($"làm thay {child.Facts.FullName}");
        using var stranger = await province.Citizen();
        await Raised(stranger);
        (await stranger.Send(await stranger.Go("/cua-toi/lam-thay"), "/cua-toi/lam-thay?handler=Choose", ("person", id.ToString()))).Shows("không làm thay người này được");
    }

    [Fact]
    public async Task A_mandate_reaches_as_far_as_it_says_and_ends_at_once()
    {
        using var giver = await province.Citizen();
        using var agent = await province.Citizen();
        await Raised(giver);
        await Raised(agent);
        var form = await giver.Go("/cua-toi/lam-thay");
        (await giver.Send(form, "/cua-toi/lam-thay?handler=Give", ("number", agent.Number), ("name", "Sai Tên"), ("procedures", "land"), ("until", "31/12/2027"))).Shows("không khớp nhau");
        (await giver.Send(form, "/cua-toi/lam-thay?handler=Give", ("number", agent.Number), ("name", agent.State!.Facts.FullName), ("procedures", "land"), ("until", "31/12/2027"))).LeadsTo("/cua-toi/lam-thay");
        (await agent.Send(await agent.Go("/cua-toi/lam-thay"), "/cua-toi/lam-thay?handler=Choose", ("person", giver.Person.ToString()))).LeadsTo("/cua-toi");
        (await agent.Go("/cua-toi/ai-da-xem")).Shows("không gồm việc xem dữ liệu");
        var given = await giver.Go("/cua-toi/lam-thay");
        await giver.Send(given, "/cua-toi/lam-thay?handler=End", ("id", given.Hidden.Single(h => h.Name == "id").Value));
        Assert.DoesNotContain("làm thay " + giver.State!.Facts.FullName, (await agent.Go("/cua-toi")).Text, StringComparison.Ordinal);
    }

    private async Task Raised(Citizen citizen) =>
        citizen.Cookies.SetCookies(province.Address, await province.Session(citizen, Assurance.Passkey));
}
