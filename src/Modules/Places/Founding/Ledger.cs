using SoGoc.Kernel.Time;

namespace SoGoc.Places.Founding;

internal enum ChangeKind { Rename, Type, Move, New, Merge, Split }

/// <summary>One line of a decree. <see cref="Code"/> is the unit it concerns; the rest as its kind needs.</summary>
internal sealed record Change(ChangeKind Kind, string Code, string Decree)
{
    public string? Name { get; init; }
    public string? Type { get; init; }
    public string? Into { get; init; }
    public decimal Share { get; init; } = 1;
    public bool Exact { get; init; } = true;
    public bool Default { get; init; } = true;
    public string? Parent { get; init; }
}

/// <summary>The book of versions while it is written: begun from a state, then changed decree by decree in the order of their days. A unit that is
/// changed in name, kind, superior or territory gets a new version; so do all below it, since their addresses change with it.</summary>
internal sealed class Ledger
{
    private readonly SortedDictionary<int, Area> byId = [];
    private readonly List<Succession> edges;
    private readonly Dictionary<string, Area> open = new(StringComparer.Ordinal);
    private int lastId;
    private ILookup<int, Area>? below;

    public Ledger(IEnumerable<Area> areas, IEnumerable<Succession> successions)
    {
        edges = [.. successions];
        foreach (var area in areas)
        {
            byId.Add(area.Id, area);
            lastId = Math.Max(lastId, area.Id);
            if (area.Valid.Until is null)
            {
                open.Add(area.Code, area);
            }
        }
    }

    public IEnumerable<Area> Areas => byId.Values;

    public Area this[int id] => byId[id];

    public IReadOnlyList<Succession> Successions => edges;

    /// <summary>The version of a code that has no end yet.</summary>
    public Area? Open(string code) => open.GetValueOrDefault(code);

    public Area At(string code, DateOnly on) => byId.Values.First(a => a.Code == code && a.Valid.Holds(on));

    public IEnumerable<Area> OpenBelow(Area area) => (below ??= open.Values.Where(a => a.Parent is not null).ToLookup(a => a.Parent!.Value))[area.Id];

    public Area Begin(string code, AreaLevel level, string name, string fullName, string kind, DateOnly? from, string? parent, IReadOnlyList<string>? otherNames = null)
    {
        var area = new Area(++lastId, code, level, name, fullName, kind, Period.Since(from), parent is null ? null : open[parent].Id, otherNames ?? []);
        byId.Add(area.Id, area);
        open.Add(code, area);
        below = null;
        return area;
    }

    public Area End(string code, DateOnly on)
    {
        var ended = open[code] with { Valid = open[code].Valid with { Until = on } };
        byId[ended.Id] = ended;
        open.Remove(code);
        below = null;
        return ended;
    }

    public void Follow(Succession succession) => edges.Add(succession);
}
