namespace SoGoc.Linkage;

/// <summary>How right a set of links is, pair by pair.</summary>
/// <param name="Weight">Links of this weight and more were taken.</param>
/// <param name="Right">Links between records of one person.</param>
/// <param name="Wrong">Links between records of two.</param>
/// <param name="True">Pairs of records of one person that there are.</param>
public readonly record struct Accuracy(double Weight, long Right, long Wrong, long True)
{
    public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

    public double Recall => True == 0 ? 1 : (double)Right / True;

    public double F1 => Right == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}

/// <summary>Compares a result with the truth: for each row whom it is about.</summary>
public sealed class Truth
{
    readonly LinkTable _table;
    readonly LinkResult _result;
    readonly int[] _person;
    readonly Dictionary<int, Accuracy[]> _walks = [];
    readonly Dictionary<int, long> _truePairs = [];

    /// <param name="person">For each row the number of its person; negative where nobody knows: such rows count neither way.</param>
    public Truth(LinkTable table, LinkResult result, IReadOnlyList<int> person)
    {
        ArgumentNullException.ThrowIfNull(person);
        (_table, _result, _person) = (table, result, [.. person]);
        if (_person.Length != table?.Rows) throw new ArgumentException("One person for each row.", nameof(person));
    }

    /// <summary>At a weight; for the whole, or for the rows of a group: a link counts for the group of its first row.</summary>
    public Accuracy At(double weight, int? group = null) => Walk(group).LastOrDefault(a => a.Weight >= weight, new(weight, 0, 0, TruePairs(group))) with { Weight = weight };

    /// <summary>Of the links called sure.</summary>
    public Accuracy AtSure() => At(_result.Bands.Sure);

    /// <summary>Of those called sure and those to be looked at.</summary>
    public Accuracy AtLook() => At(_result.Bands.Look);

    /// <summary>At the weight where F1 is best.</summary>
    public Accuracy Best(int? group = null) => Walk(group).MaxBy(a => a.F1);

    /// <summary>After each further weight, from the highest down.</summary>
    Accuracy[] Walk(int? group)
    {
        if (!_walks.TryGetValue(group ?? -1, out var known)) _walks[group ?? -1] = known = [.. Walking(group)];
        return known;
    }

    IEnumerable<Accuracy> Walking(int? group)
    {
        long right = 0, wrong = 0;
        var all = TruePairs(group);
        var falling = _result.Pairs.Where(p => In(p.A, group) && Known(p)).OrderByDescending(p => p.Weight).ToArray();
        for (var i = 0; i < falling.Length; i++)
        {
            if (Same(falling[i])) right++;
            else wrong++;
            if (i + 1 == falling.Length || falling[i + 1].Weight < falling[i].Weight) yield return new(falling[i].Weight, right, wrong, all);
        }
        if (falling.Length == 0) yield return new(0, 0, 0, all);
    }

    /// <summary>Of clusters: every two rows with the same cluster are a link.</summary>
    public Accuracy OfClusters(IReadOnlyList<int> cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var rows = Enumerable.Range(0, _table.Rows).Where(r => _person[r] >= 0).ToArray();
        var links = Pairs(rows.GroupBy(r => cluster[r]).Select(g => g.ToArray()));
        var right = Pairs(rows.GroupBy(r => (cluster[r], _person[r])).Select(g => g.ToArray()));
        return new(0, right, links - right, TruePairs(null));
    }

    /// <summary>Groups by name, with their number for the other methods.</summary>
    public IEnumerable<(string Name, int Group)> Groups() =>
        Enumerable.Range(0, _table.Rows).Select(_table.GroupIdOf).Distinct().Where(g => g > 0).Order().Select(g => (_table.GroupName(g), g));

    /// <summary>Pairs of records of one person that the keys did not bring up, or that fell below the floor.</summary>
    public long NeverSeen() => TruePairs(null) - _result.Pairs.LongCount(p => Known(p) && Same(p));

    bool Known(LinkPair p) => _person[p.A] >= 0 && _person[p.B] >= 0;

    bool Same(LinkPair p) => _person[p.A] == _person[p.B];

    bool In(int row, int? group) => group is null || _table.GroupIdOf(row) == group;

    long TruePairs(int? group)
    {
        if (!_truePairs.TryGetValue(group ?? -1, out var known)) _truePairs[group ?? -1] = known = PairsOf(group);
        return known;
    }

    long PairsOf(int? group) => Pairs(Enumerable.Range(0, _table.Rows).Where(r => _person[r] >= 0 && In(r, group)).GroupBy(r => _person[r]).Select(g => g.ToArray()));

    long Pairs(IEnumerable<int[]> groups)
    {
        long sum = 0;
        foreach (var rows in groups)
        {
            long n = rows.Length, first = _table.FirstList > 0 ? rows.Count(r => r < _table.FirstList) : 0;
            sum += _table.FirstList > 0 ? first * (n - first) : n * (n - 1) / 2;
        }
        return sum;
    }
}
