using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoGoc.Linkage;

/// <summary>
/// Rows brought together by the fingerprint of a key: parted by its first bits so that parts can be worked on by several threads, and within a part by the next bits.
/// The order depends on the rows alone. Arrays serve for one key after the other.
/// </summary>
sealed class BlockIndex(LinkTable table, int threads)
{
    const int Slice = 1 << 15;

    ulong[] _entries = [];
    int[] _starts = [], _drawn = [], _lanes = [];
    uint[] _hashes = [];
    int _bits, _oneIn = 1;

    public int Parts => 1 << _bits;

    /// <summary>Sorts all rows that have the key; with <paramref name="oneIn"/> only one row in so many, drawn by its number, which gives one pair in the square of it.</summary>
    /// <param name="only">Further lanes that a row must have, without their being part of the key.</param>
    public void Build(uint mask, int oneIn, uint only, CancellationToken stop)
    {
        Draw(oneIn);
        var rows = oneIn > 1 ? _drawn.Length : table.Rows;
        _bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, rows / 8192)), 0, 14);
        var slices = (rows + Slice - 1) / Slice;
        var counts = new int[slices][];
        if (_hashes.Length < rows) _hashes = Big.Array<uint>(rows);
        var wide = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = stop };
        Parallel.For(0, slices, wide, s => counts[s] = Hash(s * Slice, Math.Min(rows, (s + 1) * Slice), mask, mask | only));
        if (_starts.Length != Parts + 1) _starts = new int[Parts + 1];
        var sum = 0;
        for (var p = 0; p < Parts; p++)
        {
            _starts[p] = sum;
            for (var s = 0; s < slices; s++) (counts[s][p], sum) = (sum, sum + counts[s][p]);
        }
        _starts[Parts] = sum;
        if (_entries.Length < sum) _entries = Big.Array<ulong>(rows);
        Parallel.For(0, slices, wide, s => Scatter(s * Slice, Math.Min(rows, (s + 1) * Slice), counts[s]));
    }

    // Rows are drawn once for all keys, and put side by side: fetched one by one from all over the table they would cost more than all rows in their order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Draw(int oneIn)
    {
        if (oneIn == _oneIn) return;
        _oneIn = oneIn;
        if (oneIn == 1) return;
        var drawn = new List<int>(table.Rows / oneIn * 5 / 4);
        for (var row = 0; row < table.Rows; row++)
            if ((Fingerprint.Mix((uint)row) >> 32) * (ulong)oneIn >> 32 == 0) drawn.Add(row);
        _drawn = [.. drawn];
        _lanes = Big.Array<int>(_drawn.Length * LinkTable.Lanes);
        Parallel.For(0, (_drawn.Length + Slice - 1) / Slice, new ParallelOptions { MaxDegreeOfParallelism = threads }, s => Copy(s * Slice, Math.Min(_drawn.Length, (s + 1) * Slice)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Copy(int from, int to)
    {
        for (var i = from; i < to; i++) Vector512.LoadUnsafe(ref table.Row(_drawn[i])).StoreUnsafe(ref _lanes[i * LinkTable.Lanes]);
    }

    static readonly int[] Factors = [.. Enumerable.Range(1, LinkTable.Lanes).Select(n => (int)(Fingerprint.Mix((ulong)n * 0x9E3779B97F4A7C15) | 1))];

    /// <summary>A factor for each lane of the key, 0 for the others.</summary>
    public static Vector512<int> FactorsOf(uint mask)
    {
        Span<int> factors = stackalloc int[LinkTable.Lanes];
        for (var lane = 0; lane < factors.Length; lane++) factors[lane] = (mask >> lane & 1) != 0 ? Factors[lane] : 0;
        return Vector512.Create<int>(factors);
    }

    /// <summary>Of the lanes of a key; 0 where the row does not know all that are needed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint HashOf(ref int row, Vector512<int> factors, uint needed)
    {
        var values = Vector512.LoadUnsafe(ref row);
        if (((uint)values.ExtractMostSignificantBits() & needed) != 0) return 0;
        var h = (uint)Vector512.Sum(values * factors);
        h = (h ^ (h >> 16)) * 0x7FEB352D;
        h = (h ^ (h >> 15)) * 0x846CA68B;
        return (h ^ (h >> 16)) | 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int[] Hash(int from, int to, uint mask, uint needed)
    {
        var counts = new int[Parts];
        var (shift, factors) = (32 - _bits, FactorsOf(mask));
        for (var i = from; i < to; i++)
        {
            var hash = HashOf(ref _oneIn > 1 ? ref _lanes[i * LinkTable.Lanes] : ref table.Row(i), factors, needed);
            if (hash != 0) counts[shift == 32 ? 0 : (int)(hash >> shift)]++;
            _hashes[i] = hash;
        }
        return counts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Scatter(int from, int to, int[] next)
    {
        var shift = 32 - _bits;
        for (var i = from; i < to; i++)
            if (_hashes[i] is not 0 and var hash) _entries[next[shift == 32 ? 0 : (int)(hash >> shift)]++] = (ulong)hash << 32 | (uint)(_oneIn > 1 ? _drawn[i] : i);
    }

    /// <summary>Rows of a part in blocks: <see cref="Blocks.Rows"/> ordered so that those of one block stand together, in rising order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Part(int part, Blocks into)
    {
        var entries = _entries.AsSpan(_starts[part].._starts[part + 1]);
        var bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, entries.Length)) + 1, 1, 31 - _bits);
        into.Reserve(entries.Length, 1 << bits);
        var starts = into.Starts.AsSpan(0, (1 << bits) + 1);
        var shift = 32 - bits;
        starts.Clear();
        foreach (var e in entries) starts[(int)(((uint)(e >> 32) << _bits) >> shift) + 1]++;
        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        // Filling moves each start to its end; the ends are the starts of the next.
        foreach (var e in entries) into.Rows[starts[(int)(((uint)(e >> 32) << _bits) >> shift)]++] = (int)(uint)e;
        into.Count = 1 << bits;
    }
}

/// <summary>Blocks of one part.</summary>
sealed class Blocks
{
    public int[] Rows = [], Starts = [];

    public int Count;

    public void Reserve(int rows, int blocks)
    {
        if (Rows.Length < rows) Rows = new int[rows * 5 / 4];
        if (Starts.Length <= blocks) Starts = new int[blocks + 1];
    }

    /// <summary>Rows of a block; after filling, the starts are ends.</summary>
    public ReadOnlySpan<int> this[int block]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var start = block == 0 ? 0 : Starts[block - 1];
            return new(Rows, start, Starts[block] - start);
        }
    }
}
