using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Quality.Duplicates;

namespace SoGoc.Quality.Counter;

/// <summary>Keeps for the night what was found out at a counter: these records are of others, and are never proposed as one person with the newcomer's again, unless somebody takes it back.</summary>
internal sealed class TellApart(PairDesk desk, Session session, Journal journal, CurrentActor actor, TimeProvider clock)
{
    /// <summary>Of a chance of 1 the odds have no end.</summary>
    private const double Least = 1e-6;

    /// <summary>No piece of evidence is kept: at the counter they were weighed in another way. The records of others lie where they may.</summary>
    private const string Mark = """
        insert into quality.pair as d (a, b, weight, probability, band, prior, evidence, found_at, area_a, area_b, state, decided_at, decided_by, ground, counter, counter_office)
        select n.a, n.b, n.weight, n.probability, 'look', n.weight, '[]', $5, coalesce(ua.today_id, ha.area_id), coalesce(ub.today_id, hb.area_id), 'different', $5, $6, $7, $8, $9
          from (select least($1, o.other) as a, greatest($1, o.other) as b, o.weight, o.probability from unnest($2, $3, $4) o(other, weight, probability)) n
          left join population.report_residence ha on ha.person_id = n.a and ha.kind = 'permanent' and ha.valid @> $10 left join quality.unit ua on ua.area_id = ha.area_id
          left join population.report_residence hb on hb.person_id = n.b and hb.kind = 'permanent' and hb.valid @> $10 left join quality.unit ub on ub.area_id = hb.area_id
        on conflict on constraint one_pair do update set (state, decided_at, decided_by, decided_name, decided_office, ground, counter, counter_office) = ('different', excluded.decided_at, excluded.decided_by, null, null, excluded.ground, excluded.counter, excluded.counter_office)
         where d.state in ('open', 'asked', 'gone')
        returning d.id, d.a, d.b
        """;

    public async Task Run(Guid person, IReadOnlyList<LikeRecord> others, string counter, string ground)
    {
        var weighed = others.Select(o => Math.Clamp(o.Chance, Least, 1 - Least)).ToArray();
        var apart = await session.BeyondDuty(() => session.Rows(Mark, r => (Pair: r.GetGuid(0), A: r.GetGuid(1), B: r.GetGuid(2)), person, others.Select(o => o.Person).ToArray(), weighed.Select(w => (float)Math.Log2(w / (1 - w))).ToArray(),
            weighed.Select(w => (float)w).ToArray(), clock.GetUtcNow(), actor.Value.Reference, ground, counter, actor.Value.Office, clock.Today()));
        foreach (var (pair, a, b) in apart)
        {
            await journal.Add(pair, new PairJudged(a, b, Pair.Different, counter), ground);
            await desk.Refresh(a, b);
        }
    }
}
