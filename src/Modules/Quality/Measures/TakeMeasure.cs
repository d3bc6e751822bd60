using SoGoc.Kernel.Data;

namespace SoGoc.Quality.Measures;

/// <summary>Takes the four numbers of each commune for a day.</summary>
internal sealed class TakeMeasure(Session session)
{
    /// <summary>Of whom a unit has the care: the living who reside there permanently, or having no permanent residence temporarily.</summary>
    internal const string Residents = """
        select p.id, coalesce(u.today_id, h.area_id, tu.today_id, t.area_id) as area_id, coalesce(h.detail, t.detail) as detail
          from population.report_person p
          left join population.report_residence h on h.person_id = p.id and h.kind = 'permanent' and h.valid @> $1
          left join quality.unit u on u.area_id = h.area_id
          left join population.report_residence t on t.person_id = p.id and t.kind = 'temporary' and t.valid @> $1
          left join quality.unit tu on tu.area_id = t.area_id
         where p.status = 'living' and p.merged_into is null
        """;

    /// <summary>A finding that counts: open, no mere notice, and not confirmed as right.</summary>
    internal const string Counts = "f.gone_at is null and r.severity <> 'notice' and f.outcome is distinct from 'confirmed'";

    /// <summary>Those of persons, and those of households for each who belongs to them.</summary>
    internal const string Bad = $"""
        select f.person_id, r.measure from quality.finding f join quality.rule r on r.code = f.rule where {Counts} and f.person_id is not null
        union select m.person_id, r.measure from quality.finding f join quality.rule r on r.code = f.rule join population.report_member m on m.household_id = f.household_id and m.valid @> $1 where {Counts} and f.household_id is not null
        """;

    /// <summary>How many persons it was taken of.</summary>
    public async Task<long> Run(DateOnly day)
    {
        await session.Execute("set local jit = off");
        await session.Execute("delete from quality.measure where day = $1", day);
        await session.Work($"""
            with resident as materialized ({Residents}), bad as materialized ({Bad}), persons as (select area_id, count(*) as n from resident where area_id is not null group by area_id),
                 wrong as (select s.area_id, b.measure, count(*) as n from bad b join resident s on s.id = b.person_id group by s.area_id, b.measure)
            insert into quality.measure (day, area_id, measure, good, persons)
            select $1, p.area_id, m.measure, p.n - coalesce(w.n, 0), p.n from persons p cross join unnest($2) m(measure) left join wrong w on w.area_id = p.area_id and w.measure = m.measure
            """, day, Rules.Rule.Measures);
        return await session.Value<long>("select coalesce(sum(persons), 0)::bigint from quality.measure where day = $1 and measure = 'correct'", day);
    }
}
