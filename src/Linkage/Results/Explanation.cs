namespace SoGoc.Linkage;

/// <summary>
/// Tells a weight so that people can follow it. Pairs are weighed against the strangers that their own key brings up: who was found by name and date is no more likely the same person for having them, and
/// an equal name may even count against him there. People expect to see each field against chance, as it is between any two records; what the two ways differ by is told in one figure.
/// </summary>
sealed class Explanation(LinkTable table, Comparison comparison, Weights weights)
{
    readonly double[][] _strangers = Chances.OfStrangers(table, comparison, default);

    public Explained Of(LinkPair pair)
    {
        var told = new List<Evidence>();
        ref var a = ref table.Row(pair.A);
        ref var b = ref table.Row(pair.B);
        var group = table.CommonGroup(pair.A, pair.B);
        for (var u = 0; u < comparison.Sizes.Length; u++)
        {
            var level = comparison.UnitLevel(pair.Pattern, u);
            var fields = comparison.FieldsOf(u).Select(f => (Field: f, Level: comparison.FieldLevel(pair.Pattern, f))).ToArray();
            var stranger = _strangers[u][level];
            foreach (var (f, l) in fields) stranger *= Math.Pow(2, weights.FrequencyOf(f, l, ref a, group));
            stranger = Math.Min(1, stranger);
            var match = Math.Pow(2, weights.Log[0][u][level]);
            told.Add(new([.. fields.Select(f => new FieldLevel(comparison.Compared[f.Field].Info.Name, comparison.Compared[f.Field].LevelNames[f.Level]))], match, stranger, Plain(fields, Math.Log2(match / stranger))));
        }
        var start = weights.Pairs[0] - Math.Log2(table.FirstList > 0 ? (double)table.FirstList * (table.Rows - table.FirstList) : table.Rows * (table.Rows - 1.0) / 2);
        var (equal, unknown) = (Pairing.Equal(ref a, ref b), Pairing.Unknown(ref a) | Pairing.Unknown(ref b));
        // A verified number is all that is left to say.
        var rest = Math.Max(0, pair.Weight - start - told.Sum(e => e.Weight));
        foreach (var f in comparison.Verified)
        {
            var level = f.LevelNames[Comparison.Level(f, ref a, ref b, equal, unknown)];
            told.Insert(0, new([new(f.Info.Name, level)], level == "same" ? 1 : 0, 0, level == "same" ? rest : 0));
        }
        return new(start, told, pair.Weight - start - told.Sum(e => e.Weight));
    }

    // What no clerk would believe is left to the correction: that a pair is alike in all of it, and speaks against; that it differs in all of it, and speaks for; that what is not known speaks.
    double Plain((int Field, int Level)[] fields, double bits)
    {
        var known = fields.Where(f => f.Level > 0).ToArray();
        if (known.Length == 0) return 0;
        if (Array.TrueForAll(known, f => f.Level == 1)) return Math.Max(0, bits);
        return Array.TrueForAll(known, f => f.Level == comparison.Compared[f.Field].Levels - 1) ? Math.Min(0, bits) : bits;
    }
}
