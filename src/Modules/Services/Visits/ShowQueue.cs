using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Services.Scores;

namespace SoGoc.Services.Visits;

/// <summary>What the display of the waiting room says (màn hình gọi số): numbers and windows, and nobody. Anybody may look.</summary>
internal sealed class ShowBoard(QueueBook queue, Counters counters, Session session, TimeProvider clock)
{
    private const int Most = 8;

    /// <param name="Mine">The number of who asks; null: none.</param>
    internal sealed record Request(string? Counter, Guid? Mine = null);

    internal sealed record Line(int No, string Window);

    /// <param name="State">waiting, called, aside or done.</param>
    /// <param name="Ahead">How many go before.</param>
    /// <param name="Minutes">About how long still; null: it cannot be told yet.</param>
    internal sealed record Own(int No, string State, string? Window, int Ahead, int? Minutes);

    /// <param name="Called">Whom is called now, the last one first.</param>
    /// <param name="Minutes">About how long who comes now waits; null: too few were served today to tell.</param>
    /// <param name="Open">Numbers are given now.</param>
    internal sealed record Board(string Counter, string Office, IReadOnlyList<Line> Called, int Waiting, int? Minutes, Own? Mine, bool Open);

    public async Task<Outcome<Board>> Run(Request r)
    {
        var named = await counters.Named(r.Counter);
        if (!named.Ok(out var counter))
        {
            return named.Problems.ToList();
        }

        var (called, waiting) = (await queue.Called(counter, Most), await queue.Of(counter, "waiting"));
        var own = r.Mine is { } id ? await queue.Find(counter, id) : null;
        var ahead = own is { State: "waiting" } ? waiting.TakeWhile(t => t.Id != own.Id).Count() : 0;
        return new Board(counter.Code, counter.Name, [.. called.Select(t => new Line(t.No, t.Window!))], waiting.Count, await queue.Minutes(counter, waiting.Count),
            own is null ? null : new Own(own.No, own.State, own.Window, ahead, own.State == "waiting" ? await queue.Minutes(counter, ahead) : 0), await TakeOwnNumber.GivesNumbers(session, clock.GetUtcNow()));
    }
}

/// <summary>The queue for its clerks: what is in hand, who waits, who was not there, and who has booked for today and is still to come.</summary>
internal sealed class ShowQueue(QueueBook queue, VisitBook visits, Counters counters, Session session, CurrentActor actor)
{
    private const int Most = 200;

    /// <param name="Counter">Code; null: his own.</param>
    internal sealed record Request(string? Counter = null);

    /// <param name="Procedure">Name of the service.</param>
    internal sealed record Coming(string Code, DateTimeOffset At, string Procedure);

    /// <param name="InHand">Of this official.</param>
    /// <param name="Window">Where he has called last.</param>
    /// <param name="Visits">Bookings that are open: of today, and of the days to come.</param>
    /// <param name="Today">How long people have waited today; null: nobody was called.</param>
    internal sealed record Shown(string Counter, string Office, Turn? InHand, string? Service, string? Window, IReadOnlyList<Turn> Waiting, IReadOnlyList<Turn> Aside, IReadOnlyList<Turn> Elsewhere, IReadOnlyList<Coming> Visits, Waits? Today);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var served = await counters.Served(r.Counter);
        if (!served.Ok(out var counter))
        {
            return served.Problems.ToList();
        }

        var coming = new List<Coming>();
        foreach (var visit in await session.Rows($"select {Visit.Columns} from services.visit v where v.counter = $1 and v.state = 'open' order by v.starts_at limit {Most}", Visit.Read, counter.Key))
        {
            coming.Add(new Coming(visit.Code, visit.At, await visits.Name(visit)));
        }

        var hand = await queue.InHand(counter);
        var service = hand?.Visit is { } booked && await session.Row($"select {Visit.Columns} from services.visit v where v.id = $1", Visit.Read, booked) is { } his ? await visits.Name(his) : null;
        var window = await session.Row("select at_window from services.turn where counter = $1 and called_by = $2 order by called_at desc limit 1", x => x.GetString(0), counter.Key, actor.Value.Reference);
        return new Shown(counter.Code, counter.Name, hand, service, window, await queue.Of(counter, "waiting"), await queue.Of(counter, "aside"), [.. (await queue.Called(counter, Most)).Where(t => t.Id != hand?.Id)], coming,
            await session.Row($"select {Waits.Sums} from services.turn t where t.counter = $1 and t.day = $2 and t.waited_s is not null having count(*) > 0", Waits.Read, counter.Key, queue.Today));
    }
}

/// <summary>How long people waited.</summary>
/// <param name="Median">Minutes that half of them waited at most.</param>
/// <param name="Longest">Minutes that the longest waited.</param>
internal sealed record Waits(long Called, int Median, int Longest)
{
    internal const string Sums = "count(*), percentile_cont(0.5) within group (order by t.waited_s)::integer, max(t.waited_s)";

    internal static Waits Read(Npgsql.NpgsqlDataReader r) => new(r.GetInt64(0), Minutes(r.GetInt32(1)), Minutes(r.GetInt32(2)));

    /// <summary>To the nearest; less than one is one.</summary>
    public static int Minutes(int seconds) => Math.Max(1, (seconds + 30) / 60);
}

/// <summary>For who steers: how long people waited, at all counters on a day, or at one on each day. Numbers only.</summary>
internal sealed class ShowWaits(Reads reads, Counters counters, TimeProvider clock)
{
    /// <param name="From">First day; null: a month before the last. Without an office, only the last day is shown.</param>
    /// <param name="Area">Commune of the counter.</param>
    /// <param name="Desk">As the index names it: justice or police of the commune, or the code of an agency; null: all counters.</param>
    internal sealed record Request(DateOnly? From = null, DateOnly? To = null, int? Area = null, string? Desk = null);

    internal sealed record Line(string Office, DateOnly Day, Waits Waits);

    internal sealed record Shown(IReadOnlyList<Line> Lines);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var period = ScoreDays.Of(r.From, r.To, clock.Today());
        if (!period.Ok(out var days))
        {
            return period.Problems.ToList();
        }

        // The counter of a commune is one, whoever of it decides; numbers of a day stand alone until the night sums them up.
        var counter = r.Area?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? r.Desk;
        object?[] Asked() => [counter is null ? days.To : days.From, days.To, counter.As(NpgsqlDbType.Text)];
        var lines = await reads.Rows("select q.called::bigint, q.median_s, q.longest_s, q.office, q.day from services.queue_day q where q.day between $1 and $2 and ($3::text is null or q.counter = $3)",
            x => new Line(x.GetString(3), x.Get<DateOnly>(4), Waits.Read(x)), Asked());
        foreach (var live in await reads.Rows($"select {Waits.Sums}, t.counter, t.day from services.turn t where t.day between $1 and $2 and ($3::text is null or t.counter = $3) and t.waited_s is not null group by t.counter, t.day",
            x => new Line(x.GetString(3), x.Get<DateOnly>(4), Waits.Read(x)), Asked()))
        {
            lines.Add(live with { Office = (await counters.Of(live.Office))?.Name ?? live.Office });
        }

        return new Shown([.. lines.OrderByDescending(l => l.Day).ThenByDescending(l => l.Waits.Longest)]);
    }
}
