using System.Collections.Concurrent;
using Npgsql;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Population.Lookups;

/// <summary>Permanent residents of a unit on a day, by age in groups of five years and by sex. Numbers only; no record is shown.</summary>
internal sealed class CountPopulation(BeyondDuty reads, PopulationCounts counts, IPlaces places, TimeProvider clock)
{
    public const int OldestGroup = 100;

    /// <param name="Area">Code of the unit; the province this register serves if none.</param>
    /// <param name="Day">The day counted, and on which the code has the meant meaning; today if none.</param>
    internal sealed record Request(string? Area, DateOnly? Day);

    /// <param name="Age">First year of the group of five; 100 and more together.</param>
    internal sealed record Group(int Age, long Men, long Women, long SexUnknown);

    /// <param name="AgeUnknown">Persons of whom no birth year is known.</param>
    /// <param name="Units">The communes of the unit with their residents, the most first; null where the unit is a commune itself.</param>
    /// <param name="UnitOpen">Residents of divided communes, whose unit of the day is open.</param>
    internal sealed record Counted(string Code, string Name, DateOnly Day, long Persons, IReadOnlyList<Group> Groups, long AgeUnknown, IReadOnlyList<Unit>? Units = null, long UnitOpen = 0);

    internal sealed record Unit(string Code, string Name, long Persons);

    public async Task<Outcome<Counted>> Run(Request r)
    {
        var day = r.Day ?? clock.Today();
        if ((r.Area is null ? places.Book.Home(day) : places.Book.Find(r.Area, day)) is not { } area)
        {
            return Problem.Invalid("area", "population.area-unknown");
        }

        return await counts.Of(area.Id, day, () => Count(area, day));
    }

    private async Task<Counted> Count(Area area, DateOnly day)
    {
        var rows = await reads.Rows($"""
            select least(date_part('year', age($2::date, p.born_earliest))::int / 5 * 5, {OldestGroup}), coalesce(p.sex, 0), count(*)
              from population.residence r join population.person p on p.id = r.person_id
             where r.area_id = any($1) and r.kind = 'permanent' and r.valid @> $2 and p.status not in ('merged', 'cancelled')
               and coalesce(p.born_earliest <= $2, true)
             group by 1, 2
            """, x => (Age: x.Maybe<int>(0), Sex: x.GetInt16(1), Persons: x.GetInt64(2)), places.Book.Within(area, day).ToArray(), day);
        long Sum(int? age, short sex) => rows.Where(x => x.Age == age && x.Sex == sex).Sum(x => x.Persons);
        var groups = Enumerable.Range(0, (OldestGroup / 5) + 1).Select(i => new Group(i * 5, Sum(i * 5, 1), Sum(i * 5, 2), Sum(i * 5, 0))).ToList();
        var counted = new Counted(area.Code, area.FullName, day, rows.Sum(x => x.Persons), groups, rows.Where(x => x.Age is null).Sum(x => x.Persons));
        return area.Level == AreaLevel.Commune ? counted : await ByUnit(area, day, counted);
    }

    private async Task<Counted> ByUnit(Area area, DateOnly day, Counted counted)
    {
        var book = places.Book;
        var rows = await reads.Rows("""
            select r.area_id, count(*) from population.residence r join population.person p on p.id = r.person_id
             where r.area_id = any($1) and r.kind = 'permanent' and r.valid @> $2 and p.status not in ('merged', 'cancelled') and coalesce(p.born_earliest <= $2, true) group by 1
            """, x => (Area: x.GetInt32(0), Persons: x.GetInt64(1)), book.Within(area, day).ToArray(), day);
        var units = rows.GroupBy(x => book.Resolve(book[x.Area]!, day).Area).Select(g => (Unit: g.Key, Persons: g.Sum(x => x.Persons))).ToList();
        return counted with
        {
            Units = [.. units.Where(u => u.Unit is not null).OrderByDescending(u => u.Persons).Select(u => new Unit(u.Unit!.Code, u.Unit.FullName, u.Persons))],
            UnitOpen = units.Where(u => u.Unit is null).Sum(u => u.Persons),
        };
    }
}

/// <summary>Permanent residents of each commune, for the map of the province.</summary>
internal sealed class UnitPopulation(BeyondDuty reads, PopulationCounts counts, IPlaces places, TimeProvider clock) : IUnitFigures
{
    public string Sentence => "population.persons-count";

    public Permission Needs => Permission.Of(PopulationPermission.CountPopulation);

    public async Task<IReadOnlyDictionary<string, long>> Of(Area province, DateOnly day) =>
        (await new CountPopulation(reads, counts, places, clock).Run(new CountPopulation.Request(province.Code, day))).Ok(out var counted) && counted.Units is { } units
            ? units.ToDictionary(u => u.Code, u => u.Persons, StringComparer.Ordinal) : new Dictionary<string, long>();
}

/// <summary>Counts of large units are kept for some minutes: whoever steers looks often, and a province takes seconds to count. An older count is still shown,
/// once more, while the next one is under way, so that nobody waits.</summary>
internal sealed class PopulationCounts(TimeProvider clock)
{
    private const int Large = 50_000;
    private const int Most = 200;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Usable = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<(int Area, DateOnly Day), (CountPopulation.Counted Counted, long Since)> known = new();
    private readonly ConcurrentDictionary<(int Area, DateOnly Day), Task> renewing = new();

    public async Task<CountPopulation.Counted> Of(int area, DateOnly day, Func<Task<CountPopulation.Counted>> count)
    {
        var key = (area, day);
        if (!known.TryGetValue(key, out var entry) || clock.GetElapsedTime(entry.Since) is var age && age >= Usable)
        {
            return await Renew(key, count);
        }

        if (age >= Fresh)
        {
            _ = renewing.GetOrAdd(key, _ => Task.Run(() => RenewForAll(key, count)));
        }

        return entry.Counted;
    }

    /// <summary>Counts on, although the one who asked may have gone.</summary>
    private async Task RenewForAll((int Area, DateOnly Day) key, Func<Task<CountPopulation.Counted>> count)
    {
        Patience.Until(CancellationToken.None);
        try
        {
            await Renew(key, count);
        }
        catch (NpgsqlException)
        {
            // The database is away: the count that is known stands for a while, and the next who asks begins anew.
        }
        finally
        {
            renewing.TryRemove(key, out _);
        }
    }

    private async Task<CountPopulation.Counted> Renew((int Area, DateOnly Day) key, Func<Task<CountPopulation.Counted>> count)
    {
        var counted = await count();
        if (counted.Persons >= Large)
        {
            if (known.Count >= Most)
            {
                known.Clear();
            }

            known[key] = (counted, clock.GetTimestamp());
        }

        return counted;
    }
}
