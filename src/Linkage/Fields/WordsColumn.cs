using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>A cell taken apart: words by their numbers, and the fingerprints of what will get numbers.</summary>
struct Parsed
{
    public ulong First, Second, Third;
    public int Count;
    public WordNumbers Words;

    [InlineArray(NameBook.Words)]
    public struct WordNumbers
    {
        int _first;
    }

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public Span<int> All => Words;

    /// <summary>Those that there are.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ReadOnlySpan<int> Known => All[..Count];
}

/// <summary>A field of several words. Cells are taken apart some at a time, while the places of their values come from memory; then they get their numbers.</summary>
abstract class WordsColumn(LinkField info, string[] lanes, string[] levels) : LexiconColumn(info, lanes, levels)
{
    const int Together = 64;

    readonly Parsed[] _parsed = new Parsed[Together];

    /// <summary>Takes a cell apart, and fetches the places of its values.</summary>
    protected abstract void Parse(ReadOnlySpan<char> cell, ref Parsed to);

    /// <summary>Looks its values up.</summary>
    protected abstract void Number(ref Parsed parsed, Span<int> lanes);

    public sealed override void Fold(ReadOnlySpan<char> cell, Span<int> lanes)
    {
        var parsed = new Parsed();
        Parse(cell, ref parsed);
        Number(ref parsed, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected sealed override void Fold(RowBatch batch, int field, ReadOnlySpan<(int Row, int Id)> fresh, int[] folded, int size)
    {
        for (; !fresh.IsEmpty; fresh = fresh[Math.Min(Together, fresh.Length)..])
        {
            var some = fresh[..Math.Min(Together, fresh.Length)];
            for (var n = 0; n < some.Length; n++) Parse(Letter.Composed(Cell(batch, some[n].Row, field)), ref _parsed[n]);
            for (var n = 0; n < some.Length; n++) Number(ref _parsed[n], folded.AsSpan(some[n].Id * size, Lanes));
        }
    }
}
