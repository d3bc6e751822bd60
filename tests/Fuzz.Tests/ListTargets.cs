using System.IO.Compression;
using System.Text;
using SoGoc.Lists;

namespace SoGoc.Fuzz.Tests;

/// <summary>A file that is said to be a list: rows or a <see cref="ListException"/>; and the rows, written again, are read again.</summary>
public abstract class ListTarget : Target
{
    private static readonly ListLimits Small = new(10 << 20, 50 << 20, 50, 500);
    private int read, refused;

    public override int Cases => 1500;

    public override Task Try(byte[] input)
    {
        List<string[]> rows;
        try
        {
            rows = Read(input, Small);
            read++;
        }
        catch (ListException fault)
        {
            Holds(fault.Code.StartsWith("lists.", StringComparison.Ordinal), $"is refused as {fault.Code}");
            refused++;
            return Task.CompletedTask;
        }

        foreach (var write in (Func<Stream, ListWriter>[])[s => ListWriter.Csv(s), s => ListWriter.Xlsx(s)])
        {
            foreach (var (row, same) in Again(Written(rows, write)) is { } again ? rows.Where(HasText).Zip(again.Where(HasText)) : [])
            {
                Holds(Trimmed(row).SequenceEqual(Trimmed(same)), $"{string.Join('|', row)} is read again as {string.Join('|', same)}");
            }
        }

        return Task.CompletedTask;
    }

    public override Task End()
    {
        Holds(read + refused < 100 || (read > Cases / 50 && refused > Cases / 50), $"{read} lists were read and {refused} refused: the cases are too weak or too strong");
        return Task.CompletedTask;
    }

    protected static byte[] Written(IEnumerable<string[]> rows, Func<Stream, ListWriter> write)
    {
        var file = new MemoryStream();
        using (var list = write(file))
        {
            foreach (var row in rows)
            {
                list.Row(row);
            }
        }

        return file.ToArray();
    }

    private static List<string[]> Read(byte[] file, ListLimits limits)
    {
        using var list = ListReader.Open(new MemoryStream(file), "danh-sach", limits);
        return Read(list);
    }

    /// <summary>Null where what was torn apart now looks like another kind of list: kinds are guessed, and that is no loss.</summary>
    private static List<string[]>? Again(byte[] file)
    {
        try
        {
            using var list = ListReader.Open(new MemoryStream(file), "danh-sach", ListLimits.Default);
            return list.Shape is { Encoding: VietnameseEncoding.Unicode, Separator: null or ',', HeadRow: 1 } ? Read(list) : null;
        }
        catch (ListException fault) when (fault.Code == "lists.no-heads")
        {
            return null;
        }
    }

    /// <summary>The heads and the rows.</summary>
    private static List<string[]> Read(ListReader list)
    {
        List<string[]> rows = [[.. list.Shape.Heads]];
        while (list.Read())
        {
            rows.Add([.. Enumerable.Range(0, list.CellCount).Select(i => list[i])]);
            Holds(rows[^1].All(c => c.IsNormalized() && c == c.Trim() && !c.Any(char.IsControl)), "has a cell that is not clean");
        }

        return rows;
    }

    private static bool HasText(string[] row) => row.Any(c => c.Length > 0);

    private static IEnumerable<string> Trimmed(string[] cells) => cells.Reverse().SkipWhile(c => c.Length == 0).Reverse();
}

/// <summary>Lists as text: separators, quotes, charsets, and the letters of old fonts.</summary>
public sealed class CsvTarget : ListTarget
{
    private static readonly byte[][] Sound =
    [
        Written(Rows.Of(30), s => ListWriter.Csv(s)), Written(Rows.Of(30), s => ListWriter.Csv(s, VietnameseEncoding.Tcvn3, ';')), Written(Rows.Of(30), s => ListWriter.Csv(s, VietnameseEncoding.Viqr, '\t')),
        Written(Rows.Of(30), s => ListWriter.Csv(s, VietnameseEncoding.Vni)), Written(Rows.Of(12), s => ListWriter.Csv(s, VietnameseEncoding.UnicodeDecomposed, '|')),
        [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Họ,Tên,Xã\n\"An\",\"B\"\"\",C\n")], [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("Họ\tTên\tXã\nAn\tB\tC\n")],
        "sep=;\r\nHọ tên;Dân tộc;Xã\r\nAn;\"Kinh; Hoa\";'=1+1\r\n\r\n;;\r\n"u8.ToArray(),
    ];

    public override string Name => "csv";

    public override byte[] Make(Mutator mutator) => mutator.Bytes(mutator.Any(Sound), mutator.Any(Sound));
}

/// <summary>Workbooks: mostly broken inside their parts, and now and then in the ZIP around them.</summary>
public sealed class XlsxTarget : ListTarget
{
    private static readonly Dictionary<string, byte[]>[] Sound = [.. new[]
    {
        Written(Rows.Of(12), s => ListWriter.Xlsx(s)), Written(Rows.Of(6), s => ListWriter.Xlsx(s, VietnameseEncoding.Vni)), Excel(),
    }.Select(Parts)];

    public override string Name => "xlsx";

    public override byte[] Make(Mutator mutator)
    {
        var (book, other) = (mutator.Any(Sound), mutator.Any(Sound));
        var parts = book.ToDictionary(p => p.Key, p => mutator.Once(3) ? mutator.Bytes(p.Value, mutator.Any([.. other.Values])) : p.Value);
        if (mutator.Once(20))
        {
            parts.Remove(mutator.Any([.. parts.Keys]));
        }

        var file = Zip(parts);
        return mutator.Once(10) ? mutator.Bytes(file, Zip(other)) : file;
    }

    private static Dictionary<string, byte[]> Parts(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            var content = new MemoryStream();
            using var part = e.Open();
            part.CopyTo(content);
            return content.ToArray();
        });
    }

    private static byte[] Zip(Dictionary<string, byte[]> parts)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                part.Write(content);
            }
        }

        return file.ToArray();
    }

    /// <summary>What Excel writes and our writer does not: shared texts, rich text, styles with dates, formulas, errors, escapes, numbers.</summary>
    private static byte[] Excel()
    {
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var rows = string.Concat(Enumerable.Range(2, 12).Select(i => $"""
            <row r="{i}"><c r="A{i}" t="s"><v>{i % 3}</v></c><c r="B{i}" s="1"><f>1+1</f><v>2283{i % 10}.5</v></c><c r="C{i}" t="inlineStr"><is><t>_x000D_ xã</t></is></c><c r="D{i}" t="e"><v>#N/A</v></c><c r="E{i}"><v>8.9162E+10</v></c></row>
            """));
        return Zip(new Dictionary<string, string>
        {
            ["_rels/.rels"] = $"""<Relationships><Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
            ["xl/_rels/workbook.xml.rels"] = $"""
                <Relationships><Relationship Id="s1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>
                <Relationship Id="f" Type="{office}/styles" Target="styles.xml"/></Relationships>
                """,
            ["xl/workbook.xml"] = $"""<workbook xmlns="{main}" xmlns:r="{office}"><workbookPr date1904="0"/><sheets><sheet name="Nhân khẩu" sheetId="1" r:id="s1"/></sheets></workbook>""",
            ["xl/sharedStrings.xml"] = $"""<sst xmlns="{main}"><si><t>Lê Mẫu</t></si><si><r><t>Đỗ</t></r><r><t> Thử</t></r></si><si><t>_xD83D_</t></si></sst>""",
            ["xl/styles.xml"] = $"""<styleSheet xmlns="{main}"><numFmts><numFmt numFmtId="164" formatCode="[$-1]dd\/mm;@"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>""",
            ["xl/worksheets/sheet1.xml"] = $"""
                <worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Họ tên</t></is></c><c r="B1" t="inlineStr"><is><t>Ngày sinh</t></is></c><c r="C1" t="inlineStr"><is><t>Xã</t></is></c>
                <c r="D1" t="inlineStr"><is><t>Tôn giáo</t></is></c><c r="E1" t="inlineStr"><is><t>Số định danh</t></is></c></row>{rows}</sheetData></worksheet>
                """,
        }.ToDictionary(p => p.Key, p => Encoding.UTF8.GetBytes(p.Value)));
    }
}

/// <summary>An invented list.</summary>
internal static class Rows
{
    private static readonly string[] Names = ["Nguyễn Văn Mẫu", "Trần Thị Ví Dụ", "Lê Hoàng Thử", "Phạm Thị Mỹ Bịa", "Huỳnh Quốc Giả", "Đặng Hữu Nghiệm", "Đỗ Thành Được Mẫu", "Phan Thị Kiều Ẩn"];

    public static IEnumerable<string[]> Of(int people) => Enumerable.Range(0, people).Select(i => new[] { $"{i + 1}", Names[i % Names.Length], $"{(i % 28) + 1:00}/07/1962", "Kinh", $"0892620{i:00000}", $"Tổ {i}, ấp Mẫu" })
        .Prepend(["STT", "Họ và tên", "Ngày sinh", "Dân tộc", "Số định danh", "Nơi thường trú"]);
}
