namespace SoGoc.Linkage;

/// <summary>From the rows to weights: counts patterns on a part of the pairs, and learns from the counts.</summary>
static class Learner
{
    const double Sample = 1_000_000;

    public static (Weights, LearnedModel) Learn(LinkRun run, Comparison comparison, Key[] keys, KeyCost cost)
    {
        var table = run.Table;
        var expected = keys.Sum(k => cost.Pairs(k.Mask));
        var oneIn = 1;
        while (expected / oneIn / oneIn > Sample && oneIn < 64) oneIn++;
        var (strangers, counts) = (Array.Empty<double[]>(), new PatternCounts());
        Parallel.Invoke(new ParallelOptions { MaxDegreeOfParallelism = run.Threads, CancellationToken = run.Stop },
            () => counts = run.Count(comparison, keys, oneIn, 0), () => strangers = Chances.OfStrangers(table, comparison, run.Stop));
        var scale = (double)oneIn * oneIn;
        var mixture = new Mixture(comparison, keys.Length, counts, scale, strangers) { Proven = Proven(run, comparison, keys) };
        var all = table.FirstList > 0 ? (double)table.FirstList * (table.Rows - table.FirstList) : (double)table.Rows * (table.Rows - 1) / 2;
        mixture.Learn(all, run.Stop);
        var patterns = mixture.Corrections(scale);
        var weights = new Weights(table, comparison, mixture.Chance, mixture.ByKey, mixture.Pairs, mixture.Strangers, patterns) { Keys = keys };
        return (weights, Told(table, comparison, mixture, patterns));
    }

    // All pairs of rows that carry a verified number: few, and each of them settled.
    static PatternCounts? Proven(LinkRun run, Comparison comparison, Key[] keys)
    {
        const int Least = 50;
        if (comparison.Verified.Length == 0) return null;
        var found = new PatternCounts();
        foreach (var field in comparison.Verified) found.Add(run.Count(comparison, keys, 1, 1u << field.First, settled => settled > 0));
        return found.InOrder().Sum(c => c.Times) < Least ? null : found;
    }

    static LearnedModel Told(LinkTable table, Comparison comparison, Mixture mixture, Dictionary<string, double> patterns)
    {
        double[] Of(PairClass kind, int unit) => mixture.Chance[(int)kind] is { Length: > 0 } units ? units[unit] : [];
        var fields = comparison.Sizes.Select((_, u) => new LearnedField([.. comparison.FieldsOf(u).Select(f => comparison.Compared[f].Info.Name)],
            Of(PairClass.Match, u), [.. mixture.ByKey.Select(k => k[u])], Of(PairClass.Kin, u), Of(PairClass.Twin, u)));
        return new(table.Rows, mixture.Pairs, mixture.Strangers, [.. fields], patterns);
    }

    /// <summary>Weights of a model that was learned before.</summary>
    public static Weights Again(LinkTable table, Comparison comparison, Key[] keys, LearnedModel known)
    {
        var fits = known.Fields is { } f && f.Count == comparison.Sizes.Length && f.All(x => x.Match is not null && x.Random is not null) && known.Strangers.Count == keys.Length && known.Pairs.Count == 4
            && f.Select((x, u) => x.Match.Count == comparison.Sizes[u] && x.Random.Count == keys.Length && x.Random.All(k => k?.Count == comparison.Sizes[u])).All(ok => ok);
        if (!fits) throw new LinkException("linkage.bad-model", "learned");
        double[][] Of(Func<LearnedField, IReadOnlyList<double>> part) => known.Fields.All(x => part(x).Count > 0) ? [.. known.Fields.Select(x => part(x).ToArray())] : [];
        return new(table, comparison, [Of(x => x.Match), [], Of(x => x.Kin), Of(x => x.Twin)], [.. keys.Select((_, k) => known.Fields.Select(x => x.Random[k].ToArray()).ToArray())], [.. known.Pairs], [.. known.Strangers], known.Patterns) { Keys = keys };
    }
}
