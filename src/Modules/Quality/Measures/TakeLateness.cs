using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Quality.Measures;

/// <summary>How soon what happens stands in the register, of the acts of the last 30 days; and what has begun and is not through.</summary>
/// <remarks>A day is told without an hour, so the hours run from its end; what is registered on the day itself took none.</remarks>
internal sealed class TakeLateness(Session session, IPlaces places)
{
    public const string Birth = "birth", Death = "death", Residence = "residence", All = "all";

    public static readonly string[] Kinds = [Birth, Death, Residence, All];

    public const string Filing = "filing", Notice = "notice", Begun = "begun";

    public static readonly string[] Waits = [Begun, Filing, Notice];

    private const int Days = 30;

    /// <param name="day">The last of the days.</param>
    public async Task Run(DateOnly day)
    {
        var home = places.Book.Home(day)!.Id;      // the province, for which all communes are told together
        var (begin, end) = (OfficeTime.At(day.AddDays(1 - Days)), OfficeTime.At(day.AddDays(1)));
        await session.Work("delete from quality.lateness where day = $1", day);
        await session.Work("""
            with told as (
                   select e.at, (e.body ->> 'area')::integer as area_id,
                          case e.kind when 'civil.birth-registered' then 'birth' when 'civil.death-registered' then 'death' else 'residence' end as kind,
                          case e.kind when 'civil.birth-registered' then e.body #>> '{facts,born}' when 'civil.death-registered' then e.body ->> 'died' else e.body ->> 'on' end as day
                     from journal.entry e where e.at >= $2 and e.at < $3 and e.kind in ('civil.birth-registered', 'civil.death-registered', 'civil.residence-decided')),
                 took as (
                   select t.kind, coalesce(u.today_id, t.area_id) as area_id,
                          case when length(t.day) = 10 then greatest(0, extract(epoch from t.at - ((t.day::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')) / 3600) end as hours
                     from told t left join quality.unit u on u.area_id = t.area_id)
            insert into quality.lateness (day, area_id, kind, events, median_hours, most_hours)
            select $1, coalesce(area_id, $4), coalesce(kind, 'all'), count(*), percentile_cont(0.5) within group (order by hours), percentile_cont(0.9) within group (order by hours)
              from took where hours is not null and area_id is not null group by grouping sets ((area_id, kind), (area_id), (kind), ()) having count(*) > 0
            """, day, begin, end, home);
        await session.Work("delete from quality.waiting where day = $1", day);
        await session.Work("""
            with waits as (select area_id, 'filing' as kind, due_at from civil.report_waiting union all select area_id, 'notice', due_at from exchange.report_waiting
                           union all select area_id, 'begun', due_at from civil.report_begun)
            insert into quality.waiting (day, area_id, kind, waits, late)
            select $1, case when grouping(w.area_id) = 1 then $3 else w.area_id end, w.kind, count(*), count(*) filter (where w.due_at < $2)
              from (select coalesce(u.today_id, w.area_id) as area_id, w.kind, w.due_at from waits w left join quality.unit u on u.area_id = w.area_id) w
             group by grouping sets ((w.area_id, w.kind), (w.kind)) having grouping(w.area_id) = 1 or w.area_id is not null
            """, day, end, home);
    }
}
