using System.Text.RegularExpressions;
using SoGoc.Kernel.Text;
using SoGoc.Places.Lineages;

namespace SoGoc.Places.Names;

/// <summary>Reads the units at the end of an address in one text, the detail (house, hamlet, street) before them left aside. The text may have three
/// levels, two, or one; each reading that is possible is tried, and two that differ are a doubt.</summary>
internal sealed partial class AddressText(Matcher matcher, NameIndex names, AreaIndex index)
{
    public AreaMatch Find(string address, DateOnly? on)
    {
        var text = Normal.Composed(address).Trim();
        var found = Read(Parts(text), on);
        if (found.Fault != AreaFault.Unknown)
        {
            return found;
        }

        foreach (var cut in new[] { BeforeKind().Replace(text, ", "), Dash().Replace(text, ", ") }.Where(t => t != text))
        {
            var again = Read(Parts(cut), on);
            if (again.Fault != AreaFault.Unknown)
            {
                return again;
            }
        }

        return found;
    }

    private static string[] Parts(string text)
    {
        var parts = text.Split([',', ';', '\n', '\r', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts is [.. var head, var last] && Country().IsMatch(last) ? head : parts;
    }

    private AreaMatch Read(string[] p, DateOnly? on)
    {
        var n = p.Length;
        if (n >= 3 && matcher.Match(new Written(null, p[^3], p[^2], p[^1]), on) is { Fault: not AreaFault.Unknown } whole)
        {
            return whole;
        }

        // What stands before a shorter reading must be detail by its look, or a misspelt commune would count as one.
        var near = new List<AreaMatch>();
        if (n >= 2 && IsDetail(p[..^2]))
        {
            near.Add(matcher.Match(new Written(null, p[^2], null, p[^1]), on));
            near.Add(matcher.Match(new Written(null, p[^2], p[^1], null), on));
            near.Add(matcher.Match(new Written(null, null, p[^2], p[^1]), on));
        }

        if (near.TrueForAll(m => m.Fault == AreaFault.Unknown) && n >= 1 && IsDetail(p[..^1]))
        {
            near.Add(matcher.Match(new Written(null, null, null, p[^1]), on));
            near.Add(matcher.Match(new Written(null, null, p[^1], null), on));
            near.Add(matcher.Match(new Written(null, p[^1], null, null), on));
        }

        return One(near) ?? new AreaMatch(null, AreaFault.Unknown, n < 2 ? [] : [.. names.Like(AreaLevel.Commune, p[Math.Max(0, n - 3)])
            .Where(a => on is not { } day || a.Valid.Holds(day)).Take(8)]);
    }

    private AreaMatch? One(List<AreaMatch> readings)
    {
        var found = readings.Where(m => m.Fault != AreaFault.Unknown).ToList();
        if (found.Count < 2)
        {
            return found.Count == 0 ? null : found[0];
        }

        // "Kon Tum" is a province and the city in it: whichever was meant, the province is no error.
        var areas = found.SelectMany(m => m.Area is { } a ? [a] : m.Candidates).DistinctBy(a => a.Id).ToList();
        return found.Find(m => m.Area is { } around && areas.TrueForAll(a => index.Upwards(a).Any(u => u.Id == around.Id)))
            ?? new AreaMatch(null, AreaFault.Ambiguous, areas);
    }

    private static bool IsDetail(string[] parts) => parts.Length == 0 || Detail().IsMatch(parts[^1]);

    [GeneratedRegex(@"^\W*(\d|(số|so|ấp|ap|thôn|thon|khóm|khom|tổ|to|khu|kp|đường|duong|bản|ban|buôn|buon|làng|lang|hẻm|hem|ngõ|ngo|ngách|xóm|xom|phố|lô|căn|tầng|chung cư|ql|tl|đội|doi|phum|sóc)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Detail();

    [GeneratedRegex(@"\s*,?\s*(?<!\bthị\s*)(?=\b(xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|đặc khu)\s)", RegexOptions.IgnoreCase)]
    private static partial Regex BeforeKind();

    [GeneratedRegex(@"\s+[-–—]\s+")]
    private static partial Regex Dash();

    [GeneratedRegex(@"^(việt nam|viet nam|vietnam|vn)\.?$", RegexOptions.IgnoreCase)]
    private static partial Regex Country();
}
