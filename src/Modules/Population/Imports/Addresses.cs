using SoGoc.Places;

namespace SoGoc.Population.Imports;

/// <summary>Finds the unit of an address as lists write it; remembers the answers, since one list names few units many times.</summary>
internal sealed class Addresses(PlaceBook places)
{
    private const int Remembered = 20_000;
    private readonly Dictionary<(string, string, string, string, DateOnly?), AreaMatch> matches = [];
    private readonly Dictionary<(string, DateOnly?), AreaMatch> texts = [];

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

        var key = (code, commune, district, province, on);
        if (!matches.TryGetValue(key, out var match))
        {
            match = Empty(matches)[key] = First(day => places.Match(code, commune, district, province, day), on);
        }

        return (match.Area, match.Fault);
    }

    /// <summary>A place kept as written, with its unit where the text names one without doubt.</summary>
    public PlaceFact? Place(string text, DateOnly? on) => text.Length == 0 ? null : new PlaceFact(Text(text, on).Area?.Id, text);

    private AreaMatch Text(string text, DateOnly? on)
    {
        if (!texts.TryGetValue((text, on), out var match))
        {
            match = Empty(texts)[(text, on)] = First(day => places.MatchText(text, day), on);
        }

        return match;
    }

    /// <summary>Lists name units as of the day or as of now, old names for a new date and the other way round: the day first, then any.</summary>
    private static AreaMatch First(Func<DateOnly?, AreaMatch> match, DateOnly? on) =>
        on is not null && match(on) is { Fault: AreaFault.None } exact ? exact : match(null);

    private static Dictionary<TKey, AreaMatch> Empty<TKey>(Dictionary<TKey, AreaMatch> memory) where TKey : notnull
    {
        if (memory.Count >= Remembered)
        {
            memory.Clear();
        }

        return memory;
    }
}
