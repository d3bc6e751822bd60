using System.Numerics;
using System.Security.Cryptography;

namespace SoGoc.Kernel.Sealing;

/// <summary>The hash tree of RFC 9162 (section 2.1) over leaves kept in tiles of 256: roots, proofs that a leaf is in, and proofs that a tree only grew.
/// Pure but for the tiles it is given.</summary>
/// <param name="tile">The hashes of a tile, one after another: level 0 holds leaves, level n + 1 the roots of whole tiles of level n.</param>
internal sealed class MerkleTree(Func<int, long, ValueTask<byte[]>> tile)
{
    public const int Width = 256;
    public const int HashSize = 32;

    /// <summary>SHA-256 of a zero byte and the row.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> zeroAndRow) => SHA256.HashData(zeroAndRow);

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> both = stackalloc byte[1 + (2 * HashSize)];
        both[0] = 1;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + HashSize)..]);
        return SHA256.HashData(both);
    }

    /// <summary>The root over neighbouring hashes whose number is a power of two.</summary>
    public static byte[] Fold(ReadOnlySpan<byte> hashes)
    {
        var row = hashes.ToArray();
        for (var count = row.Length / HashSize; count > 1; count /= 2)
        {
            for (var i = 0; i < count / 2; i++)
            {
                Node(row.AsSpan(2 * i * HashSize, HashSize), row.AsSpan(((2 * i) + 1) * HashSize, HashSize)).CopyTo(row, i * HashSize);
            }
        }

        return row[..HashSize];
    }

    /// <summary>The root of the first leaves; that of an empty tree is the hash of nothing.</summary>
    public ValueTask<byte[]> Root(long size) => size == 0 ? ValueTask.FromResult(SHA256.HashData([])) : Range(0, size);

    /// <summary>The hashes beside the way from a leaf up to the root of the first <paramref name="size"/> leaves.</summary>
    public async Task<List<byte[]>> Inclusion(long leaf, long size)
    {
        var path = new List<byte[]>();
        await Beside(leaf, 0, size, path);
        return path;
    }

    /// <summary>What shows that the tree of <paramref name="older"/> leaves is the beginning of that of <paramref name="newer"/>.</summary>
    public async Task<List<byte[]>> Consistency(long older, long newer)
    {
        var path = new List<byte[]>();
        if (older > 0 && older < newer)
        {
            await Grown(older, 0, newer, true, path);
        }

        return path;
    }

    private async Task Beside(long leaf, long from, long until, List<byte[]> path)
    {
        if (until - from == 1)
        {
            return;
        }

        var middle = from + Split(until - from);
        if (leaf < middle)
        {
            await Beside(leaf, from, middle, path);
            path.Add(await Range(middle, until));
        }
        else
        {
            await Beside(leaf, middle, until, path);
            path.Add(await Range(from, middle));
        }
    }

    private async Task Grown(long older, long from, long until, bool whole, List<byte[]> path)
    {
        if (from + older == until)
        {
            if (!whole)
            {
                path.Add(await Range(from, until));
            }

            return;
        }

        var half = Split(until - from);
        if (older <= half)
        {
            await Grown(older, from, from + half, whole, path);
            path.Add(await Range(from + half, until));
        }
        else
        {
            await Grown(older - half, from + half, until, false, path);
            path.Add(await Range(from, from + half));
        }
    }

    /// <summary>The largest power of two below the number.</summary>
    private static long Split(long count) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(count - 1)));

    private async ValueTask<byte[]> Range(long from, long until)
    {
        var count = until - from;
        if (BitOperations.IsPow2(count))
        {
            // A whole subtree is read from the highest level that has its parts.
            var level = BitOperations.Log2((ulong)count) / 8;
            var unit = 1L << (8 * level);
            var hashes = await tile(level, from / unit / Width);
            return Fold(hashes.AsSpan((int)(from / unit % Width) * HashSize, (int)(count / unit) * HashSize));
        }

        var middle = from + Split(count);
        var left = await Range(from, middle);
        var right = await Range(middle, until);
        return Node(left, right);
    }
}
