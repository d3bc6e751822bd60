using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>A pair worth looking at.</summary>
/// <param name="A">Row of the one record, the lower.</param>
/// <param name="B">Row of the other.</param>
/// <param name="Weight">Logarithm to base 2 of the odds that they are one person: 0 is one in two, 10 is a thousand to one.</param>
/// <param name="Pattern">How their fields stand to each other; see <see cref="LinkResult.Explain"/>.</param>
/// <param name="Key">The key that brought them up.</param>
/// <param name="Settled">1: the same verified number; -1: two different ones; 0: there is none to tell.</param>
public readonly record struct LinkPair(int A, int B, float Weight, ulong Pattern, byte Key, sbyte Settled)
{
    /// <summary>Chance that they are one person. The weight supposes more independence than there is: in invented provinces three quarters of it, less half a bit, came true.</summary>
    public double Probability => 1 / (1 + Math.Pow(2, -Tone(Weight)));

    /// <summary>What of a weight came true, in bits: the odds double with each of these.</summary>
    public static double Tone(double weight) => (0.75 * weight) - 0.5;
}

/// <summary>Weighs pairs, the cheap fields first, and lets go of a pair as soon as nothing could still bring it above the floor.</summary>
struct Scorer(LinkTable table, Comparison comparison, Weights weights, Bounds bounds, double floor, List<LinkPair> found) : IPairSink
{
    /// <summary>The weight of a pair whose verified numbers agree, and less of one whose numbers differ.</summary>
    public const float SettledWeight = 40;

    /// <summary>The weight of copies of a whole row that come by the thousand.</summary>
    public const float CopyWeight = 20;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pair(int a, int b, ref int rowA, ref int rowB, uint equal, uint unknown, int key)
    {
        if (!Weigh(a, b, ref rowA, ref rowB, equal, unknown, key, floor, out var weight, out var pattern, out var settled)) return;
        found.Add(a < b ? new(a, b, (float)weight, pattern, (byte)key, (sbyte)settled) : new(b, a, (float)weight, pattern, (byte)key, (sbyte)settled));
    }

    public void Copy(int first, int copy, ref int row, uint equal, uint unknown, int key)
    {
        var pattern = comparison.Pattern(ref row, ref row, equal, unknown);
        found.Add(new(first, copy, CopyWeight, pattern, (byte)key, 0));
    }

    /// <summary>Whether the pair reaches the floor, and with what weight.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly bool Weigh(int first, int second, ref int a, ref int b, uint equal, uint unknown, int key, double least, out double weight, out ulong pattern, out int settled)
    {
        (weight, pattern) = (0, 0);
        settled = comparison.Verified.Length == 0 ? 0 : comparison.Settled(ref a, ref b, equal, unknown);
        if (settled < 0) return false;
        if (settled > 0) least = double.NegativeInfinity;
        var fields = comparison.Compared;
        ref readonly var told = ref bounds.Of(key, equal, unknown);
        Span<byte> levels = stackalloc byte[LinkTable.Lanes];
        var (bound, open, worth) = (told.Most, told.Open, weights.Worth[key]);
        for (var rest = open; rest != 0; rest &= rest - 1)
        {
            var f = BitOperations.TrailingZeroCount(rest);
            var level = fields[f].Cheaply(ref Unsafe.Add(ref a, fields[f].First), ref Unsafe.Add(ref b, fields[f].First), equal >> fields[f].First);
            levels[f] = (byte)level;
            if (level != FieldColumn.Undecided) open ^= 1u << f;
            bound += level == FieldColumn.Undecided ? weights.BestUndecided[key][f] : worth[f][level];
        }
        for (var rest = open; rest != 0; rest &= rest - 1)
        {
            if (bound < least) return false;
            var f = BitOperations.TrailingZeroCount(rest);
            levels[f] = (byte)fields[f].Slow(ref Unsafe.Add(ref a, fields[f].First), ref Unsafe.Add(ref b, fields[f].First), equal >> fields[f].First);
            bound += worth[f][levels[f]] - weights.BestUndecided[key][f];
        }
        if (bound < least) return false;
        for (var f = 0; f < fields.Length; f++)
            if ((told.Open >> f & 1) == 0) levels[f] = (byte)Comparison.Level(fields[f], ref a, ref b, equal, unknown);
        if (bound - told.Family + bounds.OfFamily(levels, key) < least) return false;
        for (var f = 0; f < fields.Length; f++) pattern += (ulong)(levels[f] * comparison.Stride[f]) * comparison.Radix[comparison.UnitOf[f]];
        weight = settled > 0 ? SettledWeight : Whole(levels, pattern, ref a, key, table.CommonGroup(first, second));
        if (settled == 0 && weights.AreNamesakesOfOneAge(levels)) weight = Math.Max(weight, WithLessKnown(levels, pattern, ref a, key, table.CommonGroup(first, second)));
        return weight >= least;
    }

    // The best that the pair weighs where some of what is the same in both were not known. That both have one telephone may speak for twins; but twins do not bear one name, and where name
    // and birth agree no further agreement counts against.
    readonly double WithLessKnown(ReadOnlySpan<byte> levels, ulong pattern, ref int a, int key, int group)
    {
        var same = 0u;
        for (var f = 0; f < comparison.Compared.Length; f++)
            if (levels[f] == 1) same |= weights.SharedBeside[key] & (1u << f);
        var most = double.NegativeInfinity;
        Span<byte> fewer = stackalloc byte[LinkTable.Lanes];
        for (var without = same; without != 0; without = (without - 1) & same)
        {
            levels[..comparison.Compared.Length].CopyTo(fewer);
            var less = pattern;
            for (var rest = without; rest != 0; rest &= rest - 1)
            {
                var f = BitOperations.TrailingZeroCount(rest);
                fewer[f] = 0;
                less -= (ulong)comparison.Stride[f] * comparison.Radix[comparison.UnitOf[f]];
            }
            most = Math.Max(most, Whole(fewer, less, ref a, key, group));
        }
        return most;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    readonly double Whole(ReadOnlySpan<byte> levels, ulong pattern, ref int a, int key, int group)
    {
        var (match, stranger, kin, twin) = (weights.Pairs[0], weights.Strangers[key], weights.Pairs[2], weights.Pairs[3]);
        for (var u = 0; u < comparison.Sizes.Length; u++)
        {
            var level = comparison.UnitLevel(pattern, u);
            match += weights.Log[0][u][level];
            stranger += weights.Stranger[key][u][level];
            if (!weights.Families) continue;
            kin += weights.Log[2][u][level];
            twin += weights.Log[3][u][level];
        }
        for (var f = 0; f < comparison.Compared.Length; f++) stranger += weights.FrequencyOf(f, levels[f], ref a, group);
        var namesakes = weights.Families ? weights.NamesakeOf(levels, ref a) : 0;
        kin += namesakes;
        var other = stranger - match;
        // Relatives count where they are not a thousand times rarer than strangers.
        if (weights.Families && Math.Max(kin, twin) > stranger - 10) other = Math.Log2(Math.Pow(2, other) + Math.Pow(2, kin - match) + Math.Pow(2, twin - match));
        return weights.Corrections.GetValueOrDefault(pattern) - other;
    }
}
