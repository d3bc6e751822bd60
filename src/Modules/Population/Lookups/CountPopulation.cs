using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Population.Lookups;

/// <summary>Permanent residents of a unit on a day, by age in groups of five years and by sex. Numbers only; no record is shown.</summary>
internal sealed class CountPopulation(Reads reads, IPlaces places, TimeProvider clock)
{
    public const int OldestGroup = 100;

    /// <param name="Area">Code of the unit; the province this register serves if none.</param>
    /// <param name="Day">The day counted, and on which the code has the meant meaning; today if none.</param>
    internal sealed record Request(string? Area, DateOnly? Day);

    /// <param name="Age">First year of the group of five; 100 and more together.</param>
    internal sealed record Group(int Age, long Men, long Women, long SexUnknown);

    /// <param name="AgeUnknown">Persons of whom no birth year is known.</param>
    internal sealed record Counted(string Code, string Name, DateOnly Day, long Persons, IReadOnlyList<Group> Groups, long AgeUnknown);

    public async Task<Outcome<Counted>> Run(Request r)
    {
        var day = r.Day ?? clock.Today();
        if ((r.Area is null ? places.Book.Home(day) : places.Book.Find(r.Area, day)) is not { } area)
        {
            return Problem.Invalid("area", "population.area-unknown");
        }

        var rows = await reads.Rows($"""
            select least(date_part('year', age($2::date, p.born_earliest))::int / 5 * 5, {OldestGroup}), coalesce(p.sex, 0), count(*)
              from population.residence r join population.person p on p.id = r.person_id
             where r.area_id = any($1) and r.kind = 'permanent' and r.valid @> $2 and p.status not in ('merged', 'cancelled')
               and coalesce(p.born_earliest <= $2, true)
             group by 1, 2
            """, x => (Age: x.Maybe<int>(0), Sex: x.GetInt16(1), Persons: x.GetInt64(2)), places.Book.Within(area, day).ToArray(), day);
        long Sum(int? age, short sex) => rows.Where(x => x.Age == age && x.Sex == sex).Sum(x => x.Persons);
        var groups = Enumerable.Range(0, (OldestGroup / 5) + 1).Select(i => new Group(i * 5, Sum(i * 5, 1), Sum(i * 5, 2), Sum(i * 5, 0))).ToList();
        return new Counted(area.Code, area.FullName, day, rows.Sum(x => x.Persons), groups, rows.Where(x => x.Age is null).Sum(x => x.Persons));
    }
}
