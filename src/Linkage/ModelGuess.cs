namespace SoGoc.Linkage;

/// <summary>Guesses from the heads of a list, and where they say nothing from its first rows, what its columns hold.</summary>
public static class ModelGuess
{
    const int Sample = 500;

    // Words of heads without marks, spaces and case; longer ones first, since "họ tên mẹ" holds "họ tên".
    static readonly (string[] Words, FieldKind Kind, string Name, bool Family)[] Known =
    [
        (["hotenme", "tenme", "mother", "mothername", "mother_name"], FieldKind.Parent, "mother", true),
        (["hotencha", "tencha", "father", "fathername", "father_name"], FieldKind.Parent, "father", true),
        (["sodinhdanh", "cccd", "socancuoc", "personalnumber", "nationalid"], FieldKind.Number, "number", false),
        (["hovaten", "hoten", "hochudemvaten", "fullname", "full_name", "name", "ten"], FieldKind.Name, "name", false),
        (["ngaysinh", "ngaythangnamsinh", "namsinh", "birthdate", "birth_date", "dateofbirth", "date_of_birth", "dob", "born", "birthday"], FieldKind.Date, "born", false),
        (["gioitinh", "phai", "sex", "gender"], FieldKind.Sex, "sex", false),
        (["dantoc", "ethnicity", "ethnic", "ethnicgroup"], FieldKind.Group, "group", false),
        (["dienthoai", "sodienthoai", "sdt", "phone", "telephone", "phonenumber", "phone_number", "mobile"], FieldKind.Phone, "phone", true),
        (["xaphuong", "xa", "phuong", "maxa", "xaphuongthuongtru", "commune", "ward", "place"], FieldKind.Place, "place", false),
        (["diachi", "diachithuongtru", "noio", "address", "street"], FieldKind.Address, "address", true),
    ];

    static readonly string[] Ignored = ["id", "stt", "rowid", "uniqueid", "unique_id", "recid", "rec_id", "person", "cluster", "truth", "nguon", "source", "ghichu", "note"];

    /// <summary>A model of the list; what is not known is compared as text when its values are rare enough to tell people apart.</summary>
    /// <param name="sample">First rows, cells in the order of the heads.</param>
    /// <param name="leaveOut">Columns not to use, such as the truth.</param>
    /// <exception cref="LinkException"><c>linkage.no-usable-column</c></exception>
    public static LinkModel From(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<string>> sample, IReadOnlyCollection<string>? leaveOut = null)
    {
        ArgumentNullException.ThrowIfNull(heads);
        ArgumentNullException.ThrowIfNull(sample);
        var fields = new List<LinkField>();
        for (var column = 0; column < heads.Count; column++)
        {
            if (leaveOut?.Contains(heads[column], StringComparer.OrdinalIgnoreCase) == true) continue;
            var values = sample.Take(Sample).Select(row => column < row.Count ? row[column].Trim() : "").Where(v => v.Length > 0).ToList();
            if (Field(heads[column], values) is { } field && fields.All(f => f.Name != field.Name)) fields.Add(field);
        }
        return new LinkModel(fields).Checked();
    }

    static LinkField? Field(string head, List<string> values)
    {
        var word = Plain(head);
        if (Ignored.Contains(word)) return null;
        foreach (var (words, kind, name, family) in Known)
            if (words.Any(w => Plain(w) == word)) return new(name, kind, [head], family);
        if (values.Count == 0) return null;
        double Share(Func<string, bool> is_) => (double)values.Count(is_) / values.Count;
        var distinct = values.Distinct(StringComparer.Ordinal).Count();
        if (distinct < 2) return null;
        if (Share(v => v.Length is >= 6 and <= 10 && v.Any(c => c is '/' or '-' or '.') && DateColumn.Parse(v).Month > 0) > 0.8) return new(head, FieldKind.Date, [head]);
        // A number of its own for each row names the row, not the person.
        if (distinct == values.Count && values.Count > 50 && Share(v => v.All(char.IsAsciiDigit)) > 0.99 && values.Select(v => v.Length).Distinct().Count() < 4) return null;
        return new(head, distinct <= 3 ? FieldKind.Sex : FieldKind.Text, [head]);
    }

    static string Plain(string text) => string.Concat(text.Where(c => Letter.CodeOf(c) != 0).Select(c => Letter.CharOf(Letter.Plain(Letter.CodeOf(c)))));
}
