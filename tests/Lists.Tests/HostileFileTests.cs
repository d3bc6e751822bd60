using System.IO.Compression;
using System.Text;

namespace SoGoc.Lists.Tests;

public class HostileFileTests
{
    static readonly string Rows = Given.Row(1, "Họ tên", "Dân tộc", "Xã") + Given.Row(2, "An", "Kinh", "X");

    [Theory]
    [InlineData(""), InlineData("%PDF-1.7\n..."), InlineData("<!DOCTYPE html><table>"), InlineData("\uFEFF\r\n <html>"), InlineData("{\\rtf1 x}"), InlineData("a,b,c\n\0,1,2\n"), InlineData("Rar!xx")]
    public void What_is_no_list_is_refused(string content) => Given.Refused(Given.Text(content), "lists.not-a-list");

    [Fact]
    public void Random_bytes_are_refused()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(200, 200_000)];
            random.NextBytes(bytes);
            Given.Refused(new MemoryStream(bytes), "lists.not-a-list");
        }
    }

    [Fact]
    public void NUL_far_into_the_file_is_refused()
    {
        Given.Refused(Given.Text(string.Concat(Enumerable.Repeat("a,b,c\n", 300_000)) + "\0,1,2"), "lists.not-a-list");
        Given.Refused(new MemoryStream([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(string.Concat(Enumerable.Repeat("a,b,c\n", 300_000)) + "\0,1,2")]), "lists.not-a-list");
    }

    [Fact]
    public void Old_or_protected_Excel_is_told_apart() =>
        Assert.Equal("save as .xlsx or CSV", Given.Refused(new MemoryStream([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]]), "lists.old-excel").Detail);

    [Fact]
    public void Five_gigabytes_are_refused_before_they_are_read()
    {
        var file = new EndlessList(5L << 30, "a,b,c\n");
        Assert.Equal($"{1L << 30}", Given.Refused(file, "lists.too-large").Detail);
        Assert.Equal(0, file.Position);
    }

    [Fact]
    public void Limits_of_columns_and_cells_are_kept()
    {
        var wide = string.Join(',', Enumerable.Range(0, 201).Select(i => $"cột {(char)('a' + (i % 26))}{(char)('a' + (i / 26))}"));
        Assert.Equal("200", Given.Refused(Given.Text(wide), "lists.too-many-columns").Detail);
        Assert.Equal(2, Given.Refused(Given.Text($"Họ,Tên,Xã\nAn,{new string('x', 4001)},B\n"), "lists.cell-too-long").Row);
        Assert.Equal(2, Given.Refused(Given.Book(Given.Row(1, "Họ", "Tên", "Xã") + Given.Row(2, "An", new string('x', 4001))), "lists.cell-too-long").Row);
        Assert.Equal(2, Given.Refused(Given.Book(Given.Row(1, "Họ", "Tên", "Xã") + "<row><c t=\"s\"><v>0</v></c></row>", $"<si><t>{new string('x', 4001)}</t></si>"), "lists.cell-too-long").Row);
        Assert.Single(Given.Rows(Given.Text($"Họ,Tên,Xã{new string(',', 300)}\nAn,{new string('x', 4000)},B{new string(',', 300)}\n")));
    }

    [Fact]
    public void A_bomb_is_refused_by_what_it_declares_and_by_what_it_becomes()
    {
        var bomb = Bomb();
        Given.Refused(new MemoryStream(bomb), "lists.bomb");

        // The same bomb that declares a harmless size in its directory.
        var directory = bomb.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BitConverter.TryWriteBytes(bomb.AsSpan(directory + 24), 5000);
        Given.Refused(new MemoryStream(bomb), "lists.bomb");
    }

    [Fact]
    public void The_limit_of_unpacked_bytes_holds_for_all_parts_together() =>
        Given.Refused(Given.Xlsx(Given.List(2000)), "lists.bomb", ListLimits.Default with { MaxInflatedBytes = 100_000 });

    // 300 MB of blanks between two rows, packed a thousand to one; the directory entry of the sheet is the last.
    static byte[] Bomb()
    {
        var sheet = Given.Sheet(Rows + "@").Split('@');
        var file = Given.Book(Rows);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true)) zip.GetEntry("xl/worksheets/sheet1.xml")!.Delete();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var part = zip.CreateEntry("xl/worksheets/sheet1.xml").Open();
            part.Write(Encoding.UTF8.GetBytes(sheet[0]));
            var blanks = new byte[1 << 20];
            Array.Fill(blanks, (byte)' ');
            "<row/>"u8.CopyTo(blanks);
            for (var i = 0; i < 300; i++) part.Write(blanks);
            part.Write(Encoding.UTF8.GetBytes(sheet[1]));
        }
        return file.ToArray();
    }

    [Fact]
    public void A_zip_that_is_no_workbook_is_refused()
    {
        Given.Refused(Given.Zip([]), "lists.not-a-list");
        Given.Refused(Given.Zip([("readme.txt", "x"u8.ToArray())]), "lists.not-a-list");
        Given.Refused(Given.Zip([("list.xlsx", Given.Book(Rows).ToArray())]), "lists.not-a-list");
        Given.Refused(Given.Zip([("xl/workbook.xml", "<workbook/>"u8.ToArray())]), "lists.not-a-list");
        Given.Refused(Given.Zip([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"u8.ToArray()), ("content.xml", "<a/>"u8.ToArray())]), "lists.not-a-list");
        var whole = Given.Xlsx(Given.List(100)).ToArray();
        Given.Refused(new MemoryStream(whole[..(whole.Length / 2)]), "lists.not-a-list");
    }

    [Theory]
    [InlineData("xl/workbook.xml"), InlineData("xl/worksheets/sheet1.xml"), InlineData("xl/sharedStrings.xml"), InlineData("xl/styles.xml"), InlineData("_rels/.rels")]
    public void DTDs_and_broken_XML_are_refused(string part)
    {
        Given.Refused(Given.Book(Rows, more: (part, "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>")), "lists.not-a-list");
        Given.Refused(Given.Book(Rows, more: (part, "<x><y></x>")), "lists.not-a-list");
        Given.Refused(Given.Book(Rows, more: (part, "not xml")), "lists.not-a-list");
    }

    [Fact]
    public void Xml_that_would_fill_the_memory_is_refused()
    {
        var random = new Random(3);
        var noise = string.Concat(Enumerable.Range(0, 2_000_000).Select(_ => (char)random.Next('a', 'z')));
        Given.Refused(Given.Book($"<row a=\"{noise}\"/>"), "lists.not-a-list");
        Given.Refused(Given.Book(string.Concat(Enumerable.Repeat("<a>", 100_000))), "lists.not-a-list");
        Given.Refused(Given.Book(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<a{i}/>"))), "lists.not-a-list");
    }

    [Theory]
    [InlineData("<row r=\"1\"><c><v>1</v></c></row>"), InlineData("<row r=\"x\"/>"), InlineData("<row><c r=\"ABCD3\"><v>1</v></c></row>"), InlineData("<row><c r=\"3\"><v>1</v></c></row>")]
    [InlineData("<row><c t=\"s\"><v>5</v></c></row>"), InlineData("<row><c t=\"s\"><v>-1</v></c></row>"), InlineData("<row><c>")]
    public void A_sheet_that_breaks_in_the_middle_is_damaged(string rows) => Assert.NotNull(Given.Refused(Given.Book(Rows + rows), "lists.damaged").Row);

    [Fact]
    public void A_changed_byte_in_a_workbook_is_noticed()
    {
        var parts = new List<(string, byte[])>();
        var file = Given.Book(Rows);
        // Stored, not packed, so that the change is well-formed XML and only the checksum can tell.
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("xl/worksheets/sheet1.xml")!.Delete();
            using var part = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.NoCompression).Open();
            part.Write(Encoding.UTF8.GetBytes(Given.Sheet(Rows)));
        }
        var bytes = file.ToArray();
        bytes[bytes.AsSpan().LastIndexOf("Kinh"u8)] = (byte)'M';
        Given.Refused(new MemoryStream(bytes), "lists.damaged");
    }
}
