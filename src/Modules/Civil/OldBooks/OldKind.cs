using SoGoc.Kernel.Text;

namespace SoGoc.Civil.OldBooks;

internal enum OldType { Text, Name, Date, Sex }

/// <summary>A field of an old entry.</summary>
/// <param name="Key">As in files, in the API and in the stored entry: childName, registeredOn.</param>
/// <param name="Role">Of whom; null: of the entry.</param>
/// <param name="Part">What of him: name, born, sex …</param>
/// <param name="Type">How it is read.</param>
/// <param name="Required">An entry without it tells of nobody.</param>
/// <param name="Heads">Folded heads of columns that mean it.</param>
internal sealed record OldField(string Key, string? Role, string Part, OldType Type, bool Required, string[] Heads)
{
    public int Longest => Part is "note" or "place" or "birthPlace" or "residence" or "diedAt" ? 300 : 120;
}

/// <summary>Somebody an entry names.</summary>
/// <param name="Name">child, husband …</param>
/// <param name="Sex">Where the role says it: 1 male, 2 female.</param>
/// <param name="Linked">The entry is about him: he is looked for in the register.</param>
/// <param name="Words">How heads of columns call him, folded; an empty one where they need not.</param>
/// <param name="Parts">What the book says of him.</param>
internal sealed record OldRole(string Name, short? Sex, bool Linked, string[] Words, string[] Parts);

/// <summary>A kind of old book: whom its entries name and what they say, by the forms of TT 04/2024/TT-BTP and the columns of the books before them.</summary>
internal sealed class OldKind
{
    private static readonly Dictionary<string, (OldType Type, string[] Heads)> Parts = new(StringComparer.Ordinal)
    {
        ["name"] = (OldType.Name, ["ho va ten", "ho ten", "ho chu dem ten", "ho chu dem va ten"]), ["born"] = (OldType.Date, ["ngay sinh", "nam sinh", "ngay thang nam sinh"]),
        ["sex"] = (OldType.Sex, ["gioi tinh", "nam nu"]), ["ethnicity"] = (OldType.Text, ["dan toc"]), ["nationality"] = (OldType.Text, ["quoc tich"]), ["birthPlace"] = (OldType.Text, ["noi sinh"]),
        ["residence"] = (OldType.Text, ["noi cu tru", "noi thuong tru", "noi o"]), ["died"] = (OldType.Date, ["ngay chet", "ngay mat", "ngay thang nam chet"]), ["diedAt"] = (OldType.Text, ["noi chet"]),
    };

    private static readonly OldField[] OfTheEntry =
    [
        new("no", null, "no", OldType.Text, false, ["so", "so dang ky", "so trong so"]), new("registeredOn", null, "registeredOn", OldType.Date, true, ["ngay dang ky", "ngay vao so", "ngay thang nam dang ky"]),
    ];

    private static readonly OldField[] AtTheEnd =
    [
        new("declarant", null, "declarant", OldType.Text, false, ["nguoi di khai", "nguoi khai", "nguoi yeu cau"]), new("signer", null, "signer", OldType.Text, false, ["nguoi ky", "nguoi ky giay"]),
        new("note", null, "note", OldType.Text, false, ["ghi chu", "ghi chu cua so"]), new("scan", null, "scan", OldType.Text, false, ["ten tep anh", "tep anh", "anh"]),
    ];

    private readonly Dictionary<string, string> byHead;

    private OldKind(string name, params OldRole[] roles)
    {
        (Name, Roles) = (name, roles);
        Fields = [.. OfTheEntry, .. roles.SelectMany(Of), .. AtTheEnd];
        byHead = Fields.SelectMany(f => f.Heads.Prepend(NameKey.Of(f.Key)).Select(h => (h, f.Key))).DistinctBy(p => p.h).ToDictionary(p => p.h, p => p.Key, StringComparer.Ordinal);
    }

    public string Name { get; }

    public IReadOnlyList<OldRole> Roles { get; }

    /// <summary>In the order of the form.</summary>
    public IReadOnlyList<OldField> Fields { get; }

    public static IReadOnlyList<OldKind> All { get; } =
    [
        new("birth", new OldRole("child", null, true, ["", "con", "tre", "nguoi duoc khai sinh"], ["name", "born", "sex", "ethnicity", "nationality", "birthPlace"]),
            new OldRole("father", 1, false, ["cha", "bo", "nguoi cha"], ["name", "born"]), new OldRole("mother", 2, false, ["me", "nguoi me"], ["name", "born"])),
        new("marriage", new OldRole("husband", 1, true, ["chong", "nguoi chong", "ben nam"], ["name", "born", "ethnicity", "nationality", "residence"]),
            new OldRole("wife", 2, true, ["vo", "nguoi vo", "ben nu"], ["name", "born", "ethnicity", "nationality", "residence"])),
        new("death", new OldRole("dead", null, true, ["", "nguoi chet", "nguoi mat"], ["name", "born", "sex", "ethnicity", "nationality", "residence", "died", "diedAt"])),
        new("recognition", new OldRole("child", null, true, ["con", "nguoi con"], ["name", "born", "sex"]), new OldRole("parent", null, true, ["cha me", "nguoi nhan"], ["name", "born", "sex"])),
        new("guardianship", new OldRole("guardian", null, true, ["nguoi giam ho"], ["name", "born", "residence"]), new OldRole("ward", null, true, ["nguoi duoc giam ho"], ["name", "born", "residence"])),
        new("adoption", new OldRole("child", null, true, ["con nuoi"], ["name", "born", "sex"]), new OldRole("adopter", null, true, ["cha me nuoi", "nguoi nhan con nuoi"], ["name", "born", "residence"])),
        new("marital-status", new OldRole("person", null, true, ["", "nguoi duoc xac nhan"], ["name", "born", "sex", "residence"])),
    ];

    public static OldKind? Find(string? name) => All.FirstOrDefault(k => k.Name == name);

    public static OldKind Of(string name) => Find(name) ?? throw new ArgumentException(name, nameof(name));

    /// <summary>For each head the field it means, or an empty text.</summary>
    public string[] Guess(IReadOnlyList<string> heads) => ColumnHeads.Guess(heads, head => byHead.GetValueOrDefault(head, ""));

    /// <summary>Name of a role's field: childName.</summary>
    public static string KeyOf(string role, string part) => role + char.ToUpperInvariant(part[0]) + part[1..];

    private static IEnumerable<OldField> Of(OldRole role) => role.Parts.Select(part => new OldField(KeyOf(role.Name, part), role.Name, part, Parts[part].Type, part == "name" && role.Linked,
        [.. role.Words.SelectMany(word => Parts[part].Heads.SelectMany(head => word.Length == 0 ? [head] : new[] { $"{head} {word}", $"{head} cua {word}" }))]));
}
