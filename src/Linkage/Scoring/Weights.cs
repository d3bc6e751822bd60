namespace SoGoc.Linkage;

/// <summary>What was learned, made ready to weigh pairs: logarithms to base 2 by class, unit and level, and bounds that spare looking at the rest.</summary>
sealed class Weights
{
    /// <summary>A frequent or rare value moves the weight by so many bits at most.</summary>
    public const double Frequency = 7;

    readonly Comparison _comparison;

    public Weights(Comparison comparison, double[][][] chance, double[] pairs, double[] strangers, IReadOnlyDictionary<string, double> patterns)
    {
        _comparison = comparison;
        Log = Array.ConvertAll(chance, units => Array.ConvertAll(units, levels => Array.ConvertAll(levels, c => Math.Log2(Math.Max(c, 1e-12)))));
        Pairs = Array.ConvertAll(pairs, p => Math.Log2(Math.Max(p, 1e-6)));
        Strangers = Array.ConvertAll(strangers, p => Math.Log2(Math.Max(p, 1e-6)));
        Families = chance[(int)PairClass.Kin].Length > 0;
        Ratio = new double[comparison.Sizes.Length][];
        Best = new double[Ratio.Length];
        for (var u = 0; u < Ratio.Length; u++)
        {
            Ratio[u] = new double[comparison.Sizes[u]];
            for (var l = 0; l < Ratio[u].Length; l++) Ratio[u][l] = Log[0][u][l] - Log[1][u][l];
            Best[u] = Ratio[u].Max();
        }
        BestUndecided = Array.ConvertAll(comparison.Compared, f => Undecided(f));
        foreach (var (cell, bits) in patterns) Corrections[ulong.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)] = bits;
        Average = Array.ConvertAll(comparison.Compared, f => Enumerable.Range(0, f.Lanes).Select(lane => Math.Max(1e-12, f.Coincidence(lane))).ToArray());
        Known = Array.ConvertAll(comparison.Compared, f => Math.Max(1.0, f.Known));
    }

    public double[][][] Log { get; }

    public double[] Pairs { get; }

    public double[] Strangers { get; }

    public bool Families { get; }

    /// <summary>Match against stranger, by unit and level.</summary>
    public double[][] Ratio { get; }

    /// <summary>The most a unit can bring.</summary>
    public double[] Best { get; }

    /// <summary>The most a field of its own can bring when its lanes do not decide.</summary>
    public double[] BestUndecided { get; }

    /// <summary>Bits from verified numbers, by pattern.</summary>
    public Dictionary<ulong, double> Corrections { get; } = [];

    double[][] Average { get; }

    double[] Known { get; }

    /// <summary>How much more frequent the agreeing value is than agreeing values are on average, in bits.</summary>
    public double FrequencyOf(int field, int level, ref int row)
    {
        var column = _comparison.Compared[field];
        var lane = column.FrequencyLane[level];
        if (lane < 0) return 0;
        var count = column.CountOf(lane, System.Runtime.CompilerServices.Unsafe.Add(ref row, column.First + lane));
        return Math.Clamp(Math.Log2(Math.Max(2, count) / Known[field] / Average[field][lane]), -Frequency, Frequency);
    }

    double Undecided(FieldColumn field)
    {
        var f = Array.IndexOf(_comparison.Compared, field);
        var decided = field.Fast.Where(x => x != FieldColumn.Undecided).Select(x => (int)x).Append(0).ToHashSet();
        return Enumerable.Range(0, field.Levels).Where(l => !decided.Contains(l)).Select(l => Ratio[_comparison.UnitOf[f]][l * _comparison.Stride[f] % Ratio[_comparison.UnitOf[f]].Length] + (field.FrequencyLane[l] >= 0 ? Frequency : 0)).DefaultIfEmpty(0).Max();
    }
}
