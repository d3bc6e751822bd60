using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Quality.Work;

/// <summary>An officer takes findings of a rule, and a hamlet where he names one: those whose term ends first. One case for a hamlet and day names the persons, so that their records can be read for this work and for nothing else.</summary>
internal sealed class TakeFindings(Session session, CaseBook cases, CurrentActor actor, TimeProvider clock)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "LS";

    public const string Purpose = "reconciliation";

    /// <summary>What one officer can do in a round.</summary>
    private const int MostTaken = 50;

    /// <param name="Hamlet">As the list tells it; null: any.</param>
    internal sealed record Request([Required, MaxLength(60)] string? Rule, [MaxLength(200)] string? Hamlet = null, [Range(1, MostTaken)] int Most = 20);

    /// <param name="Case">Reference of the case.</param>
    internal sealed record Taken(int Count, string Case);

    public async Task<Outcome<Taken>> Run(Request r)
    {
        var free = await session.Rows("""
            select f.id, f.person_id, f.household_id from quality.finding f
             where f.rule = $1 and f.rule not in (select code from quality.rule where base = 'duplicate') and f.gone_at is null and f.outcome is null and f.holder is null and ($2::text is null or f.hamlet = $2) order by f.due_on, f.hamlet, f.found_at, f.id limit $3 for update skip locked
            """, x => (Id: x.GetGuid(0), Person: x.Maybe<Guid>(1), Household: x.Maybe<Guid>(2)), r.Rule, (string.IsNullOrWhiteSpace(r.Hamlet) ? null : r.Hamlet).As(NpgsqlDbType.Text), Math.Clamp(r.Most, 1, MostTaken));
        if (free.Count == 0)
        {
            return Problem.Conflict("quality.nothing-free");
        }

        var opened = await Case(r.Hamlet, [.. free.Select(f => f.Person).OfType<Guid>().Concat(await Members(session, free.Select(f => f.Household))).Distinct()]);
        if (!opened.Ok(out var file))
        {
            return opened.Problems.ToList();
        }

        await session.Execute("update quality.finding set (holder, case_ref, handing_id, returned_why, returned_at) = ($2, $3, null, null, null) where id = any($1)", free.Select(f => f.Id).ToArray(), actor.Value.Holder, file.Reference);
        return new Taken(free.Count, file.Reference);
    }

    /// <summary>Those who belong to these households now.</summary>
    public static Task<List<Guid>> Members(Session session, IEnumerable<Guid?> households) =>
        session.Rows("select distinct m.person_id from population.report_member m where m.household_id = any($1) and upper_inf(m.valid)", x => x.GetGuid(0), (object)households.OfType<Guid>().ToArray());

    /// <summary>The round that he has begun today in this hamlet goes on; else one begins.</summary>
    private async Task<Outcome<CaseFile>> Case(string? hamlet, IReadOnlyList<Guid> persons)
    {
        var begun = await session.Rows("""
            select c.reference from journal.case_file c join quality.finding f on f.case_ref = c.reference and f.holder = $1
             where c.closed_at is null and c.holder = $1 and c.office = $2 and c.kind = 'work-item' and c.opened_at >= $3 group by c.reference, c.opened_at
            having $4::text is null or bool_and(f.hamlet is not distinct from $4) order by c.opened_at desc limit 1
            """, x => x.GetString(0), actor.Value.Holder, actor.Value.Desk, OfficeTime.At(clock.Today()), (string.IsNullOrWhiteSpace(hamlet) ? null : hamlet).As(NpgsqlDbType.Text));
        if (begun is not [var reference])
        {
            return await cases.Open(new NewCase("work-item", NewCase.Code(Letters), Purpose, persons));
        }

        var found = await cases.FindOpen(reference);
        if (found.Ok(out var file))
        {
            await cases.Name(file, persons);
        }

        return found;
    }
}
