namespace SoGoc.Linkage;

/// <summary>What is to be done with a pair: link it, let a person look, or leave it.</summary>
public enum LinkBand { No, Look, Sure }

/// <summary>Bounds of the bands and the errors that the model expects of them.</summary>
/// <param name="Sure">From this weight on, pairs are called sure.</param>
/// <param name="Look">From this weight on, a person looks at them.</param>
/// <param name="FalseShare">Share of wrong links expected among the sure.</param>
/// <param name="MissedShare">Share of the true links among the compared pairs that is expected below "look".</param>
public readonly record struct LinkBands(double Sure, double Look, double FalseShare, double MissedShare);

/// <summary>One field of a pair, as evidence.</summary>
/// <param name="Level">Code of the level, such as "same", "slip-in-given", "year-known", "missing".</param>
/// <param name="Match">Chance of this level between two records of one person.</param>
/// <param name="Stranger">Between records of two strangers.</param>
/// <param name="Frequency">What the frequency of the agreeing value adds, in bits: above 0 for a rare one, below for Nguyễn.</param>
/// <param name="Weight">What the field says all in all, in bits; family fields share theirs, told with the first of them.</param>
public sealed record Evidence(string Field, string Level, double Match, double Stranger, double Frequency, double Weight);

/// <summary>What came out: pairs in the order of their rows, with what is needed to explain them.</summary>
public sealed class LinkResult
{
    readonly LinkTable _table;
    readonly Comparison _comparison;
    readonly Weights _weights;

    internal LinkResult(LinkTable table, Comparison comparison, Weights weights, LinkModel model, LinkPair[] pairs)
    {
        (_table, _comparison, _weights, Model, Pairs) = (table, comparison, weights, model, pairs);
        Bands = BandsOf(pairs, model);
    }

    /// <summary>Pairs above the floor.</summary>
    public IReadOnlyList<LinkPair> Pairs { get; }

    /// <summary>The model with its keys and what was learned: kept, the next run means the same by "sure".</summary>
    public LinkModel Model { get; }

    public LinkBands Bands { get; }

    /// <summary>Keys in the order they were used, and pairs each brought up first.</summary>
    public required IReadOnlyList<(string Key, long Pairs)> Keys { get; init; }

    /// <summary>Pairs that agreed in a key and were not compared, because a block of thousands could not be split.</summary>
    public required long LeftOut { get; init; }

    /// <summary>How one field of a pair stands, by its code.</summary>
    public string LevelOf(LinkPair pair, string field)
    {
        for (var f = 0; f < _comparison.Compared.Length; f++)
            if (_comparison.Compared[f].Info.Name == field) return _comparison.Compared[f].LevelNames[_comparison.FieldLevel(pair.Pattern, f)];
        return pair.Settled switch { > 0 => "same", < 0 => "different", _ => "" };
    }

    public LinkBand BandOf(LinkPair pair) => pair.Weight >= Bands.Sure ? LinkBand.Sure : pair.Weight >= Bands.Look ? LinkBand.Look : LinkBand.No;

    /// <summary>What the odds were before any field was looked at, in bits: how many matches there are for each pair of strangers that the key brings up. With the evidence of all fields it makes the weight, but for what relatives and verified numbers take away or add.</summary>
    public double PriorOf(LinkPair pair) => _weights.Pairs[0] - _weights.Strangers[pair.Key] + _weights.Corrections.GetValueOrDefault(pair.Pattern);

    /// <summary>For tests: pairs that no run has weighed.</summary>
    internal static LinkResult Made(LinkTable table, IEnumerable<LinkPair> pairs) => new(table, null!, null!, table.Model, [.. pairs]) { Keys = [], LeftOut = 0 };

    /// <summary>The evidence of a pair, field by field; a registrar who reads it can come to the same weight.</summary>
    public IReadOnlyList<Evidence> Explain(LinkPair pair) => Explanation.Of(_table, _comparison, _weights, pair);

    // By the model's own probabilities: sure begins where the expected share of wrong links above it is no more than wanted.
    static LinkBands BandsOf(LinkPair[] pairs, LinkModel model)
    {
        var falling = Array.ConvertAll(pairs, p => p.Weight);
        Array.Sort(falling);
        Array.Reverse(falling);
        var all = falling.Sum(Chance);
        double wrong = 0, found = 0, sure = double.PositiveInfinity, look = double.PositiveInfinity, wrongAtSure = 0, missed = 1;
        for (var i = 0; i < falling.Length; i++)
        {
            wrong += 1 - Chance(falling[i]);
            found += Chance(falling[i]);
            if (i + 1 < falling.Length && falling[i + 1] == falling[i]) continue;
            if (wrong <= model.FalseShare * (i + 1)) (sure, wrongAtSure) = (falling[i], wrong / (i + 1));
            if (missed > model.MissedShare) (look, missed) = (falling[i], 1 - (found / all));
        }
        return new(sure, Math.Min(sure, look), wrongAtSure, missed);
    }

    static double Chance(float weight) => new LinkPair(0, 0, weight, 0, 0, 0).Probability;
}

static class Explanation
{
    public static IReadOnlyList<Evidence> Of(LinkTable table, Comparison comparison, Weights weights, LinkPair pair)
    {
        var told = new List<Evidence>();
        ref var a = ref table.Row(pair.A);
        ref var b = ref table.Row(pair.B);
        var (equal, unknown) = (Pairing.Equal(ref a, ref b), Pairing.Unknown(ref a) | Pairing.Unknown(ref b));
        foreach (var f in comparison.Verified) told.Add(new(f.Info.Name, f.LevelNames[Comparison.Level(f, ref a, ref b, equal, unknown)], 1, 0, 0, pair.Settled * Scorer.SettledWeight));
        var unitTold = -1;
        for (var f = 0; f < comparison.Compared.Length; f++)
        {
            var (unit, level) = (comparison.UnitOf[f], comparison.FieldLevel(pair.Pattern, f));
            var whole = comparison.UnitLevel(pair.Pattern, unit);
            var frequency = -weights.FrequencyOf(f, level, ref a, table.CommonGroup(pair.A, pair.B));
            var bits = frequency + (unit == unitTold ? 0 : weights.Ratio[pair.Key][unit][whole]);
            told.Add(new(comparison.Compared[f].Info.Name, comparison.Compared[f].LevelNames[level], Math.Pow(2, weights.Log[0][unit][whole]), Math.Pow(2, weights.Stranger[pair.Key][unit][whole]), frequency, bits));
            unitTold = unit;
        }
        return told;
    }
}
