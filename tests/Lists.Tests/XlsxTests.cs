using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace SoGoc.Lists.Tests;

public class XlsxTests
{
    static readonly string Heads = Given.Row(1, "Họ tên", "Ngày sinh", "Số định danh");

    const string DateStyles = """
        <numFmts count="4"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="[$-42A]mm\/yyyy;@"/><numFmt numFmtId="166" formatCode="yyyy"/><numFmt numFmtId="167" formatCode="#,##0 &quot;đồng/day&quot;"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="17"/><xf numFmtId="22"/></cellXfs>
        """;

    static string OneCell(string cell, string texts = "", string styles = "", string book = "") =>
        Given.Rows(Given.Book($"{Heads}<row r=\"2\">{cell}</row>", texts, styles, book))[0][0];

    [Fact]
    public void Shared_inline_and_rich_texts_are_read()
    {
        var texts = """<si><t>Họ tên</t></si><si><r><t>Nguyễn </t></r><r><rPr><b/></rPr><t>Văn An</t></r><rPh sb="0" eb="1"><t>ngu</t></rPh></si><si/><si><t xml:space="preserve"> x_x000D__x005F_y </t></si>""";
        Assert.Equal("Nguyễn Văn An", OneCell("<c r=\"A2\" t=\"s\"><v>1</v></c>", texts));
        Assert.Equal("x _y", OneCell("<c r=\"A2\" t=\"s\"><v>3</v></c>", texts));
        Assert.Equal("Trần Bình", OneCell("<c t=\"inlineStr\"><is><r><t>Trần</t></r><r><t xml:space=\"preserve\"> Bình</t></r></is></c>"));
    }

    [Fact]
    public void A_formula_is_not_run_its_stored_value_is_read()
    {
        Assert.Equal("Kinh", OneCell("<c r=\"A2\" t=\"str\"><f>HYPERLINK(\"http://x\")</f><v>Kinh</v></c>"));
        Assert.Equal("7", OneCell("<c r=\"A2\"><f>3+4</f><v>7</v></c>"));
        Assert.Equal(["", "An"], Given.Rows(Given.Book($"{Heads}<row r=\"2\"><c r=\"A2\"><f>1+1</f></c><c r=\"B2\" t=\"inlineStr\"><is><t>An</t></is></c></row>"))[0]);
    }

    [Theory]
    [InlineData("89204000017", "89204000017"), InlineData("8.9204000017E10", "89204000017"), InlineData("0.1", "0.1"), InlineData("0.10000000000000001", "0.1")]
    [InlineData("-12.50", "-12.5"), InlineData("123456789012345", "123456789012345"), InlineData("1E+20", "100000000000000000000"), InlineData("1E-7", "0.0000001"), InlineData("1E+300", "1E+300")]
    public void Numbers_come_out_in_digits(string value, string text) => Assert.Equal(text, OneCell($"<c r=\"A2\"><v>{value}</v></c>"));

    [Theory]
    [InlineData(1, "22832", "05/07/1962"), InlineData(2, "22832.75", "05/07/1962"), InlineData(7, "22832.5", "05/07/1962")]
    [InlineData(3, "22828", "07/1962"), InlineData(6, "22828", "07/1962"), InlineData(4, "22828", "1962"), InlineData(5, "22832", "22832"), InlineData(0, "22832", "22832")]
    [InlineData(1, "1", "01/01/1900"), InlineData(1, "59", "28/02/1900"), InlineData(1, "60", "29/02/1900"), InlineData(1, "61", "01/03/1900"), InlineData(1, "2958465", "31/12/9999")]
    [InlineData(1, "0", "0"), InlineData(1, "-5", "-5"), InlineData(1, "2958466", "2958466"), InlineData(99, "5", "5"), InlineData(1, "x", "x")]
    public void Dates_of_the_1900_system_are_read_as_far_as_they_are_shown(int style, string value, string text) =>
        Assert.Equal(text, OneCell($"<c r=\"A2\" s=\"{style}\"><v>{value}</v></c>", styles: DateStyles));

    [Theory]
    [InlineData("0", "01/01/1904"), InlineData("21370", "05/07/1962"), InlineData("2957003", "31/12/9999"), InlineData("2957004", "2957004")]
    public void Dates_of_the_1904_system_too(string value, string text) =>
        Assert.Equal(text, OneCell($"<c r=\"A2\" s=\"1\"><v>{value}</v></c>", styles: DateStyles, book: """<workbookPr date1904="1"/><sheets><sheet name="a" r:id="s1"/></sheets>"""));

    [Fact]
    public void Other_kinds_of_cells_are_read()
    {
        Assert.Equal("05/07/1962", OneCell("<c r=\"A2\" t=\"d\"><v>1962-07-05T00:00:00</v></c>"));
        Assert.Equal("TRUE", OneCell("<c r=\"A2\" t=\"b\"><v>1</v></c>"));
        Assert.Equal("#N/A", OneCell("<c r=\"A2\" t=\"e\"><v>#N/A</v></c>"));
    }

    [Fact]
    public void Rows_and_cells_that_are_left_out_keep_their_places()
    {
        using var list = Given.Open(Given.Book($"{Heads}<row r=\"2\"/><row r=\"7\"><c r=\"C7\"><v>5</v></c></row><row><c><v>1</v></c><c r=\"B8\"/><c><v>2</v></c></row>"));
        Assert.True(list.Read());
        Assert.Equal((7, 3, "", "5"), (list.RowNumber, list.CellCount, list[0], list[2]));
        Assert.True(list.Read());
        Assert.Equal((8, "1", "", "2"), (list.RowNumber, list[0], list[1], list[2]));
        Assert.False(list.Read());
    }

    [Fact]
    public void Hidden_sheets_and_cover_sheets_are_passed_over()
    {
        var book = """<sheets><sheet name="ẩn" state="hidden" r:id="s1"/><sheet name="Danh sách" r:id="s2"/></sheets>""";
        using var list = Given.Open(Given.Book(Heads, book: book, more: ("xl/worksheets/sheet2.xml", Given.Sheet(Given.Row(1, "Họ", "Tên", "Xã") + Given.Row(2, "Lê", "An", "X")))));
        Assert.Equal(("Danh sách", 3), (list.Shape.Sheet, list.Shape.Heads.Count));

        using var second = Given.Open(Given.Book(Given.Row(1, "BÁO CÁO"), book: book.Replace(" state=\"hidden\"", ""), more: ("xl/worksheets/sheet2.xml", Given.Sheet(Heads + Given.Row(2, "An", "x", "1")))));
        Assert.Equal("Danh sách", second.Shape.Sheet);
    }

    [Fact]
    public void Formatted_empty_cells_far_to_the_right_are_no_columns()
    {
        var rows = $"{Heads}<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"XFD2\" s=\"1\"/></row>";
        Assert.Equal(["1"], Given.Rows(Given.Book(rows))[0]);
        Assert.Equal(2, Given.Refused(Given.Book(rows.Replace("s=\"1\"/>", "><v>1</v></c>")), "lists.too-many-columns").Row);
    }

    [Fact]
    public void What_is_written_is_a_valid_workbook_of_text_cells()
    {
        string[] row = ["=1+1", "@x", "007", " hai  nhà ", "a\nb", "_x0041_ & <b>", "\u0001\uD800", "+84", "'=1", "Đ 😀"];
        var file = Given.Xlsx([["Họ tên", "Ngày sinh", "Số", "D", "E", "F", "G", "H", "I", "K"], row]);
        using (var book = SpreadsheetDocument.Open(file, false))
        {
            Assert.Empty(new OpenXmlValidator().Validate(book));
            var sheet = book.WorkbookPart!.WorksheetParts.Single().Worksheet!;
            Assert.Empty(sheet.Descendants<CellFormula>());
            Assert.All(sheet.Descendants<Cell>(), c => Assert.Equal(CellValues.InlineString, c.DataType!.Value));
            Assert.Equal(PaneStateValues.Frozen, sheet.Descendants<Pane>().Single().State!.Value);
            Assert.Equal("=1+1", sheet.Descendants<Cell>().First(c => c.CellReference == "A2").InnerText);
        }
        Assert.Equal(["=1+1", "@x", "007", "hai nhà", "a b", "_x0041_ & <b>", "\uFFFD", "+84", "'=1", "Đ 😀"], Given.Rows(file)[0]);
    }

    [Fact]
    public void The_same_list_gives_the_same_bytes() => Assert.Equal(Given.Xlsx(Given.List(50)).ToArray(), Given.Xlsx(Given.List(50)).ToArray());

    [Fact]
    public void An_empty_list_is_still_a_workbook()
    {
        using var book = SpreadsheetDocument.Open(Given.Xlsx([]), false);
        Assert.Empty(new OpenXmlValidator().Validate(book));
    }
}
