namespace SoGoc.Quality.Rules;

/// <summary>What rules look at: for each base the rows and the aliases that conditions speak of. All rules of a base are asked in one pass.</summary>
/// <remarks>$1 is the day, $2 the codes of provinces at the head of numbers, $3 the day since which numbers tell the place of registration; $4, where only some are looked at, keys of persons (of households for that base).</remarks>
internal static class Bases
{
    public const string Person = "person", Household = "household", Kin = "kin", SharedOldId = "shared-old-id", SharedPhone = "shared-phone", Duplicate = "duplicate";

    /// <summary>Those that can be asked about some records alone; a value that several share is looked for in the whole register.</summary>
    public static readonly string[] OfSome = [Person, Household, Kin];

    /// <summary>Hamlet or street of an address as it is written.</summary>
    internal static string Hamlet(string detail) => $"substring({detail} from '(?i)((?:ấp|khóm|khu phố|tổ dân phố|thôn|khu vực|sóc|phum) [^,]+)')";

    /// <summary>A statement that yields (rule, person_id, household_id, part, area_id, hamlet, note) for whatever breaks one of the rules.</summary>
    /// <param name="of">The base.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="some">Only of the keys in $4.</param>
    public static string Sql(string of, IReadOnlyList<Rule> rules, bool some)
    {
        var (rows, which, person, household, part, area, hamlet) = Rows(of, some);
        var broken = string.Join(", ", rules.Select((r, n) => $"case when ({r.Condition}) then {n + 1} end"));
        var codes = string.Join(", ", rules.Select(r => $"'{r.Code}'"));
        var notes = string.Concat(rules.Select((r, n) => $" when {n + 1} then {r.Note}"));
        return $"""
            select (array[{codes}])[rule.n] as rule, {person} as person_id, {household} as household_id, {part} as part, {area} as area_id, {hamlet} as hamlet, coalesce(left(case rule.n{notes} end, 200), '') as note
              from {rows}
             cross join lateral unnest(array_remove(array[{broken}]::integer[], null)) rule(n)
             where {which}
            """;
    }

    private static (string Rows, string Which, string Person, string Household, string Part, string Area, string Hamlet) Rows(string of, bool some) => of switch
    {
        Person => (Persons(some), Some("p.id", some), "p.id", "null::uuid", "''", "coalesce(u.today_id, h.area_id, tu.today_id, t.area_id)", Hamlet("coalesce(h.detail, t.detail)")),
        Household => (Households(some), Some("h.id", some), "null::uuid", "h.id", "''", "coalesce(u.today_id, h.area_id)", Hamlet("h.detail")),
        Kin => (Kins, Some("p.id", some), "p.id", "null::uuid", "k.kind || ' ' || q.id", Home, Street),
        SharedOldId => (Shared("select o as value, p.id as person_id, count(*) over (partition by o) as persons from population.report_person p, unnest(p.old_ids) o where p.merged_into is null and p.status <> 'cancelled' and p.old_ids is not null"), "s.persons > 1", "p.id", "null::uuid", "s.value", Home, Street),
        SharedPhone => (Shared("select p.phone as value, p.id as person_id, count(*) over (partition by p.phone) as persons from population.report_person p where p.merged_into is null and p.status = 'living' and p.phone <> ''"), "s.persons > 1", "p.id", "null::uuid", "''", Home, Street),
        Duplicate => ($"(select d.a as one, d.b as other from quality.pair d where d.state in ('open', 'asked') union all select d.b, d.a from quality.pair d where d.state in ('open', 'asked')) d join population.report_person p on p.id = d.one {Homes}", Some("d.one", some), "p.id", "null::uuid", "d.other::text", Home, Street),
        _ => throw new ArgumentOutOfRangeException(nameof(of), of, null),
    };

    private const string Home = "coalesce(u.today_id, h.area_id)";

    private static readonly string Street = Hamlet("h.detail");

    private const string Homes = """
        left join population.report_residence h on h.person_id = p.id and h.kind = 'permanent' and h.valid @> $1
        left join quality.unit u on u.area_id = h.area_id
        """;

    /// <summary>p the person, h the permanent and t the temporary residence, u and tu what has become of their units, g the unit of registration, m the household, k the kin, s the spouses who are dead, c the card, b what is reckoned.</summary>
    private static string Persons(bool some) => $"""
        population.report_person p
          {Homes}
          left join population.report_residence t on t.person_id = p.id and t.kind = 'temporary' and t.valid @> $1
          left join quality.unit tu on tu.area_id = t.area_id
          left join quality.unit g on g.area_id = p.registered_area
          left join population.report_member m on m.person_id = p.id and m.valid @> $1
          left join (select n.person_id, bool_or(n.kind = 'father') as father, bool_or(n.kind = 'mother') as mother, count(*) filter (where n.kind = 'spouse') as spouses
                       from population.report_kin n {(some ? "where n.person_id = any($4)" : "")} group by n.person_id) k on k.person_id = p.id
          left join (select s.person_id, count(*) as dead
                       from (select n.person_id from population.report_kin n join population.report_person z on z.id = n.kin_id where n.kind = 'spouse' and z.status = 'dead' {(some ? "and n.person_id = any($4)" : "")}
                             union all
                             select n.person_id from population.report_kin n join population.report_person z on z.number = n.number where n.kin_id is null and n.kind = 'spouse' and z.status = 'dead' {(some ? "and n.person_id = any($4)" : "")}) s
                      group by s.person_id) s on s.person_id = p.id
          left join (select distinct on (i.person_id) i.person_id, i.number, i.expires, case when length(i.issued) = 10 then i.issued::date end as issued
                       from population.report_paper i where i.kind in ('cccd', 'can-cuoc') {(some ? "and i.person_id = any($4)" : "")} order by i.person_id, i.issued desc nulls last, i.no desc) c on c.person_id = p.id
          left join (select d.person_id, string_agg(distinct d.field, ', ') as doubts from population.report_doubt d {(some ? "where d.person_id = any($4)" : "")} group by d.person_id) d on d.person_id = p.id
          left join (select r.person_id, max(lower(r.valid)) as since from population.report_residence r where r.kind = 'absence' and r.valid @> $1 {(some ? "and r.person_id = any($4)" : "")} group by r.person_id) a on a.person_id = p.id
         cross join lateral (select $1::date as today, $2::text[] as places, $3::date as numbers_since, p.status = 'living' as living, coalesce('VN' = any(p.nationality), true) as vn, d.doubts, a.since as absent_since,
           extract(year from age($1, p.born_earliest))::int as age_most, extract(year from age($1, p.born_latest))::int as age_least, extract(year from age($1, p.born_latest))::int as age
           where p.merged_into is null and p.status not in ('merged', 'cancelled') offset 0) b
        """;

    /// <summary>h the household, u what has become of its unit, g those who belong to it.</summary>
    private static string Households(bool some) => $"""
        population.report_household h
          left join quality.unit u on u.area_id = h.area_id
          left join (select m.household_id, count(*) as members, count(*) filter (where p.status = 'living') as living, count(*) filter (where m.relation = '01') as heads,
                            bool_or(m.relation = '01' and p.status <> 'living') as head_gone, count(*) filter (where p.status = 'living' and (p.born_earliest is null or p.born_earliest <= $1 - interval '18 years')) as adults
                       from population.report_member m join population.report_person p on p.id = m.person_id and p.merged_into is null
                      where m.valid @> $1 {(some ? "and m.household_id = any($4)" : "")} group by m.household_id) g on g.household_id = h.id
        """;

    /// <summary>k the line, p whose record it stands in, q whom it names, h and u the home of p.</summary>
    private const string Kins = $"""
        population.report_kin k
          join population.report_person p on p.id = k.person_id and p.merged_into is null and p.status <> 'cancelled'
          left join population.report_person n on k.kin_id is null and n.number = k.number
          join population.report_person q on q.id = coalesce(k.kin_id, n.id)
          {Homes}
        """;

    /// <summary>s the value, and how many have it; p who has it, h and u his home.</summary>
    private static string Shared(string values) => $"({values}) s join population.report_person p on p.id = s.person_id {Homes}";

    private static string Some(string key, bool some) => some ? key + " = any($4)" : "true";
}
