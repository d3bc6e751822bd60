using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Places;
using SoGoc.Quality.Runs;

namespace SoGoc.Quality.Duplicates;

/// <summary>What waits to be decided, the strongest first. Nobody is named: who opens a proposal reads both records for it.</summary>
internal sealed class ListPairs(Reads reads, IPlaces places)
{
    private const int MostRows = 100;

    /// <param name="State">open, asked, same, different or gone; null: open and asked.</param>
    /// <param name="Band">sure or look; null: both.</param>
    /// <param name="After">Weight and key of the last one of the page before.</param>
    /// <param name="Most">At most so many, 100 at most.</param>
    internal sealed record Request([MaxLength(20)] string? State = null, [MaxLength(20)] string? Band = null, Request.Place? After = null, [Range(1, MostRows)] int Most = 50)
    {
        internal sealed record Place(float Weight, Guid Id);
    }

    /// <param name="Alike">Fields that are the same in both.</param>
    /// <param name="AreaA">Unit of today where one resides.</param>
    internal sealed record Row(Guid Id, float Weight, float Probability, string Band, string State, IReadOnlyList<string> Alike, string? AreaA, string? AreaB, DateTimeOffset FoundAt, DateTimeOffset? DecidedAt);

    /// <param name="Open">How many wait to be decided.</param>
    /// <param name="Sure">How many of those are called sure.</param>
    /// <param name="Asked">How many the communes were asked to find out about.</param>
    /// <param name="LastRun">When the register was last looked through.</param>
    /// <param name="Weaker">Pairs that run has left out as too weak.</param>
    internal sealed record Page(IReadOnlyList<Row> Rows, long Open, long Sure, long Asked, DateTimeOffset? LastRun, long Weaker, Request.Place? Next);

    public async Task<Outcome<Page>> Run(Request r)
    {
        if (r.State is not null && !Pair.States.Contains(r.State))
        {
            return Problem.Invalid("state", "quality.no-such-state");
        }

        var most = Math.Clamp(r.Most, 1, MostRows);
        string[] states = r.State is null ? [Pair.Open, Pair.Asked] : [r.State];
        var rows = await reads.Rows("""
            select d.id, d.weight, d.probability, d.band, d.state, array(select f ->> 'field' from jsonb_array_elements(d.evidence) e, jsonb_array_elements(e -> 'fields') f where f ->> 'level' = 'same'), d.area_a, d.area_b, d.found_at, d.decided_at
              from quality.pair d where d.state = any($1) and ($2::text is null or d.band = $2) and ($3::real is null or (d.weight, d.id) < ($3, $4)) order by d.weight desc, d.id desc limit $5
            """, x => new Row(x.GetGuid(0), x.GetFloat(1), x.GetFloat(2), x.GetString(3), x.GetString(4), x.Get<string[]>(5), Name(x.Maybe<int>(6)), Name(x.Maybe<int>(7)), x.Get<DateTimeOffset>(8), x.Maybe<DateTimeOffset>(9)),
            states, r.Band.As(NpgsqlDbType.Text), ((object?)r.After?.Weight).As(NpgsqlDbType.Real), ((object?)r.After?.Id).As(NpgsqlDbType.Uuid), most + 1);
        var counts = (await reads.Rows("select count(*) filter (where d.state = 'open'), count(*) filter (where d.state = 'open' and d.band = 'sure'), count(*) filter (where d.state = 'asked') from quality.pair d where d.state in ('open', 'asked')",
            x => (x.GetInt64(0), x.GetInt64(1), x.GetInt64(2))))[0];
        var last = await reads.Rows("select ended_at, coalesce(weaker, 0) from quality.run where kind = $1 and ended_at is not null order by ended_at desc limit 1", x => (At: x.Get<DateTimeOffset>(0), Weaker: x.GetInt64(1)), AskForRun.Duplicates);
        return new Page([.. rows.Take(most)], counts.Item1, counts.Item2, counts.Item3, last.Count > 0 ? last[0].At : null, last.Count > 0 ? last[0].Weaker : 0, rows.Count > most ? new Request.Place(rows[most - 1].Weight, rows[most - 1].Id) : null);
    }

    private string? Name(int? area) => area is { } id ? places.Book[id]?.FullName : null;
}
