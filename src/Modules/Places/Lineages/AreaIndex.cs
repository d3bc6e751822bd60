using System.Collections.Frozen;

namespace SoGoc.Places.Lineages;

/// <summary>All versions by key, by code and by superior.</summary>
internal sealed class AreaIndex
{
    private readonly FrozenDictionary<int, Area> byId;
    private readonly FrozenDictionary<string, Area[]> byCode;
    private readonly FrozenDictionary<int, Area[]> below;

    public AreaIndex(IEnumerable<Area> areas)
    {
        All = [.. areas.OrderBy(a => a.Id)];
        byId = All.ToFrozenDictionary(a => a.Id);
        byCode = All.GroupBy(a => a.Code, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.OrderBy(a => a.Valid.From ?? DateOnly.MinValue).ToArray(), StringComparer.Ordinal);
        below = All.Where(a => a.Parent is not null).GroupBy(a => a.Parent!.Value)
            .ToFrozenDictionary(g => g.Key, g => g.OrderBy(a => a.Code, StringComparer.Ordinal).ToArray());
    }

    public IReadOnlyList<Area> All { get; }

    public Area? this[int id] => byId.GetValueOrDefault(id);

    public IReadOnlyList<Area> Versions(string code) => byCode.GetValueOrDefault(code) ?? [];

    public Area? Find(string code, DateOnly on)
    {
        foreach (var version in byCode.GetValueOrDefault(code) ?? [])
        {
            if (version.Valid.Holds(on))
            {
                return version;
            }
        }

        return null;
    }

    public IReadOnlyList<Area> Children(int id) => below.GetValueOrDefault(id) ?? [];

    /// <summary>The unit, then what lies above it.</summary>
    public IEnumerable<Area> Upwards(Area a)
    {
        for (var at = a; at is not null; at = at.Parent is { } id ? byId[id] : null)
        {
            yield return at;
        }
    }

    /// <summary>The unit and all below it, over the whole time of each.</summary>
    public IEnumerable<Area> Downwards(Area a) => Children(a.Id).SelectMany(Downwards).Prepend(a);

    public Area? Province(Area a) => Upwards(a).FirstOrDefault(u => u.Level == AreaLevel.Province);

    public Area? District(Area a) => Upwards(a).FirstOrDefault(u => u.Level == AreaLevel.District);
}
