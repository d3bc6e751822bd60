using System.Runtime.Versioning;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>What a death brings with it, and how all of it is taken back.</summary>
[SupportedOSPlatform("linux")]
public sealed class DeathTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task A_death_ends_residence_widows_the_spouse_and_gives_the_household_a_head()
    {
        using var canbo = await town.As("canbo");
        var (couple, child) = await Family();
        var done = (await canbo.Post("/deaths/register", Deaths.Of(couple.Father.Facts.Number!.Value.ToString()))).Succeeds();
        Assert.EndsWith("/2026", done["entryNo"].GetString(), StringComparison.Ordinal);

        var (he, she, it) = (await Find(couple.FatherKey), await Find(couple.MotherKey), await Find(child));
        Assert.Equal((PersonStatus.Dead, PartialDate.Of(new DateOnly(2026, 11, 20))), (he.Status, he.Facts.Ended!.Value));
        Assert.Equal(new DateOnly(2026, 11, 20), Assert.Single(he.Residences).Until);
        Assert.Equal(new DateOnly(2026, 11, 20), Assert.Single(he.Memberships).Until);
        Assert.Equal((short)3, she.Facts.Marital);
        Assert.Equal("01", she.Memberships.Single(m => m.Until is null).Relation);
        // She is the mother by the child's record: what was the head's child is hers.
        Assert.Equal("10", it.Memberships.Single(m => m.Until is null).Relation);
        Assert.Equal("civil.death-registered", await town.Value<string>("select kind from journal.entry where subject = $1", done["entry"].GetGuid()));
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task The_last_of_a_household_closes_it()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        await town.Act(couple.MotherKey, new HouseholdLeft(new DateOnly(2026, 1, 1)));
        (await canbo.Post("/deaths/register", Deaths.Of(couple.Father.Facts.Number!.Value.ToString()))).Succeeds();
        Assert.Equal(new DateOnly(2026, 11, 20), await town.Value<DateOnly>("select closed_on from population.household where id = $1", couple.Household));
    }

    [Fact]
    public async Task Who_comes_back_has_everything_as_before_and_the_entry_says_so()
    {
        using var canbo = await town.As("canbo");
        var (couple, child) = await Family();
        var number = couple.Father.Facts.Number!.Value.ToString();
        PersonState[] before = [await Find(couple.FatherKey), await Find(couple.MotherKey), await Find(child)];
        var death = (await canbo.Post("/deaths/register", Deaths.Of(number))).Succeeds();

        (await canbo.Post("/deaths/annul", Return(number, court: null))).Refuses("civil.court-missing");
        var back = (await canbo.Post("/deaths/annul", Return(number))).Succeeds();
        PersonState[] after = [await Find(couple.FatherKey), await Find(couple.MotherKey), await Find(child)];
        Assert.Equivalent(before, after, strict: true);
        Assert.Equal(("annulled", back["entry"].GetGuid()), (await town.Rows("select kind, cause_id from civil.annotation where entry_id = $1", r => (r.GetString(0), r.GetGuid(1)), death["entry"].GetGuid())).Single());
        // No paper of the entry says any more that he is dead.
        (await canbo.Issue(death["entry"].GetGuid(), "extract")).Refuses("civil.entry-annulled");
        // Not twice.
        (await canbo.Post("/deaths/annul", Return(number))).Refuses("civil.not-dead");
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task What_life_has_changed_since_the_death_stays_and_is_told_before()
    {
        using var canbo = await town.As("canbo");
        var (couple, _) = await Family();
        var number = couple.Father.Facts.Number!.Value.ToString();
        (await canbo.Post("/deaths/register", Deaths.Of(number))).Succeeds();
        await town.Act(couple.MotherKey, new PersonChanged(new PersonFacts { Marital = 3 }, new PersonFacts { Marital = 2 }));
        (await canbo.Post("/deaths/annul", Return(number))).Refuses("civil.stays-changed");
        (await canbo.Post("/deaths/annul", new Dictionary<string, object?>(Return(number)) { ["confirmed"] = new[] { "civil.stays-changed" } })).Succeeds();
        Assert.Equal((short)2, (await Find(couple.MotherKey)).Facts.Marital);
        Assert.Equal(PersonStatus.Living, (await Find(couple.FatherKey)).Status);
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Who_comes_back_to_a_widow_who_has_married_again_is_not_married_and_her_later_marriage_stands()
    {
        using var canbo = await town.As("canbo");
        var (couple, number, other) = await Remarried(canbo);
        Assert.Equal(other.Facts.Number, (await Find(couple.MotherKey)).Kin.Single(k => k.Kind == KinKind.Spouse).Number);

        var told = await canbo.Post("/deaths/annul", Return(number));
        told.Refuses("civil.spouse-remarried");
        Assert.Contains(couple.Mother.Facts.FullName!, told.Text, StringComparison.Ordinal);
        (await canbo.Post("/deaths/annul", new Dictionary<string, object?>(Return(number)) { ["confirmed"] = new[] { "civil.spouse-remarried", "civil.stays-changed" } })).Succeeds();
        var (he, she) = (await Find(couple.FatherKey), await Find(couple.MotherKey));
        Assert.Equal((PersonStatus.Living, (short)3), (he.Status, he.Facts.Marital!.Value));
        Assert.DoesNotContain(he.Kin, k => k.Kind == KinKind.Spouse);
        Assert.Equal(((short)2, other.Facts.Number), (she.Facts.Marital!.Value, she.Kin.Single(k => k.Kind == KinKind.Spouse).Number));
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Who_comes_back_to_one_who_has_married_and_divorced_meanwhile_is_not_married()
    {
        using var canbo = await town.As("canbo");
        var (couple, number, _) = await Remarried(canbo);
        (await canbo.Post("/marriages/end", new { person = couple.Number.ToString(), how = "divorce", court = "Tòa án Mẫu", decisionNo = "1/2026", decisionOn = "2026-11-24" })).Succeeds();
        (await canbo.Post("/deaths/annul", new Dictionary<string, object?>(Return(number)) { ["confirmed"] = new[] { "civil.spouse-remarried", "civil.stays-changed" } })).Succeeds();
        foreach (var state in new[] { await Find(couple.FatherKey), await Find(couple.MotherKey) })
        {
            Assert.Equal((short)3, state.Facts.Marital);
            Assert.DoesNotContain(state.Kin, k => k.Kind == KinKind.Spouse);
        }

        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Of_two_who_register_one_death_at_once_one_wins_and_the_other_is_told()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        var declared = Deaths.Of(couple.Father.Facts.Number!.Value.ToString());
        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => canbo.Post("/deaths/register", declared)));
        Assert.Single(replies, r => r.IsGood);
        foreach (var lost in replies.Where(r => !r.IsGood))
        {
            lost.Refuses("civil.already-dead");
        }
    }

    /// <summary>A couple; he is registered as dead, and his widow marries another.</summary>
    private async Task<(Couple Couple, string Number, PersonState Other)> Remarried(Official clerk)
    {
        var (couple, _) = await Family();
        var (number, someone) = (couple.Father.Facts.Number!.Value.ToString(), People.Someone(1, "1990-01-01"));
        var other = someone with { Facts = someone.Facts with { Marital = 1 } };
        await town.Enter(other.LivingAt(couple.Home.Id, "Ấp Mẫu", "2015-01-01"));
        (await clerk.Post("/deaths/register", Deaths.Of(number))).Succeeds();
        (await clerk.Post("/marriages/register", new { husband = other.Facts.Number!.Value.ToString(), wife = couple.Number.ToString(), bothHere = true, notKin = true, household = "stay" })).Succeeds();
        return (couple, number, other);
    }

    private async Task<(Couple, Guid Child)> Family()
    {
        var couple = await new Couple(town).Enter();
        await town.Act(couple.MotherKey, new PersonCompleted(new PersonFacts { Marital = 2 }));
        await town.Act(couple.FatherKey, new PersonCompleted(new PersonFacts { Marital = 2 }));
        return (couple, await town.Enter(People.Someone(1, "2018-02-03").With(KinKind.Mother, couple.Number).With(KinKind.Father, couple.Father.Facts.Number!.Value)
            .LivingAt(couple.Home.Id, "Ấp Mẫu", "2018-02-03").In(couple.Household, "10", "2018-02-03")));
    }

    private static Dictionary<string, object?> Return(string number, string? court = "Tòa án nhân dân tỉnh Mẫu") => new() { ["person"] = number, ["court"] = court, ["decisionNo"] = "7/2026/QĐST-DS", ["decisionOn"] = "2026-11-24" };

    private Task<PersonState> Find(Guid person) => town.Do<IPopulation, PersonState>(async p => await p.Find(person) is { } state ? state : throw new InvalidOperationException("nobody"));
}
