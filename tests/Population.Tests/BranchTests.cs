using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population.Persons;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>The same program as register of record and as a branch that follows it.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class BranchTests(Town root, BranchTown branch) : IClassFixture<Town>, IClassFixture<BranchTown>
{
    [Fact]
    public async Task A_branch_that_follows_the_feed_has_the_same_records_and_knows_how_fresh_each_value_is()
    {
        var home = await root.Household();
        var person = await root.Enter(People.Someone(sex: 1, born: "1975-03-02").In(home, "01").LivingAt(null, "Tổ 1, ấp Mẫu", "2010-01-01"));
        await root.Act(person, new PersonChanged(new PersonFacts(), new PersonFacts { Phone = "0900000001" }));
        await root.Act(person, new ResidenceBegan(ResidenceKind.Permanent, null, "Tổ 2, ấp Mẫu", new DateOnly(2026, 5, 1)));

        Assert.True(await Follow() > 0);

        Assert.Equal(await root.Do<IPopulation, PersonState>(async p => (await p.Find(person))!), await branch.Do<IPopulation, PersonState>(async p => (await p.Find(person))!), Same);
        var verified = await branch.Verify();
        Assert.Empty(verified.Differences);
        var origins = await branch.Rows("select field, source from population.provenance where person_id = $1 order by field", r => (r.GetString(0), r.GetString(1)), person);
        Assert.Equal([("", "root"), ("phone", "root"), ("residence", "root")], origins);
        Assert.Equal(0, await Follow());
    }

    [Fact]
    public async Task A_page_that_leaves_a_gap_and_a_root_that_should_follow_are_refused()
    {
        var gap = await branch.Ask<IBranch, long>(b => b.Follow(1_000_000, [], 1_000_001));
        Assert.Equal("population.feed-gap", gap.Problems.Single().Code);
        var itself = await root.Ask<IBranch, long>(b => b.Follow(0, [], 1));
        Assert.Equal("population.root-follows-nobody", itself.Problems.Single().Code);
    }

    [Fact]
    public async Task A_correction_in_a_branch_goes_up_as_a_request_and_changes_nothing()
    {
        var person = await branch.Enter(People.Someone());
        var before = await branch.Do<IPopulation, PersonState>(async p => (await p.Find(person))!);
        using var registrar = await branch.As("tinh");
        var reply = (await registrar.Post("/persons/correct", new { id = person, after = new { fullName = "Trần Thị Khác" }, ground = "trích lục khai sinh mẫu" })).Succeeds();
        Assert.True(reply["requested"].GetBoolean());
        Assert.Equal(before, await branch.Do<IPopulation, PersonState>(async p => (await p.Find(person))!), Same);
        Assert.Equal(["open"], await branch.Rows("select state from population.correction_request where person_id = $1", r => r.GetString(0), person));
    }

    private static bool Same(PersonState a, PersonState b) => Verification.VerifyRegister.Written(a) == Verification.VerifyRegister.Written(b);

    /// <summary>Carries the root's feed over as a connection does, page by page.</summary>
    private async Task<long> Follow()
    {
        await root.Seal();
        using var reader = await root.As("tinhoc");
        long applied = 0;
        for (var more = true; more;)
        {
            var after = await branch.Do<IBranch, long>(async b => await b.Followed());
            var page = (await reader.Post("/journal/feed", new { after, most = 3, bodies = true, purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds();
            var entries = page["entries"].EnumerateArray().Select(e => new RootEntry(e.GetProperty("place").GetInt64(), e.GetProperty("at").GetDateTimeOffset(), e.GetProperty("actor").GetString()!,
                e.GetProperty("office").GetString()!, e.GetProperty("ground").GetString()!, e.GetProperty("subject").GetGuid(), e.GetProperty("kind").GetString()!, e.GetProperty("body").GetRawText())).ToList();
            applied += await branch.Do<IBranch, long>(b => b.Follow(after, entries, page["next"].GetInt64()));
            more = page["more"].GetBoolean();
        }

        return applied;
    }
}
