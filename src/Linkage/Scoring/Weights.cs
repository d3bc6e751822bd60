using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>What was learned, made ready to weigh pairs: logarithms to base 2 by class, unit and level, and bounds that spare looking at the rest.</summary>
sealed class Weights
{
    /// <summary>A frequent or rare value moves the weight by so many bits at most.</summary>
    public const double Frequency = 7;

    readonly Comparison _comparison;
    readonly GroupShares?[] _inGroup;
    readonly int _name, _date;

    public Weights(LinkTable table, Comparison comparison, double[][][] chance, double[][][] strangersByKey, double[] pairs, double[] strangers, IReadOnlyDictionary<string, double> patterns)
    {
        _comparison = comparison;
        _inGroup = Array.ConvertAll(comparison.Compared, f => f.Info.Kind == FieldKind.Place ? GroupShares.Of(table, f) : null);
        Log = Logs(chance);
        Stranger = Logs(strangersByKey);
        Pairs = Array.ConvertAll(pairs, p => Math.Log2(Math.Max(p, 1e-6)));
        Strangers = Array.ConvertAll(strangers, p => Math.Log2(Math.Max(p, 1e-6)));
        (_name, _date) = (Array.FindIndex(comparison.Compared, f => f is NameColumn), Array.FindIndex(comparison.Compared, f => f is DateColumn));
        Families = chance[(int)PairClass.Kin].Length > 0;
        Ratio = Array.ConvertAll(Stranger, units => units.Select((levels, u) => levels.Select((s, l) => Log[0][u][l] - s).ToArray()).ToArray());
        Average = Array.ConvertAll(comparison.Compared, f => Enumerable.Range(0, f.Lanes).Select(lane => f.Known > 0 ? Math.Log2(Math.Max(1e-12, f.Coincidence(lane)) * f.Known) : double.NaN).ToArray());
        Gain = Array.ConvertAll(comparison.Compared, f => Enumerable.Range(0, f.Levels).Select(level => GainOf(f, level)).ToArray());
        Worth = Array.ConvertAll(Ratio, ratio => comparison.Compared.Select((f, i) => Enumerable.Range(0, f.Info.Family ? 0 : f.Levels).Select(level => ratio[comparison.UnitOf[i]][level] + Gain[i][level]).ToArray()).ToArray());
        BestUndecided = Array.ConvertAll(Ratio, ratio => Array.ConvertAll(comparison.Compared, f => Undecided(f, ratio)));
        FamilyBest = Array.ConvertAll(Ratio, FamilyBounds);
        foreach (var (cell, bits) in patterns) Corrections[ulong.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)] = bits;
    }

    /// <summary>Keys by which the pairs come up.</summary>
    public required IReadOnlyList<Key> Keys
    {
        init => SharedBeside = [.. value.Select(k => _comparison.Compared.Index().Where(f => f.Item.Info.Family || f.Item.Info.Kind == FieldKind.Place)
            .Where(f => (k.Mask >> f.Item.First & ((1u << f.Item.Lanes) - 1)) == 0).Aggregate(0u, (all, f) => all | (1u << f.Index)))];
    }

    /// <summary>Fields that several people share (mother, telephone, address, unit) and that the key does not ask for, by key: a bit for each.</summary>
    public uint[] SharedBeside { get; private init; } = [];

    public double[][][] Log { get; }

    public double[] Pairs { get; }

    public double[] Strangers { get; }

    public bool Families { get; }

    /// <summary>The most that the rarity of a value can add, by field and level.</summary>
    public double[][] Gain { get; }

    /// <summary>Strangers by key, unit and level.</summary>
    public double[][][] Stranger { get; }

    /// <summary>Match against stranger, by key, unit and level.</summary>
    public double[][][] Ratio { get; }

    /// <summary>The most that a level of a field of its own can bring, by key, field and level.</summary>
    public double[][][] Worth { get; }

    /// <summary>The most a field of its own can bring when its lanes do not decide, by key.</summary>
    public double[][] BestUndecided { get; }

    /// <summary>The most that the fields of a family can bring, by key and by what lanes tell of each: its level, or one more than all levels where they do not decide; the last field counts single.</summary>
    public double[][] FamilyBest { get; }

    double[] FamilyBounds(double[][] ratio)
    {
        var fields = Enumerable.Range(0, _comparison.Compared.Length).Where(f => _comparison.Compared[f].Info.Family).Reverse().ToArray();
        var bounds = new double[fields.Aggregate(1, (n, f) => n * (_comparison.Compared[f].Levels + 1))];
        for (var at = 0; at < bounds.Length && fields.Length > 0; at++)
        {
            IEnumerable<(int Level, double More)> all = [(0, 0)];
            var rest = at;
            foreach (var f in fields)
            {
                var field = _comparison.Compared[f];
                var told = rest % (field.Levels + 1);
                rest /= field.Levels + 1;
                var levels = told < field.Levels ? [told] : Open(field);
                all = [.. all.SelectMany(x => levels.Select(l => (x.Level + (l * _comparison.Stride[f]), x.More + Gain[Array.IndexOf(_comparison.Compared, field)][l])))];
            }
            bounds[at] = all.Max(x => ratio[_comparison.UnitOf[fields[0]]][x.Level] + x.More);
        }
        return bounds;
    }

    // Levels that lanes alone never tell.
    static int[] Open(FieldColumn field)
    {
        var decided = field.Fast.Where(x => x != FieldColumn.Undecided).Select(x => (int)x).Append(0).ToHashSet();
        return [.. Enumerable.Range(0, field.Levels).Where(l => !decided.Contains(l))];
    }

    /// <summary>Bits from verified numbers, by pattern.</summary>
    public Dictionary<ulong, double> Corrections { get; } = [];

    // Logarithm of how often a value is there that two records agree in.
    double[][] Average { get; }

    static readonly float[] Logarithms = [.. Enumerable.Range(0, 4096).Select(n => (float)Math.Log2(n))];

    static double Log2(int n) => n < Logarithms.Length ? Logarithms[n] : Math.Log2(n);

    /// <summary>How much more frequent the agreeing value is than agreeing values are on average, in bits.</summary>
    /// <param name="group">The group of both records, 0 if they are not of one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double FrequencyOf(int field, int level, ref int row, int group)
    {
        var column = _comparison.Compared[field];
        var lane = column.FrequencyLane[level];
        if (lane < 0) return 0;
        // Khmer live in few communes: that two of them live in the same one says less.
        if (group > 0 && _inGroup[field] is { } shares) return Math.Clamp(shares.Share(Unsafe.Add(ref row, column.First), group), -Frequency, Frequency);
        // A book without people knows of no name how frequent it is.
        if (double.IsNaN(Average[field][lane])) return 0;
        var count = column.CountOf(lane, Unsafe.Add(ref row, column.First + lane));
        return Math.Clamp(Log2(Math.Max(2, count)) - Average[field][lane], -Frequency, Frequency);
    }

    /// <summary>
    /// How much likelier than on the average it is that relatives, twins apart, bear the same name, in bits: where few names are in use within a family name, as among the
    /// Khmer, brothers meet in one by chance. Eight times the name's share of the family name: a name is one sex's, and in one neighbourhood more frequent than in all.
    /// The two records themselves do not count, and a family name of a few rows tells little: else whoever has a rare one would be his own brother.
    /// </summary>
    public double NamesakeOf(ReadOnlySpan<byte> levels, ref int row)
    {
        const double InFamily = 3, Unseen = 32;
        if (_name < 0 || levels[_name] is not ((int)NameLevel.Same or (int)NameLevel.SameLetters)) return 0;
        var column = (NameColumn)_comparison.Compared[_name];
        var others = column.Namesakes(ref Unsafe.Add(ref row, column.First), out var ofFamily) - 2;
        if (others <= 0) return 0;
        var chance = Math.Min(0, Math.Log2(others / (Math.Max(others, ofFamily - 2) + Unseen)) + InFamily);
        return Math.Max(0, chance - Log[(int)PairClass.Kin][_comparison.UnitOf[_name]][levels[_name]]);
    }

    /// <summary>Whether two bear one name, but for its marks, and were born on one day or, as far as both know, in one year.</summary>
    public bool AreNamesakesOfOneAge(ReadOnlySpan<byte> levels) => _name >= 0 && _date >= 0 && levels[_name] is (int)NameLevel.Same or (int)NameLevel.SameLetters && levels[_date] is (int)DateLevel.Same or (int)DateLevel.YearKnown;

    // A place may be rarer in a group than in the whole.
    double GainOf(FieldColumn field, int level)
    {
        var (f, lane) = (Array.IndexOf(_comparison.Compared, field), field.FrequencyLane[level]);
        if (lane < 0 || double.IsNaN(Average[f][lane])) return 0;
        return _inGroup[f] is { } shares ? Math.Min(Frequency, shares.Gain) : Math.Clamp(Average[f][lane] - Math.Log2(field.Rarest(lane)), 0, Frequency);
    }

    static double[][][] Logs(double[][][] chance) => Array.ConvertAll(chance, units => Array.ConvertAll(units, levels => Array.ConvertAll(levels, c => Math.Log2(Math.Max(c, 1e-12)))));

    double Undecided(FieldColumn field, double[][] ratio)
    {
        var f = Array.IndexOf(_comparison.Compared, field);
        return Open(field).Select(l => ratio[_comparison.UnitOf[f]][l * _comparison.Stride[f] % ratio[_comparison.UnitOf[f]].Length] + Gain[Array.IndexOf(_comparison.Compared, field)][l]).DefaultIfEmpty(0).Max();
    }
}
