using SoGoc.Kernel.Text;

namespace SoGoc.Quality.Matching;

/// <summary>What a column of an agency's list can be.</summary>
internal static class MatchField
{
    public const string Number = "number", Name = "name", Born = "born", Sex = "sex", Mother = "mother", Phone = "phone", Address = "address", Place = "place";

    /// <summary>In the order in which a row is kept.</summary>
    public static readonly string[] All = [Number, Name, Born, Sex, Mother, Phone, Address, Place];

    /// <summary>Heads without marks and signs; the longer ones first, since "ho ten me" holds "ho ten".</summary>
    private static readonly (string Field, string[] Heads)[] Known =
    [
        (Mother, ["ho ten me", "ten me", "ho va ten me", "mother"]),
        (Number, ["so dinh danh", "so dinh danh ca nhan", "so cccd", "cccd", "so can cuoc", "can cuoc", "cmnd", "so cmnd", "cmnd cccd", "so cmnd cccd", "ma so thue", "ma so bhxh", "so bhxh", "number", "national id"]),
        (Name, ["ho va ten", "ho ten", "ho chu dem va ten", "ho ten hoc sinh", "ho ten chu su dung dat", "nguoi nop thue", "ten", "full name", "name"]),
        (Born, ["ngay sinh", "ngay thang nam sinh", "nam sinh", "birth date", "date of birth", "born"]),
        (Sex, ["gioi tinh", "phai", "sex", "gender"]),
        (Phone, ["dien thoai", "so dien thoai", "sdt", "phone"]),
        (Place, ["xa phuong", "xa", "phuong", "phuong xa", "xa phuong thuong tru", "commune"]),
        (Address, ["dia chi", "dia chi thuong tru", "noi o", "thuong tru", "address"]),
    ];

    public static int At(string field) => Array.IndexOf(All, field);

    /// <summary>What the columns may be, by their heads; empty where nothing is known. Each field once.</summary>
    public static string[] Guess(IReadOnlyList<string> heads)
    {
        var mapping = heads.Select(h => Plain(h)).Select(h => Known.FirstOrDefault(k => k.Heads.Contains(h)).Field ?? "").ToArray();
        for (var i = 0; i < mapping.Length; i++)
        {
            mapping[i] = Array.IndexOf(mapping, mapping[i]) < i ? "" : mapping[i];
        }

        return mapping;
    }

    /// <summary>1 male, 2 female, 0 neither was said.</summary>
    public static short SexOf(string text) => NameKey.Of(text) switch { "nam" or "1" or "trai" or "male" or "m" => 1, "nu" or "2" or "gai" or "female" or "f" => 2, _ => 0 };

    /// <summary>A list can be compared when it has numbers, or names.</summary>
    public static bool IsEnough(IEnumerable<string> mapping) => mapping.Any(m => m is Number or Name);

    private static string Plain(string head) => string.Join(' ', NameKey.Of(new string([.. head.Select(c => char.IsLetterOrDigit(c) ? c : ' ')])).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
