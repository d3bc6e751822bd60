using NpgsqlTypes;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Sealing;

/// <summary>The journal as a feed: every entry once, in one order that never changes, without gaps. The cursor is a place in the tree of entries,
/// so an entry appears within a second of its commit, and never behind a reader.</summary>
internal sealed class ReadFeed(Session session, Journal journal, Reasons reasons)
{
    private const int MostEntries = 5000;

    /// <param name="After">The cursor of the answer before; 0 from the beginning.</param>
    /// <param name="Most">At most so many places are gone through, 5000 at most.</param>
    /// <param name="Kinds">Only these kinds; all when empty. The cursor moves on over the others.</param>
    /// <param name="Bodies">Whether the values are wanted too; each is then a disclosure.</param>
    /// <param name="Purpose">Code of the purpose; needed with bodies.</param>
    /// <param name="Case">Reference of the open case they are read for; needed with bodies.</param>
    internal sealed record Request(long After = 0, [Range(1, MostEntries)] int Most = 1000, IReadOnlyList<string>? Kinds = null, bool Bodies = false,
        [Length(1, Reason.Longest)] string? Purpose = null, [Length(1, Reason.Longest)] string? Case = null);

    /// <param name="Place">Its place in the tree of entries, from 0.</param>
    /// <param name="Position">Its key, by which a proof is asked for.</param>
    /// <param name="Body">The values, where they were asked for.</param>
    internal sealed record Entry(long Place, long Position, DateTimeOffset At, string Actor, string Office, string Ground, Guid Subject, string Kind, JsonElement? Body);

    /// <param name="Next">Cursor for the next call.</param>
    /// <param name="More">Whether there is more already.</param>
    internal sealed record Page(IReadOnlyList<Entry> Entries, long Next, bool More);

    public async Task<Outcome<Page>> Run(Request r)
    {
        var size = await session.Value<long>("select size from seal.log where name = 'entry'");
        var problems = new List<Problem>();
        if (r.Bodies)
        {
            problems.AddRange(Beyond(await reasons.Check(r.Purpose, r.Case, problems)));
        }

        if (r.After < 0 || r.After > size)
        {
            problems.Add(Problem.Invalid("after", "journal.no-such-cursor"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var until = Math.Min(size, r.After + Math.Clamp(r.Most, 1, MostEntries));
        var positions = await Feed.Positions(await session.Open(), r.After, until);
        var entries = await session.Rows($"""
            select p.n - 1 + $3, e.position, e.at, e.actor, e.office, e.ground, e.subject, e.kind{(r.Bodies ? ", e.body::text" : "")}
              from unnest($1::bigint[]) with ordinality p(position, n) join journal.entry e on e.position = p.position
             where $2::text[] is null or e.kind = any($2) order by p.n
            """, x => new Entry(x.GetInt64(0), x.GetInt64(1), x.Get<DateTimeOffset>(2), x.GetString(3), x.GetString(4), x.GetString(5), x.GetGuid(6), x.GetString(7),
                r.Bodies ? JsonElement.Parse(x.GetString(8)) : null),
            positions, (r.Kinds is { Count: > 0 } kinds ? kinds.ToArray() : null).As(NpgsqlDbType.Array | NpgsqlDbType.Text), r.After);
        if (r.Bodies)
        {
            await journal.Disclose([.. entries.Select(e => e.Subject).Distinct()], ["journal"], r.Purpose!, r.Case!);
        }

        return new Page(entries, until, until < size);
    }

    /// <summary>Rows of the journal hold every field: the purpose has to allow for that.</summary>
    internal static IEnumerable<Problem> Beyond(Reason? reason) =>
        reason is null || reason.Allows(Purpose.Journal) ? [] : [Problem.Forbidden("journal.beyond-purpose", reason.Purpose.Name) with { Field = "purpose" }];
}
