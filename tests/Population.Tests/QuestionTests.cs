using System.Net;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>Questions that are answered by yes, no or unknown, and by nothing else.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class QuestionTests(Town town) : IClassFixture<Town>
{
    [Theory]
    [InlineData("2020-11-25", 6, "yes")]        // six tomorrow
    [InlineData("2020-11-24", 6, "no")]         // six today
    [InlineData("2021", 6, "yes")]
    [InlineData("2020", 6, "unknown")]
    [InlineData("2019", 6, "no")]
    public async Task Whether_somebody_is_under_an_age_is_told_as_far_as_his_birth_is_known(string born, int years, string answer) =>
        Assert.Equal(answer, await Ask(await Enter(People.Someone(born: born)), "under-age", years: years));

    [Fact]
    public async Task Whether_somebody_lives_is_told_and_a_missing_one_is_unknown()
    {
        async Task<string> After(PersonStatus? status)
        {
            var person = People.Someone();
            var id = await town.Enter(person);
            if (status is { } s)
            {
                await town.Act(id, new StatusChanged(s, PartialDate.Of(new DateOnly(2026, 1, 1))));
            }

            return await Ask(Number(person), "living");
        }

        Assert.Equal(("yes", "no", "unknown"), (await After(null), await After(PersonStatus.Dead), await After(PersonStatus.Missing)));
    }

    [Fact]
    public async Task Whether_somebody_resides_here_for_months_counts_moves_without_a_break_and_predecessors_of_the_commune()
    {
        var commune = town.Places.All.First(a => a.Level == AreaLevel.Commune && a.Valid.From == new DateOnly(2025, 7, 1) && town.Places.Province(a)?.Code == "91");
        var old = town.Places.Resolve(commune, new DateOnly(2022, 4, 12)).Candidates[0].Area;
        var other = town.Places.All.First(a => a.Level == AreaLevel.Commune && a.Valid.From == new DateOnly(2025, 7, 1) && town.Places.Province(a)?.Code == "91" && a.Id != commune.Id);
        PersonState Living(params (int? Area, string? From, string? Until)[] homes) => People.Someone() with
        {
            Residences = [.. homes.Select((h, n) => new Residence(n, ResidenceKind.Permanent, h.Area, "Ấp Mẫu", Day(h.From), Day(h.Until)))],
        };

        async Task<string> In(PersonState person, string? code, int months = 12) => await Ask(await Enter(person), "resident-for", months: months, commune: code);
        Assert.Equal("yes", await In(Living((old.Id, "2020-01-01", null)), commune.Code));
        Assert.Equal("no", await In(Living((commune.Id, "2026-01-01", null)), commune.Code));
        Assert.Equal("yes", await In(Living((other.Id, "2020-01-01", "2026-01-01"), (commune.Id, "2026-01-01", null)), null));
        Assert.Equal("no", await In(Living((other.Id, "2020-01-01", "2026-01-01"), (commune.Id, "2026-01-01", null)), commune.Code));
        Assert.Equal("no", await In(Living((commune.Id, "2020-01-01", "2026-01-01"), (commune.Id, "2026-02-01", null)), commune.Code));
        Assert.Equal("unknown", await In(Living((commune.Id, null, null)), commune.Code));
        Assert.Equal("unknown", await In(Living((null, "2020-01-01", null)), commune.Code));
        Assert.Equal("no", await In(Living(), commune.Code));
        // A year to the day.
        Assert.Equal("yes", await In(Living((commune.Id, "2025-11-24", null)), commune.Code));
        Assert.Equal("no", await In(Living((commune.Id, "2025-11-25", null)), commune.Code));
    }

    [Fact]
    public async Task Whether_two_share_a_household_is_told_where_both_have_one()
    {
        var (home, elsewhere) = (await town.Household(), await town.Household());
        var one = await Enter(People.Someone().In(home, "01"));
        var two = await Enter(People.Someone().In(home));
        var three = await Enter(People.Someone().In(elsewhere, "01"));
        var four = await Enter(People.Someone());
        Assert.Equal(("yes", "no", "unknown"), (await Ask(one, "same-household", two), await Ask(one, "same-household", three), await Ask(one, "same-household", four)));
    }

    [Fact]
    public async Task Whether_two_are_married_is_told_from_either_record_and_a_new_number_makes_no_stranger()
    {
        var wife = People.Someone();
        var wifeId = await town.Enter(wife);
        var husband = await Enter(People.Someone(sex: 1).With(KinKind.Spouse, wife.Facts.Number!.Value));
        var other = await Enter(People.Someone());
        var single = People.Someone();
        var unmarried = await Enter(single with { Facts = single.Facts with { Marital = 1 } });
        Assert.Equal(("yes", "yes"), (await Ask(husband, "spouse-of", Number(wife)), await Ask(Number(wife), "spouse-of", husband)));
        Assert.Equal(("no", "no", "unknown"), (await Ask(husband, "spouse-of", other), await Ask(other, "spouse-of", unmarried), await Ask(other, "spouse-of", await Enter(People.Someone(sex: 1)))));
        await town.Act(wifeId, new NumberReplaced(wife.Facts.Number!.Value, People.Number("089", 2, 1962), "xác định lại giới tính"));
        Assert.Equal("yes", await Ask(husband, "spouse-of", Number(wife)));
    }

    [Fact]
    public async Task Whether_one_is_the_others_parent_is_told()
    {
        var (mother, father) = (People.Someone(born: "1980-01-01"), People.Someone(sex: 1, born: "1978-01-01"));
        await Enter(mother);
        await Enter(father);
        var child = await Enter(People.Someone(born: "2010-02-03").With(KinKind.Mother, mother.Facts.Number!.Value));
        var woman = await Enter(People.Someone(born: "1981-01-01"));
        Assert.Equal("yes", await Ask(Number(mother), "parent-of", child));
        Assert.Equal("no", await Ask(woman, "parent-of", child));           // the mother is another
        Assert.Equal("unknown", await Ask(Number(father), "parent-of", child));
        Assert.Equal("no", await Ask(child, "parent-of", Number(mother)));  // born after her
    }

    [Fact]
    public async Task A_number_of_nobody_and_a_confidential_one_answer_alike_and_nothing_is_written_down()
    {
        var hidden = People.Someone();
        var id = await town.Enter(hidden);
        await town.Act(id, new ConfidentialitySet(1));
        var open = await Enter(People.Someone());
        Assert.Equal("unknown", await Ask(Number(hidden), "living"));
        Assert.Equal("unknown", await Ask("089199999997", "living"));
        Assert.Equal("unknown", await Ask(open, "same-household", Number(hidden)));
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.disclosure where subject = $1", id));
        using var registrar = await town.As("tinh");
        Assert.Equal("{\"answer\":\"yes\"}", (await registrar.Post("/persons/ask", new { number = Number(hidden), question = "living", purpose = Town.Purpose, @case = Town.Case })).Succeeds().Text);
    }

    [Fact]
    public async Task A_question_is_written_down_as_one_and_no_value_with_it()
    {
        var person = People.Someone();
        var id = await town.Enter(person);
        await Ask(Number(person), "living");
        Assert.Equal(["ask:living"], await town.Rows("select array_to_string(fields, ',') from journal.disclosure where subject = $1", r => r.GetString(0), id));
    }

    [Fact]
    public async Task A_question_that_is_none_or_lacks_something_is_refused_and_says_what_is_missing()
    {
        using var clerk = await town.As("canbo");
        (await clerk.Post("/persons/ask", new { number = "089199999997", question = "salary", purpose = Town.Purpose, @case = Town.Case })).Refuses("population.no-question");
        (await clerk.Post("/persons/ask", new { number = "089199999997", question = "under-age", purpose = Town.Purpose, @case = Town.Case })).Refuses("population.question-years");
        (await clerk.Post("/persons/ask", new { number = "089199999997", question = "under-age", years = 151, purpose = Town.Purpose, @case = Town.Case })).Refuses("population.question-years");
        (await clerk.Post("/persons/ask", new { number = "089199999997", question = "resident-for", months = 0, purpose = Town.Purpose, @case = Town.Case })).Refuses("population.question-months");
        (await clerk.Post("/persons/ask", new { number = "089199999997", question = "resident-for", months = 12, commune = "00000", purpose = Town.Purpose, @case = Town.Case })).Refuses("population.area-unknown");
        (await clerk.Post("/persons/ask", new { number = "089199999997", question = "spouse-of", purpose = Town.Purpose, @case = Town.Case })).Refuses("population.question-other");
        (await clerk.Post("/persons/ask", new { number = "089199999997", question = "living" })).Refuses("journal.purpose-missing", HttpStatusCode.UnprocessableEntity);
    }

    private async Task<string> Ask(string number, string question, string? other = null, int? years = null, int? months = null, string? commune = null)
    {
        using var clerk = await town.As("canbo");
        return (await clerk.Post("/persons/ask", new { number, question, other, years, months, commune, purpose = Town.Purpose, @case = Town.Case })).Succeeds()["answer"].GetString()!;
    }

    private async Task<string> Enter(PersonState person)
    {
        await town.Enter(person);
        return Number(person);
    }

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Number(PersonState person) => person.Facts.Number!.Value.ToString();
}
