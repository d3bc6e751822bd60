using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;

namespace SoGoc.Kernel.Sealing;

/// <summary>An entry with its place in the feed.</summary>
public sealed record FedEntry(long Place, EntryRow Entry);

/// <summary>The sealed journal as modules of this house read it: each entry once, in one order that never changes, and nothing that may still be rolled back or come to stand behind the reader.</summary>
public static class Feed
{
    /// <summary>Up to which place it reaches: the cursor of who has read everything.</summary>
    public static Task<long> Size(Session session) => session.Value<long>("select size from seal.log where name = 'entry'");

    /// <summary>The entries of some kinds between two cursors, in their order.</summary>
    /// <param name="session">In its transaction.</param>
    /// <param name="after">The cursor of who reads.</param>
    /// <param name="until">How far, at most <see cref="Size"/>; the next cursor.</param>
    /// <param name="kinds">Kinds of entries.</param>
    public static async Task<List<FedEntry>> Between(Session session, long after, long until, string[] kinds) => await session.Rows("""
        select p.n - 1 + $3, e.position, e.at, e.actor, e.office, e.ground, e.subject, e.kind, e.body::text
          from unnest($1::bigint[]) with ordinality p(position, n) join journal.entry e on e.position = p.position where e.kind = any($2) order by p.n
        """, r => new FedEntry(r.GetInt64(0), new EntryRow(r.GetInt64(1), r.Get<DateTimeOffset>(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetGuid(6), r.GetString(7), r.GetString(8))),
        await Positions(await session.Open(), after, until), kinds, after);

    /// <summary>Whose entries lie between two cursors, without the entries.</summary>
    /// <param name="session">In its transaction.</param>
    /// <param name="after">The cursor of who reads.</param>
    /// <param name="until">How far, at most <see cref="Size"/>; the next cursor.</param>
    /// <param name="module">Only entries of kinds of this module.</param>
    public static async Task<Guid[]> Subjects(Session session, long after, long until, string module) => [.. await session.Rows(
        "select distinct e.subject from unnest($1::bigint[]) p(position) join journal.entry e on e.position = p.position where starts_with(e.kind, $2 || '.')",
        r => r.GetGuid(0), await Positions(await session.Open(), after, until), module)];

    /// <summary>Keys of the entries between two cursors.</summary>
    internal static async Task<long[]> Positions(NpgsqlConnection connection, long after, long until)
    {
        var (tiles, positions) = (new Tiles(connection, "entry"), new List<long>());
        for (var place = after; place < until;)
        {
            var inTile = (int)(place % MerkleTree.Width);
            var some = (int)Math.Min(MerkleTree.Width - inTile, until - place);
            positions.AddRange((await tiles.Positions(place / MerkleTree.Width)).Skip(inTile).Take(some));
            place += some;
        }

        return [.. positions];
    }
}
