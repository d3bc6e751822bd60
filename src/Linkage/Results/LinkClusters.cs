using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>
/// Persons, put together from links: the strongest link first, and none against a guard. Two clusters become one only if their rows agree on the average, so that one
/// doubtful link does not chain strangers together; never if they carry different verified numbers. Links that were refused are for a person to look at.
/// </summary>
public sealed class LinkClusters
{
    // A pair that was never brought up, or lies below the floor, speaks against; how loudly, in bits.
    const double Unseen = -5;

    readonly LinkTable _table;
    readonly int[] _parent;
    readonly List<int>?[] _members;
    readonly int[] _verified;
    readonly Dictionary<int, (int Field, int Value)[]> _numbers = [];

    LinkClusters(LinkTable table)
    {
        _table = table;
        _verified = [.. table.Fields.Where(f => f.Info.Kind == FieldKind.Number).Select(f => f.First)];
        _parent = new int[table.Rows];
        for (var row = 0; row < table.Rows; row++) _parent[row] = row;
        _members = new List<int>?[table.Rows];
        ClusterOf = [];
    }

    /// <summary>For each row the first row of its cluster; itself where it is alone.</summary>
    public IReadOnlyList<int> ClusterOf { get; private set; }

    /// <summary>Links of the wanted weight that the guards refused.</summary>
    public IReadOnlyList<LinkPair> Refused { get; private set; } = [];

    /// <param name="least">Weight from which on a link counts; 0: as likely as not.</param>
    public static LinkClusters Of(LinkTable table, LinkResult result, double least = 0)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(result);
        var clusters = new LinkClusters(table);
        clusters.Merge(result, least);
        return clusters;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Merge(LinkResult result, double least)
    {
        var weights = new Dictionary<(int, int), float>(result.Pairs.Count);
        var links = new List<LinkPair>();
        foreach (var pair in result.Pairs)
        {
            // Copies of one row are one thing, however many there are.
            if (IsCopy(pair)) Join(Root(pair.A), Root(pair.B), asOne: true);
            else if (pair.Weight >= least) links.Add(pair);
        }
        foreach (var pair in result.Pairs) Note(weights, (Representative(pair.A), Representative(pair.B)), pair.Weight);
        var refused = new List<LinkPair>();
        foreach (var link in links.OrderByDescending(l => l.Weight).ThenBy(l => l.A).ThenBy(l => l.B))
        {
            var (a, b) = (Root(link.A), Root(link.B));
            if (a == b) continue;
            if (Contradict(a, b) || Average(a, b, weights) < 0) refused.Add(link);
            else Join(a, b, asOne: false);
        }
        var first = new int[_parent.Length];
        Array.Fill(first, int.MaxValue);
        for (var row = 0; row < _parent.Length; row++) first[Root(row)] = Math.Min(first[Root(row)], row);
        var clusterOf = new int[_parent.Length];
        for (var row = 0; row < _parent.Length; row++) clusterOf[row] = first[Root(row)];
        ClusterOf = clusterOf;
        Refused = [.. refused.Where(l => clusterOf[l.A] != clusterOf[l.B])];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Note(Dictionary<(int, int), float> weights, (int A, int B) pair, float weight)
    {
        if (pair.A == pair.B) return;
        var key = pair.A < pair.B ? pair : (pair.B, pair.A);
        if (!weights.TryGetValue(key, out var known) || weight > known) weights[key] = weight;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double Average(int a, int b, Dictionary<(int, int), float> weights)
    {
        const int Most = 64;
        double sum = 0;
        var (left, right) = (Members(a), Members(b));
        // A cluster of more rows than anybody has records is a chain already.
        if (left.Count + right.Count > Most) return Unseen;
        foreach (var x in left)
            foreach (var y in right) sum += weights.TryGetValue(x < y ? (x, y) : (y, x), out var w) ? Math.Min(w, 10) : Unseen;
        return sum;
    }

    // Different verified numbers: two persons, whatever else agrees.
    bool Contradict(int a, int b)
    {
        foreach (var (field, value) in Numbers(a))
            foreach (var (other, number) in Numbers(b))
                if (field == other && value != number) return true;
        return false;
    }

    (int Field, int Value)[] Numbers(int root)
    {
        if (_numbers.TryGetValue(root, out var known)) return known;
        return Values(root);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    (int, int)[] Values(int row)
    {
        Span<(int, int)> found = stackalloc (int, int)[LinkTable.Lanes];
        var n = 0;
        foreach (var lane in _verified)
            if (Unsafe.Add(ref _table.Row(row), lane) is var value and >= 0) found[n++] = (lane, value);
        return found[..n].ToArray();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool IsCopy(LinkPair pair)
    {
        ref var a = ref _table.Row(pair.A);
        ref var b = ref _table.Row(pair.B);
        var both = Pairing.Unknown(ref a) & Pairing.Unknown(ref b);
        return ((Pairing.Equal(ref a, ref b) | both) & 0xFFFF) == 0xFFFF;
    }

    // The row that stands for all its copies in the averages.
    int Representative(int row) => _members[Root(row)] is null ? Root(row) : _members[Root(row)]![0] is var only && _members[Root(row)]!.Count == 1 ? only : row;

    List<int> Members(int root) => _members[root] ??= [root];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Root(int row)
    {
        while (_parent[row] != row) row = _parent[row] = _parent[_parent[row]];
        return row;
    }

    void Join(int a, int b, bool asOne)
    {
        if (a == b) return;
        var (keep, gone) = Members(a).Count >= Members(b).Count ? (a, b) : (b, a);
        var numbers = Numbers(keep).Concat(Numbers(gone)).Distinct().ToArray();
        if (numbers.Length > 0) _numbers[keep] = numbers;
        if (!asOne) Members(keep).AddRange(Members(gone));
        _members[gone] = null;
        _parent[gone] = keep;
    }
}
