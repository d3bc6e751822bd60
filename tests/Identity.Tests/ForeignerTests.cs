using SoGoc.Population;

namespace SoGoc.Identity.Tests;

/// <summary>Foreigners show who they are by a residence card.</summary>
public sealed class ForeignerTests(Province province) : IClassFixture<Province>
{
    [Theory, InlineData(PaperKind.TemporaryResidenceCard, "NA 1234567"), InlineData(PaperKind.PermanentResidenceCard, "PR7654321")]
    public async Task A_foreigner_without_a_personal_number_opens_an_account_and_comes_in_by_the_number_of_his_residence_card(PaperKind kind, string card)
    {
        var person = Foreigner(kind, card, new DateOnly(2099, 12, 31));
        await province.Enter(person);
        using var citizen = new Citizen(province, province.Address, Guid.Empty, Guid.Empty, person);
        (await citizen.Go("/mo-tai-khoan?the=true")).Shows("Số thẻ thường trú hoặc tạm trú");
        var asked = await citizen.Send(await citizen.Go("/mo-tai-khoan?the=true"), "/mo-tai-khoan?handler=Ask", AccountTests.Claim(person, number: card.ToLowerInvariant()));
        (await citizen.Send(asked, "/mo-tai-khoan?handler=Finish", ("code", await province.CodeSentTo(person.Facts.Phone!)))).LeadsTo("/cua-toi/bao-mat");
        using var later = province.Nobody();
        var page = await later.AskForCode(card);
        (await later.Send(page, "/vao?handler=Code", ("code", await province.CodeSentTo(person.Facts.Phone!)))).LeadsTo("/cua-toi");
    }

    [Fact]
    public async Task A_residence_card_that_has_run_out_whose_last_day_is_not_known_or_that_two_people_have_opens_nothing()
    {
        using var someone = province.Nobody();
        var shared = Foreigner(PaperKind.TemporaryResidenceCard, "NB1000003", new DateOnly(2099, 12, 31));
        await province.Enter(Foreigner(PaperKind.TemporaryResidenceCard, "NB1000003", new DateOnly(2099, 12, 31)));
        foreach (var person in new[] { Foreigner(PaperKind.TemporaryResidenceCard, "NB1000001", new DateOnly(2025, 1, 1)), Foreigner(PaperKind.TemporaryResidenceCard, "NB1000002", null), shared })
        {
            await province.Enter(person);
            var asked = await someone.Send(await someone.Go("/mo-tai-khoan"), "/mo-tai-khoan?handler=Ask", AccountTests.Claim(person, number: person.Papers[0].Number));
            asked.Shows("Nếu mọi mục khớp với sổ gốc");
            Assert.Null(await province.CodeSentTo(person.Facts.Phone!));
        }
    }

    [Fact]
    public async Task The_counter_takes_a_residence_card_of_a_foreigner_as_it_takes_an_identity_card()
    {
        var person = Foreigner(PaperKind.TemporaryResidenceCard, "NC2000001", new DateOnly(2099, 12, 31));
        var id = await province.Enter(person);
        using var clerk = new Counter(province);
        await clerk.SignIn("canbo");
        var looked = await clerk.Send("/dinh-danh?handler=Look", ("number", "NC2000001"));
        looked.Shows(person.Facts.FullName!);
        var file = looked.Hidden.Single(h => h.Name == "case").Value;
        (await clerk.Send("/dinh-danh?handler=Prove", ("number", "NC2000001"), ("case", file), ("card", "NC2000002"), ("evidence", "card-seen"), ("evidence", "face-compared"), ("phone", person.Facts.Phone), ("aim", "raise"))).Shows("không có thẻ còn hạn");
        (await clerk.Send("/dinh-danh?handler=Prove", ("number", "NC2000001"), ("case", file), ("card", "nc 2000001"), ("evidence", "card-seen"), ("evidence", "face-compared"), ("phone", person.Facts.Phone), ("aim", "raise"))).Shows("Đã mở tài khoản mức 2");
        Assert.Equal("NC2000001", await province.Value<string>("select card from identity.proofing where person_id = $1", id));
    }

    /// <summary>As the register has one: no personal number, another nationality, a residence card.</summary>
    private static PersonState Foreigner(PaperKind kind, string card, DateOnly? expires)
    {
        var person = Province.WithCard();
        return person with { Facts = person.Facts with { Number = null, Nationality = ["KH"] }, Papers = [person.Papers[0] with { Kind = kind, Number = card, Expires = expires }] };
    }
}
