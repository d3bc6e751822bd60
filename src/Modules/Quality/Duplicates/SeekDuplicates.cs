using System.Text.Json;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Journaling;
using SoGoc.Linkage;

namespace SoGoc.Quality.Duplicates;

/// <summary>Looks through the whole register for records that may be of one person, and proposes them with the evidence. It joins nothing. What people have decided stays decided.</summary>
internal sealed class SeekDuplicates(Session session, TimeProvider clock) : IJob
{
    /// <summary>At most so many proposals in a night: who has more has another trouble than duplicates, and looks at the strongest first.</summary>
    private const int Most = 200_000;

    /// <summary>What is proposed is more likely one person than two. Where both records have a number, each was given to somebody who was thought to have none: such a pair is proposed where at most one in ten of them is expected to be wrong.</summary>
    public const double Likelier = 0.5, LikelierOfTwoNumbers = 0.9;

    public static string Kind => "quality.seek-duplicates";

    public async Task Run(JobRun run, CancellationToken stop)
    {
        var day = await session.Value<DateOnly>("select day from quality.run where id = $1 and ended_at is null", run.Subject);
        if (day == default)
        {
            return;
        }

        var (rows, result) = await Weigh(day, stop);
        var keys = rows.Keys;
        await run.Progress(1, 2);
        var alike = result is null ? [] : result.Pairs.Where(p => result.BandOf(p) != LinkBand.No).ToList();
        var proposed = alike.Where(p => p.Probability >= (rows.Numbered[p.A] && rows.Numbered[p.B] ? LikelierOfTwoNumbers : Likelier)).OrderByDescending(p => p.Weight).ThenBy(p => p.A).ThenBy(p => p.B).Take(Most).ToList();
        await Propose(run.Subject, day, keys, result, proposed);
        var gone = await session.Execute("update quality.pair set state = 'gone' where state = 'open' and run_id is distinct from $1", run.Subject);
        await session.Execute("update quality.run set (ended_at, persons, found, gone, weaker) = ($2, $3, $4, $5, $6) where id = $1", run.Subject, clock.GetUtcNow(), (long)keys.Count, (long)proposed.Count, (long)gone, (long)(alike.Count - proposed.Count));
        if (result is not null)
        {
            await session.Execute("insert into quality.book (made_at, persons, bytes) values ($1, $2, $3) on conflict (one) do update set (made_at, persons, bytes) = (excluded.made_at, excluded.persons, excluded.bytes)", clock.GetUtcNow(), (long)keys.Count, result.Book().ToBytes());
        }

        await session.Commit(stop);
        await run.Progress(2, 2);
    }

    private async Task<(RegisterRows Rows, LinkResult? Result)> Weigh(DateOnly day, CancellationToken stop)
    {
        await session.Execute("set local jit = off");
        await session.Execute("set local work_mem = '256MB'");
        var expected = await session.Value<long>("select count(*) from population.report_person p where p.merged_into is null and p.status <> 'cancelled'");
        var table = new LinkTable(await RegisterModel.Read(session, expected));
        RegisterRows rows;
        await using (var command = await session.Command(RegisterRows.Sql, day))
        {
            command.CommandTimeout = 0;
            await using var reader = await command.ExecuteReaderAsync(stop);
            rows = new RegisterRows(reader, expected);
            table.Read(rows, RegisterRows.Heads, stop: stop);
        }

        return (rows, rows.Keys.Count < 2 ? null : Linker.Run(table, new LinkRunOptions(Floor: 0), stop: stop));
    }

    private async Task Propose(Guid run, DateOnly day, List<Guid> keys, LinkResult? result, IReadOnlyList<LinkPair> proposed)
    {
        foreach (var some in proposed.Chunk(5000))
        {
            var rows = some.Select(p => (First: keys[p.A], Other: keys[p.B], Pair: p)).Select(p => (A: Min(p.First, p.Other), B: Max(p.First, p.Other), p.Pair)).ToList();
            var told = rows.ConvertAll(r => result!.Explain(r.Pair));
            await session.Execute("""
                insert into quality.pair as d (a, b, weight, probability, band, prior, evidence, found_at, run_id, area_a, area_b)
                select n.a, n.b, n.weight, n.probability, n.band, n.prior, n.evidence, $8, $9, coalesce(ua.today_id, ha.area_id), coalesce(ub.today_id, hb.area_id)
                  from unnest($1, $2, $3, $4, $5, $6, $7) n(a, b, weight, probability, band, prior, evidence)
                  left join population.report_residence ha on ha.person_id = n.a and ha.kind = 'permanent' and ha.valid @> $10 left join quality.unit ua on ua.area_id = ha.area_id
                  left join population.report_residence hb on hb.person_id = n.b and hb.kind = 'permanent' and hb.valid @> $10 left join quality.unit ub on ub.area_id = hb.area_id
                on conflict on constraint one_pair do update set (weight, probability, band, prior, evidence, run_id, area_a, area_b, state)
                  = (excluded.weight, excluded.probability, excluded.band, excluded.prior, excluded.evidence, excluded.run_id, excluded.area_a, excluded.area_b, case d.state when 'gone' then 'open' else d.state end)
                 where d.state in ('open', 'asked', 'gone')
                """, rows.Select(r => r.A).ToArray(), rows.Select(r => r.B).ToArray(), rows.Select(r => r.Pair.Weight).ToArray(), rows.Select(r => (float)r.Pair.Probability).ToArray(),
                rows.Select(r => result!.BandOf(r.Pair) == LinkBand.Sure ? "sure" : "look").ToArray(), told.Select(t => (float)t.Start).ToArray(),
                told.Select(t => JsonSerializer.Serialize(t.Pieces, Journal.Json)).ToArray().As(NpgsqlDbType.Array | NpgsqlDbType.Jsonb), clock.GetUtcNow(), run, day);
        }
    }

    private static Guid Min(Guid a, Guid b) => string.CompareOrdinal(a.ToString(), b.ToString()) < 0 ? a : b;

    private static Guid Max(Guid a, Guid b) => string.CompareOrdinal(a.ToString(), b.ToString()) < 0 ? b : a;
}
