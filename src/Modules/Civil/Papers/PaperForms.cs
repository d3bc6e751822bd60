namespace SoGoc.Civil.Papers;

/// <summary>How a value of an entry is written on paper.</summary>
internal enum Written
{
    Text,
    /// <summary>In capitals.</summary>
    Name,
    Date,
    /// <summary>Of a date the year.</summary>
    Year,
    /// <summary>In figures, and on a line of its own in words.</summary>
    DateInWords,
    Sex,
    /// <summary>Marital status.</summary>
    Marital,
    Ethnicity,
    Nationality,
    Place,
    /// <summary>mother, father, relative … by the sentence civil.declarant-….</summary>
    Declarant,
}

/// <summary>A line of a paper.</summary>
/// <param name="Label">As the form has it.</param>
/// <param name="Path">Where the value stands in the text of the entry.</param>
internal sealed record FormLine(string Label, string Path, Written As = Written.Text);

/// <summary>Lines about one person or matter.</summary>
/// <param name="Head">Above them; empty: none.</param>
/// <param name="Of">The object of the entry's text that they are of; empty: the whole of it. Where the entry has none, the part is left out.</param>
internal sealed record FormPart(string Head, string Of, IReadOnlyList<FormLine> Lines);

/// <summary>What the papers of a kind of entry are called and what stands in them (forms of TT 04/2020/TT-BTP and TT 04/2024/TT-BTP).</summary>
/// <param name="Kind">Kind of the book.</param>
/// <param name="Certificate">Title of the certificate (bản chính).</param>
/// <param name="Extract">Title of an extract.</param>
/// <param name="Series">Behind the number of an extract.</param>
/// <param name="Parts">Null: whoever the entry is about, by what each is in it, and what of its text has a label below.</param>
internal sealed record PaperForm(string Kind, string Certificate, string Extract, string Series, IReadOnlyList<FormPart>? Parts = null);

/// <summary>All kinds. A new one takes a line here, and works without.</summary>
internal static class PaperForms
{
    private static readonly FormLine[] Parent =
    [
        new("Họ, chữ đệm, tên", "fullName"), new("Năm sinh", "born", Written.Year), new("Dân tộc", "ethnicity", Written.Ethnicity), new("Quốc tịch", "nationality", Written.Nationality), new("Nơi cư trú", "residence"), new("Số định danh cá nhân", "number"), new("Hộ chiếu, giấy tờ thay thế số", "paper"),
    ];

    /// <summary>Labels that stand side by side.</summary>
    public static readonly string[] Short = ["Năm sinh", "Giới tính", "Dân tộc", "Quốc tịch"];

    /// <summary>Somebody whom an entry is about.</summary>
    public static readonly FormLine[] Person =
    [
        new("Họ, chữ đệm, tên", "fullName", Written.Name), new("Ngày, tháng, năm sinh", "born", Written.Date), new("Giới tính", "sex", Written.Sex), new("Dân tộc", "ethnicity", Written.Ethnicity), new("Quốc tịch", "nationality", Written.Nationality),
        new("Nơi cư trú", "residence"), new("Số định danh cá nhân", "number"),
    ];

    /// <summary>A parent as the record names him, of a birth that was registered again.</summary>
    private static readonly FormLine[] Named = [new("Họ, chữ đệm, tên", "name"), new("Số định danh cá nhân", "number")];

    /// <summary>What can be changed or corrected: only what was, stands in the entry.</summary>
    private static readonly FormLine[] Changed =
    [
        new("Họ, chữ đệm, tên", "fullName", Written.Name), new("Ngày, tháng, năm sinh", "born", Written.Date), new("Giới tính", "sex", Written.Sex), new("Dân tộc", "ethnicity", Written.Ethnicity), new("Quốc tịch", "nationality", Written.Nationality),
        new("Nơi sinh", "birthPlace", Written.Place), new("Quê quán", "hometown", Written.Place),
    ];

    /// <summary>What else stands in the text of an entry, where its form does not say; never a code.</summary>
    public static readonly FormLine[] Matter =
    [
        new("Họ tên mới", "newName"), new("Vợ hoặc chồng", "spouse"), new("Vợ hoặc chồng", "kin.kind=spouse.name"), new("Đã chết ngày", "facts.ended", Written.Date), new("Cơ quan nước ngoài", "authority"), new("Mục khai tử bị hủy", "annulledNo"), new("Giấy tờ", "paper"), new("Đã đăng ký tại", "earlierOffice"), new("Căn cứ", "decision"), new("Căn cứ", "evidence"),
    ];

    private static readonly PaperForm Other = new("", "Trích lục hộ tịch", "Trích lục hộ tịch", "TLHT-BS");

    public static IReadOnlyList<PaperForm> All { get; } =
    [
        new("birth", "Giấy khai sinh", "Trích lục khai sinh", "TLKS-BS",
        [
            new("", "facts",
            [
                new("Họ, chữ đệm, tên", "fullName", Written.Name), new("Ngày, tháng, năm sinh", "born", Written.DateInWords), new("Giới tính", "sex", Written.Sex), new("Dân tộc", "ethnicity", Written.Ethnicity),
                new("Quốc tịch", "nationality", Written.Nationality), new("Nơi sinh", "birthPlace", Written.Place), new("Quê quán", "hometown", Written.Place),
            ]),
            new("", "", [new("Số định danh cá nhân", "number"), new("Số định danh cá nhân", "facts.number")]), new("Người mẹ", "mother", Parent), new("Người mẹ", "kin.kind=mother", Named),
            new("Người cha", "father", Parent), new("Người cha", "kin.kind=father", Named), new("", "", [new("Người đi khai sinh", "declarant", Written.Declarant)]),
        ]),
        new("death", "Trích lục khai tử", "Trích lục khai tử", "TLKT-BS",
        [
            new("", "deceased", Person),
            new("", "", [new("Đã chết ngày", "died", Written.DateInWords), new("Giờ, phút", "diedAt"), new("Nơi chết", "place"), new("Nguyên nhân chết", "cause"), new("Giấy tờ về việc chết", "evidence")]),
        ]),
        new("marriage", "Giấy chứng nhận kết hôn", "Trích lục kết hôn", "TLKH-BS"),
        new("recognition", "Trích lục đăng ký nhận cha, mẹ, con", "Trích lục đăng ký nhận cha, mẹ, con", "TLCMC-BS"),
        new("adoption", "Giấy chứng nhận nuôi con nuôi", "Trích lục đăng ký nuôi con nuôi", "TLNCN-BS"),
        new("guardianship", "Trích lục đăng ký giám hộ", "Trích lục đăng ký giám hộ", "TLGH-BS"),
        new("change", "Trích lục thay đổi, cải chính hộ tịch", "Trích lục thay đổi, cải chính hộ tịch", "TLTĐ-BS",
        [
            new("", "person", Person), new("Trước khi thay đổi, cải chính", "before", Changed), new("Nay là", "after", Changed),
            new("", "", [new("Số định danh trước", "numberBefore"), new("Số định danh nay là", "numberAfter"), new("Căn cứ", "evidence")]),
        ]),
        new("marital-status", "Giấy xác nhận tình trạng hôn nhân", "Trích lục xác nhận tình trạng hôn nhân", "XNTTHN-BS",
        [
            new("", "person", Person), new("", "", [new("Tình trạng hôn nhân", "status", Written.Marital), new("Vợ hoặc chồng", "spouse"), new("Giấy này dùng để", "for"), new("Có giá trị đến", "until", Written.Date)]),
        ]),
        new("foreign", "Trích lục ghi chú hộ tịch", "Trích lục ghi chú hộ tịch", "TLGC-BS"),
        new("judgment", "Trích lục ghi vào sổ hộ tịch việc theo bản án, quyết định", "Trích lục ghi vào sổ hộ tịch việc theo bản án, quyết định", "TLBA-BS"),
    ];

    public static PaperForm Of(string kind) => All.FirstOrDefault(f => f.Kind == kind) ?? Other with { Kind = kind };
}
