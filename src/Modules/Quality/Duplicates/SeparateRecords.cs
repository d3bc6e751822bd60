using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Quality.Duplicates;

/// <summary>Two records that were joined are two persons after all: the closed one stands again, and each part of both is as it was, where nothing has touched it since. The pair is not proposed again.</summary>
internal sealed class SeparateRecords(PairDesk desk, Session session, IPopulation population, ITakingBack takingBack, CaseBook cases, Journal journal, CurrentActor actor, TimeProvider clock)
{
    /// <param name="Pair">The pair that was joined.</param>
    /// <param name="Ground">What has shown it.</param>
    /// <param name="Case">Reference of the look.</param>
    internal sealed record Request(Guid Pair, [Required, MaxLength(Pair.MostGround)] string? Ground, string? Case = null);

    /// <param name="Left">What stays as it is now because something has changed it since: record and part.</param>
    internal sealed record Separated(Guid Into, Guid From, IReadOnlyList<Separated.Part> Left)
    {
        internal sealed record Part(Guid Person, string Field);
    }

    public async Task<Outcome<Separated>> Run(Request r)
    {
        if (await Pair.Find(session, r.Pair, hold: true) is not { } pair)
        {
            return Problem.Missing("quality.no-pair");
        }

        if (pair is not { State: Pair.Same, Act: { } act })
        {
            return Problem.Conflict("quality.not-joined");
        }

        if (string.IsNullOrWhiteSpace(r.Ground))
        {
            return Problem.Invalid("ground", "quality.ground-missing");
        }

        if (r.Ground.Trim().Length > Pair.MostGround)
        {
            return TooLong.Of("ground", r.Ground, Pair.MostGround);
        }

        var laid = await desk.Lay(r.Case, [pair.A, pair.B], toAct: true);
        if (!laid.Ok(out var both))
        {
            return laid.Problems.ToList();
        }

        if (await desk.OwnCase(pair.A, pair.B) is { } own)
        {
            return own;
        }

        var ground = r.Ground.Trim();
        var told = await session.Value<string>("select body::text from journal.entry where subject = $1 and kind = $2", act, RecordsJoined.Kind);
        var joined = JsonSerializer.Deserialize<RecordsJoined>(told!, Journal.Json)!;
        var (into, from) = (joined.Into, joined.From);
        await journal.Add(act, new RecordsSeparated(into, from), ground);
        var stands = await population.Act(from, new PersonSeparated(joined.Was), ground);
        var back = stands.IsGood ? await takingBack.Run(act, ground) : stands.Problems.ToList();
        if (!back.Ok(out var taken))
        {
            return back.Problems.ToList();
        }

        foreach (var household in joined.Closed ?? [])
        {
            if (await population.Household(household) is { ClosedOn: not null } closed)
            {
                await population.RecordHousehold(household, closed with { ClosedOn = null }, ground);
            }
        }

        await session.Execute("update quality.pair set (state, decided_at, decided_by, decided_name, decided_office, ground, act) = ('different', $2, $3, $4, $5, $6, null) where id = $1", pair.Id, clock.GetUtcNow(), actor.Value.Reference, actor.Value.Name, actor.Value.Office, ground);
        await cases.Close(both.Case.Reference);
        return new Separated(into, from, [.. taken.Left.Select(l => new Separated.Part(l.Person, l.Part))]);
    }
}
