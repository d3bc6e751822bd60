using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Visits;

/// <summary>The citizen's bookings: those to come, and those of the last days.</summary>
internal sealed class MyVisits(Session session, VisitBook visits, CurrentActor actor)
{
    private const int Most = 20;

    internal sealed record Line(Visit Visit, string Procedure);

    internal sealed record Listed(IReadOnlyList<Line> Visits);

    public async Task<Outcome<Listed>> Run()
    {
        var lines = new List<Line>();
        foreach (var visit in await session.Rows($"select {Visit.Columns} from services.visit v where v.person_id = any($1) order by v.state = 'open' desc, case when v.state = 'open' then v.starts_at end, v.starts_at desc limit {Most}", Visit.Read, (object)actor.Value.Persons.ToArray()))
        {
            lines.Add(new Line(visit, await visits.Name(visit)));
        }

        return new Listed(lines);
    }
}

/// <summary>A booking for who has made it: when and where, what to bring, and on the day his number and who goes before.</summary>
internal sealed class ShowVisit(Session session, VisitBook visits, Counters counters, ShowBoard board, ProcedureBook procedures)
{
    internal sealed record Request(string Code);

    /// <param name="Counter">Null: it is no more.</param>
    /// <param name="Procedure">Null: it was withdrawn.</param>
    /// <param name="Board">Of the counter, once he has a number.</param>
    internal sealed record Shown(Visit Visit, Counter? Counter, Procedure? Procedure, ShowBoard.Board? Board);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var found = await visits.Find(r.Code);
        if (!found.Ok(out var visit))
        {
            return found.Problems.ToList();
        }

        var counter = await counters.Of(visit.Counter);
        var turn = await session.Value<Guid>("select id from services.turn where visit_id = $1", visit.Id);
        var now = counter is null || turn == Guid.Empty ? null : (await board.Run(new ShowBoard.Request(counter.Code, turn))).Value;
        return new Shown(visit, counter, (await procedures.Now(visit.Procedure)).Value?.Procedure, now);
    }
}
