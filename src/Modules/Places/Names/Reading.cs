using System.Text.RegularExpressions;
using SoGoc.Places.Founding;

namespace SoGoc.Places.Names;

/// <summary>One way to read a written name: its kind, if it begins with one, and the rest.</summary>
internal sealed partial record Reading(string? Word, Spelling Name)
{
    /// <summary>How the kinds are written before a name, by level; the longer first.</summary>
    private static readonly Dictionary<AreaLevel, (Spelling Written, string Word)[]> Heads = new()
    {
        [AreaLevel.Commune] = Of(("thị trấn", "Thị trấn"), ("t t", "Thị trấn"), ("đặc khu", "Đặc khu"), ("tt", "Thị trấn"), ("đk", "Đặc khu"), ("xã", "Xã"),
            ("phường", "Phường"), ("x", "Xã"), ("p", "Phường"), ("f", "Phường")),
        [AreaLevel.District] = Of(("thị xã", "Thị xã"), ("thành phố", "Thành phố"), ("t x", "Thị xã"), ("t p", "Thành phố"), ("tx", "Thị xã"), ("tp", "Thành phố"),
            ("huyện", "Huyện"), ("quận", "Quận"), ("h", "Huyện"), ("q", "Quận")),
        [AreaLevel.Province] = Of(("thành phố", "Thành phố"), ("t p", "Thành phố"), ("tp", "Thành phố"), ("tỉnh", "Tỉnh"), ("t", "Tỉnh")),
    };

    /// <summary>With the kind taken off where there is one, and as a whole, since some names begin like a kind (phường Phường Đúc).</summary>
    public static IEnumerable<Reading> All(string text, AreaLevel level)
    {
        var whole = Spelling.Of(GluedKind().Replace(text, "$1 $2"));
        foreach (var (written, word) in Heads[level])
        {
            if (whole.StartsWith(written))
            {
                yield return new Reading(word, whole.Without(written.Length));
                break;
            }
        }

        yield return new Reading(null, whole);
    }

    public bool Names(Area area, IReadOnlyList<Spelling> names) => names.Any(Name.CanMean) && (Word is null || Word == Kinds.Word(area.Kind));

    public bool NamesWhateverKind(IReadOnlyList<Spelling> names) => names.Any(Name.CanMean);

    private static (Spelling, string)[] Of(params (string Written, string Word)[] heads) => [.. heads.Select(h => (Spelling.Of(h.Written), h.Word))];

    /// <summary>P1, Q.10, F5: the kind and the number in one.</summary>
    [GeneratedRegex(@"^\s*([PQFpqf])\.?(\d+)\b")]
    private static partial Regex GluedKind();
}
