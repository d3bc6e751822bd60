using System.Collections.Frozen;
using SoGoc.Places.Lineages;

namespace SoGoc.Places.Names;

/// <summary>All names of all versions, found by any way of writing them.</summary>
internal sealed class NameIndex
{
    private readonly FrozenDictionary<int, Spelling[]> names;
    private readonly FrozenDictionary<(AreaLevel, string), Area[]> byKey;

    public NameIndex(AreaIndex index)
    {
        var others = OtherNames();
        var spellings = new Dictionary<string, Spelling>(StringComparer.Ordinal);
        Spelling Spell(string name) => spellings.TryGetValue(name, out var known) ? known : spellings[name] = Spelling.Of(name);
        names = index.All.ToFrozenDictionary(a => a.Id, a => a.OtherNames
            .Concat(a.Level == AreaLevel.Province ? others.GetValueOrDefault(a.Code) ?? [] : []).Prepend(a.Name).Select(Spell).ToArray());
        byKey = index.All.SelectMany(a => names[a.Id].Select(n => n.Key).Distinct().Select(key => (Area: a, Key: key)))
            .GroupBy(p => (p.Area.Level, p.Key), p => p.Area).ToFrozenDictionary(g => g.Key, g => g.ToArray());
    }

    public IReadOnlyList<Spelling> Of(Area a) => names[a.Id];

    /// <summary>Units whose name has the same letters, whatever the marks.</summary>
    public IEnumerable<Area> Like(AreaLevel level, string written) =>
        Reading.All(written, level).SelectMany(r => byKey.GetValueOrDefault((level, r.Name.Key)) ?? []).Distinct();

    /// <summary>Whether the text can name the unit; by its kind too, unless any will do.</summary>
    public bool Fits(Area area, string written, bool anyKind) =>
        Reading.All(written, area.Level).Any(r => anyKind ? r.NamesWhateverKind(names[area.Id]) : r.Names(area, names[area.Id]));

    public bool FitsExactly(Area area, string written) => Reading.All(written, area.Level).Any(r => names[area.Id].Any(r.Name.IsExactly));

    private static Dictionary<string, string[]> OtherNames()
    {
        using var stream = typeof(NameIndex).Assembly.GetManifestResourceStream("SoGoc.Places.Names.OtherNames.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').Select(l => l.Split('=', StringSplitOptions.TrimEntries)).Where(l => l.Length == 2)
            .ToDictionary(l => l[0], l => l[1].Split(',', StringSplitOptions.TrimEntries), StringComparer.Ordinal);
    }
}
