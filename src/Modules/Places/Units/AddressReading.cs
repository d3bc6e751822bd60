using SoGoc.Kernel.Text;

namespace SoGoc.Places;

/// <summary>Reads units out of addresses as people write them: marks and capitals do not matter, the kind may be missing or short, old and new names go.
/// A name that fits several units is ambiguous; nothing is guessed.</summary>
internal sealed class AddressReading
{
    private static readonly string[] Kinds =
    [
        "thanh pho ", "thi tran ", "thi xa ", "dac khu ", "phuong ", "huyen ", "quan ", "tinh ", "xa ", "tp ", "tt ", "tx ", "p ", "x ", "h ", "q ", "t ", "dk ",
    ];

    private readonly PlaceBook book;
    private readonly ILookup<(AreaLevel, string), Area> byName;

    public AddressReading(PlaceBook book)
    {
        this.book = book;
        byName = (from a in book.All
                  from key in a.OtherNames.Append(a.FullName).Append(a.Name).SelectMany(n => new[] { NameKey.Of(n), Bare(NameKey.Of(n)) }).Distinct()
                  select (Key: (a.Level, key), Area: a)).ToLookup(p => p.Key, p => p.Area);
    }

    public AreaMatch Match(string code, string commune, string district, string province, DateOnly? on)
    {
        code = code.Trim();
        var named = commune.Length == 0 ? null : Named(AreaLevel.Commune, commune);
        if (code.Length > 0)
        {
            if (code.Length < 5 && code.All(char.IsAsciiDigit))
            {
                code = code.PadLeft(5, '0'); // A spreadsheet dropped the leading zeros; codes of communes always have five digits.
            }

            var versions = book.Versions(code);
            if (versions.Count == 0)
            {
                return new AreaMatch(null, AreaFault.Unknown, []);
            }

            if (named is null)
            {
                return Choose(versions, on, preferNewest: true);
            }

            var both = versions.Where(v => named.Contains(v)).ToList();
            return both.Count == 0 ? new AreaMatch(null, AreaFault.CodeAndNameDiffer, versions) : Choose(In(both, district, province), on, preferNewest: true);
        }

        return Choose(In(named ?? [], district, province), on, preferNewest: district.Length == 0);
    }

    public AreaMatch MatchText(string address, DateOnly? on)
    {
        var parts = address.Split([',', ';', '-'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var last = parts.Length - 1; last >= 0; last--)
        {
            if (Named(AreaLevel.Province, parts[last]).Count == 0)
            {
                continue;
            }

            var province = parts[last];
            if (last >= 2 && Match("", parts[last - 2], parts[last - 1], province, on) is { Fault: not AreaFault.Unknown } threeLevels)
            {
                return threeLevels;
            }

            if (last >= 1 && Match("", parts[last - 1], "", province, on) is { Fault: not AreaFault.Unknown } twoLevels)
            {
                return twoLevels;
            }

            var unit = last >= 1 ? In(Named(AreaLevel.District, parts[last - 1]), "", province) : [];
            return unit.Count > 0 ? Choose(unit, on, preferNewest: true) : new AreaMatch(null, AreaFault.Unknown, []);
        }

        return new AreaMatch(null, AreaFault.Unknown, []);
    }

    /// <summary>Units of a name. Where the text names the kind too, those of that kind come before others of the bare name.</summary>
    private List<Area> Named(AreaLevel level, string text)
    {
        var key = NameKey.Of(text);
        var whole = byName[(level, key)].ToList();
        if (whole.Count > 0 && key != Bare(key))
        {
            return whole;
        }

        var bare = byName[(level, Bare(key))].ToList();
        return bare.Count > 0 ? bare : whole;
    }

    /// <summary>Those that lie in a district and province of the given names, by the names of their own time or of what their province became.</summary>
    private List<Area> In(IReadOnlyList<Area> areas, string district, string province)
    {
        var found = areas.AsEnumerable();
        if (district.Length > 0)
        {
            var names = Named(AreaLevel.District, district).Select(d => d.Code).ToHashSet(StringComparer.Ordinal);
            found = found.Where(a => book.Parent(a) is { Level: AreaLevel.District } d && names.Contains(d.Code));
        }

        if (province.Length > 0)
        {
            var names = Named(AreaLevel.Province, province).Select(p => p.Id).ToHashSet();
            var own = found.Where(a => book.Province(a) is { } p && names.Contains(p.Id)).ToList();
            found = own.Count > 0 ? own : found.Where(a => book.Province(a) is { } p && book.From(p).Any(s => names.Contains(s.To))).ToList();
        }

        return [.. found];
    }

    private static AreaMatch Choose(IReadOnlyList<Area> areas, DateOnly? on, bool preferNewest)
    {
        if (areas.Count == 0)
        {
            return new AreaMatch(null, AreaFault.Unknown, []);
        }

        var fit = on is { } day ? areas.Where(a => a.Valid.Holds(day)).ToList() : [.. areas];
        if (fit.Count == 0)
        {
            return new AreaMatch(null, AreaFault.Unknown, areas);
        }

        if (fit.Select(a => a.Code).Distinct().Count() > 1 && preferNewest)
        {
            var present = fit.Where(a => a.Valid.Until is null).ToList();
            fit = present.Count > 0 ? present : fit;
        }

        return fit.Select(a => a.Code).Distinct().Count() == 1
            ? new AreaMatch(fit.MaxBy(a => a.Valid.From), AreaFault.None, fit)
            : new AreaMatch(null, AreaFault.Ambiguous, fit);
    }

    private static string Bare(string key)
    {
        foreach (var kind in Kinds)
        {
            if (key.StartsWith(kind, StringComparison.Ordinal) && key.Length > kind.Length)
            {
                return key[kind.Length..];
            }
        }

        return key;
    }
}
