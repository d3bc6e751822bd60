using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Work;

/// <summary>What the official has given to others, and how it stands: what is late, and what came back with a reason, is first. Nobody of the register is named.</summary>
internal sealed class GivenWork(Reads reads, CurrentActor actor, TimeProvider clock)
{
    /// <summary>What was done longer ago is not shown any more.</summary>
    private const int Days = 60;

    private const int Most = 100;

    internal sealed record Request;

    /// <param name="Given">How many findings.</param>
    /// <param name="Open">Still with him and not answered.</param>
    /// <param name="Back">Came back, and nobody has them.</param>
    /// <param name="Late">The day is over, and some are not answered.</param>
    internal sealed record Handing(Guid Id, string To, DateTimeOffset At, DateOnly Until, string? Hamlet, string? Note, int Given, long Open, long Back, bool Late);

    /// <param name="Says">The rule.</param>
    internal sealed record Returned(Guid Handing, string Says, string? Hamlet, string Why, DateTimeOffset At, string By);

    internal sealed record Shown(IReadOnlyList<Handing> Handings, IReadOnlyList<Returned> Returned);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var (today, mine) = (clock.Today(), actor.Value.Holder);
        var handings = await reads.Rows("""
            select h.id, h.taker, h.given_at, h.until_on, h.hamlet, h.note, h.findings, s.open, s.back
              from quality.handing h
             cross join lateral (select count(*) filter (where f.holder is not null) as open, count(*) filter (where f.holder is null) as back from quality.finding f where f.handing_id = h.id and f.gone_at is null and f.outcome is null) s
             where h.given_by = $1 and (h.given_at > $2 or s.open + s.back > 0) order by (s.open > 0 and h.until_on < $3) desc, s.back > 0 desc, s.open > 0 desc, h.until_on, h.given_at limit $4
            """, x => new Handing(x.GetGuid(0), x.GetString(1), x.Get<DateTimeOffset>(2), x.Get<DateOnly>(3), x.Text(4), x.Text(5), x.GetInt32(6), x.GetInt64(7), x.GetInt64(8), x.GetInt64(7) > 0 && x.Get<DateOnly>(3) < today),
            mine, clock.GetUtcNow().AddDays(-Days), today, Most);
        var returned = await reads.Rows($"""
            select {Rule.Columns}, h.id, f.hamlet, f.returned_why, f.returned_at, h.taker from quality.finding f join quality.rule r on r.code = f.rule join quality.handing h on h.id = f.handing_id
             where h.given_by = $1 and f.returned_why is not null and f.gone_at is null and f.outcome is null order by f.returned_at desc limit {Most}
            """, x => new Returned(x.GetGuid(12), Rule.Read(x).Heading, x.Text(13), x.GetString(14), x.Get<DateTimeOffset>(15), x.GetString(16)), mine);
        return new Shown(handings, returned);
    }
}
