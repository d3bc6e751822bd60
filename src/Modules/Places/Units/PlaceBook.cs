using System.Collections.Concurrent;
using SoGoc.Kernel.Text;

namespace SoGoc.Places;

/// <summary>A step in which territory passed from one version to another.</summary>
public sealed record Passage(int From, int To, DateOnly On, string Kind, decimal Share, bool Exact, bool Default, string Decree);

/// <summary>All versions of all units, in memory and immutable: about 15,000. Thread-safe.</summary>
public sealed class PlaceBook
{
    private readonly Dictionary<int, Area> byId;
    private readonly Dictionary<string, List<Area>> byCode;
    private readonly ILookup<int, Passage> forward;
    private readonly ILookup<int, Passage> backward;
    private readonly ILookup<int, Area> below;
    private readonly HashSet<string> pinCodes;
    private readonly AddressReading reading;
    private readonly (string Code, DateOnly On) home;
    private readonly ConcurrentDictionary<(int, DateOnly), IReadOnlySet<int>> within = new();

    public PlaceBook(IEnumerable<Area> areas, IEnumerable<Passage> passages, (string Code, DateOnly On) home)
    {
        this.home = home;
        byId = areas.ToDictionary(a => a.Id);
        byCode = byId.Values.OrderBy(a => a.Valid.From).GroupBy(a => a.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var steps = passages.ToList();
        forward = steps.ToLookup(p => p.From);
        backward = steps.ToLookup(p => p.To);
        below = byId.Values.Where(a => a.Parent is not null).ToLookup(a => a.Parent!.Value);
        // Personal numbers begin with the codes of the 63 provinces; the 34 of today kept codes among them.
        pinCodes = byId.Values.Where(a => a.Level == AreaLevel.Province).Select(a => "0" + a.Code).ToHashSet(StringComparer.Ordinal);
        reading = new AddressReading(this);
    }

    public Area? this[int id] => byId.GetValueOrDefault(id);

    public IReadOnlyCollection<Area> All => byId.Values;

    /// <summary>The province that this installation serves, in its version of the day.</summary>
    public Area? Home(DateOnly on) => Find(home.Code, home.On) is { } then ? Resolve(then, on).Area : null;

    /// <summary>The version of a code in force on a day.</summary>
    public Area? Find(string code, DateOnly on) => byCode.GetValueOrDefault(code)?.Find(a => a.Valid.Holds(on));

    public IReadOnlyList<Area> Versions(string code) => byCode.GetValueOrDefault(code) ?? [];

    public Area? Parent(Area area) => area.Parent is { } p ? byId[p] : null;

    public Area? Province(Area area)
    {
        while (area.Parent is { } parent)
        {
            area = byId[parent];
        }

        return area.Level == AreaLevel.Province ? area : null;
    }

    /// <summary>The units of the next level on a day; communes directly where there is no district.</summary>
    public IEnumerable<Area> Children(Area area, DateOnly on) =>
        Versions(area.Code).SelectMany(v => below[v.Id]).Where(a => a.Valid.Holds(on)).OrderBy(a => a.Code, StringComparer.Ordinal);

    public IEnumerable<Passage> From(Area area) => forward[area.Id];

    public IEnumerable<Passage> Into(Area area) => backward[area.Id];

    /// <summary>Where the territory of a version belongs on another day, later or earlier, over any number of changes.</summary>
    public Resolution Resolve(Area from, DateOnly on)
    {
        var reached = new List<Successor>();
        var todo = new Queue<Successor>([new Successor(from, 1, true, true, null, "")]);
        for (var steps = 0; todo.Count > 0 && steps < 10_000; steps++)
        {
            var at = todo.Dequeue();
            if (at.Area.Valid.Holds(on))
            {
                reached.Add(at);
                continue;
            }

            var later = at.Area.Valid.Until <= on;
            foreach (var p in later ? forward[at.Area.Id] : backward[at.Area.Id])
            {
                todo.Enqueue(new Successor(byId[later ? p.To : p.From], at.Share * (later ? p.Share : 1), at.Exact && p.Exact, at.Default && p.Default, p.On, p.Decree));
            }
        }

        var one = reached.GroupBy(s => s.Area.Id).Select(g => g.Count() == 1 ? g.First() : g.First() with { Share = Math.Min(1, g.Sum(s => s.Share)) });
        return new Resolution(from, on, [.. one.OrderByDescending(s => s.Share).ThenBy(s => s.Area.Code, StringComparer.Ordinal)]);
    }

    /// <summary>All versions, of any time, whose territory lies on the day in the area, certainly or possibly: what a search "here, with its predecessors" must look for.</summary>
    public IReadOnlySet<int> Within(Area area, DateOnly on) => within.GetOrAdd((area.Id, on), _ =>
    {
        var found = new HashSet<int>();
        var todo = new Stack<Area>([area]);
        while (todo.TryPop(out var a))
        {
            if (!found.Add(a.Id))
            {
                continue;
            }

            foreach (var child in below[a.Id])
            {
                todo.Push(child);
            }

            // The way back to what became part of it before the day, and the way on from it after.
            foreach (var p in backward[a.Id].Where(p => p.On <= on))
            {
                todo.Push(byId[p.From]);
            }

            foreach (var p in forward[a.Id].Where(p => p.On > on))
            {
                todo.Push(byId[p.To]);
            }
        }

        return found;
    });

    /// <summary>Whether a place lies in an area of duty on a day; a divided commune only counts where all of it does.</summary>
    public bool Covers(Area duty, Area place, DateOnly on)
    {
        var now = Resolve(duty, on).Candidates.Select(c => c.Area).ToList();
        var places = Resolve(place, on).Candidates;
        return places.Count > 0 && places.All(c => now.Exists(d => Within(d, on).Contains(c.Area.Id)));
    }

    /// <summary>"Xã Vĩnh Hậu, Huyện An Phú, Tỉnh An Giang" with the names of its own time.</summary>
    public string Write(Area area) => Parent(area) is { } parent ? $"{area.FullName}, {Write(parent)}" : area.FullName;

    /// <summary>Whether a province ever bore the place code at the head of a personal number ("089").</summary>
    public bool PlaceCodeExists(string pinCode) => pinCodes.Contains(pinCode);

    /// <summary>The unit that parts of an address mean, as lists write them: any part may be missing.</summary>
    public AreaMatch Match(string? code, string? commune, string? district, string? province, DateOnly? on) => reading.Match(code ?? "", commune ?? "", district ?? "", province ?? "", on);

    /// <summary>The unit that the end of a written address means ("…, Xã A, Huyện B, Tỉnh C").</summary>
    public AreaMatch MatchText(string address, DateOnly? on) => reading.MatchText(address, on);
}
