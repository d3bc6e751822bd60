using NpgsqlTypes;
using SoGoc.Kernel.Data;

namespace SoGoc.Quality.Rules;

/// <summary>Keeps the findings: what is found anew is written, what has gone is marked, and what comes back begins again with a mark.</summary>
internal sealed class FindingBook(Session session, Units units)
{
    /// <summary>How many findings were new or came back, and how many had gone.</summary>
    internal sealed record Kept(int Found, int Gone);

    /// <summary>Asks the rules of one base and keeps what they find.</summary>
    /// <param name="of">The base.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="day">For which it is asked.</param>
    /// <param name="now">When it was asked.</param>
    /// <param name="some">Keys of the records; null: all of the register.</param>
    public async Task<Kept> Keep(string of, IReadOnlyList<Rule> rules, DateOnly day, DateTimeOffset now, Guid[]? some)
    {
        if (rules.Count == 0)
        {
            return new Kept(0, 0);
        }

        await session.Execute("drop table if exists pg_temp.seen");
        await session.Work($"create temporary table seen on commit drop as {Bases.Sql(of, rules, some is not null)}", [.. units.Asked(day), .. some is null ? [] : (object[])[some]]);
        // No statistics know it yet, and the planner would go through all of it for each finding.
        await session.Work("analyze pg_temp.seen");
        var found = await session.Work("""
            insert into quality.finding as f (rule, person_id, household_id, part, area_id, hamlet, note, found_at, due_on)
            select distinct on (s.rule, s.person_id, s.household_id, s.part) s.rule, s.person_id, s.household_id, s.part, s.area_id, s.hamlet, s.note, $1, $2 + r.days from pg_temp.seen s join quality.rule r on r.code = s.rule
             where not exists (select from quality.finding k where k.rule = s.rule and k.subject = coalesce(s.person_id, s.household_id) and k.part = s.part
                     and k.gone_at is null and k.note = s.note and k.area_id is not distinct from s.area_id and k.hamlet is not distinct from s.hamlet)
            on conflict on constraint one_finding do update set
              area_id = excluded.area_id, hamlet = excluded.hamlet, note = excluded.note, gone_at = null,
              found_at = case when f.gone_at is null then f.found_at else excluded.found_at end, due_on = case when f.gone_at is null then f.due_on else excluded.due_on end,
              back = case when f.gone_at is null then f.back else f.back + 1 end, holder = case when f.gone_at is null then f.holder end, case_ref = case when f.gone_at is null then f.case_ref end,
              handing_id = case when f.gone_at is null then f.handing_id end, returned_why = case when f.gone_at is null then f.returned_why end, returned_at = case when f.gone_at is null then f.returned_at end,
              outcome = case when f.gone_at is null and f.note = excluded.note then f.outcome end, outcome_text = case when f.gone_at is null and f.note = excluded.note then f.outcome_text end,
              outcome_at = case when f.gone_at is null and f.note = excluded.note then f.outcome_at end, outcome_by = case when f.gone_at is null and f.note = excluded.note then f.outcome_by end
            """, now, day);
        var gone = await session.Work($"""
            update quality.finding f set gone_at = $1 where f.gone_at is null and f.rule = any($2) {(some is null ? "" : of == Bases.Household ? "and f.household_id = any($3)" : "and f.person_id = any($3)")}
               and not exists (select from pg_temp.seen s where s.rule = f.rule and coalesce(s.person_id, s.household_id) = f.subject and s.part = f.part)
            """, [now, rules.Select(r => r.Code).ToArray(), .. some is null ? [] : (object[])[some]]);
        return new Kept(found, gone);
    }

    /// <summary>Records whose findings a change to these persons can alter: they themselves, who names them and whom they name, and their households.</summary>
    public async Task<(Guid[] Persons, Guid[] Households)> Around(Guid[] changed)
    {
        var persons = await session.Rows("""
            select unnest($1) union select k.person_id from population.report_kin k where k.kin_id = any($1)
            union select k.person_id from population.report_person p join population.report_kin k on k.number = p.number where p.id = any($1)
            union select k.kin_id from population.report_kin k where k.person_id = any($1) and k.kin_id is not null
            union select q.id from population.report_kin k join population.report_person q on q.number = k.number where k.person_id = any($1)
            """, r => r.GetGuid(0), (object)changed);
        var households = await session.Rows("select distinct m.household_id from population.report_member m where m.person_id = any($1)", r => r.GetGuid(0), (object)changed);
        return ([.. persons], [.. households]);
    }
}
