using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Host.Demo;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Quality.Tests;

/// <summary>A whole invented population with planted faults: all of them are found, and hardly anything else.</summary>
[SupportedOSPlatform("linux")]
public sealed class DirtyProvinceTests(DirtyTown town) : IClassFixture<DirtyTown>
{
    [Fact]
    public async Task Every_planted_fault_is_found_by_its_rule()
    {
        var found = (await town.Rows("select rule, subject from quality.finding where gone_at is null", r => (r.GetString(0), r.GetGuid(1)))).ToHashSet();
        var planted = town.Faults.Where(f => f.Rule != "duplicate").ToList();
        Assert.True(planted.Count > 60, $"{planted.Count}");
        Assert.DoesNotContain(planted, f => !found.Contains((f.Rule, f.Person)));
    }

    [Fact]
    public async Task Second_records_are_proposed_and_others_are_not()
    {
        var proposed = (await town.Rows("select a, b from quality.pair where state = 'open'", r => (r.GetGuid(0), r.GetGuid(1)))).SelectMany(p => new[] { p, (p.Item2, p.Item1) }).ToHashSet();
        var twice = town.Faults.Where(f => f.Rule == "duplicate").ToList();
        var missed = twice.Where(f => !proposed.Contains((f.Person, f.Of!.Value))).ToList();
        Assert.True(missed.Count * 20 <= twice.Count, $"missed {missed.Count} of {twice.Count}");
        var wrong = (proposed.Count / 2) - (twice.Count - missed.Count);
        Assert.True(wrong * 10 <= twice.Count, $"{wrong} wrong beside {twice.Count}");
    }

    [Fact]
    public async Task The_numbers_are_those_of_the_rows_behind_them()
    {
        foreach (var measure in (string[])["correct", "complete", "clean", "live"])
        {
            var (good, persons) = (await town.Rows("select sum(good)::bigint, sum(persons)::bigint from quality.measure where measure = $1", r => (r.GetInt64(0), r.GetInt64(1)), measure)).Single();
            var bad = await town.Value<long>("""
                select count(distinct p.id) from population.person p
                 where p.status = 'living' and exists (select from population.residence r where r.person_id = p.id and r.kind in ('permanent', 'temporary') and r.valid @> date '2026-11-24' and r.area_id is not null) and exists (
                   select from quality.finding f join quality.rule r on r.code = f.rule where r.measure = $1 and r.severity <> 'notice' and f.gone_at is null
                      and (f.person_id = p.id or f.household_id in (select m.household_id from population.member m where m.person_id = p.id and m.valid @> date '2026-11-24')))
                """, measure);
            Assert.Equal(persons - bad, good);
        }
    }
}

/// <summary>A town with three thousand invented people, two in a hundred of whose records are faulty, after its first night.</summary>
[SupportedOSPlatform("linux")]
public sealed class DirtyTown : Town
{
    internal IReadOnlyList<PlantedFaults.Fault> Faults { get; private set; } = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var faults = new PlantedFaults(0.05, Day);
        await Services.GetRequiredService<IFounding>().Load(faults.Into(new InventedPeople(Places, Reference, 3000, 5, Day).Households()), "tỉnh mẫu", null, CancellationToken.None);
        Faults = faults.Planted;
        await this.Clean();
    }
}
