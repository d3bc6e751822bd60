using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>How often each pattern came up under each key. One for each thread; sums do not depend on who counted.</summary>
sealed class PatternCounts
{
    const int KeyBits = 56;

    ulong[] _cells = new ulong[1 << 12];
    long[] _counts = new long[1 << 12];

    public int Count { get; private set; }

    public void Add(int key, ulong pattern, long times = 1) => Cell(((ulong)key << KeyBits) | pattern, times);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Cell(ulong cell, long times)
    {
        var mask = _cells.Length - 1;
        var at = (int)Fingerprint.Mix(cell) & mask;
        // A cell is kept as one more, so that nothing is 0.
        while (_cells[at] != cell + 1)
        {
            if (_cells[at] == 0)
            {
                _cells[at] = cell + 1;
                if (++Count * 2 > mask) Grow();
                Cell(cell, times);
                return;
            }
            at = (at + 1) & mask;
        }
        _counts[at] += times;
    }

    public void Add(PatternCounts other)
    {
        for (var i = 0; i < other._cells.Length; i++)
            if (other._cells[i] != 0) Cell(other._cells[i] - 1, other._counts[i]);
    }

    /// <summary>All cells in a fixed order.</summary>
    public IEnumerable<(int Key, ulong Pattern, long Times)> InOrder() =>
        Enumerable.Range(0, _cells.Length).Where(i => _cells[i] != 0).OrderBy(i => _cells[i]).Select(i => ((int)((_cells[i] - 1) >> KeyBits), (_cells[i] - 1) & ((1UL << KeyBits) - 1), _counts[i]));

    void Grow()
    {
        var (cells, counts) = (_cells, _counts);
        (_cells, _counts) = (new ulong[cells.Length * 2], new long[cells.Length * 2]);
        Count = 0;
        for (var i = 0; i < cells.Length; i++)
            if (cells[i] != 0) Cell(cells[i] - 1, counts[i]);
    }
}
