using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Places;

namespace SoGoc.Exchange.Events;

/// <summary>Time to truth: what happened, which partners have caught up with it, since when and how late; and how long each of them takes. No person is named.</summary>
internal sealed class ListEvents(Reads reads, IPlaces places, TimeProvider clock)
{
    public const string Open = "open", Late = "late", Refused = "refused", Stuck = "stuck", All = "all";

    public static readonly string[] States = [Open, Late, Refused, Stuck, All];

    private const int MostEvents = 100;

    /// <param name="State">open: not every partner has caught up; late: one is beyond its term; refused: one will not; stuck: a delivery was given up, or there is no partner; all. Without a word: all.</param>
    /// <param name="Partner">Code of a partner, or kind of one where there is none.</param>
    /// <param name="Subject">Only events of this act: subject of its journal entry.</param>
    /// <param name="Person">Only events of this person.</param>
    /// <param name="Before">Place of the last event of the page before; the newest come first.</param>
    /// <param name="Most">At most so many, 100 at most.</param>
    internal sealed record Request(string? State = null, [MaxLength(60)] string? Partner = null, Guid? Subject = null, Guid? Person = null, long? Before = null, [Range(1, MostEvents)] int Most = 50);

    /// <param name="Id">Of the obligation; the id under which the event is delivered.</param>
    /// <param name="Partner">Its name; null: there is no partner of the kind.</param>
    /// <param name="Due">By when it has to have caught up.</param>
    /// <param name="Delivered">When it took the event.</param>
    /// <param name="Dead">When it was given up.</param>
    /// <param name="Fault">Why the last attempt failed.</param>
    /// <param name="Answer">done or refused.</param>
    /// <param name="Late">It caught up after the term, or has not and the term is over.</param>
    internal sealed record Told(Guid Id, string Kind, string? Partner, string Ground, DateTimeOffset Due, DateTimeOffset? Delivered, int Attempts, DateTimeOffset? Dead, string? Fault, string? Answer, DateTimeOffset? Answered, string? Reason, string? Reference, bool Late);

    /// <param name="Place">Its place among all that happened.</param>
    /// <param name="Label">What it is called by: 01/2026.</param>
    /// <param name="What">Which of several acts of the kind, whose numbers run side by side: permanent, split ….</param>
    /// <param name="Area">The unit whose act it is.</param>
    /// <param name="Person">Key of the record.</param>
    internal sealed record Event(long Place, string Kind, DateTimeOffset At, Guid Subject, Guid? Person, string? Label, string? Area, IReadOnlyList<Told> Partners, string? What = null);

    /// <summary>How long a partner takes from the act to its own truth.</summary>
    /// <param name="Done">How many it has caught up with.</param>
    /// <param name="MedianHours">Half of them within so many hours.</param>
    /// <param name="NinetyHours">Nine of ten within so many.</param>
    internal sealed record Pace(string Kind, string? Code, string? Partner, long Told, long Done, long Open, long Late, double? MedianHours, double? NinetyHours);

    /// <param name="Next">To go on with; null: there is no more.</param>
    internal sealed record Page(IReadOnlyList<Event> Events, IReadOnlyList<Pace> Paces, long? Next);

    private sealed record Row(long Place, string Kind, DateTimeOffset At, Guid Subject, Guid? Person, string? Label, int? Area, Told Told);

    public async Task<Outcome<Page>> Run(Request r)
    {
        if (!States.Contains(r.State ?? All))
        {
            return Problem.Invalid("state", "exchange.state-unknown");
        }

        var (now, most) = (clock.GetUtcNow(), Math.Clamp(r.Most, 1, MostEvents));
        var which = (r.State ?? All) switch
        {
            Open => "o.answer is distinct from 'done'",
            Late => "(o.answer is distinct from 'done' and o.due_at < $1 or o.answered_at > o.due_at)",
            Refused => "o.answer = 'refused'",
            Stuck => "o.delivered_at is null and (o.dead_at is not null or o.partner_id is null or p.stopped_at is not null)",
            _ => "true",
        };
        var rows = await reads.Rows($"""
            select e.place, e.kind, e.at, e.subject, e.person_id, e.label, e.area_id, o.id, o.partner_kind, p.name, o.ground, o.due_at, o.delivered_at, o.attempts, o.dead_at, o.fault, o.answer, o.answered_at, o.reason, o.reference,
                   coalesce(case when o.answer = 'done' then o.answered_at end, $1) > o.due_at
              from (select e.* from exchange.event e where ($2::uuid is null or e.subject = $2) and ($3::uuid is null or e.person_id = $3) and ($4::bigint is null or e.place < $4)
                       and exists (select from exchange.obligation o left join exchange.partner p on p.id = o.partner_id where o.event_id = e.id and {which} and ($5::text is null or coalesce(p.code, o.partner_kind) = $5))
                     order by e.place desc limit $6) e
              join exchange.obligation o on o.event_id = e.id left join exchange.partner p on p.id = o.partner_id order by e.place desc, o.due_at, p.name
            """, x => new Row(x.GetInt64(0), x.GetString(1), x.Get<DateTimeOffset>(2), x.GetGuid(3), x.Maybe<Guid>(4), x.Text(5), x.Maybe<int>(6),
                new Told(x.GetGuid(7), x.GetString(8), x.Text(9), x.GetString(10), x.Get<DateTimeOffset>(11), x.Maybe<DateTimeOffset>(12), x.GetInt32(13), x.Maybe<DateTimeOffset>(14), x.Text(15), x.Text(16), x.Maybe<DateTimeOffset>(17), x.Text(18), x.Text(19), x.GetBoolean(20))),
            now, r.Subject.As(NpgsqlDbType.Uuid), r.Person.As(NpgsqlDbType.Uuid), r.Before.As(NpgsqlDbType.Bigint), r.Partner.As(NpgsqlDbType.Text), most + 1);
        List<Event> events = [.. rows.GroupBy(x => x.Place).Select(g => (First: g.First(), Told: g.Select(x => x.Told).ToList()))
            .Select(g => new Event(g.First.Place, g.First.Kind, g.First.At, g.First.Subject, g.First.Person, g.First.Label?.Split(' ')[0], g.First.Area is { } a ? places.Book[a]?.FullName : null, g.Told, g.First.Label?.Split(' ') is [_, var what] ? what : null))];
        return new Page([.. events.Take(most)], await Paces(now), events.Count > most ? events[most - 1].Place : null);
    }

    private Task<List<Pace>> Paces(DateTimeOffset now) => reads.Rows("""
        select o.partner_kind, p.code, p.name, count(*), count(*) filter (where o.answer = 'done'), count(*) filter (where o.answer is distinct from 'done'),
               count(*) filter (where coalesce(case when o.answer = 'done' then o.answered_at end, $1) > o.due_at),
               percentile_cont(0.5) within group (order by extract(epoch from o.answered_at - e.at)::float8 / 3600) filter (where o.answer = 'done'),
               percentile_cont(0.9) within group (order by extract(epoch from o.answered_at - e.at)::float8 / 3600) filter (where o.answer = 'done')
          from exchange.obligation o join exchange.event e on e.id = o.event_id left join exchange.partner p on p.id = o.partner_id
         where e.at > $1 - interval '90 days' group by 1, 2, 3 order by 3, 1
        """, r => new Pace(r.GetString(0), r.Text(1), r.Text(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6), r.Maybe<double>(7), r.Maybe<double>(8)), now);
}

/// <summary>Sends again what was given up, under the same id: one event, or everything that a partner did not take.</summary>
internal sealed class SendAgain(Session session, TimeProvider clock)
{
    /// <param name="Id">Of the obligation.</param>
    /// <param name="Partner">Code of the partner whose lost deliveries are all sent again.</param>
    internal sealed record Request(Guid? Id = null, [MaxLength(60)] string? Partner = null);

    /// <param name="Count">How many will be sent.</param>
    internal sealed record Sent(int Count);

    public async Task<Outcome<Sent>> Run(Request r)
    {
        var count = await session.Execute("""
            update exchange.obligation o set dead_at = null, attempts = 0, next_at = $3 from exchange.partner p
             where p.id = o.partner_id and p.stopped_at is null and o.dead_at is not null and (o.id = $1 or p.code = $2)
            """, r.Id.As(NpgsqlDbType.Uuid), r.Partner.As(NpgsqlDbType.Text), clock.GetUtcNow());
        return count > 0 ? new Sent(count) : Problem.Missing("exchange.nothing-to-send");
    }
}
