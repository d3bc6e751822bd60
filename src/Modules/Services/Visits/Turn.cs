using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Services.Visits;

/// <summary>A number of the queue of today (số thứ tự).</summary>
/// <param name="State">waiting, called, aside or done.</param>
/// <param name="FirstFrom">From when it goes before those who have not booked; null: by arrival.</param>
/// <param name="Procedure">For which service, where he has booked.</param>
internal sealed record Turn(Guid Id, string Counter, int No, string State, bool BySelf, DateTimeOffset TakenAt, DateTimeOffset? FirstFrom, string? Window, Guid? Visit, string? Procedure)
{
    internal const string Columns = "t.id, t.counter, t.no, t.state, t.by_self, t.taken_at, t.first_from, t.at_window, t.visit_id, v.procedure";

    internal const string From = "services.turn t left join services.visit v on v.id = t.visit_id";

    /// <summary>Whoever has booked and come before his slot ends goes first from his time on; everybody else goes by arrival. $3 is now.</summary>
    internal const string InOrder = "(t.first_from <= $3) is true desc, case when t.first_from <= $3 then t.first_from else t.taken_at end, t.no";

    internal static Turn Read(NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.GetInt32(2), r.GetString(3), r.GetBoolean(4), r.Get<DateTimeOffset>(5), r.Maybe<DateTimeOffset>(6), r.Text(7), r.Maybe<Guid>(8), r.Text(9));
}

/// <summary>The queues of today. They hold nobody but who has booked, and stand in no journal; PostgreSQL decides who gets which number, and who calls it.</summary>
internal sealed class QueueBook(Session session, VisitBook visits, CurrentActor actor, TimeProvider clock)
{
    /// <summary>So many of the last who were served say how long one takes; fewer than <see cref="Enough"/> say nothing.</summary>
    private const int Looked = 20, Enough = 5;

    private static readonly TimeSpan AtWork = TimeSpan.FromHours(1);

    public DateOnly Today => clock.Today();

    /// <summary>The next number of a counter.</summary>
    /// <param name="visit">What was booked, held and open; null: he comes without.</param>
    public async Task<Turn> Give(Counter counter, Visit? visit, bool bySelf)
    {
        var now = clock.GetUtcNow();
        // Numbers of a counter have no gaps and no doubles: the second waits for the first.
        await session.Execute("select pg_advisory_xact_lock(hashtextextended('queue ' || $1, 0))", counter.Key);
        // Who comes when his slot is over has let it pass: he goes by arrival.
        var first = visit is null || visit.At + (await VisitRules.Read(session, counter, Today)).Length <= now ? (DateTimeOffset?)null : visit.At;
        var id = Guid.CreateVersion7(now);
        var no = await session.Value<int>("""
            insert into services.turn (id, counter, day, no, visit_id, first_from, by_self, state, taken_at)
            select $1, $2, $3, coalesce(max(no), 0) + 1, $4, $5, $6, 'waiting', $7 from services.turn where counter = $2 and day = $3 returning no
            """, id, counter.Key, Today, (visit?.Id).As(NpgsqlDbType.Uuid), first.As(NpgsqlDbType.TimestampTz), bySelf, now);
        if (visit is not null)
        {
            await visits.Came(visit, no);
        }

        return new Turn(id, counter.Key, no, "waiting", bySelf, now, first, null, visit?.Id, visit?.Procedure);
    }

    /// <summary>A number of today; null: there is none, or none of today.</summary>
    public Task<Turn?> Find(Counter counter, Guid id) => session.Row($"select {Turn.Columns} from {Turn.From} where t.id = $1 and t.counter = $2 and t.day = $3", Turn.Read, id, counter.Key, Today);

    /// <summary>Numbers that are called now, the last one first.</summary>
    public Task<List<Turn>> Called(Counter counter, int most) => session.Rows($"select {Turn.Columns} from {Turn.From} where t.counter = $1 and t.day = $2 and t.state = 'called' order by t.called_at desc, t.no desc limit $3", Turn.Read, counter.Key, Today, most);

    /// <summary>The same as <see cref="Find"/>, held.</summary>
    public async Task<Outcome<Turn>> Take(Counter counter, Guid id) => await session.Row($"select {Turn.Columns} from {Turn.From} where t.id = $1 and t.counter = $2 and t.day = $3 for no key update of t", Turn.Read, id, counter.Key, Today) is { } turn ? turn : Problem.Missing("services.no-turn");

    /// <summary>The number that the official has in hand at a counter.</summary>
    public Task<Turn?> InHand(Counter counter) => session.Row($"select {Turn.Columns} from {Turn.From} where t.counter = $1 and t.day = $2 and t.called_by = $3 and t.state = 'called'", Turn.Read, counter.Key, Today, actor.Value.Reference);

    /// <summary>Two clicks of one official are one after the other.</summary>
    public Task Hold() => session.Execute("select pg_advisory_xact_lock(hashtextextended('window ' || $1, 0))", actor.Value.Reference);

    /// <summary>Calls the next who waits; null: nobody does. Of several officials at once each gets another.</summary>
    public Task<Turn?> CallNext(Counter counter, string window) => Call(counter, $"""
        t.id = (select t.id from services.turn t where t.counter = $1 and t.day = $2 and t.state = 'waiting' order by {Turn.InOrder} limit 1 for no key update skip locked) and $6::uuid is null
        """, window, null);

    /// <summary>Calls a number, once more or after it was set aside.</summary>
    public Task<Turn?> Call(Counter counter, Guid id, string window) => Call(counter, "t.id = $6", window, id);

    public Task End(Guid id, string state) => session.Execute("update services.turn set state = $2, done_at = case when $2 = 'done' then $3 end where id = $1", id, state, clock.GetUtcNow());

    /// <summary>Those of a counter in a state, in their order.</summary>
    public Task<List<Turn>> Of(Counter counter, string state) => session.Rows($"select {Turn.Columns} from {Turn.From} where t.counter = $1 and t.day = $2 and t.state = $4 order by {Turn.InOrder}", Turn.Read, counter.Key, Today, clock.GetUtcNow(), state);

    /// <summary>How long it takes until so many have been called, in minutes to the next five; null: too few were served today to say.</summary>
    public async Task<int?> Minutes(Counter counter, int ahead)
    {
        var (served, seconds, windows) = (await session.Rows($"""
            select count(*), coalesce(avg(extract(epoch from done_at - called_at)), 0)::float8, (select count(distinct called_by) from services.turn where counter = $1 and day = $2 and called_at > $3)
              from (select done_at, called_at from services.turn where counter = $1 and day = $2 and state = 'done' order by done_at desc limit {Looked}) last
            """, r => (r.GetInt64(0), r.GetDouble(1), r.GetInt64(2)), counter.Key, Today, clock.GetUtcNow() - AtWork))[0];
        return ahead == 0 ? 0 : served < Enough ? null : (int)Math.Ceiling(ahead * seconds / Math.Max(1, windows) / 300) * 5;
    }

    private Task<Turn?> Call(Counter counter, string which, string window, Guid? id) => session.Row($"""
        with called as (
          update services.turn t set state = 'called', called_at = $3, called_by = $4, at_window = $5, waited_s = coalesce(waited_s, greatest(0, extract(epoch from $3 - greatest(taken_at, first_from)))::integer)
           where {which} and t.counter = $1 and t.day = $2 returning t.*)
        select {Turn.Columns} from called t left join services.visit v on v.id = t.visit_id
        """, Turn.Read, counter.Key, Today, clock.GetUtcNow(), actor.Value.Reference, window, id.As(NpgsqlDbType.Uuid));
}
