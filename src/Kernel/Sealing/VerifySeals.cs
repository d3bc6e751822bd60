using System.Buffers;
using System.Globalization;
using Npgsql;
using SoGoc.Kernel.Data;

namespace SoGoc.Kernel.Sealing;

/// <summary>What a check of the journal against its seals found; <paramref name="Faults"/> begin with the first row that is not as it was sealed.</summary>
public sealed record SealsVerified(long Rows, long Heads, IReadOnlyList<string> Faults);

/// <summary>Computes everything anew from the rows: every leaf, every tile, every head and its signature. Names the first row that was changed, removed or
/// moved; and heads that do not follow from the rows, as when somebody also rewrote the tiles.</summary>
public sealed class VerifySeals(Database database)
{
    private const int MostFaults = 20;

    public async Task<SealsVerified> Run(Action<long>? tell, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var faults = new List<string>();
        long rows = 0;
        var trees = new Dictionary<LeafLog, GrowingTree>();
        var heads = await SignedHead.After(connection, 0, int.MaxValue);
        foreach (var log in LeafLog.All)
        {
            var size = (await Sealer.Mark(connection, log)).Size;
            var tree = trees[log] = new GrowingTree([.. heads.Select(h => h.SizeOf(log))]);
            rows += await Rows(connection, log, size, tree, faults, n => tell?.Invoke(rows + n), stop);
        }

        foreach (var head in heads.Where(_ => faults.Count == 0))
        {
            if (!head.IsRight())
            {
                faults.Add($"head {head.No}: the signature is wrong / chữ ký sai");
            }

            foreach (var log in LeafLog.All.Where(l => !trees[l].RootAt(head.SizeOf(l)).AsSpan().SequenceEqual(head.RootOf(l))))
            {
                faults.Add($"head {head.No}: its tree of journal.{log.Name} is not that of the rows / cây của journal.{log.Name} không khớp các dòng");
            }
        }

        if (faults.Count == 0 && heads.Count > 0)
        {
            await Proving(connection, heads[^1], faults);
        }

        return new SealsVerified(rows, heads.Count, faults);
    }

    /// <summary>The upper tiles, from which proofs are made, must lead to the same root.</summary>
    private static async Task Proving(NpgsqlConnection connection, SignedHead head, List<string> faults)
    {
        foreach (var log in LeafLog.All)
        {
            if (!(await new Tiles(connection, log.Name).Tree.Root(head.SizeOf(log))).AsSpan().SequenceEqual(head.RootOf(log)))
            {
                faults.Add($"seal.tile ({log.Name}): the tiles do not lead to the head / các mảnh không dẫn tới gốc đã ký");
            }
        }
    }

    /// <summary>Walks the rows and the sealed leaves side by side.</summary>
    private static async Task<long> Rows(NpgsqlConnection connection, LeafLog log, long size, GrowingTree tree, List<string> faults, Action<long> tell, CancellationToken stop)
    {
        var tiles = new Tiles(connection, log.Name);
        long at = 0;
        while (at < size && faults.Count < MostFaults)
        {
            // Tile by tile, so that no reader stays open beside another on one connection.
            var (positions, hashes) = await tiles.Leaves(at / MerkleTree.Width);
            var found = await Found(connection, log, positions, stop);
            for (var i = 0; i < positions.Count && at < size; i++, at++)
            {
                if (!found.TryGetValue(positions[i], out var row))
                {
                    faults.Add(Named(log, positions[i], "was removed / đã bị xóa"));
                }
                else if (!row.Hash.AsSpan().SequenceEqual(hashes[i]))
                {
                    faults.Add(Named(log, positions[i], "was changed or moved / đã bị sửa hoặc đổi chỗ"));
                }

                tree.Add(row?.Hash ?? hashes[i]);
            }

            if (positions.Count < MerkleTree.Width && at < size)
            {
                faults.Add($"journal.{log.Name}: {at} leaves of {size} / thiếu lá của cây");
                break;
            }

            if (at % (MerkleTree.Width * 200) == 0)
            {
                tell(at);
            }

            tiles = new Tiles(connection, log.Name);
        }

        await Strangers(connection, log, size, faults, stop);
        return at;
    }

    private static string Named(LeafLog log, long position, string what) => string.Create(CultureInfo.InvariantCulture, $"journal.{log.Name} position {position}: {what}");

    private static async Task<Dictionary<long, LeafRow>> Found(NpgsqlConnection connection, LeafLog log, IReadOnlyList<long> positions, CancellationToken stop)
    {
        await using var command = connection.CreateCommand($"select {log.Select} where position = any($1)", (object)positions.ToArray());
        await using var reader = await command.ExecuteReaderAsync(stop);
        var buffer = new ArrayBufferWriter<byte>(4096);
        var found = new Dictionary<long, LeafRow>();
        while (await reader.ReadAsync(stop))
        {
            var row = log.Read(reader, buffer);
            found[row.Position] = row;
        }

        return found;
    }

    /// <summary>A row that stands at or before the mark and is no leaf was put in afterwards.</summary>
    private static async Task Strangers(NpgsqlConnection connection, LeafLog log, long size, List<string> faults, CancellationToken stop)
    {
        var mark = await Sealer.Mark(connection, log);
        await using var count = connection.CreateCommand($"select count(*) from journal.{log.Name} where (era, xid, position) <= ($1, $2, $3)", mark.Era, mark.Xid.As(NpgsqlTypes.NpgsqlDbType.Xid8), mark.Position);
        count.CommandTimeout = 0;
        if ((long)(await count.ExecuteScalarAsync(stop))! <= size || faults.Count > 0)
        {
            return;
        }

        await using var which = connection.CreateCommand($"""
            select e.position from journal.{log.Name} e where (era, xid, position) <= ($1, $2, $3)
               and not exists (select from seal.tile t where t.log = $4 and t.level = 0 and t.positions @> array[e.position]) order by era, xid, position limit 1
            """, mark.Era, mark.Xid.As(NpgsqlTypes.NpgsqlDbType.Xid8), mark.Position, log.Name);
        which.CommandTimeout = 0;
        faults.Add(Named(log, (long?)await which.ExecuteScalarAsync(stop) ?? 0, "was put in afterwards / được chèn vào sau"));
    }
}

/// <summary>A tree that is built leaf by leaf and remembers its root at certain sizes.</summary>
internal sealed class GrowingTree(HashSet<long> sizes)
{
    private readonly List<(long Leaves, byte[] Hash)> peaks = [];
    private readonly Dictionary<long, byte[]> roots = [];
    private long size;

    public void Add(byte[] leaf)
    {
        peaks.Add((1, leaf));
        while (peaks.Count > 1 && peaks[^1].Leaves == peaks[^2].Leaves)
        {
            var joined = (peaks[^2].Leaves * 2, MerkleTree.Node(peaks[^2].Hash, peaks[^1].Hash));
            peaks.RemoveRange(peaks.Count - 2, 2);
            peaks.Add(joined);
        }

        if (sizes.Contains(++size))
        {
            roots[size] = peaks.Select(p => p.Hash).Reverse().Aggregate((right, left) => MerkleTree.Node(left, right));
        }
    }

    public byte[] RootAt(long leaves) => leaves == 0 ? System.Security.Cryptography.SHA256.HashData([]) : roots.GetValueOrDefault(leaves) ?? [];
}
