namespace SoGoc.Linkage;

/// <summary>What is to be done with a pair: link it, let a person look, or leave it.</summary>
public enum LinkBand { No, Look, Sure }

/// <summary>Bounds of the bands and the errors that the model expects of them.</summary>
/// <param name="Sure">From this weight on, pairs are called sure.</param>
/// <param name="Look">From this weight on, a person looks at them.</param>
/// <param name="FalseShare">Share of wrong links expected among the sure.</param>
/// <param name="MissedShare">Share of the true links among the compared pairs that is expected below "look".</param>
public readonly record struct LinkBands(double Sure, double Look, double FalseShare, double MissedShare);

/// <summary>How one field of a pair stands.</summary>
/// <param name="Level">Code of the level, such as "same", "slip-in-given", "year-known", "missing".</param>
public sealed record FieldLevel(string Field, string Level);

/// <summary>One piece of evidence: a field, or all fields that families share (mother, telephone, address), which speak with one voice.</summary>
/// <param name="Match">Chance of these levels between two records of one person.</param>
/// <param name="Stranger">Between any two records of strangers that have just these values: a rare name is shared by few.</param>
/// <param name="Weight">What it says, in bits: above 0 for one person, below for two. Equal values never speak against, different ones never for, and what is not known says nothing.</param>
public sealed record Evidence(IReadOnlyList<FieldLevel> Fields, double Match, double Stranger, double Weight);

/// <summary>How a pair comes to its weight: start, pieces and correction add up to it.</summary>
/// <param name="Start">Odds that any two records are of one person, before either is looked at, in bits: far below 0.</param>
/// <param name="Pieces">What each piece of evidence says by itself.</param>
/// <param name="Correction">What the pieces say twice over, in bits: the pair was brought up because it is alike, and relatives, twins and people of one place are alike in several ways at once. Mostly below 0.</param>
public sealed record Explained(double Start, IReadOnlyList<Evidence> Pieces, double Correction);

/// <summary>What came out: pairs in the order of their rows, with what is needed to explain them.</summary>
public sealed class LinkResult
{
    readonly LinkTable _table;
    readonly Comparison _comparison;
    readonly Lazy<Explanation> _explanation;

    internal LinkResult(LinkTable table, Comparison comparison, Weights weights, LinkModel model, LinkPair[] pairs)
    {
        (_table, _comparison, Model, Pairs) = (table, comparison, model, pairs);
        _explanation = new(() => new(table, comparison, weights));
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

    /// <summary>What of the register has to be known to weigh a few of its rows as this run has weighed them all.</summary>
    public LinkBook Book() => LinkBook.Of(_table);

    /// <summary>For tests: pairs that no run has weighed.</summary>
    internal static LinkResult Made(LinkTable table, IEnumerable<LinkPair> pairs) => new(table, null!, null!, table.Model, [.. pairs]) { Keys = [], LeftOut = 0 };

    /// <summary>The evidence of a pair, piece by piece; a registrar who reads it can come to the same weight.</summary>
    public Explained Explain(LinkPair pair) => _explanation.Value.Of(pair);

    // By the model's own probabilities: sure begins where the expected share of wrong links above it is no more than wanted.
    static LinkBands BandsOf(LinkPair[] pairs, LinkModel model)
    {
        var falling = Array.ConvertAll(pairs, p => p.Weight);
        Array.Sort(falling);
        Array.Reverse(falling);
        var chances = Array.ConvertAll(falling, weight => new LinkPair(0, 0, weight, 0, 0, 0).Probability);
        var all = chances.Sum();
        double wrong = 0, found = 0, sure = double.PositiveInfinity, look = double.PositiveInfinity, wrongAtSure = 0, missed = 1;
        for (var i = 0; i < falling.Length; i++)
        {
            wrong += 1 - chances[i];
            found += chances[i];
            if (i + 1 < falling.Length && falling[i + 1] == falling[i]) continue;
            if (wrong <= model.FalseShare * (i + 1)) (sure, wrongAtSure) = (falling[i], wrong / (i + 1));
            if (missed > model.MissedShare) (look, missed) = (falling[i], 1 - (found / all));
        }
        return new(sure, Math.Min(sure, look), wrongAtSure, missed);
    }
}
