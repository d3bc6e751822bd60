using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Population.Lookups;

/// <summary>What is known of somebody a question is about. Every question is answered by true, false, or null where the register cannot tell.</summary>
internal sealed class AskedPerson
{
    private const short Unmarried = 1;

    public required Guid Id { get; init; }

    public required bool Confidential { get; init; }

    private string Status { get; init; } = "";

    private PartialDate? Born { get; init; }

    private short? Sex { get; init; }

    private short? Marital { get; init; }

    private Guid? Household { get; init; }

    /// <summary>Permanent and temporary residences.</summary>
    private IReadOnlyList<(int? Area, Period Valid)> Homes { get; init; } = [];

    /// <summary>Each with the record that answers for it today, and whether it is linked to somebody and not a name alone.</summary>
    private IReadOnlyList<(string Kind, Guid? Person, bool Linked)> Kin { get; init; } = [];

    public bool? IsLiving => Status switch { "living" => true, "dead" => false, _ => null };

    public static string Say(bool? answer) => answer switch { true => "yes", false => "no", null => "unknown" };

    /// <summary>Those who answer for the numbers, after mergers and changes of numbers; one statement, so that both are seen at one moment.</summary>
    public static async Task<(AskedPerson? Person, AskedPerson? Other)> Read(BeyondDuty reads, string number, string? other)
    {
        const string sql = """
            select n.number, p.id, p.confidential > 0, p.status, p.born_earliest, p.born_precision, p.sex, p.marital,
                   (select m.household_id from population.member m where m.person_id = p.id and upper_inf(m.valid) limit 1),
                   array(select coalesce(r.area_id, 0) from population.residence r where r.person_id = p.id and r.kind in ('permanent', 'temporary') order by r.no),
                   array(select r.valid from population.residence r where r.person_id = p.id and r.kind in ('permanent', 'temporary') order by r.no),
                   kin.kinds, kin.persons, kin.linked
              from unnest($1) n(number)
              join population.person a on a.id = coalesce((select id from population.person where number = n.number), (select person_id from population.former_number where number = n.number))
              join population.person p on p.id = coalesce(a.merged_into, a.id)
              cross join lateral (
                select coalesce(array_agg(k.kind order by k.no), '{}') kinds, coalesce(array_agg(coalesce(kp.merged_into, kp.id) order by k.no), '{}') persons,
                       coalesce(array_agg(k.kin_id is not null or k.number is not null order by k.no), '{}') linked
                  from population.kin k
                  left join population.person kp on kp.id = coalesce(k.kin_id, (select id from population.person where number = k.number), (select person_id from population.former_number where number = k.number))
                 where k.person_id = p.id) kin
            """;
        var rows = await reads.Rows(sql, r => (Asked: r.GetString(0), Person: Of(r)), (object)(other is null ? [number] : new[] { number, other }));
        return (rows.FirstOrDefault(r => r.Asked == number).Person, other is null ? null : rows.FirstOrDefault(r => r.Asked == other).Person);
    }

    private static AskedPerson Of(Npgsql.NpgsqlDataReader r)
    {
        var (areas, periods) = (r.Get<int[]>(9), r.Get<NpgsqlRange<DateOnly>[]>(10));
        var (kinds, persons, linked) = (r.Get<string[]>(11), r.Get<Guid?[]>(12), r.Get<bool[]>(13));
        return new AskedPerson
        {
            Id = r.GetGuid(1), Confidential = r.GetBoolean(2), Status = r.GetString(3), Born = PartialDate.Stored(r.Maybe<DateOnly>(4), r.Maybe<short>(5)),
            Sex = r.Maybe<short>(6), Marital = r.Maybe<short>(7), Household = r.Maybe<Guid>(8),
            Homes = [.. areas.Zip(periods, (a, p) => (a == 0 ? (int?)null : a, Period.Of(p)))],
            Kin = [.. kinds.Select((k, i) => (k, persons[i], linked[i]))],
        };
    }

    /// <summary>Younger than so many years; of the dead nobody asks.</summary>
    public bool? IsUnder(int years, DateOnly today) => Status != "living" || Born is not { Precision: not DatePrecision.Unknown } born ? null
        : born.Earliest > today.AddYears(-years) ? true : born.Latest <= today.AddYears(-years) ? false : null;

    /// <summary>Lived in the units on each day of the time. A residence of which no day of beginning, or no unit, is known may have been one.</summary>
    public bool? ResidedSince(DateOnly from, DateOnly today, IReadOnlySet<int> units)
    {
        if (Status != "living")
        {
            return null;
        }

        bool Covered(IEnumerable<Period> homes)
        {
            var day = from;
            foreach (var home in homes.OrderBy(h => h.From ?? DateOnly.MinValue))
            {
                day = (home.From ?? DateOnly.MinValue) <= day && (home.Until ?? DateOnly.MaxValue) > day ? home.Until ?? DateOnly.MaxValue : day;
            }

            return day > today;
        }

        return Covered(Homes.Where(h => h.Area is { } a && units.Contains(a) && h.Valid.From is not null).Select(h => h.Valid)) ? true
            : Covered(Homes.Where(h => h.Area is not { } a || units.Contains(a)).Select(h => h.Valid)) ? null : false;
    }

    public bool? SharesHouseholdWith(AskedPerson other) => Household is { } mine && other.Household is { } theirs ? mine == theirs : null;

    /// <summary>Recorded on either side. Who has another spouse, or never married, is not.</summary>
    public bool? IsSpouseOf(AskedPerson other)
    {
        if (other.Id == Id)
        {
            return false;
        }

        var (mine, theirs) = (Of("spouse").ToList(), other.Of("spouse").ToList());
        return mine.Any(other.IsNamedBy) || theirs.Any(IsNamedBy) ? true
            : mine.Any(IsKnown) || theirs.Any(IsKnown) || Marital == Unmarried || other.Marital == Unmarried ? false : null;
    }

    /// <summary>A parent of the other: as the other's record names parents, or this one's its children. One whose father or mother is somebody else is another's child.</summary>
    public bool? IsParentOf(AskedPerson other)
    {
        var parents = other.Of("father", "mother").ToList();
        if (other.Id != Id && (parents.Any(IsNamedBy) || Of("child").Any(other.IsNamedBy)))
        {
            return true;
        }

        var mine = other.Of(Sex switch { 1 => ["father"], 2 => ["mother"], _ => [] }).ToList();
        return other.Id == Id || mine.Any(IsKnown) || (parents.Count == 2 && parents.TrueForAll(IsKnown)) || (Born is { } me && other.Born is { } it && it.CertainlyBefore(me)) ? false : null;
    }

    private IEnumerable<(string Kind, Guid? Person, bool Linked)> Of(params string[] kinds) => Kin.Where(k => kinds.Contains(k.Kind));

    private bool IsNamedBy((string Kind, Guid? Person, bool Linked) kin) => kin.Person == Id;

    private static bool IsKnown((string Kind, Guid? Person, bool Linked) kin) => kin.Linked;
}
