namespace SoGoc.Linkage;

/// <summary>What a row of the second list is told: its best row in the first, which no other row has.</summary>
/// <param name="Row">Row of the second list.</param>
/// <param name="Link">The link; null where there is none.</param>
/// <param name="Band">Sure, to be looked at, or none. A link that is sure by itself but has a rival nearly as good is to be looked at.</param>
/// <param name="Candidates">Rows of the first list worth looking at.</param>
public sealed record ListAnswer(int Row, LinkPair? Link, LinkBand Band, IReadOnlyList<LinkPair> Candidates);

/// <summary>Links two lists one to one: each row of either has one partner at most.</summary>
public static class OneToOne
{
    // A rival within three bits leaves one chance in nine that the other is right.
    const double Near = 3;

    /// <summary>The links alone.</summary>
    public static IReadOnlySet<LinkPair> LinksOf(LinkTable table, LinkResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Best(Worth(table, result)).Values.ToHashSet();
    }

    /// <summary>An answer for each row of the second list, in its order.</summary>
    public static IReadOnlyList<ListAnswer> Of(LinkTable table, LinkResult result)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(result);
        var worth = Worth(table, result);
        var best = Best(worth);
        var (byFirst, bySecond) = (worth.ToLookup(p => p.A), worth.ToLookup(p => p.B));
        var answers = new List<ListAnswer>(table.Rows - table.FirstList);
        for (var row = table.FirstList; row < table.Rows; row++)
        {
            IReadOnlyList<LinkPair> candidates = bySecond.Contains(row) ? [.. bySecond[row]] : [];
            if (!best.TryGetValue(row, out var link)) answers.Add(new(row, null, candidates.Count > 0 ? LinkBand.Look : LinkBand.No, candidates));
            else
            {
                var rival = candidates.Concat(byFirst[link.A]).Any(p => p != link && p.Weight > link.Weight - Near);
                answers.Add(new(row, link, rival ? LinkBand.Look : result.BandOf(link), candidates));
            }
        }
        return answers;
    }

    // The strongest first.
    static LinkPair[] Worth(LinkTable table, LinkResult result)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.FirstList == 0) throw new InvalidOperationException("There is one list only.");
        return [.. result.Pairs.Where(p => p.Weight >= result.Bands.Look).OrderByDescending(p => p.Weight).ThenBy(p => p.A).ThenBy(p => p.B)];
    }

    static Dictionary<int, LinkPair> Best(LinkPair[] worth)
    {
        var (taken, best) = (new HashSet<int>(), new Dictionary<int, LinkPair>());
        foreach (var pair in worth)
        {
            if (best.ContainsKey(pair.B) || !taken.Add(pair.A)) continue;
            best[pair.B] = pair;
        }
        return best;
    }
}
