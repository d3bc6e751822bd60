using System.Collections.Concurrent;
using SoGoc.Places.Lineages;

namespace SoGoc.Places.Names;

/// <summary>What a list tells of a unit; empty and missing are one.</summary>
internal sealed record Written
{
    public Written(string? code, string? commune, string? district, string? province)
    {
        (Code, Commune, District, Province) = (Clean(code), Clean(commune), Clean(district), Clean(province));
        Level = Commune is not null ? AreaLevel.Commune : District is not null ? AreaLevel.District : AreaLevel.Province;
    }

    public string? Code { get; }
    public string? Commune { get; }
    public string? District { get; }
    public string? Province { get; }

    /// <summary>The level of the lowest name told.</summary>
    public AreaLevel Level { get; }

    public string? Name => Commune ?? District ?? Province;

    /// <summary>Whoever sets marks on one part sets them on all: "Sa Pa, tỉnh Lào Cai" is not Sa Pả.</summary>
    public bool HasMarks => new[] { Commune, District, Province }.Any(t => t is not null && Spelling.Of(t).HasMarks);

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Finds the unit that a list means. What is not sure is told as such, never guessed: one wrong home in a million is worse than a hundred questions.</summary>
internal sealed class Matcher(AreaIndex index, Lineage lineage)
{
    private const int Remembered = 50_000;
    private const int Suggested = 8;

    /// <summary>How closely what is written must fit: first as the unit was called in its own time; then with the names above it of another time;
    /// then with another kind of unit (a commune that has become a ward), where the district confirms it.</summary>
    private enum Rigour { OwnTime, AnyTime, AnyKind }

    private readonly NameIndex names = new(index);
    private readonly ConcurrentDictionary<(Written, int), AreaMatch> matches = new();
    private readonly ConcurrentDictionary<(string, int), AreaMatch> texts = new();

    public AreaMatch Match(Written written, DateOnly? on) => Remember(matches, (written, Epoch(on)), () => Find(written, on));

    public AreaMatch MatchText(string address, DateOnly? on) => Remember(texts, (address, Epoch(on)), () => new AddressText(this, names, index).Find(address, on));

    private int Epoch(DateOnly? on) => on is { } day ? lineage.Epoch(day) : -1;

    private static AreaMatch Remember<TKey>(ConcurrentDictionary<TKey, AreaMatch> memory, TKey key, Func<AreaMatch> find) where TKey : notnull
    {
        if (memory.TryGetValue(key, out var known))
        {
            return known;
        }

        if (memory.Count >= Remembered)
        {
            memory.Clear();
        }

        return memory[key] = find();
    }

    private AreaMatch Find(Written written, DateOnly? on)
    {
        if (written.Code is null)
        {
            return written.Name is null ? new AreaMatch(null, AreaFault.Unknown, []) : ByNames(written, on);
        }

        var coded = Coded(written.Code, written.Name is null ? null : written.Level).ToList();
        var then = coded.Where(a => on is not { } day || a.Valid.Holds(day)).ToList();
        if (written.Name is null)
        {
            return then.Count == 0 ? new AreaMatch(null, AreaFault.Unknown, coded)
                : then.TrueForAll(a => a.Name == then[0].Name) ? Settle(then, on)
                : new AreaMatch(null, AreaFault.Ambiguous, then);
        }

        if (then.Where(a => Agrees(a, written)).ToList() is { Count: > 0 } agreeing)
        {
            return Settle(agreeing, on);
        }

        var named = ByNames(written, on);
        // A code that no unit ever bore says nothing of a unit; what the names mean is offered, not taken.
        return coded.Count == 0
            ? new AreaMatch(null, AreaFault.Unknown, named.Candidates)
            : new AreaMatch(null, AreaFault.CodeAndNameDiffer, [.. then.Concat(named.Area is { } area ? [area] : named.Candidates).Distinct()]);
    }

    /// <summary>Versions of the code; spreadsheets lose the zeros before a number, so a shorter one may be a commune's.</summary>
    private IEnumerable<Area> Coded(string code, AreaLevel? level)
    {
        var exact = index.Versions(code).Where(a => level is null || a.Level == level).ToList();
        return exact.Count > 0 || level is null || !code.All(char.IsAsciiDigit)
            ? exact
            : index.Versions(code.PadLeft(level switch { AreaLevel.Commune => 5, AreaLevel.District => 3, _ => 2 }, '0')).Where(a => a.Level == level);
    }

    private bool Agrees(Area a, Written w) =>
        names.Fits(a, w.Name!, anyKind: true) && Enum.GetValues<Rigour>().Any(r => UnderDistrict(a, w, r) && InProvince(a, w, r));

    private AreaMatch ByNames(Written w, DateOnly? on)
    {
        // A name alone identifies no commune: in two old provinces 31 names occur twice or more.
        var alone = w.Level == AreaLevel.Commune && w.District is null && w.Province is null;
        var like = names.Like(w.Level, w.Name!).Where(a => on is not { } day || a.Valid.Holds(day)).ToList();
        foreach (var rigour in Enum.GetValues<Rigour>())
        {
            if (rigour == Rigour.AnyKind && w is { Level: AreaLevel.Commune, District: null })
            {
                continue;
            }

            var found = like.Where(a => names.Fits(a, w.Name!, rigour == Rigour.AnyKind) && UnderDistrict(a, w, rigour) && InProvince(a, w, rigour)).ToList();
            if (found.Count > 1 && w.HasMarks && found.Where(a => names.FitsExactly(a, w.Name!)).ToList() is { Count: > 0 } exact)
            {
                found = exact;
            }

            if (found.Count > 0)
            {
                return alone ? new AreaMatch(null, AreaFault.Ambiguous, [.. found.Take(Suggested)]) : Settle(found, on);
            }
        }

        var near = like.Where(a => InProvince(a, w, Rigour.AnyTime)).ToList();
        return new AreaMatch(null, AreaFault.Unknown, [.. near.Take(Suggested)]);
    }

    private bool UnderDistrict(Area a, Written w, Rigour rigour)
    {
        if (a.Level != AreaLevel.Commune || w.District is not { } district)
        {
            return true;
        }

        if (index.District(a) is { } own)
        {
            return names.Fits(own, district, anyKind: rigour != Rigour.OwnTime);
        }

        // A unit of today written with the district of old: right if some of its territory was there.
        return rigour != Rigour.OwnTime && a.Valid.From is { } from
            && lineage.Resolve(a, from.AddDays(-1)).Candidates.Any(c => index.District(c.Area) is { } old && names.Fits(old, district, anyKind: true));
    }

    private bool InProvince(Area a, Written w, Rigour rigour)
    {
        if (a.Level == AreaLevel.Province || w.Province is not { } province)
        {
            return true;
        }

        return names.Fits(index.Province(a)!, province, anyKind: true)
            || (rigour != Rigour.OwnTime && ProvincesOfAnyTime(a).Any(p => names.Fits(p, province, anyKind: true)));
    }

    private IEnumerable<Area> ProvincesOfAnyTime(Area a) =>
        lineage.Resolve(a, DateOnly.MinValue).Provinces.Concat(lineage.Resolve(a, DateOnly.MaxValue).Provinces);

    /// <summary>One unit, or none: of any day the newest, if all others are its own past.</summary>
    private AreaMatch Settle(List<Area> found, DateOnly? on)
    {
        var newest = found.MaxBy(a => a.Valid.From ?? DateOnly.MinValue)!;
        return found.Count == 1 || (on is null && found.All(a => a.Id == newest.Id || IsPastOf(a, newest)))
            ? new AreaMatch(newest, AreaFault.None, [newest])
            : new AreaMatch(null, AreaFault.Ambiguous, [.. found.Take(Suggested)]);
    }

    private bool IsPastOf(Area a, Area newest)
    {
        if (newest.Valid.From is not { } from || a.Valid.Until is not { } until || until > from)
        {
            return false;
        }

        var then = lineage.Resolve(a, from);
        // Where no succession is known, the same code and name is the same unit to whoever wrote it down.
        return then.Candidates.Count == 0 ? a.Code == newest.Code && a.Name == newest.Name : then.Area?.Id == newest.Id;
    }
}
