using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Quality.Matching;

/// <summary>What a column of an agency's list can be.</summary>
internal static class MatchField
{
    public const string Number = "number", Name = "name", Born = "born", Sex = "sex", Mother = "mother", Phone = "phone", Address = "address", Place = "place";

    /// <summary>In the order in which a row is kept.</summary>
    public static readonly string[] All = [Number, Name, Born, Sex, Mother, Phone, Address, Place];

    /// <summary>Rows by which a column is judged.</summary>
    public const int Sample = 200;

    /// <summary>A head that speaks for a field stands for nothing where fewer of its cells hold what the field holds.</summary>
    private const double LeastFit = 0.1;

    /// <summary>A column of which so much fits goes before one with a plainer head and less.</summary>
    private const double Mostly = 0.5;

    /// <summary>A column under another head is taken for the personal number where so many of its cells hold one: the rule of the number leaves little to chance.</summary>
    private const double NearlyAll = 0.8;

    /// <summary>Heads without marks and signs; the longer ones first, since "ho ten me" holds "ho ten".</summary>
    private static readonly (string Field, string[] Heads)[] Known =
    [
        (Mother, ["ho ten me", "ten me", "ho va ten me", "mother"]),
        (Number, ["so dinh danh", "so dinh danh ca nhan", "ma dinh danh", "so cccd", "cccd", "so can cuoc", "can cuoc", "cmnd", "so cmnd", "cmnd cccd", "so cmnd cccd", "number", "national id"]),
        (Name, ["ho va ten", "ho ten", "ho chu dem va ten", "ho ten hoc sinh", "ho ten chu su dung dat", "nguoi nop thue", "ten", "full name", "name"]),
        (Born, ["ngay sinh", "ngay thang nam sinh", "nam sinh", "birth date", "date of birth", "born"]),
        (Sex, ["gioi tinh", "phai", "sex", "gender"]),
        (Phone, ["dien thoai", "so dien thoai", "sdt", "phone"]),
        (Place, ["xa phuong", "xa", "phuong", "phuong xa", "xa phuong thuong tru", "commune"]),
        (Address, ["dia chi", "dia chi thuong tru", "noi o", "thuong tru", "address"]),
    ];

    /// <summary>Numbers that agencies give: at some the personal number has taken their place, at others it has not, which the cells show.</summary>
    private static readonly string[] OwnNumbers = ["ma so thue", "mst", "ma so bhxh", "so bhxh", "ma the bhyt", "ma so"];

    /// <summary>Words of a head that make its number that of somebody beside the person.</summary>
    private static readonly string[] Others = ["cha", "bo", "me", "vo", "chong", "con", "chu", "ho", "dai", "giam", "than", "father", "mother", "spouse", "head"];

    public static int At(string field) => Array.IndexOf(All, field);

    /// <summary>What the columns may be, by their heads and by what stands below them; empty where nothing is known. Each field once: of several columns one that mostly holds it, then the plainer head, then what fits best, then the first.</summary>
    /// <param name="rows">The first rows, cells in the order of the heads; a row may have fewer.</param>
    public static string[] Guess(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var mapping = Enumerable.Repeat("", heads.Count).ToArray();
        var plain = heads.Select(Plain).ToArray();
        foreach (var field in Known.Select(k => k.Field))
        {
            var best = Enumerable.Range(0, heads.Count).Where(c => mapping[c].Length == 0).Select(c => (Column: c, Head: Says(plain[c], field), Fit: Fit(field, rows.Select(r => c < r.Count ? r[c] : ""))))
                .Where(c => c.Head > 0 ? !(c.Fit < LeastFit) : field == Number && c.Fit >= NearlyAll && !Array.Exists(plain[c.Column].Split(' '), Others.Contains))
                .OrderByDescending(c => c.Fit >= Mostly).ThenByDescending(c => c.Head).ThenByDescending(c => c.Fit ?? 0).ThenBy(c => c.Column).FirstOrDefault((Column: -1, Head: 0, Fit: null));
            if (best.Column >= 0)
            {
                mapping[best.Column] = field;
            }
        }

        return mapping;
    }

    /// <summary>How plainly a head speaks for a field: 2 by its name, 1 by its name and more words (họ và tên NLĐ) or as an agency's own number, 0 not at all.</summary>
    private static int Says(string head, string field) => Known.FirstOrDefault(k => k.Heads.Contains(head)).Field is { } named ? named == field ? 2 : 0
        : (field == Number && OwnNumbers.Contains(head)) || Known.First(k => k.Field == field).Heads.Any(h => Begins(head, h)) ? 1 : 0;

    /// <summary>A name of several words at the beginning, and behind it nothing that makes it somebody else's.</summary>
    private static bool Begins(string head, string name) => name.Contains(' ', StringComparison.Ordinal) && head.StartsWith(name + " ", StringComparison.Ordinal) && !head[name.Length..].Split(' ').Any(w => Others.Contains(w) || w is "email" or "web");

    /// <summary>Share of the cells that hold what the field holds; null where the field has no shape of its own, or all are empty.</summary>
    private static double? Fit(string field, IEnumerable<string> cells)
    {
        var told = cells.Where(c => c.Length > 0).ToList();
        return told.Count == 0 || Shape(field) is not { } holds ? null : (double)told.Count(holds) / told.Count;
    }

    private static Func<string, bool>? Shape(string field) => field switch
    {
        Number => IsNumber,
        Name or Mother => cell => cell.Any(char.IsLetter),
        Born => cell => DateWriting.TryRead(cell, out _),
        Sex => cell => SexOf(cell) > 0,
        Phone => cell => cell.Count(char.IsAsciiDigit) is >= 8 and <= 13,
        _ => null,
    };

    /// <summary>A personal number by its rule, or nine digits as identity cards of old had them; spaces, dots and strokes between do not matter.</summary>
    private static bool IsNumber(string cell)
    {
        var digits = new string([.. cell.Where(char.IsAsciiDigit)]);
        return !cell.Any(char.IsLetter) && (digits.Length == 9 || PersonalNumber.TryParse(digits, out _));
    }

    /// <summary>1 male, 2 female, 0 neither was said.</summary>
    public static short SexOf(string text) => NameKey.Of(text) switch { "nam" or "1" or "trai" or "male" or "m" => 1, "nu" or "2" or "gai" or "female" or "f" => 2, _ => 0 };

    /// <summary>A list can be compared when it has numbers, or names.</summary>
    public static bool IsEnough(IEnumerable<string> mapping) => mapping.Any(m => m is Number or Name);

    private static string Plain(string head) => string.Join(' ', NameKey.Of(new string([.. head.Select(c => char.IsLetterOrDigit(c) ? c : ' ')])).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
