using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Sealing;

/// <summary>A field of a row as it is hashed.</summary>
public sealed record ProvenField(string Name, string Text);

/// <summary>Shows that a row is in a signed head.</summary>
/// <param name="Log">entry or disclosure.</param>
/// <param name="Fields">The row as it is hashed: SHA-256 of a zero byte and, for each field, its length in bytes, a colon, its text and a comma.</param>
/// <param name="Leaf">Its place in the tree, from 0.</param>
/// <param name="Path">The hashes beside the way up (RFC 9162, section 2.1.3), lowest first.</param>
public sealed record RowProof(string Log, IReadOnlyList<ProvenField> Fields, long Leaf, IReadOnlyList<byte[]> Path, SignedHead Head);

/// <summary>Makes the proofs of rows. Who hands one out records the reading: a row may speak of a person.</summary>
public sealed class RowProofs(Session session)
{
    /// <param name="log">entry or disclosure.</param>
    /// <param name="position">The row.</param>
    /// <param name="head">Number of the head to prove against; the first in which the row is when none is given.</param>
    public async Task<Outcome<RowProof>> Of(string? log, long position, long? head = null)
    {
        if (LeafLog.Find(log) is not { } leaves)
        {
            return Problem.Invalid("log", "journal.no-log");
        }

        var connection = await session.Open();
        var row = await session.Row($"select {leaves.Select} where position = $1", x => new { Key = (x.GetInt16(0), x.Get<ulong>(1)), Texts = leaves.Texts(x) }, position);
        if (row is null)
        {
            return Problem.Missing("journal.no-row");
        }

        var leaf = await Leaf(leaves, row.Key, position);
        var signed = leaf is null ? null : head is { } no ? await SignedHead.Find(connection, no) : await SignedHead.With(connection, leaves, leaf.Value);
        if (leaf is not { } place || signed is null || signed.SizeOf(leaves) <= place)
        {
            return Problem.Conflict("journal.not-sealed-yet");
        }

        return new RowProof(leaves.Name, [.. leaves.Names.Zip(row.Texts, (n, t) => new ProvenField(n, t))], place, await new Tiles(connection, leaves.Name).Tree.Inclusion(place, signed.SizeOf(leaves)), signed);
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
