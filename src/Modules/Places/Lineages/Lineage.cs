using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace SoGoc.Places.Lineages;

/// <summary>The graph of versions and what became of them. Every edge leads from a version that ended on a day to one that began on it.</summary>
internal sealed class Lineage
{
    private readonly AreaIndex index;
    private readonly FrozenDictionary<int, Succession[]> after;
    private readonly FrozenDictionary<int, Succession[]> before;
    private readonly DateOnly[] changeDays;
    private readonly ConcurrentDictionary<(int Area, int Epoch), IReadOnlySet<int>> within = new();

    public Lineage(AreaIndex index, IEnumerable<Succession> successions)
    {
        this.index = index;
        var all = successions.ToList();
        after = all.GroupBy(s => s.From).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        before = all.GroupBy(s => s.To).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        changeDays = [.. index.All.SelectMany(a => new[] { a.Valid.From, a.Valid.Until }).OfType<DateOnly>().Distinct().Order()];
    }

    public IReadOnlyList<Succession> OutOf(int id) => after.GetValueOrDefault(id) ?? [];

    public IReadOnlyList<Succession> Into(int id) => before.GetValueOrDefault(id) ?? [];

    /// <summary>Days between two changes are alike: their number, so that answers can be kept by it.</summary>
    public int Epoch(DateOnly day)
    {
        var at = Array.BinarySearch(changeDays, day);
        return at >= 0 ? at + 1 : ~at;
    }

    /// <summary>The unit may come from an older book, in which it had no end yet: its key says which is meant.</summary>
    public Resolution Resolve(Area from, DateOnly on) => Follow(index[from.Id] ?? from, on);

    private Resolution Follow(Area from, DateOnly on)
    {
        var path = new Walk(this, on, forward: from.Valid.Until <= on);
        path.Go(from, 1, true, true, null);
        var found = path.Found.Values.OrderByDescending(s => s.Share).ThenBy(s => s.Area.Code, StringComparer.Ordinal).ToList();
        var provinces = found.Count > 0
            ? found.Select(c => index.Province(c.Area)).OfType<Area>().Distinct().ToList()
            : from.Level != AreaLevel.Province && index.Province(from) is { } above ? [.. Resolve(above, on).Candidates.Select(c => c.Area)] : [];
        return new Resolution(from, on, found) { Provinces = provinces, Complete = found.Count > 0 && path.Complete };
    }

    private sealed class Walk(Lineage lineage, DateOnly on, bool forward)
    {
        public Dictionary<int, Successor> Found { get; } = [];

        public bool Complete { get; private set; } = true;

        public void Go(Area at, decimal share, bool exact, bool byDefault, Succession? last)
        {
            if (at.Valid.Holds(on))
            {
                var known = Found.GetValueOrDefault(at.Id);
                // Parts that meet again (a unit divided, its parts merged later) are one share.
                Found[at.Id] = new Successor(at, share + (known?.Share ?? 0), exact && known?.Exact != false, byDefault || known?.Default == true,
                    last?.On ?? on, last?.Decree ?? "");
                return;
            }

            var edges = forward ? lineage.OutOf(at.Id) : lineage.Into(at.Id);
            Complete &= edges.Count > 0;
            foreach (var edge in edges)
            {
                var next = lineage.index[forward ? edge.To : edge.From]!;
                // Backwards there is a default only where there is no choice: the new unit is none of its parts more than another.
                Go(next, share * edge.Share, exact && edge.Exact, byDefault && (forward ? edge.Default : edges.Count == 1), edge);
            }
        }
    }

    public IReadOnlySet<int> Within(Area area, DateOnly on) => within.GetOrAdd((area.Id, Epoch(on)), _ => Gather(area, on));

    private HashSet<int> Gather(Area area, DateOnly on)
    {
        var ground = Ground(area, on);
        var ids = new HashSet<int>(ground.Select(a => a.Id));
        Spread(ids, ground, forward: true);
        Spread(ids, ground, forward: false);
        // Of most communes outside the home province only the province's succession is known: they lie in the province, whichever commune they are now.
        foreach (var province in ids.Select(id => index[id]!).Where(a => a.Level == AreaLevel.Province).ToList())
        {
            ids.UnionWith(index.Downwards(province).Where(a => !a.Valid.Holds(on) && !ids.Contains(a.Id) && Reaches(a)).Select(a => a.Id));
        }

        return ids;

        bool Reaches(Area a) => Ground(a, on) is var there && (there.Count == 0 || there.Exists(g => ids.Contains(g.Id)));
    }

    /// <summary>The units of the day that make up the area: itself as of then and all below it. A district that was dissolved is what became of its communes.</summary>
    private List<Area> Ground(Area area, DateOnly on)
    {
        var heads = Resolve(area, on).Candidates.Select(c => c.Area).ToList();
        return heads.Count > 0
            ? [.. heads.SelectMany(h => index.Downwards(h)).Where(a => a.Valid.Holds(on))]
            : area.Level == AreaLevel.District ? [.. index.Children(area.Id).SelectMany(c => Resolve(c, on).Candidates).Select(c => c.Area).Distinct()] : [];
    }

    /// <summary>Adds all that the areas became, or all that became them.</summary>
    private void Spread(HashSet<int> ids, IEnumerable<Area> from, bool forward)
    {
        var open = new Stack<int>(from.Select(a => a.Id));
        var seen = new HashSet<int>(open);
        while (open.TryPop(out var id))
        {
            ids.Add(id);
            foreach (var next in forward ? OutOf(id).Select(s => s.To) : Into(id).Select(s => s.From))
            {
                if (seen.Add(next))
                {
                    open.Push(next);
                }
            }
        }
    }

    public bool Covers(Area duty, Area place, DateOnly on)
    {
        var now = Resolve(duty, on);
        if (now.Area is { } area)
        {
            var there = Resolve(place, on);
            return there.Candidates.Count > 0
                ? there.Candidates.Any(c => Lies(c.Area, area))
                : there.Provinces.Any(p => p.Id == area.Id);
        }

        // The unit of the duty is no more and its successor is not one: what lay in it, as certainly as its own time knows it.
        duty = index[duty.Id] ?? duty;
        var last = duty.Valid.Until is { } end && end <= on ? end.AddDays(-1) : duty.Valid.From ?? on;
        var then = Resolve(place, last);
        return then is { Complete: true, Candidates.Count: > 0 } && then.Candidates.All(c => Lies(c.Area, duty));
    }

    private bool Lies(Area place, Area area) => index.Upwards(place).Any(u => u.Id == area.Id);
}
