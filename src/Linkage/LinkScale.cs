namespace SoGoc.Linkage;

/// <summary>Somebody who may be the newcomer.</summary>
/// <param name="At">His place among the rows that were given.</param>
/// <param name="Weight">As <see cref="LinkPair.Weight"/>.</param>
/// <param name="Probability">As <see cref="LinkPair.Probability"/>.</param>
/// <param name="Fields">How their fields stand to each other.</param>
public sealed record Weighed(int At, float Weight, double Probability, IReadOnlyList<FieldLevel> Fields);

/// <summary>Weighs one row against a few others as a run over the whole register would: for who keeps the register in a database and fetches by its indexes whom a newcomer could be. Safe for several threads.</summary>
/// <param name="model">With keys and what was learned, fitted to the size of the register.</param>
/// <param name="book">How frequent values are in the register, by the last run: <see cref="LinkResult.Book"/>.</param>
public sealed class LinkScale(LinkModel model, LinkBook book)
{
    /// <summary>Those that share a key with the newcomer and weigh so much, the likeliest first.</summary>
    /// <param name="newcomer">In the order of the model's columns, one for each field; "" where nothing is known.</param>
    /// <exception cref="LinkException"><c>linkage.bad-model</c>: nothing was learned yet.</exception>
    public IReadOnlyList<Weighed> Weigh(IReadOnlyList<string> newcomer, IReadOnlyList<IReadOnlyList<string>> others, double least = 0)
    {
        ArgumentNullException.ThrowIfNull(newcomer);
        ArgumentNullException.ThrowIfNull(others);
        if (model.Learned is not { } learned || model.Keys is not { Count: > 0 } told) throw new LinkException("linkage.bad-model", "learned");
        if (others.Count == 0) return [];
        var table = new LinkTable(model, book);
        table.Read(new Given([newcomer, .. others]), [.. model.Fields.SelectMany(f => f.Columns)], threads: 1);
        table.Close(1);
        var (comparison, keys) = (new Comparison(table.Fields), told.Select(k => Keys.Of(table.Fields, k)).ToArray());
        var weights = Learner.Again(table, comparison, keys, learned);
        var (pairing, found) = (new Pairing(table, keys), new List<LinkPair>());
        var scorer = new Scorer(table, comparison, weights, new(comparison, weights), least, found);
        ref var a = ref table.Row(0);
        for (var row = 1; row < table.Rows; row++)
        {
            ref var b = ref table.Row(row);
            var equal = Pairing.Equal(ref a, ref b);
            if (pairing.FirstKey(equal) is var key && key < keys.Length) scorer.Pair(0, row, ref a, ref b, equal, Pairing.Unknown(ref a) | Pairing.Unknown(ref b), key);
        }
        return [.. found.OrderByDescending(p => p.Weight).ThenBy(p => p.B).Select(p => new Weighed(p.B - 1, p.Weight, p.Probability,
            [.. comparison.Compared.Select((f, at) => new FieldLevel(f.Info.Name, f.LevelNames[comparison.FieldLevel(p.Pattern, at)]))]))];
    }

    sealed class Given(IReadOnlyList<IReadOnlyList<string>> rows) : IRowReader
    {
        int _at = -1;

        public double Progress => 0;

        public bool Next() => ++_at < rows.Count;

        public ReadOnlySpan<char> Cell(int column) => column < rows[_at].Count ? rows[_at][column] : "";
    }
}
