using SoGoc.Kernel.Data;

namespace SoGoc.Population.Names;

/// <summary>Finds the names that typed words can mean, best first: the very name; names that hold all the words in any order; then names that hold what the words
/// can mean with slips of typing and hearing. Names are searched, not persons: there are few hundred thousand of them, however many people bear them.</summary>
internal sealed class NameSearch(Reads reads, Syllables syllables)
{
    /// <summary>Names looked at in one question; a wider one is not ranked to the end, and says so.</summary>
    public const int MostNames = 2000;

    /// <param name="Names">Folded names, best first.</param>
    /// <param name="Capped">More names were possible than were looked at.</param>
    internal sealed record Hits(IReadOnlyList<string> Names, bool Capped);

    /// <param name="words">Folded words, as <see cref="Kernel.Text.NameKey"/> makes them.</param>
    public async Task<Hits> Exact(string[] words)
    {
        var rows = await reads.Rows($"""
            select key, syllables from population.name where key = $2
            union all
            (select key, syllables from population.name where syllables @> $1 and key <> $2 limit {MostNames})
            """, r => (Key: r.GetString(0), Syllables: r.Get<string[]>(1)), words, string.Join(' ', words));
        return new Hits([.. rows.OrderBy(r => Cost(words, r.Syllables)).ThenBy(r => r.Key, StringComparer.Ordinal).Select(r => r.Key)], rows.Count >= MostNames);
    }

    /// <summary>Names that the words can mean when they are misspelt, or the last is not finished.</summary>
    public async Task<Hits> Near(string[] words)
    {
        var near = new Dictionary<string, double>[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            near[i] = await syllables.Near(words[i], open: i == words.Length - 1);
        }

        var where = string.Join(" and ", near.Select((_, i) => $"syllables && ${i + 1}"));
        var rows = await reads.Rows($"select key, syllables from population.name where {where} limit {MostNames}", r => (Key: r.GetString(0), Syllables: r.Get<string[]>(1)),
            [.. near.Select(n => (object)n.Keys.ToArray())]);
        return new Hits([.. from r in rows
                            let cost = Cost(near, r.Syllables)
                            where cost < double.PositiveInfinity
                            orderby cost, r.Key
                            select r.Key], rows.Count >= MostNames);
    }

    private static double Cost(string[] words, string[] syllables) => Cost(words.Length, (w, s) => words[w] == syllables[s], syllables.Length);

    /// <summary>Words more than were typed cost little; another order, or a surname that was not typed, costs less than a slip.</summary>
    private static double Cost(int words, Func<int, int, bool> means, int syllables) => (0.1 * (syllables - words))
        + (InOrder(words, means, syllables) ? 0 : 0.25) + (Enumerable.Range(0, words).Any(w => means(w, 0)) ? 0 : 0.3);

    /// <summary>Each word takes the nearest syllable that no other has taken.</summary>
    private static double Cost(Dictionary<string, double>[] near, string[] syllables)
    {
        var taken = new bool[syllables.Length];
        double cost = 0;
        foreach (var word in near.OrderBy(n => n.Count))
        {
            var (best, at) = (double.PositiveInfinity, -1);
            for (var s = 0; s < syllables.Length; s++)
            {
                if (!taken[s] && word.TryGetValue(syllables[s], out var far) && far < best)
                {
                    (best, at) = (far, s);
                }
            }

            if (at < 0)
            {
                return double.PositiveInfinity;
            }

            taken[at] = true;
            cost += best;
        }

        return cost + Cost(near.Length, (w, s) => near[w].ContainsKey(syllables[s]), syllables.Length);
    }

    private static bool InOrder(int words, Func<int, int, bool> means, int syllables)
    {
        var word = 0;
        for (var s = 0; s < syllables && word < words; s++)
        {
            word += means(word, s) ? 1 : 0;
        }

        return word == words;
    }
}
