using System.IO.Compression;
using System.Text;
using CsCheck;

namespace SoGoc.Lists.Tests;

/// <summary>Files made by hand for the tests, and what reading them gives.</summary>
static class Given
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static readonly string[] Heads = ["STT", "Họ và tên", "Ngày sinh", "Dân tộc", "Số định danh"];

    public static readonly string[] People =
    [
        "Nguyễn Văn Hưởng", "Trần Thị Ngọc Ánh", "Lê Hoàng Phước", "Phạm Thị Mỹ Duyên", "Huỳnh Quốc Thắng", "Võ Thị Cẩm Tú", "Đặng Hữu Nghĩa", "Bùi Thị Diễm",
        "Châu Thị Út", "Dương Ngọc Ẩn", "Đỗ Thành Được", "Phan Thị Kiều Oanh", "Lý Kim Quỳnh", "Mai Xuân Trường", "Trương Vĩnh Ký",
    ];

    public static string[] Person(int i) => [$"{i + 1}", People[i % People.Length], $"{(i % 28) + 1:00}/07/1962", "Kinh", $"08920{i:0000000}"];

    public static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    public static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    public static MemoryStream Csv(IEnumerable<string[]> rows, VietnameseEncoding e = VietnameseEncoding.Unicode, char separator = ',')
    {
        var file = new MemoryStream();
        using (var list = ListWriter.Csv(file, e, separator))
            foreach (var row in rows) list.Row(row);
        return file;
    }

    public static MemoryStream Xlsx(IEnumerable<string[]> rows, VietnameseEncoding e = VietnameseEncoding.Unicode)
    {
        var file = new MemoryStream();
        using (var list = ListWriter.Xlsx(file, e))
            foreach (var row in rows) list.Row(row);
        return file;
    }

    public static IEnumerable<string[]> List(int people) => Enumerable.Range(0, people).Select(Person).Prepend(Heads);

    /// <summary>A workbook of one sheet from the XML of its rows, as Excel would lay it out.</summary>
    public static MemoryStream Book(string rows, string texts = "", string styles = "", string book = "", params (string Name, string Xml)[] more)
    {
        var parts = new Dictionary<string, string>
        {
            ["_rels/.rels"] = $"""<Relationships><Relationship Id="a" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
            ["xl/_rels/workbook.xml.rels"] = $"""
                <Relationships><Relationship Id="s1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="s2" Type="{Office}/worksheet" Target="/xl/worksheets/sheet2.xml"/>
                <Relationship Id="t" Type="{Office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="f" Type="{Office}/styles" Target="styles.xml"/></Relationships>
                """,
            ["xl/workbook.xml"] = $"""<workbook xmlns="{Main}" xmlns:r="{Office}">{(book.Length > 0 ? book : """<sheets><sheet name="Nhân khẩu" sheetId="1" r:id="s1"/></sheets>""")}</workbook>""",
            ["xl/sharedStrings.xml"] = $"""<sst xmlns="{Main}">{texts}</sst>""",
            ["xl/styles.xml"] = $"""<styleSheet xmlns="{Main}">{styles}</styleSheet>""",
            ["xl/worksheets/sheet1.xml"] = Sheet(rows),
        };
        foreach (var (name, xml) in more) parts[name] = xml;
        return Zip(parts.Select(p => (p.Key, Encoding.UTF8.GetBytes(p.Value))));
    }

    public static string Sheet(string rows) => $"""<worksheet xmlns="{Main}"><sheetData>{rows}</sheetData></worksheet>""";

    public static string Row(int number, params string[] cells) =>
        $"<row r=\"{number}\">{string.Concat(cells.Select((c, i) => $"""<c r="{(char)('A' + i)}{number}" t="inlineStr"><is><t>{c}</t></is></c>"""))}</row>";

    public static MemoryStream Zip(IEnumerable<(string Name, byte[] Content)> parts)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(content);
            }
        return file;
    }

    public static ListReader Open(Stream file, ListLimits? limits = null) => ListReader.Open(file, "danh-sach.csv", limits ?? ListLimits.Default);

    public static List<string[]> Rows(Stream file, ListLimits? limits = null)
    {
        using var list = Open(file, limits);
        return Rows(list);
    }

    public static List<string[]> Rows(ListReader list)
    {
        var rows = new List<string[]>();
        while (list.Read()) rows.Add([.. Enumerable.Range(0, list.CellCount).Select(i => list[i])]);
        return rows;
    }

    public static ListException Refused(Stream file, string code, ListLimits? limits = null)
    {
        var fault = Assert.Throws<ListException>(() => Rows(file, limits));
        Assert.Equal(code, fault.Code);
        return fault;
    }
}
