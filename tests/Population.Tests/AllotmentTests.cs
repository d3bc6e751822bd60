using System.Globalization;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>Numbers are given once, to one person, by the root alone.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class AllotmentTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task Two_hundred_clerks_at_once_get_two_hundred_numbers_and_nobody_can_guess_the_next()
    {
        var newborn = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => town.Enter(People.Nobody(1, "2026-11-20"))));
        var numbers = await Task.WhenAll(newborn.Select(id => town.Do<IPopulation, PersonalNumber>(p => p.Allot(id, "089", "khai sinh mẫu"))));
        Assert.Equal(200, numbers.Distinct().Count());
        Assert.All(numbers, n => Assert.Equal("089226", n.Prefix));

        var last = numbers.Select(n => int.Parse(n.ToString()[6..], CultureInfo.InvariantCulture)).ToList();
        Assert.True(last.Select(n => n / 10_000).Distinct().Count() > 60, "The numbers are not spread over their million.");
        Assert.True(last.Zip(last.Skip(1)).Count(p => p.Second - p.First is > 0 and < 1000) < 20, "One number tells the next.");
        foreach (var (id, number) in newborn.Zip(numbers))
        {
            Assert.Equal(number, (await town.Do<IPopulation, PersonState>(async p => (await p.Find(id))!)).Facts.Number);
        }

        Assert.Equal(200, await Used("089226"));
    }

    [Fact]
    public async Task Two_clerks_at_once_give_one_person_one_number()
    {
        for (var round = 0; round < 10; round++)
        {
            var id = await town.Enter(People.Nobody(2, "2025-03"));
            var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => town.Ask<IPopulation, PersonalNumber>(p => p.Allot(id, "089", "khai sinh mẫu"))));
            Assert.Equal("population.has-number", Assert.Single(Assert.Single(both, o => !o.IsGood).Problems).Code);
            Assert.Equal(both.Single(o => o.IsGood).Value, (await town.Do<IPopulation, PersonState>(async p => (await p.Find(id))!)).Facts.Number);
        }
    }

    [Fact]
    public async Task Who_cannot_be_given_a_number_is_told_why()
    {
        async Task Refused(PersonState person, string place, string code)
        {
            var id = await town.Enter(person);
            await Refuses(id, place, code);
        }

        await Refused(People.Someone(), "089", "population.has-number");
        await Refused(People.Nobody(0), "089", "population.number-needs-birth");
        await Refused(People.Nobody(born: "unknown"), "089", "population.number-needs-birth");
        await Refused(People.Nobody(born: "1899-12-31"), "089", "population.number-needs-birth");
        await Refused(People.Nobody(), "003", "population.number-place-never-existed");
        await Refused(People.Nobody(), "89", "population.number-place-never-existed");
        await Refuses(Guid.NewGuid(), "089", "population.no-person");
        var merged = await town.Enter(People.Nobody());
        await town.Act(merged, new PersonMerged(await town.Enter(People.Someone()), PersonStatus.Living));
        await Refuses(merged, "089", "population.record-merged");
    }

    /// <summary>Four numbers of a prefix are left: those of a former, a cancelled and a merged person, one allotted and given up, and one by which a stranger is named are not among them.</summary>
    [Fact]
    public async Task The_last_gaps_of_a_prefix_are_found_and_none_that_somebody_has_or_had()
    {
        const string prefix = "089290";     // male, 2090: nobody else in this town
        string Number(int n) => prefix + n.ToString("000000", CultureInfo.InvariantCulture);
        var one = await town.Enter(People.Someone(1).Numbered(Number(1)));
        await town.Act(one, new NumberReplaced(People.Number(Number(1)), People.Number("089", 1, 1962), "mẫu"));
        await town.Act(await town.Enter(People.Someone(1).Numbered(Number(2))), new StatusChanged(PersonStatus.Cancelled));
        await town.Act(await town.Enter(People.Someone(1).Numbered(Number(3))), new PersonMerged(one, PersonStatus.Living));
        await town.Enter(People.Someone(1).With(KinKind.Spouse, People.Number(Number(4))));
        Assert.Equal(4, await Used(prefix));

        await town.Execute($"""
            begin; set local session_replication_role = replica;
            insert into population.allotted_number select '{prefix}' || to_char(n, 'FM000000'), '{one}', now() from generate_series(0, 999999) n
             where n not between 1 and 4 and n % 280000 <> 77;
            commit
            """);
        Assert.Equal(1_000_000 - 4, await Used(prefix));
        var last = new List<int>();
        foreach (var id in await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => town.Enter(People.Nobody(1, "2090")))))
        {
            last.Add(int.Parse((await town.Do<IPopulation, PersonalNumber>(p => p.Allot(id, "089", "khai sinh mẫu"))).ToString()[6..], CultureInfo.InvariantCulture));
        }

        Assert.Equal(Enumerable.Range(0, 4).Select(n => (n * 280_000) + 77), last.Order());
        Assert.Equal(1_000_000, await Used(prefix));
        await Refuses(await town.Enter(People.Nobody(1, "2090")), "089", "population.prefix-full");
    }

    /// <summary>Chance finds nothing in a prefix that is all but full; nine clerks look for the last eight at once.</summary>
    [Fact]
    public async Task Nine_clerks_at_once_share_the_last_eight_of_a_prefix_and_one_is_told_that_it_is_full()
    {
        const string prefix = "089391";     // female, 2091: nobody else in this town
        var somebody = await town.Enter(People.Nobody());
        await town.Execute($"""
            begin; set local session_replication_role = replica;
            insert into population.allotted_number select '{prefix}' || to_char(n, 'FM000000'), '{somebody}', now() from generate_series(0, 999999) n where n % 125000 <> 124999;
            commit
            """);
        var newborn = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => town.Enter(People.Nobody(2, "2091"))));
        var outcomes = await Task.WhenAll(newborn.Select(id => town.Ask<IPopulation, PersonalNumber>(p => p.Allot(id, "089", "khai sinh mẫu"))));
        Assert.Equal("population.prefix-full", Assert.Single(Assert.Single(outcomes, o => !o.IsGood).Problems).Code);
        Assert.Equal(Enumerable.Range(0, 8).Select(n => prefix + ((n * 125_000) + 124_999).ToString("000000", CultureInfo.InvariantCulture)), outcomes.Where(o => o.IsGood).Select(o => o.Value.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(1_000_000, await Used(prefix));
    }

    [Fact]
    public async Task The_stock_is_told_to_those_who_may_look_up_people()
    {
        await town.Enter(People.Someone(2, "1931"));
        using var canbo = await town.As("canbo");
        var stock = (await canbo.Post("/numbers/free", new { prefix = "089131" })).Succeeds();
        Assert.Equal((1, 999_999, 1931, 2, "Tỉnh An Giang"),
            (stock["used"].GetInt32(), stock["free"].GetInt32(), stock["birthYear"].GetInt32(), stock["sex"].GetInt32(), stock["placeName"].GetString()));
        Assert.Equal(stock.Text, (await canbo.Post("/numbers/free", new { place = "089", year = 1931, sex = 2 })).Text);
        (await canbo.Post("/numbers/free", new { prefix = "08913" })).Refuses("population.prefix-malformed");
        (await canbo.Post("/numbers/free", new { prefix = "08913O" })).Refuses("population.prefix-malformed");
        (await canbo.Post("/numbers/free", new { place = "089", year = 1899, sex = 2 })).Refuses("population.prefix-malformed");
        (await canbo.Post("/numbers/free", new { })).Refuses("population.prefix-malformed");
        (await canbo.Post("/numbers/free", new { prefix = "003131" })).Refuses("population.number-place-never-existed");
        using var lanhdao = await town.As("lanhdao");
        (await lanhdao.Post("/numbers/free", new { prefix = "089131" })).Refuses("kernel.not-permitted");
    }

    private Task<int> Used(string prefix) => town.Do<INumbers, int>(async n => (await n.Free(prefix, null, null, null)).Value!.Used);

    private async Task Refuses(Guid person, string place, string code)
    {
        var outcome = await town.Ask<IPopulation, PersonalNumber>(p => p.Allot(person, place, "khai sinh mẫu"));
        Assert.Equal(code, Assert.Single(outcome.Problems).Code);
        Assert.NotNull(town.Sentence(code));
    }
}

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class BranchAllotmentTests(BranchTown branch) : IClassFixture<BranchTown>
{
    [Fact]
    public async Task A_branch_allots_no_numbers()
    {
        var id = await branch.Enter(People.Nobody());
        Assert.Equal("population.branch-cannot-allot", Assert.Single((await branch.Ask<IPopulation, PersonalNumber>(p => p.Allot(id, "089", "khai sinh mẫu"))).Problems).Code);
        Assert.Equal(0, await branch.Value<long>("select count(*) from population.allotted_number"));
    }
}
