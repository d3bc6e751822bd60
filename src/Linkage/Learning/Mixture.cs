using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>Four kinds of pairs: records of one person, of strangers, of relatives, of twins.</summary>
enum PairClass { Match, Stranger, Kin, Twin }

/// <summary>
/// Learns what each kind of pair looks like from counts of patterns alone, by expectation and maximisation. Strangers are given (<see cref="Chances"/>), but for how
/// many of them each key brings up; matches are the same whichever key brings them up; relatives and twins are kinds of their own, so that what they share is not taken for identity.
/// </summary>
sealed class Mixture
{
    const int Rounds = 80;
    const double Tiny = 1e-9;

    readonly Comparison _comparison;
    readonly int _keys;
    readonly int[] _key;
    readonly int[] _levels;
    readonly ulong[] _patterns;
    readonly double[] _times, _pairsOf;
    readonly double[][][] _restricted;

    /// <param name="counts">Patterns of the pairs that the keys bring up.</param>
    /// <param name="scale">How many such pairs one counted pair stands for.</param>
    public Mixture(Comparison comparison, int keys, PatternCounts counts, double scale, double[][] strangers)
    {
        (_comparison, _keys, _pairsOf, _restricted) = (comparison, keys, new double[keys], new double[keys][][]);
        var cells = counts.InOrder().ToArray();
        var units = comparison.Sizes.Length;
        _patterns = Array.ConvertAll(cells, c => c.Pattern);
        (_key, _times, _levels) = (new int[cells.Length], new double[cells.Length], new int[cells.Length * units]);
        for (var c = 0; c < cells.Length; c++)
        {
            (_key[c], _times[c]) = (cells[c].Key, cells[c].Times * scale);
            for (var u = 0; u < units; u++) _levels[(c * units) + u] = comparison.UnitLevel(cells[c].Pattern, u);
        }
        Families = comparison.Compared.Any(f => f is NameColumn) && comparison.Compared.Any(f => f is DateColumn) && comparison.Compared.Any(f => f.Info.Family);
        Chance = new double[4][][];
        Chance[(int)PairClass.Stranger] = strangers;
        ByKey = Restrict(strangers);
        Chance[(int)PairClass.Match] = Start(PairClass.Match);
        Chance[(int)PairClass.Kin] = Families ? Start(PairClass.Kin) : [];
        Chance[(int)PairClass.Twin] = Families ? Start(PairClass.Twin) : [];
        Pairs = new double[4];
        Strangers = new double[keys];
    }

    /// <summary>Patterns of pairs that verified numbers prove to be one person; they teach what a match looks like, five times as loudly as a guess.</summary>
    public PatternCounts? Proven { get; init; }

    public bool Families { get; }

    /// <summary>Chance of each level, by class, unit and level.</summary>
    public double[][][] Chance { get; }

    /// <summary>How many pairs of each class there are; of strangers see <see cref="Strangers"/>.</summary>
    public double[] Pairs { get; }

    /// <summary>Pairs of strangers that each key brings up.</summary>
    public double[] Strangers { get; }

    /// <summary>Chance of each level among the strangers that a key brings up, by key, unit and level: who shares a given name and a year shares more than chance would have it.</summary>
    public double[][][] ByKey { get; }

    public void Learn(double allPairs, CancellationToken stop)
    {
        var total = _times.Sum();
        Pairs[(int)PairClass.Match] = Math.Max(1, Math.Min(total * 0.2, Math.Sqrt(allPairs)));
        Pairs[(int)PairClass.Kin] = Families ? Math.Max(1, total * 0.05) : 0;
        Pairs[(int)PairClass.Twin] = Families ? Math.Max(1, total * 0.001) : 0;
        for (var cell = 0; cell < _times.Length; cell++) Strangers[_key[cell]] += _times[cell] * 0.5;
        var previous = double.NegativeInfinity;
        for (var round = 0; round < Rounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            var fit = Round();
            if (round > 10 && fit - previous < 1e-7 * Math.Abs(fit)) break;
            previous = fit;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double Round()
    {
        var units = _comparison.Sizes.Length;
        var classes = Families ? 4 : 2;
        var sums = new double[4][][];
        for (var c = 0; c < classes; c++) sums[c] = Array.ConvertAll(_comparison.Sizes, size => new double[size]);
        var (pairs, found) = (new double[4], Array.ConvertAll(ByKey, u => Array.ConvertAll(u, l => new double[l.Length])));
        Span<double> part = stackalloc double[4];
        double fit = 0;
        for (var cell = 0; cell < _times.Length; cell++)
        {
            var levels = _levels.AsSpan(cell * units, units);
            double sum = 0;
            for (var c = 0; c < classes; c++)
            {
                var p = c == (int)PairClass.Stranger ? Strangers[_key[cell]] : Pairs[c];
                var chance = c == (int)PairClass.Stranger ? ByKey[_key[cell]] : Chance[c];
                for (var u = 0; u < levels.Length; u++) p *= chance[u][levels[u]];
                part[c] = p;
                sum += p;
            }
            if (sum <= 0) continue;
            fit += _times[cell] * Math.Log(sum);
            for (var c = 0; c < classes; c++)
            {
                var share = _times[cell] * part[c] / sum;
                pairs[c] += share;
                var sum_ = c == (int)PairClass.Stranger ? found[_key[cell]] : sums[c];
                for (var u = 0; u < levels.Length; u++) sum_[u][levels[u]] += share;
            }
        }
        for (var k = 0; k < _keys; k++) Settle(k, found[k]);
        AddProven(sums[(int)PairClass.Match]);
        if (Families) Share(sums[(int)PairClass.Kin], sums[(int)PairClass.Twin]);
        for (var c = 0; c < classes; c++)
        {
            if (c == (int)PairClass.Stranger) continue;
            Pairs[c] = Math.Max(1, pairs[c]);
            Settle((PairClass)c, sums[c]);
        }
        return fit;
    }

    void AddProven(double[][] sums)
    {
        const double Loud = 5;
        foreach (var (_, pattern, times) in Proven?.InOrder() ?? [])
            for (var u = 0; u < sums.Length; u++) sums[u][_comparison.UnitLevel(pattern, u)] += Loud * times;
    }

    /// <summary>How many bits each pattern is worth more or less than its parts say, where verified numbers show it; patterns that hang together (a name, a place and a people) come right here.</summary>
    public Dictionary<string, double> Corrections(double scale)
    {
        const double Doubt = 3, Most = 6;
        var told = new Dictionary<string, double>();
        var proven = Proven?.InOrder().GroupBy(c => c.Pattern).ToDictionary(g => g.Key, g => (double)g.Sum(c => c.Times)) ?? [];
        if (proven.Count == 0) return told;
        var all = new SortedDictionary<ulong, (double Pairs, double Matches)>();
        for (var cell = 0; cell < _times.Length; cell++)
        {
            var (pairs, matches) = all.GetValueOrDefault(_patterns[cell]);
            all[_patterns[cell]] = (pairs + _times[cell], matches + (_times[cell] * ChanceOf(cell)));
        }
        // The share of matches that numbers prove; what is proven beyond the model's share makes the pattern a better one.
        var share = proven.Values.Sum() / Math.Max(1, all.Values.Sum(x => x.Matches));
        foreach (var (pattern, (pairs, matches)) in all)
        {
            var found = proven.GetValueOrDefault(pattern);
            var more = (found + Doubt) / ((share * matches) + Doubt);
            var others = (Math.Max(0, pairs - (more * matches)) + (Doubt * scale)) / (pairs - matches + (Doubt * scale));
            var bits = Math.Clamp(Math.Log2(more / others), -Most, Most);
            if (Math.Abs(bits) > 0.1) told[pattern.ToString(System.Globalization.CultureInfo.InvariantCulture)] = Math.Round(bits, 3);
        }
        return told;
    }

    double ChanceOf(int cell)
    {
        var levels = _levels.AsSpan(cell * _comparison.Sizes.Length, _comparison.Sizes.Length);
        double sum = 0, match = 0;
        for (var c = 0; c < (Families ? 4 : 2); c++)
        {
            var p = c == (int)PairClass.Stranger ? Strangers[_key[cell]] : Pairs[c];
            var chance = c == (int)PairClass.Stranger ? ByKey[_key[cell]] : Chance[c];
            for (var u = 0; u < levels.Length; u++) p *= chance[u][levels[u]];
            if (c == 0) match = p;
            sum += p;
        }
        return sum > 0 ? match / sum : 0;
    }

    // Twins are relatives in all but the date: what families share is learned from both.
    void Share(double[][] kin, double[][] twin)
    {
        for (var u = 0; u < kin.Length; u++)
        {
            if (_comparison.Compared[_comparison.FieldsOf(u).First()] is NameColumn or DateColumn or CodeColumn { Info.Kind: FieldKind.Sex }) continue;
            for (var level = 0; level < kin[u].Length; level++) kin[u][level] = twin[u][level] = kin[u][level] + twin[u][level];
        }
    }

    // A key that brings up strangers by the thousand shows what they are like; where nearly all are matches, chance has to do.
    void Settle(int key, double[][] found)
    {
        const double Draw = 0.25;
        Strangers[key] = Math.Max(0.5, found[0].Sum());
        var draw = 20 + (Draw * _pairsOf[key]);
        for (var u = 0; u < found.Length; u++)
            for (var level = 0; level < found[u].Length; level++)
                ByKey[key][u][level] = Math.Max(Tiny, (found[u][level] + (draw * _restricted[key][u][level])) / (Strangers[key] + draw));
    }

    double[][][] Restrict(double[][] strangers)
    {
        var seen = Enumerable.Range(0, _keys).Select(_ => Array.ConvertAll(strangers, l => new bool[l.Length])).ToArray();
        var units = strangers.Length;
        for (var cell = 0; cell < _times.Length; cell++)
        {
            _pairsOf[_key[cell]] += _times[cell];
            for (var u = 0; u < units; u++) seen[_key[cell]][u][_levels[(cell * units) + u]] = true;
        }
        for (var k = 0; k < _keys; k++) _restricted[k] = [.. strangers.Select((levels, u) => Scaled([.. levels.Select((p, l) => seen[k][u][l] ? p : Tiny)]))];
        return Array.ConvertAll(_restricted, k => Array.ConvertAll(k, u => (double[])u.Clone()));
    }

    static double[] Scaled(double[] chance)
    {
        var sum = chance.Sum();
        return Array.ConvertAll(chance, c => c / sum);
    }

    // Counts become chances, drawn a little to what is expected of the class, and held off what it is not.
    void Settle(PairClass kind, double[][] sums)
    {
        var start = Start(kind);
        for (var u = 0; u < sums.Length; u++)
        {
            var draw = Math.Min(20, 1 + (0.001 * sums[u].Sum()));
            var total = sums[u].Sum() + draw;
            for (var level = 0; level < sums[u].Length; level++) Chance[(int)kind][u][level] = Math.Max(Tiny, (sums[u][level] + (draw * start[u][level])) / total);
            Hold(kind, u);
        }
    }

    double[][] Start(PairClass kind)
    {
        var byField = Array.ConvertAll(_comparison.Compared, f => Start(kind, f));
        var units = Chances.Join(_comparison, byField);
        for (var u = 0; u < units.Length; u++)
        {
            var sum = units[u].Sum();
            units[u] = Array.ConvertAll(units[u], x => x / sum);
        }
        return units;
    }

    static double[] Start(PairClass kind, FieldColumn field) => (kind, field) switch
    {
        (PairClass.Match, _) => field.Expected,
        (PairClass.Kin, NameColumn) => [0.005, 2e-4, 1e-4, 1e-4, 0.02, 1e-4, 1e-4, 1e-4, 0.003, 0.005, 0.003, 0.66, 0.30],
        (PairClass.Twin, NameColumn) => [0.005, 2e-4, 1e-4, 1e-4, 0.06, 1e-4, 1e-4, 1e-4, 0.01, 0.01, 0.003, 0.87, 0.04],
        (PairClass.Kin, DateColumn) => [0.03, 1e-5, 1e-5, 0.005, 0.005, 0.003, 0.01, 0.02, 0.01, 0.91],
        (PairClass.Twin, DateColumn) => [0.02, 0.95, 0.005, 0.005, 0.01, 1e-4, 0.005, 0.005, 1e-4, 1e-4],
        _ when field.Info.Kind == FieldKind.Sex => [0.01, 0.5, 0.49],
        _ when field.Info.Family => [0.25, 0.5, .. Enumerable.Repeat(0.25 / (field.Levels - 2), field.Levels - 2)],
        _ => [0.05, 0.7, .. Enumerable.Repeat(0.25 / (field.Levels - 2), field.Levels - 2)],
    };

    // Relatives do not bear the whole same name, and only twins the same date: without this the classes could change places.
    void Hold(PairClass kind, int unit)
    {
        var field = _comparison.Compared[_comparison.FieldsOf(unit).First()];
        if (field is not (NameColumn or DateColumn)) return;
        var (chance, start) = (Chance[(int)kind][unit], Start(kind, field));
        if (kind == PairClass.Match)
        {
            for (var level = 1; level < chance.Length; level++)
                if (start[level] <= 0.005) chance[level] = Math.Min(chance[level], start[level] * 1.5);
            return;
        }
        for (var level = 1; level < chance.Length; level++)
            if (start[level] <= 2e-4) chance[level] = Math.Min(chance[level], start[level]);
        if (field is DateColumn && kind == PairClass.Twin) Array.Copy(start, chance, chance.Length);
    }
}
