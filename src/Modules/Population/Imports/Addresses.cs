using SoGoc.Places;

namespace SoGoc.Population.Imports;

/// <summary>Finds the unit of an address as lists write it; remembers the answers, since one list names few units many times.</summary>
internal sealed class Addresses(PlaceBook places)
{
    private const int Remembered = 20_000;
    private readonly Dictionary<(string, string, string, string), AreaMatch> matches = [];
    private readonly Dictionary<string, AreaMatch> texts = [];

    /// <summary>The unit of the permanent address: by code and names where the list has columns for them, else by the text; none told is no fault.</summary>
    public (Area? Area, AreaFault Fault) Home(string code, string commune, string district, string province, string detail, DateOnly? on)
    {
        if (code.Length + commune.Length == 0)
        {
            if (detail.Length == 0 && district.Length + province.Length == 0)
            {
                return (null, AreaFault.None);
            }

            var text = string.Join(", ", new[] { detail, district, province }.Where(p => p.Length > 0));
            var found = Text(text, on);
            return (found.Area, found.Fault);
        }

        var key = (code, commune, district, province);
        if (!matches.TryGetValue(key, out var match))
        {
            match = Empty(matches)[key] = places.Match(code, commune, district, province, null);
        }

        match = match.Fault == AreaFault.Ambiguous && on is not null ? places.Match(code, commune, district, province, on) : match;
        return (OfDay(match, on), match.Fault);
    }

    /// <summary>A place kept as written, with its unit where the text names one without doubt.</summary>
    public PlaceFact? Place(string text, DateOnly? on) => text.Length == 0 ? null : new PlaceFact(Text(text, on).Area?.Id, text);

    private AreaMatch Text(string text, DateOnly? on)
    {
        if (!texts.TryGetValue(text, out var match))
        {
            match = Empty(texts)[text] = places.MatchText(text, null);
        }

        match = match.Fault == AreaFault.Ambiguous && on is not null ? places.MatchText(text, on) : match;
        return match with { Area = OfDay(match, on) };
    }

    /// <summary>Lists name units as of the day or as of now: the version of the day where one fits, else the newest that does.</summary>
    private static Area? OfDay(AreaMatch match, DateOnly? on) =>
        on is { } day && match.Fault == AreaFault.None ? match.Candidates.FirstOrDefault(a => a.Valid.Holds(day)) ?? match.Area : match.Area;

    private static Dictionary<TKey, AreaMatch> Empty<TKey>(Dictionary<TKey, AreaMatch> memory) where TKey : notnull
    {
        if (memory.Count >= Remembered)
        {
            memory.Clear();
        }

        return memory;
    }
}
