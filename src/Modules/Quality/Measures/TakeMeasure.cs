using SoGoc.Kernel.Data;
using SoGoc.Places;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Measures;

/// <summary>Takes the four numbers of each commune and hamlet for a day, and how old what is known has become.</summary>
internal sealed class TakeMeasure(Session session, IPlaces places)
{
    /// <summary>Of whom a unit has the care: the living who reside there permanently, or having no permanent residence temporarily; and when that was confirmed last.</summary>
    /// <remarks>The hamlet is read once for each address: a household's is the same for all of it.</remarks>
    private static readonly string Residents = $"""
        with resident as materialized (
        select p.id, coalesce(u.today_id, h.area_id, tu.today_id, t.area_id) as area_id, coalesce(h.detail, t.detail, '') as detail,
               greatest(case when c.issued <= $1 then c.issued end, lower(h.valid), lower(t.valid), v.verified) as confirmed
          from population.report_person p
          left join population.report_residence h on h.person_id = p.id and h.kind = 'permanent' and h.valid @> $1
          left join quality.unit u on u.area_id = h.area_id
          left join population.report_residence t on t.person_id = p.id and t.kind = 'temporary' and t.valid @> $1
          left join quality.unit tu on tu.area_id = t.area_id
          left join (select i.person_id, max(i.issued::date) as issued from population.report_paper i where i.kind in ('cccd', 'can-cuoc') and length(i.issued) = 10 group by i.person_id) c on c.person_id = p.id
          left join (select f.person_id, max(f.outcome_at)::date as verified from quality.finding f where f.outcome = 'confirmed' and f.person_id is not null group by f.person_id) v on v.person_id = p.id
         where p.status = 'living' and p.merged_into is null)
        select r.id, r.area_id, d.hamlet, r.confirmed from resident r join (select detail, coalesce({Bases.Hamlet("detail")}, '') as hamlet from resident group by detail) d using (detail)
        """;

    /// <summary>A finding that counts: open, no mere notice, and not confirmed as right.</summary>
    internal const string Counts = "f.gone_at is null and r.severity <> 'notice' and f.outcome is distinct from 'confirmed'";

    /// <summary>Those of persons, and those of households for each who belongs to them.</summary>
    private const string Bad = $"""
        select f.person_id, r.measure from quality.finding f join quality.rule r on r.code = f.rule where {Counts} and f.person_id is not null
        union select m.person_id, r.measure from quality.finding f join quality.rule r on r.code = f.rule join population.report_member m on m.household_id = f.household_id and m.valid @> $1 where {Counts} and f.household_id is not null
        """;

    /// <summary>How many persons it was taken of.</summary>
    public async Task<long> Run(DateOnly day)
    {
        await session.Execute("set local jit = off");
        await session.Execute("set local work_mem = '256MB'");
        await session.Execute("drop table if exists pg_temp.resident");
        await session.Work($"create temporary table resident on commit drop as {Residents}", day);
        await session.Work("analyze pg_temp.resident");
        await Numbers(day);
        var home = places.Book.Home(day)!.Id;
        await session.Work("delete from quality.freshness where day = $1", day);
        await session.Work("""
            insert into quality.freshness (day, area_id, persons, recent, known, median_days)
            select $1, coalesce(s.area_id, $2), count(*), count(*) filter (where s.confirmed > $1 - 365), count(s.confirmed), $1 - percentile_disc(0.5) within group (order by s.confirmed)
              from pg_temp.resident s where s.area_id is not null group by grouping sets ((s.area_id), ()) having count(*) > 0
            """, day, home);
        return await session.Value<long>("select coalesce(sum(persons), 0)::bigint from quality.measure where day = $1 and measure = 'correct'", day);
    }

    private async Task Numbers(DateOnly day)
    {
        await session.Work("delete from quality.measure where day = $1", day);
        await session.Work("delete from quality.hamlet_measure where day = $1 or (day < $1 - 400 and extract(day from day) <> 1)", day);
        await session.Work($"""
            with bad as ({Bad}), persons as (select area_id, hamlet, count(*) as n from pg_temp.resident where area_id is not null group by area_id, hamlet),
                 wrong as (select s.area_id, s.hamlet, b.measure, count(*) as n from bad b join pg_temp.resident s on s.id = b.person_id group by s.area_id, s.hamlet, b.measure)
            insert into quality.hamlet_measure (day, area_id, hamlet, measure, good, persons)
            select $1, p.area_id, p.hamlet, m.measure, p.n - coalesce(w.n, 0), p.n from persons p cross join unnest($2) m(measure) left join wrong w on w.area_id = p.area_id and w.hamlet = p.hamlet and w.measure = m.measure
            """, day, Rule.Measures);
        await session.Work("insert into quality.measure (day, area_id, measure, good, persons) select day, area_id, measure, sum(good), sum(persons) from quality.hamlet_measure where day = $1 group by day, area_id, measure", day);
    }
}
