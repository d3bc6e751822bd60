using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Data;

namespace SoGoc.Kernel.Sealing;

/// <summary>The tiles of one log in the database; keeps those it has read or written while it lives.</summary>
internal sealed class Tiles(NpgsqlConnection connection, string log)
{
    private readonly Dictionary<(int Level, long No), Tile> known = [];
    private readonly HashSet<(int Level, long No)> changed = [];

    private sealed class Tile
    {
        public List<byte[]> Hashes { get; } = [];
        public List<long> Positions { get; } = [];
        public LeafRow? First { get; set; }

        public byte[] Joined => [.. Hashes.SelectMany(h => h)];
    }

    public MerkleTree Tree => new(async (level, no) => (await Get(level, no)).Joined);

    /// <summary>The positions of the rows of a tile of leaves, in their order.</summary>
    public async Task<IReadOnlyList<long>> Positions(long no) => (await Get(0, no)).Positions;

    /// <summary>The positions and the hashes of a tile of leaves.</summary>
    public async Task<(IReadOnlyList<long> Positions, IReadOnlyList<byte[]> Hashes)> Leaves(long no)
    {
        var tile = await Get(0, no);
        return (tile.Positions, tile.Hashes);
    }

    /// <summary>Adds leaves behind the first <paramref name="size"/>.</summary>
    public async Task Append(long size, IReadOnlyList<LeafRow> rows)
    {
        await Append(0, size, [.. rows.Select(r => r.Hash)], rows);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (level, no) in changed)
        {
            var tile = known[(level, no)];
            batch.BatchCommands.Add(new NpgsqlBatchCommand("""
                insert into seal.tile (log, level, no, hashes, positions, era, xid, position) values ($1, $2, $3, $4, $5, $6, $7, $8)
                on conflict (log, level, no) do update set hashes = excluded.hashes, positions = excluded.positions
                """)
            {
                Parameters =
                {
                    new() { Value = log }, new() { Value = (short)level }, new() { Value = no }, new() { Value = tile.Joined },
                    (level == 0 ? tile.Positions.ToArray() : null).As(NpgsqlDbType.Array | NpgsqlDbType.Bigint),
                    (tile.First?.Era).As(NpgsqlDbType.Smallint), (tile.First?.Xid).As(NpgsqlDbType.Xid8), (tile.First?.Position).As(NpgsqlDbType.Bigint),
                },
            });
        }

        await batch.ExecuteNonQueryAsync();
        changed.Clear();
    }

    private async Task Append(int level, long at, List<byte[]> hashes, IReadOnlyList<LeafRow>? rows)
    {
        var above = new List<byte[]>();
        for (var i = 0; i < hashes.Count; i++)
        {
            var no = (at + i) / MerkleTree.Width;
            var tile = await Get(level, no);
            if (rows is not null)
            {
                tile.First ??= rows[i];
                tile.Positions.Add(rows[i].Position);
            }

            tile.Hashes.Add(hashes[i]);
            changed.Add((level, no));
            if (tile.Hashes.Count == MerkleTree.Width)
            {
                above.Add(MerkleTree.Fold(tile.Joined));
            }
        }

        if (above.Count > 0)
        {
            await Append(level + 1, at / MerkleTree.Width, above, null);
        }
    }

    private async ValueTask<Tile> Get(int level, long no)
    {
        if (known.TryGetValue((level, no), out var tile))
        {
            return tile;
        }

        tile = new Tile();
        await using var command = connection.CreateCommand("select hashes, positions, era, xid, position from seal.tile where log = $1 and level = $2 and no = $3", log, (short)level, no);
        await using var reader = await command.ExecuteReaderAsync();
        if (await reader.ReadAsync())
        {
            tile.Hashes.AddRange(reader.Get<byte[]>(0).Chunk(MerkleTree.HashSize));
            if (level == 0)
            {
                tile.Positions.AddRange(reader.Get<long[]>(1));
                tile.First = new LeafRow(reader.GetInt16(2), reader.Get<ulong>(3), reader.GetInt64(4), []);
            }
        }

        return known[(level, no)] = tile;
    }
}
