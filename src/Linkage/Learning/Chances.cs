using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>Chance of each level among strangers: what two records drawn at random show, and for plain agreement what the dictionaries say exactly.</summary>
static class Chances
{
    const int Draws = 1 << 18;

    // Rows lie anywhere: so many pairs are fetched at once.
    const int Together = 64;

    /// <summary>By unit of evidence and level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[][] OfStrangers(LinkTable table, Comparison comparison, CancellationToken stop)
    {
        var fields = comparison.Compared;
        var seen = Array.ConvertAll(fields, f => new long[f.Levels]);
        var (state, split) = (0x5069726174UL, table.FirstList);
        var draws = (int)Math.Min(Draws, (long)table.Rows * (table.Rows - 1) * 4);
        var drawn = 0;
        var sink = new Waiting<Counter>(table, comparison.Far, new WaitingPair[Waiting<Counter>.Most], new(fields, seen));
        Span<(int A, int B)> pairs = stackalloc (int, int)[Together];
        for (var n = 0; n < draws; n += Together)
        {
            stop.ThrowIfCancellationRequested();
            var some = pairs[..Math.Min(Together, draws - n)];
            foreach (ref var pair in some)
            {
                state += 0x9E3779B97F4A7C15;
                var random = Fingerprint.Mix(state);
                var a = (int)((random >> 32) * (ulong)(split > 0 ? split : table.Rows) >> 32);
                var b = split > 0 ? split + (int)((random & uint.MaxValue) * (ulong)(table.Rows - split) >> 32) : (int)((random & uint.MaxValue) * (ulong)table.Rows >> 32);
                pair = (a, b);
                Big.Prefetch(ref table.Row(a));
                Big.Prefetch(ref table.Row(b));
            }
            foreach (var (a, b) in some)
            {
                if (a == b) continue;
                drawn++;
                ref var x = ref table.Row(a);
                ref var y = ref table.Row(b);
                sink.Pair(a, b, ref x, ref y, Pairing.Equal(ref x, ref y), Pairing.Unknown(ref x) | Pairing.Unknown(ref y), 0);
            }
        }
        sink.End();
        return Join(comparison, [.. fields.Select((f, i) => Level(f, seen[i], Math.Max(1, drawn)))]);
    }

    /// <summary>Counts the levels of each field by itself.</summary>
    readonly struct Counter(FieldColumn[] fields, long[][] seen) : IPairSink
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Pair(int a, int b, ref int rowA, ref int rowB, uint equal, uint unknown, int key)
        {
            for (var f = 0; f < fields.Length; f++) seen[f][Comparison.Level(fields[f], ref rowA, ref rowB, equal, unknown)]++;
        }

        public void Copy(int first, int copy, ref int row, uint equal, uint unknown, int key)
        {
        }
    }

    static double[] Level(FieldColumn field, long[] seen, int drawn)
    {
        const double Little = 0.3;
        var chance = Array.ConvertAll(seen, n => (n + Little) / (drawn + (Little * seen.Length)));
        var known = 1 - ((double)seen[0] / drawn);
        // Plain agreement is rare and decides most: it is counted, not sampled.
        if (field is NameColumn)
        {
            chance[1] = Math.Max(1e-12, field.Coincidence(0) * known);
            chance[2] = Math.Max(chance[1] * 0.02, (field.Coincidence(1) - field.Coincidence(0)) * known);
        }
        else if (field is not DateColumn && field.Coincidence(0) is > 0 and var same) chance[1] = Math.Max(1e-12, same * known);
        var sum = chance.Sum();
        return Array.ConvertAll(chance, c => c / sum);
    }

    /// <summary>Strangers agree in each field by itself, also in those that families share.</summary>
    public static double[][] Join(Comparison comparison, double[][] byField)
    {
        var units = Array.ConvertAll(comparison.Sizes, size => Enumerable.Repeat(1.0, size).ToArray());
        for (var f = 0; f < byField.Length; f++)
        {
            var unit = units[comparison.UnitOf[f]];
            for (var level = 0; level < unit.Length; level++) unit[level] *= byField[f][level / comparison.Stride[f] % byField[f].Length];
        }
        return units;
    }
}
