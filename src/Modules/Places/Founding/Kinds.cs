namespace SoGoc.Places.Founding;

/// <summary>The kinds of units the law has known, with the level each stands on and the word before the name.</summary>
internal static class Kinds
{
    private static readonly Dictionary<string, (AreaLevel Level, string Word)> All = new(StringComparer.Ordinal)
    {
        ["tỉnh"] = (AreaLevel.Province, "Tỉnh"),
        ["thành phố trực thuộc trung ương"] = (AreaLevel.Province, "Thành phố"),
        ["huyện"] = (AreaLevel.District, "Huyện"),
        ["quận"] = (AreaLevel.District, "Quận"),
        ["thị xã"] = (AreaLevel.District, "Thị xã"),
        ["thành phố thuộc tỉnh"] = (AreaLevel.District, "Thành phố"),
        ["thành phố thuộc thành phố trực thuộc trung ương"] = (AreaLevel.District, "Thành phố"),
        ["xã"] = (AreaLevel.Commune, "Xã"),
        ["phường"] = (AreaLevel.Commune, "Phường"),
        ["thị trấn"] = (AreaLevel.Commune, "Thị trấn"),
        ["đặc khu"] = (AreaLevel.Commune, "Đặc khu"),
    };

    public static IEnumerable<string> Words => All.Values.Select(k => k.Word).Distinct();

    public static AreaLevel? Level(string kind) => All.TryGetValue(kind, out var known) ? known.Level : null;

    public static string FullName(string kind, string name) => $"{All[kind].Word} {name}";

    public static string Word(string kind) => All[kind].Word;

    /// <summary>"Phường Dương Đông" of a district is of the kind thành phố thuộc tỉnh where it begins with Thành phố, of a province otherwise.</summary>
    public static (string Kind, string Name) Split(string fullName, AreaLevel level)
    {
        foreach (var (kind, (at, word)) in All)
        {
            if (at == level && fullName.StartsWith(word + " ", StringComparison.Ordinal))
            {
                return (kind, fullName[(word.Length + 1)..]);
            }
        }

        throw new FormatException($"No kind of unit: {fullName}");
    }
}
