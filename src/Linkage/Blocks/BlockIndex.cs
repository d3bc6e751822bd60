using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoGoc.Linkage;

/// <summary>
/// Rows brought together by the fingerprint of a key: parted by its first bits so that parts can be worked on by several threads, and within a part by the next bits.
/// The order depends on the rows alone. Arrays serve for one key after the other.
/// </summary>
/// <param name="across">Of two lists, only what may pair a row of the one with a row of the other.</param>
sealed class BlockIndex(LinkTable table, int threads, bool across)
{
    const int Slice = 1 << 15;
    const int MetBits = 22;

    ulong[] _entries = [];
    int[] _starts = [], _drawn = [], _lanes = [];
    readonly ulong[] _met = across && table.FirstList > 0 ? new ulong[1 << (MetBits - 6)] : [];
    uint[] _hashes = [];
    (int OneIn, uint Only) _part = (1, 0);
    int _bits;

    public int Parts => 1 << _bits;

    /// <summary>Sorts all rows that have the key; with <paramref name="oneIn"/> only one row in so many, drawn by its number, which gives one pair in the square of it.</summary>
    /// <param name="only">Further lanes that a row must have, without their being part of the key.</param>
    public void Build(uint mask, int oneIn, uint only, CancellationToken stop)
    {
        Draw((oneIn, only));
        var rows = IsDrawn ? _drawn.Length : table.Rows;
        _bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, rows / 8192)), 0, 14);
        var slices = (rows + Slice - 1) / Slice;
        var counts = new int[slices][];
        if (_hashes.Length < rows) _hashes = Big.Array<uint>(rows);
        var wide = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = stop };
        Parallel.For(0, slices, wide, s => counts[s] = Hash(s * Slice, Math.Min(rows, (s + 1) * Slice), mask));
        if (_met.Length > 0)
        {
            var other = Meet(rows);
            Parallel.For(0, slices, wide, s => counts[s] = Met(s * Slice, Math.Min(rows, (s + 1) * Slice), other));
        }
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

    bool IsDrawn => _part != (1, 0);

    // Rows are drawn once for all keys, and put side by side: fetched one by one from all over the table they would cost more than all rows in their order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Draw((int OneIn, uint Only) part)
    {
        if (part == _part) return;
        _part = part;
        if (!IsDrawn) return;
        var drawn = new List<int>(part.Only == 0 ? table.Rows / part.OneIn * 5 / 4 : 0);
        for (var row = 0; row < table.Rows; row++)
            if ((Fingerprint.Mix((uint)row) >> 32) * (ulong)part.OneIn >> 32 == 0 && (part.Only == 0 || (Pairing.Unknown(ref table.Row(row)) & part.Only) == 0)) drawn.Add(row);
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
    int[] Hash(int from, int to, uint mask)
    {
        var counts = new int[Parts];
        var (shift, factors, drawn) = (32 - _bits, FactorsOf(mask), IsDrawn);
        for (var i = from; i < to; i++)
        {
            var hash = HashOf(ref drawn ? ref _lanes[i * LinkTable.Lanes] : ref table.Row(i), factors, mask);
            if (hash != 0) counts[shift == 32 ? 0 : (int)(hash >> shift)]++;
            _hashes[i] = hash;
        }
        return counts;
    }

    // Notes which fingerprints the shorter list has, by some of their bits; which rows are the longer one's.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    (int From, int To) Meet(int rows)
    {
        var second = IsDrawn ? Array.FindIndex(_drawn, row => row >= table.FirstList) is >= 0 and var at ? at : rows : table.FirstList;
        var (shorter, longer) = second <= rows - second ? ((0, second), (second, rows)) : ((second, rows), (0, second));
        Array.Clear(_met);
        for (var i = shorter.Item1; i < shorter.Item2; i++) _met[_hashes[i] >> (32 - MetBits + 6)] |= 1UL << (int)(_hashes[i] >> (32 - MetBits));
        return longer;
    }

    // Most rows of the longer list meet nobody: they are dropped before anything else is done with them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int[] Met(int from, int to, (int From, int To) longer)
    {
        var (counts, shift) = (new int[Parts], 32 - _bits);
        for (var i = from; i < to; i++)
        {
            ref var hash = ref _hashes[i];
            if (i >= longer.From && i < longer.To && (_met[hash >> (32 - MetBits + 6)] >> (int)(hash >> (32 - MetBits)) & 1) == 0) hash = 0;
            if (hash != 0) counts[shift == 32 ? 0 : (int)(hash >> shift)]++;
        }
        return counts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Scatter(int from, int to, int[] next)
    {
        var (shift, drawn) = (32 - _bits, IsDrawn);
        for (var i = from; i < to; i++)
            if (_hashes[i] is not 0 and var hash) _entries[next[shift == 32 ? 0 : (int)(hash >> shift)]++] = (ulong)hash << 32 | (uint)(drawn ? _drawn[i] : i);
    }

    /// <summary>Rows of a part in blocks. Those of a block agree in the whole fingerprint, so that no row has to be fetched to see that it stands alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Part(int part, Blocks into)
    {
        var entries = _entries.AsSpan(_starts[part].._starts[part + 1]);
        var bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, entries.Length)) + 1, 1, 31 - _bits);
        into.Reserve(entries.Length, 1 << bits);
        var starts = into.Starts.AsSpan(0, (1 << bits) + 1);
        var sorted = into.Entries.AsSpan(0, entries.Length);
        var shift = 32 - bits;
        starts.Clear();
        foreach (var e in entries) starts[(int)(((uint)(e >> 32) << _bits) >> shift) + 1]++;
        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        // Filling moves each start to its end; the ends are the starts of the next.
        foreach (var e in entries) sorted[starts[(int)(((uint)(e >> 32) << _bits) >> shift)]++] = e;
        into.Count = 0;
        for (int i = 0, start = 0; i < 1 << bits; start = starts[i++])
            if (starts[i] - start > 1) Take(sorted[start..starts[i]], start, into, across ? table.FirstList : 0);
    }

    // The few rows that came together by some bits of their fingerprints: those that have all of them in common, in rising order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Take(Span<ulong> entries, int at, Blocks into, int firstList)
    {
        if (entries.Length > 2) entries.Sort();
        for (int from = 0, to; from < entries.Length; from = to)
        {
            for (to = from + 1; to < entries.Length && entries[to] >> 32 == entries[from] >> 32;) to++;
            if (to - from < 2 || (firstList > 0 && ((int)(uint)entries[from] >= firstList || (int)(uint)entries[to - 1] < firstList))) continue;
            for (var i = from; i < to; i++) into.Rows[at + i] = (int)(uint)entries[i];
            into.Add(at + from, to - from);
        }
    }
}

/// <summary>Blocks of one part, each of two rows at least.</summary>
sealed class Blocks
{
    (int Start, int Length)[] _blocks = [];

    public int[] Rows = [], Starts = [];

    public ulong[] Entries = [];

    public int Count;

    public void Reserve(int rows, int places)
    {
        if (Rows.Length < rows) (Rows, Entries, _blocks) = (new int[rows * 5 / 4], new ulong[rows * 5 / 4], new (int, int)[rows]);
        if (Starts.Length <= places) Starts = new int[places + 1];
    }

    public void Add(int start, int length) => _blocks[Count++] = (start, length);

    /// <summary>Rows of a block, in rising order.</summary>
    public ReadOnlySpan<int> this[int block]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Rows, _blocks[block].Start, _blocks[block].Length);
    }
}
