using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>
/// Answers at once who in a register might be the person that a clerk is about to enter: same keys, same weights as the nightly run. Memory: about eight bytes for each
/// row and key. Safe for several threads; one is answered at a time.
/// </summary>
public sealed class LinkIndex
{
    // Of a block of more rows the first are looked at: an answer has to come while somebody types.
    const int MostRows = 4000;

    readonly LinkTable _table;
    readonly Comparison _comparison;
    readonly Weights _weights;
    readonly Bounds _bounds;
    readonly Key[] _keys;
    readonly Pairing _pairing;
    readonly (int[] Ends, int[] Rows)[] _blocks;
    readonly Dictionary<(int Key, int Block), List<int>> _later = [];
    readonly Lock _gate = new();
    readonly int _bits;

    /// <param name="table">The register; rows that come later are added through <see cref="Add"/>.</param>
    /// <param name="model">With keys and what was learned, as <see cref="LinkResult.Model"/> has it.</param>
    /// <exception cref="LinkException"><c>linkage.bad-model</c>: nothing was learned yet.</exception>
    public LinkIndex(LinkTable table, LinkModel model, int threads = 0, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(model);
        if (model.Learned is not { } learned || model.Keys is not { Count: > 0 } keys) throw new LinkException("linkage.bad-model", "learned");
        _table = table;
        table.Close(threads > 0 ? threads : Environment.ProcessorCount);
        _comparison = new(table.Fields);
        _keys = [.. keys.Select(k => Keys.Of(table.Fields, k))];
        _weights = Learner.Again(table, _comparison, _keys, learned);
        _bounds = new(_comparison, _weights);
        _pairing = new(table, _keys);
        _bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, table.Rows)), 4, 26);
        _blocks = new (int[], int[])[_keys.Length];
        Parallel.For(0, _keys.Length, new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : -1, CancellationToken = stop }, k => _blocks[k] = Block(_keys[k].Mask));
    }

    /// <summary>Rows that might be the same person, the likeliest first.</summary>
    /// <param name="values">In the order of the model's fields; "" where nothing is known.</param>
    /// <param name="least">Weight from which on a row is told.</param>
    /// <remarks>In the pairs, B is the newcomer: the number that the next row will have.</remarks>
    public IReadOnlyList<LinkPair> Find(IReadOnlyList<string> values, double least = 0)
    {
        lock (_gate)
        {
            Write(values);
            var found = Candidates(least);
            foreach (var f in _table.Fields) f.EndTrial(keep: false);
            return found;
        }
    }

    /// <summary>Takes a row into the register; its number.</summary>
    public int Add(IReadOnlyList<string> values)
    {
        lock (_gate)
        {
            var row = _table.Rows;
            Write(values);
            foreach (var f in _table.Fields)
            {
                f.EndTrial(keep: true);
                for (var lane = 0; lane < f.Lanes; lane++)
                    if (Unsafe.Add(ref _table.Row(row), f.First + lane) is var value and >= 0) f.Count(lane, value, 1);
            }
            _table.Grow();
            for (var k = 0; k < _keys.Length; k++)
            {
                if (BlockOf(row, _keys[k].Mask) is not (>= 0 and var block)) continue;
                if (!_later.TryGetValue((k, block), out var rows)) _later[(k, block)] = rows = [];
                rows.Add(row);
            }
            return row;
        }
    }

    // The newcomer lies behind the last row, where the next one would.
    void Write(IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var row = _table.Rows;
        _table.Reserve(row + 1);
        var column = 0;
        for (var i = 0; i < _table.Model.Fields.Count; i++)
        {
            var value = i < values.Count ? values[i] ?? "" : "";
            if (_table.Model.Fields[i].Kind == FieldKind.Group)
            {
                _table.SetGroup(row, value);
                continue;
            }
            var field = _table.Fields[column++];
            field.BeginTrial();
            field.PutOnce(value, System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _table.Row(row), field.First), field.Lanes), -1 - row);
        }
    }

    List<LinkPair> Candidates(double least)
    {
        var row = _table.Rows;
        var found = new List<LinkPair>();
        ref var b = ref _table.Row(row);
        var unknown = Pairing.Unknown(ref b);
        var scorer = new Scorer(_table, _comparison, _weights, _bounds, least, found);
        for (var k = 0; k < _keys.Length; k++)
        {
            if (BlockOf(row, _keys[k].Mask) is not (>= 0 and var block)) continue;
            var (ends, rows) = _blocks[k];
            var from = block == 0 ? 0 : ends[block - 1];
            Compare(rows.AsSpan(from..Math.Min(ends[block], from + MostRows)), row, ref b, unknown, k, ref scorer);
            if (_later.TryGetValue((k, block), out var later)) Compare(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(later), row, ref b, unknown, k, ref scorer);
        }
        found.Sort(static (x, y) => x.Weight != y.Weight ? y.Weight.CompareTo(x.Weight) : x.A.CompareTo(y.A));
        return found;
    }

    void Compare(ReadOnlySpan<int> rows, int row, ref int b, uint unknown, int key, ref Scorer scorer)
    {
        foreach (var other in rows)
        {
            ref var a = ref _table.Row(other);
            var equal = Pairing.Equal(ref a, ref b);
            if (_pairing.FirstKey(equal) == key) scorer.Pair(other, row, ref a, ref b, equal, unknown | Pairing.Unknown(ref a), key);
        }
    }

    int BlockOf(int row, uint mask)
    {
        var hash = BlockIndex.HashOf(ref _table.Row(row), BlockIndex.FactorsOf(mask), mask);
        return hash == 0 ? -1 : (int)(hash >> (32 - _bits));
    }

    (int[], int[]) Block(uint mask)
    {
        var ends = Big.Array<int>((1 << _bits) + 1, clear: true);
        var sum = 0;
        for (var row = 0; row < _table.Rows; row++)
            if (BlockOf(row, mask) is >= 0 and var block)
            {
                ends[block + 1]++;
                sum++;
            }
        for (var i = 1; i < ends.Length; i++) ends[i] += ends[i - 1];
        var rows = Big.Array<int>(sum);
        // Filling moves each start to its end.
        for (var row = 0; row < _table.Rows; row++)
            if (BlockOf(row, mask) is >= 0 and var block) rows[ends[block]++] = row;
        return (ends, rows);
    }
}
