using System.Runtime.Versioning;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>What a marriage brings with it, how it ends, and how it is taken back.</summary>
[SupportedOSPlatform("linux")]
public sealed class MarriageTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task A_marriage_names_each_in_the_other_s_record_and_brings_the_wife_into_the_household()
    {
        using var canbo = await town.As("canbo");
        var pair = await new Pair(town) { WomanRelation = "10" }.Enter();
        (await canbo.Post("/marriages/register", pair.Declared(new() { ["household"] = "with-husband" }))).Succeeds();
        var (he, she) = (await Find(pair.ManKey), await Find(pair.WomanKey));
        Assert.Equal(((short)2, (short)2), (he.Facts.Marital!.Value, she.Facts.Marital!.Value));
        Assert.Equal(pair.Woman.Facts.Number, Assert.Single(he.Kin).Number);
        Assert.Equal(pair.Man.Facts.Number, Assert.Single(she.Kin).Number);
        Assert.Equal((pair.ManHousehold, "02"), she.Memberships.Where(m => m.Until is null).Select(m => (m.Household, m.Relation)).Single());
        Assert.Equal("Ấp Mẫu", she.Residences.Single(r => r.Until is null).Detail);
        Assert.Equal(new DateOnly(2026, 11, 24), she.Residences.Single(r => r.Until is not null).Until);
        // Nobody marries a second time.
        (await canbo.Post("/marriages/register", pair.Declared())).Refuses("civil.already-married");
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Of_two_marriages_of_one_man_at_once_one_wins_and_the_other_is_told()
    {
        using var canbo = await town.As("canbo");
        var (pair, other) = (await new Pair(town).Enter(), await new Pair(town).Enter());
        var replies = await Task.WhenAll(canbo.Post("/marriages/register", pair.Declared()), canbo.Post("/marriages/register", pair.Declared(new() { ["wife"] = other.Hers })));
        Assert.Single(replies, r => r.IsGood);
        replies.Single(r => !r.IsGood).Refuses("civil.already-married");
    }

    [Fact]
    public async Task A_divorce_ends_the_marriage_in_both_records_and_beside_the_entry()
    {
        using var canbo = await town.As("canbo");
        var pair = await new Pair(town).Enter();
        var marriage = (await canbo.Post("/marriages/register", pair.Declared())).Succeeds();
        (await canbo.Post("/marriages/end", End(pair, "divorce", "2026-11-23"))).Refuses("civil.decision-day");
        (await canbo.Post("/marriages/end", End(pair, "divorce"))).Succeeds();
        foreach (var key in new[] { pair.ManKey, pair.WomanKey })
        {
            var state = await Find(key);
            Assert.Equal((short)3, state.Facts.Marital);
            Assert.Empty(state.Kin);
        }

        Assert.Equal("divorced", await town.Value<string>("select kind from civil.annotation where entry_id = $1", marriage["entry"].GetGuid()));
        (await canbo.Post("/marriages/end", End(pair, "divorce"))).Refuses("civil.not-married");
        // They may marry each other again.
        (await canbo.Post("/marriages/register", pair.Declared())).Succeeds();
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task A_marriage_against_the_law_is_taken_back_with_all_that_came_of_it()
    {
        using var canbo = await town.As("canbo");
        var pair = await new Pair(town) { WomanRelation = "10" }.Enter();
        PersonState[] before = [await Find(pair.ManKey), await Find(pair.WomanKey)];
        (await canbo.Post("/marriages/register", pair.Declared(new() { ["household"] = "with-husband" }))).Succeeds();
        (await canbo.Post("/marriages/end", End(pair, "annulled"))).Succeeds();
        Assert.Equivalent(before, new[] { await Find(pair.ManKey), await Find(pair.WomanKey) }, strict: true);
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task A_marriage_of_the_old_books_ends_where_they_are_told()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        var ended = new Dictionary<string, object?> { ["person"] = couple.Number.ToString(), ["how"] = "divorce", ["court"] = "Tòa án nhân dân khu vực Mẫu", ["decisionNo"] = "12/2026/HNGĐ-ST", ["decisionOn"] = "2026-11-24" };
        (await canbo.Post("/marriages/end", ended)).Refuses("civil.earlier-entry-missing");
        ended["earlierEntry"] = "UBND xã Mẫu (cũ), số 12, ngày 01/01/2015";
        (await canbo.Post("/marriages/end", ended)).Succeeds();
        Assert.Empty((await Find(couple.FatherKey)).Kin);
        ended["how"] = "?";
        (await canbo.Post("/marriages/end", ended)).Refuses("civil.end-unknown");
    }

    private static Dictionary<string, object?> End(Pair pair, string how, string on = "2026-11-24") =>
        new() { ["person"] = pair.Hers, ["how"] = how, ["court"] = "Tòa án nhân dân khu vực Mẫu", ["decisionNo"] = "12/2026/HNGĐ-ST", ["decisionOn"] = on };

    private Task<PersonState> Find(Guid person) => town.Do<IPopulation, PersonState>(async p => await p.Find(person) is { } state ? state : throw new InvalidOperationException("nobody"));
}
