using System.ComponentModel.DataAnnotations;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Sealing;

/// <summary>The signed heads behind a number, oldest first; public, so that many can keep them.</summary>
internal sealed class ShowHeads(Session session)
{
    private const int MostHeads = 1000;

    /// <param name="After">Number of the last head that is known; 0 from the beginning.</param>
    /// <param name="Most">How many at most.</param>
    internal sealed record Request(long After = 0, [Range(1, MostHeads)] int Most = 100);

    internal sealed record Shown(IReadOnlyList<SignedHead> Heads);

    public async Task<Outcome<Shown>> Run(Request r) => new Shown(await SignedHead.After(await session.Open(), r.After, Math.Clamp(r.Most, 1, MostHeads)));
}

/// <summary>Shows that a row of the journal is in a signed head, or that one head grew out of another, so that a reader need not trust this register.
/// A row that is not sealed yet has no proof; it will within a minute.</summary>
internal sealed class ProveRow(Session session, Journal journal)
{
    /// <param name="Log">entry or disclosure.</param>
    /// <param name="Position">The row.</param>
    /// <param name="Head">Number of the head to prove against; the first in which the row is when none is given.</param>
    /// <param name="Purpose">Why; the row may speak of a person.</param>
    /// <param name="Case">For which case.</param>
    internal sealed record Request([Required] string? Log, long Position, long? Head = null,
        [Required, Length(1, Reason.Longest)] string? Purpose = null, [Required, Length(1, Reason.Longest)] string? Case = null);

    internal sealed record Field(string Name, string Text);

    /// <param name="Fields">The row as it is hashed: SHA-256 of a zero byte and, for each field, its length in bytes, a colon, its text and a comma.</param>
    /// <param name="Leaf">Its place in the tree, from 0.</param>
    /// <param name="Path">The hashes beside the way up (RFC 9162, section 2.1.3), lowest first.</param>
    internal sealed record Proof(string Log, IReadOnlyList<Field> Fields, long Leaf, IReadOnlyList<byte[]> Path, SignedHead Head);

    public async Task<Outcome<Proof>> Run(Request r)
    {
        var problems = Reason.Check(r.Purpose, r.Case);
        if (LeafLog.Find(r.Log) is not { } log)
        {
            problems.Add(Problem.Invalid("log", "journal.no-log"));
            return problems;
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var connection = await session.Open();
        var row = await session.Row($"select {log.Select} where position = $1", x => new { Key = (x.GetInt16(0), x.Get<ulong>(1)), Texts = log.Texts(x) }, r.Position);
        if (row is null)
        {
            return Problem.Missing("journal.no-row");
        }

        var leaf = await Leaf(log, row.Key, r.Position);
        var head = leaf is null ? null : r.Head is { } no ? await SignedHead.Find(connection, no) : await SignedHead.With(connection, log, leaf.Value);
        if (leaf is not { } place || head is null || head.SizeOf(log) <= place)
        {
            return Problem.Conflict("journal.not-sealed-yet");
        }

        var fields = log.Names.Zip(row.Texts, (n, t) => new Field(n, t)).ToList();
        await journal.Disclose([Guid.Parse(fields.First(f => f.Name == "subject").Text)], ["journal"], r.Purpose!, r.Case!);
        return new Proof(log.Name, fields, place, await new Tiles(connection, log.Name).Tree.Inclusion(place, head.SizeOf(log)), head);
    }

    /// <summary>The place of a row: that of the tile which begins at or before it, and its place in the tile.</summary>
    private async Task<long?> Leaf(LeafLog log, (short Era, ulong Xid) key, long position)
    {
        var tile = await session.Row("""
            select no, positions from seal.tile where log = $1 and level = 0 and (era, xid, position) <= ($2, $3, $4)
             order by era desc, xid desc, position desc limit 1
            """, x => new { No = x.GetInt64(0), Positions = x.Get<long[]>(1) }, log.Name, key.Era, key.Xid.As(NpgsqlTypes.NpgsqlDbType.Xid8), position);
        return tile is not null && Array.IndexOf(tile.Positions, position) is >= 0 and var place ? (tile.No * MerkleTree.Width) + place : null;
    }
}

/// <summary>Shows that the tree of a newer head begins with that of an older one: nothing was changed, removed or put in between.</summary>
internal sealed class ProveGrowth(Session session)
{
    /// <param name="Log">entry or disclosure.</param>
    /// <param name="Older">Number of a head.</param>
    /// <param name="Newer">Number of a later head.</param>
    internal sealed record Request([Required] string? Log, long Older, long Newer);

    internal sealed record Proof(string Log, SignedHead Older, SignedHead Newer, IReadOnlyList<byte[]> Path);

    public async Task<Outcome<Proof>> Run(Request r)
    {
        if (LeafLog.Find(r.Log) is not { } log)
        {
            return Problem.Invalid("log", "journal.no-log");
        }

        var connection = await session.Open();
        if (await SignedHead.Find(connection, r.Older) is not { } older || await SignedHead.Find(connection, r.Newer) is not { } newer || older.SizeOf(log) > newer.SizeOf(log))
        {
            return Problem.Missing("journal.no-head");
        }

        return new Proof(log.Name, older, newer, await new Tiles(connection, log.Name).Tree.Consistency(older.SizeOf(log), newer.SizeOf(log)));
    }
}
