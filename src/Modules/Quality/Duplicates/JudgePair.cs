using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Quality.Duplicates;

/// <summary>Decides that two records are of two persons, or asks the communes to find out; or takes such a decision back. What was called different is never proposed again.</summary>
internal sealed class JudgePair(PairDesk desk, Session session, CaseBook cases, Journal journal, CurrentActor actor, TimeProvider clock)
{
    public static readonly string[] Decisions = [Pair.Different, Pair.Asked, Pair.Open];

    /// <param name="Pair">The proposal.</param>
    /// <param name="Decision">different; asked; open takes a decision back.</param>
    /// <param name="Ground">Why; what is to be found out.</param>
    /// <param name="Case">Reference of the look.</param>
    internal sealed record Request(Guid Pair, [Required] string? Decision, [MaxLength(Pair.MostGround)] string? Ground = null, string? Case = null);

    internal sealed record Judged(Guid Pair, string State);

    public async Task<Outcome<Judged>> Run(Request r)
    {
        if (await Pair.Find(session, r.Pair, hold: true) is not { } pair)
        {
            return Problem.Missing("quality.no-pair");
        }

        if (!Decisions.Contains(r.Decision))
        {
            return Problem.Invalid("decision", "quality.no-decision");
        }

        if (string.IsNullOrWhiteSpace(r.Ground))
        {
            return Problem.Invalid("ground", "quality.ground-missing");
        }

        if (r.Ground.Trim().Length > Pair.MostGround)
        {
            return TooLong.Of("ground", r.Ground, Pair.MostGround);
        }

        if (pair.State == Pair.Same || pair.State == r.Decision || (r.Decision == Pair.Open) != (pair.State is Pair.Different or Pair.Asked))
        {
            return Problem.Conflict(pair.State == Pair.Same ? "quality.separate-first" : "quality.decided-before");
        }

        var laid = await desk.Lay(r.Case, [pair.A, pair.B], toAct: false);
        if (!laid.Ok(out var both))
        {
            return laid.Problems.ToList();
        }

        if (await desk.OwnCase(pair.A, pair.B) is { } own)
        {
            return own;
        }

        await desk.Keep(pair);
        await journal.Add(pair.Id, new PairJudged(pair.A, pair.B, r.Decision!), r.Ground.Trim());
        await session.Execute("update quality.pair set (state, decided_at, decided_by, ground, counter, counter_office) = ($2, $3, $4, $5, null, null) where id = $1", pair.Id, r.Decision, clock.GetUtcNow(), actor.Value.Reference, r.Ground.Trim());
        await desk.Refresh(pair.A, pair.B);
        if (r.Decision != Pair.Asked)
        {
            await cases.Close(both.Case.Reference);
        }

        return new Judged(pair.Id, r.Decision!);
    }
}
