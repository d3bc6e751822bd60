using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>Chooses the keys by the fields there are and the pairs each would cost, which is counted on a part of the rows before anything is compared.</summary>
static class KeyPlan
{
    const int Most = 24;

    // Of a register of people, in the order of how much each pair they bring up is worth; after the bar what a key takes on, one by one, while it costs too much.
    static readonly string[] Person =
    [
        "number",
        "name.letters date",
        "name.given date | sex place",
        "name.family date sex | place",
        "name.sorted date.turned",
        "name.letters date.year | place",
        "name.given date.turned | sex place",
        "parent name.given | date.year",
        "parent date",
        "parent date.year | place sex",
        "phone name.given",
        "phone date.year | sex",
        "address name.given | sex",
        "name.letters place | sex date.year",
        "date place sex | name.family",
    ];

    public static Key[] Choose(LinkTable table, KeyCost cost)
    {
        var fields = table.Fields;
        if (table.Model.Keys is { Count: > 0 } told) return [.. told.Select(parts => Keys.Of(fields, parts))];
        // A million pairs cost next to nothing: a short list need not miss any for them.
        var budget = Math.Max(1e6, (double)table.Model.PairsPerRow * table.Rows);
        var keys = fields.Any(f => f is NameColumn) && fields.Any(f => f is DateColumn) ? OfPersons(fields, cost, budget / 8) : [];
        if (keys.Count == 0) keys = OfAnything(fields, cost, budget);
        if (keys.Count == 0) throw new LinkException("linkage.no-usable-column");
        return [.. keys.Select(mask => new Key(mask, [.. Bits(mask).Select(b => Keys.NameOf(fields, b))]))];
    }

    static List<uint> OfPersons(FieldColumn[] fields, KeyCost cost, double limit)
    {
        var chosen = new List<uint>();
        foreach (var template in Person)
        {
            var parts = template.Split('|', 2);
            // Several parents or numbers: each makes keys of its own.
            foreach (var mask in Masks(fields, parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            {
                var key = mask;
                foreach (var more in parts.Length > 1 ? parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [])
                {
                    if (cost.Pairs(key) <= limit) break;
                    key |= Masks(fields, [more]).FirstOrDefault();
                }
                if (cost.Pairs(key) <= limit * 4 && !chosen.Any(c => (c & key) == c)) chosen.Add(key);
            }
        }
        return chosen;
    }

    static IEnumerable<uint> Masks(FieldColumn[] fields, string[] parts)
    {
        IEnumerable<uint> masks = [0u];
        foreach (var part in parts)
        {
            var lanes = Lanes(fields, part).ToList();
            masks = masks.SelectMany(m => lanes.Select(l => m | 1u << l)).ToList();
        }
        return masks;
    }

    static IEnumerable<int> Lanes(FieldColumn[] fields, string part)
    {
        var dot = part.IndexOf('.', StringComparison.Ordinal);
        var (kind, lane) = dot < 0 ? (part, "") : (part[..dot], part[(dot + 1)..]);
        foreach (var f in fields.Where(f => f.Info.Kind.ToString().Equals(kind, StringComparison.OrdinalIgnoreCase)))
            if (lane.Length == 0) yield return f.First;
            else if (f.LaneNames.ToList().IndexOf(lane) is >= 0 and var at) yield return f.First + at;
    }

    /// <summary>Without a name and a date of birth: one field if it is rare enough, else two or three together, the cheapest first.</summary>
    static List<uint> OfAnything(FieldColumn[] fields, KeyCost cost, double budget)
    {
        var lanes = fields.SelectMany(f => Enumerable.Range(f.First, f.Lanes)).ToArray();
        var chosen = new List<uint>();
        var spent = 0.0;
        for (var size = 1; size <= 3; size++)
        {
            if (size == 3 && chosen.Count >= 4) break;
            var limit = budget * size / 12;
            var candidates = Sets(lanes, size).Where(m => !chosen.Any(c => (c & m) == c)).Select(m => (Mask: m, Pairs: cost.Pairs(m))).Where(c => c.Pairs <= limit).OrderBy(c => c.Pairs).ThenBy(c => c.Mask);
            foreach (var (mask, pairs) in candidates)
            {
                if (chosen.Count >= Most || spent + pairs > budget || chosen.Any(c => (c & mask) == c)) continue;
                chosen.Add(mask);
                spent += pairs;
            }
        }
        return chosen;
    }

    static IEnumerable<uint> Sets(int[] lanes, int size)
    {
        if (size == 0) return [0u];
        return lanes.SelectMany((lane, i) => Sets(lanes[(i + 1)..], size - 1).Select(rest => rest | 1u << lane));
    }

    static IEnumerable<int> Bits(uint mask)
    {
        for (; mask != 0; mask &= mask - 1) yield return BitOperations.TrailingZeroCount(mask);
    }
}

/// <summary>Estimates how many pairs agree in a key.</summary>
sealed class KeyCost(LinkTable table, int threads, CancellationToken stop)
{
    readonly Dictionary<uint, double> _known = [];
    readonly BlockIndex _index = new(table, threads, across: false);

    public int OneIn { get; } = table.Rows switch { < 50_000 => 1, < 200_000 => 2, < 500_000 => 4, < 1_500_000 => 8, _ => 16 };

    public double Pairs(uint mask)
    {
        if (_known.TryGetValue(mask, out var known)) return known;
        _index.Build(mask, OneIn, 0, stop);
        var ofPart = new double[_index.Parts];
        Parallel.For(0, ofPart.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = stop }, static () => new Blocks(), (part, _, blocks) =>
        {
            ofPart[part] = Pairs(part, blocks);
            return blocks;
        }, static _ => { });
        return _known[mask] = ofPart.Sum();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double Pairs(int part, Blocks blocks)
    {
        var pairs = 0.0;
        _index.Part(part, blocks);
        for (var b = 0; b < blocks.Count; b++)
        {
            double rows = blocks[b].Length;
            // Larger blocks will be split.
            pairs += rows * OneIn > Pairing.Largest ? Pairing.Largest * (Pairing.Largest / 2.0) : rows * (rows - 1) / 2 * OneIn * OneIn;
        }
        return pairs;
    }
}
