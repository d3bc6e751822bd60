using SoGoc.Kernel.Cases;
using SoGoc.Population;

namespace SoGoc.Civil.Acts;

/// <summary>Parents, grandparents and on, as far as the register names them; for the kinship that forbids a marriage (Luật Hôn nhân và gia đình 52/2014, articles 3 and 5).</summary>
internal sealed class Ancestry(ActCases acts)
{
    private const int Generations = 3;

    /// <summary>By name in the register (record or number): how many generations above the person.</summary>
    internal sealed record Tree(Party Of, IReadOnlyDictionary<string, int> Above, bool ParentsKnown);

    public async Task<Tree> Of(CaseFile file, Party person)
    {
        var above = new Dictionary<string, int>(StringComparer.Ordinal);
        var level = new List<Party> { person };
        for (var generation = 1; generation <= Generations; generation++)
        {
            var next = new List<Party>();
            foreach (var line in level.SelectMany(p => p.State.Kin).Where(k => k.Kind is KinKind.Father or KinKind.Mother))
            {
                var parent = await acts.Kin(file, line, toAct: false);
                if (Name(parent) is { } name && above.TryAdd(name, generation))
                {
                    next.Add(parent);
                }
            }

            level = next;
        }

        return new Tree(person, above, person.State.Kin.Count(k => k.Kind is KinKind.Father or KinKind.Mother && (k.Number is not null || k.Person is not null)) == 2);
    }

    /// <summary>One is an ancestor of the other.</summary>
    public static bool DirectLine(Tree a, Tree b) => (Name(a.Of) is { } one && b.Above.ContainsKey(one)) || (Name(b.Of) is { } other && a.Above.ContainsKey(other));

    /// <summary>Within three generations: who has the same parents is of the second, children of siblings and of half-siblings are of the third.</summary>
    public static bool ThreeGenerations(Tree a, Tree b) => a.Above.Any(x => x.Value <= 2 && b.Above.TryGetValue(x.Key, out var y) && y <= 2);

    private static string? Name(Party p) => p.Facts.Number?.ToString() ?? p.Record?.ToString();
}
