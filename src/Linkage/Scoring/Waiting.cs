using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>
/// Lets each pair wait for some others, while its groups, and the names, addresses and numbers that its lanes do not decide, are fetched: they lie anywhere in memory, and comparing them at once
/// would mean to wait for each. Pairs come out in the order they came in.
/// </summary>
/// <param name="far">Fields whose values lie elsewhere than in the row.</param>
/// <param name="waiting">Room for <see cref="Most"/> pairs.</param>
struct Waiting<T>(LinkTable table, FieldColumn[] far, WaitingPair[] waiting, T then) : IPairSink where T : struct, IPairSink
{
    public const int Most = 16;

    // Not readonly: a sink may keep something.
    T _then = then;
    int _came;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pair(int a, int b, ref int rowA, ref int rowB, uint equal, uint unknown, int key)
    {
        foreach (var f in far)
        {
            if (Comparison.Quick(f, equal, unknown) != FieldColumn.Undecided) continue;
            f.Fetch(Unsafe.Add(ref rowA, f.First));
            f.Fetch(Unsafe.Add(ref rowB, f.First));
        }
        table.FetchGroup(a);
        table.FetchGroup(b);
        ref var place = ref waiting[_came % Most];
        if (_came++ >= Most) HandOn(in place);
        place = new(a, b, equal, unknown, key);
    }

    public void Copy(int first, int copy, ref int row, uint equal, uint unknown, int key) => _then.Copy(first, copy, ref row, equal, unknown, key);

    /// <summary>No more pairs come.</summary>
    public void End()
    {
        for (var n = Math.Max(0, _came - Most); n < _came; n++) HandOn(in waiting[n % Most]);
        _came = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void HandOn(in WaitingPair p) => _then.Pair(p.A, p.B, ref table.Row(p.A), ref table.Row(p.B), p.Equal, p.Unknown, p.Key);
}

/// <summary>A pair as it was brought up.</summary>
readonly record struct WaitingPair(int A, int B, uint Equal, uint Unknown, int Key);
