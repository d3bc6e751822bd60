using System.Text;
using CsCheck;

namespace SoGoc.Lists.Tests;

public class CsvTests
{
    const string Three = "STT,Họ tên,Dân tộc\n";

    [Theory]
    [InlineData(','), InlineData(';'), InlineData('\t'), InlineData('|')]
    public void The_separator_is_found_even_with_commas_in_addresses(char separator)
    {
        var rows = Enumerable.Range(1, 30).Select(i => new[] { $"{i}", "Nguyễn Văn An", $"Tổ {i}, ấp Bình Tấn, xã Bình Mỹ, huyện Châu Phú" }).Prepend(["STT", "Họ tên", "Địa chỉ"]).ToList();
        using var list = Given.Open(Given.Csv(rows, separator: separator));
        Assert.Equal(separator, list.Shape.Separator);
        Assert.Equal(rows.Skip(1), Given.Rows(list));
    }

    [Fact]
    public void A_line_that_names_the_separator_is_obeyed_and_counted()
    {
        using var list = Given.Open(Given.Text("sep=;\r\nHọ tên;Dân tộc;Xã\r\nAn;Kinh, Hoa;Mỹ Đức\r\n"));
        Assert.Equal((';', 2), (list.Shape.Separator, list.Shape.HeadRow));
        Assert.True(list.Read());
        Assert.Equal((3, "Kinh, Hoa"), (list.RowNumber, list[1]));
    }

    [Fact]
    public void A_sign_that_is_none_does_not_cost_the_list()
    {
        using var list = Given.Open(Given.Text(Three + "1,An\uFFFEe\u0302,Kinh\n"));
        Assert.True(list.Read());
        Assert.Equal("An\uFFFDê", list[1]);
    }

    [Fact]
    public void Rows_are_counted_as_a_spreadsheet_does_and_empty_ones_skipped()
    {
        using var list = Given.Open(Given.Text(Three + "1,\"An\nBình\",Kinh\n\n,,\n , \u00A0,\u200B\n2,Cúc,Hoa\n"));
        Assert.True(list.Read());
        Assert.Equal((2, "An Bình"), (list.RowNumber, list[1]));
        Assert.True(list.Read());
        Assert.Equal((6, "Cúc"), (list.RowNumber, list[1]));
        Assert.False(list.Read());
        Assert.Equal(1, list.Progress);
    }

    [Theory]
    [InlineData(VietnameseEncoding.Unicode), InlineData(VietnameseEncoding.Tcvn3)]
    public void Who_looks_ahead_sees_the_first_rows_as_they_will_be_read_and_takes_none(VietnameseEncoding letters)
    {
        var rows = Enumerable.Range(0, 40).Select(Given.Person).ToList();
        using var list = Given.Open(Given.Csv(rows.Prepend(Given.Heads), letters));
        var ahead = list.Ahead(5);
        Assert.Equal(rows.Take(5), ahead);
        Assert.Equal(rows, Given.Rows(list));
    }

    [Theory]
    [InlineData("Nguyễn Thị Ngọc Ánh Dương"), InlineData("Số 12, tổ 4, ấp Bình Tấn"), InlineData("Đỗ An")]
    public void What_cannot_be_seen_falls_away_wherever_in_a_cell_it_stands(string clean)
    {
        var blanks = Enumerable.Range(0, clean.Length).Where(i => clean[i] == ' ').Append(0).Append(clean.Length);
        var dirty = Enumerable.Range(0, clean.Length + 1).Select(i => clean.Insert(i, "\u200B")).Concat(blanks.Select(i => clean.Insert(i, " "))).ToList();
        using var list = Given.Open(Given.Csv(Enumerable.Repeat(clean, 1100).Concat(dirty).Select((cell, i) => new[] { $"{i}", cell, "Kinh" }).Prepend(["STT", "Họ tên", "Dân tộc"])));
        var read = 0;
        for (; list.Read(); read++) Assert.Equal(clean, list.Text(1).ToString());
        Assert.Equal(1100 + dirty.Count, read);
    }

    [Fact]
    public void Ragged_rows_keep_the_cells_they_have()
    {
        using var list = Given.Open(Given.Text(Three + "1,An\n2,Bình,Kinh,thêm,nữa\n"));
        Assert.True(list.Read());
        Assert.Equal((2, "", ""), (list.CellCount, list[2], list[99]));
        Assert.True(list.Read());
        Assert.Equal((5, "nữa"), (list.CellCount, list[4]));
    }

    [Fact]
    public void A_row_that_starts_with_a_number_sign_is_a_row() => Assert.Equal("#1", Given.Rows(Given.Text(Three + "#1,An,Kinh\n"))[0][0]);

    [Fact]
    public void A_quote_inside_a_plain_cell_is_text() => Assert.Equal("An \"Tèo\"", Given.Rows(Given.Text(Three + "1,An \"Tèo\",Kinh\n"))[0][1]);

    [Theory]
    [InlineData("1,An,Kinh\n2,\"Bình,Hoa\n3,Cúc,Kinh\n", 3)]
    [InlineData("1,An,Kinh\n\n2,\"Bình\"x,Hoa\n", 4)]
    [InlineData("1,\"An,Kinh\n2,\"Bình\",Hoa\n", 2)]
    [InlineData("1,An,\"", 2)]
    public void Broken_quoting_is_refused_at_the_row_where_the_quote_opened(string rows, int row) =>
        Assert.Equal(row, Given.Refused(Given.Text(Three + rows), "lists.broken-quote").Row);

    [Fact]
    public void Broken_quoting_in_the_first_row_is_row_1() => Assert.Equal(1, Given.Refused(Given.Text("\"a\"b,c,d\n1,2,3\n"), "lists.broken-quote").Row);

    [Fact]
    public void An_unclosed_quote_in_a_large_file_stops_early()
    {
        var file = new EndlessList(100 << 20, prefix: Three + "1,An,Kinh\n2,\"Bình,Hoa\n");
        Assert.Equal(3, Given.Refused(file, "lists.cell-too-long").Row);
    }

    [Theory]
    [InlineData("\n"), InlineData("\r\n"), InlineData("\r")]
    public void Any_line_end_will_do(string end) => Assert.Equal(2, Given.Rows(Given.Text($"Họ tên,Dân tộc,Xã{end}An,Kinh,X{end}Bình,Hoa,Y")).Count);

    [Fact]
    public void What_is_written_is_read_back_exactly()
    {
        var cell = Gen.OneOf(
            Given.AnyOf("", "007", "=1+1", "'=1", "''+a", "-5", "@a", "+84 901", "'", "''", "'a", "a,b;c", "\"", "\"\"", "#", "Đặng Thị Út", "x\"y", "- gạch", "'-", "\\n"),
            Gen.String[Gen.Char["ab=+-@',;\"#Đạ0"], 0, 12]);
        Gen.Select(cell.Array[6].Array[1, 20], Given.AnyOf(',', ';', '\t')).Sample((rows, separator) =>
        {
            var kept = rows.Where(r => r.Any(c => c.Length > 0)).ToArray();
            using var list = Given.Open(Given.Csv(rows.Prepend(["Họ và tên", "Dân tộc", "Tôn giáo", "Xã", "Ấp", "Số nhà"]), separator: separator));
            var read = Given.Rows(list);
            Assert.Equal(kept.Length, read.Count);
            foreach (var (wanted, got) in kept.Zip(read)) Assert.Equal(wanted, got);
        }, iter: 2000, seed: "0N0XIzNsQ0O2");
    }

    [Theory]
    [InlineData("=cmd|'/c calc'!A0"), InlineData("+1"), InlineData("-1"), InlineData("@SUM(A1)"), InlineData(" =1"), InlineData("'=1"), InlineData("=\"a\",b")]
    public void Formulas_are_made_harmless_in_CSV(string formula)
    {
        var file = Given.Csv([["Họ tên", "Dân tộc", "Xã"], [formula, "\t=1", "\r=1"]]);
        var line = Encoding.UTF8.GetString(file.ToArray()).Split("\r\n", 2)[1];
        Assert.StartsWith("'", line.TrimStart('"'));
        Assert.DoesNotContain(",\t", line);
        Assert.Equal([formula.Trim(), "=1", "=1"], Given.Rows(file)[0]);
    }

    [Theory]
    [InlineData(VietnameseEncoding.Unicode), InlineData(VietnameseEncoding.UnicodeDecomposed), InlineData(VietnameseEncoding.Tcvn3), InlineData(VietnameseEncoding.Vni), InlineData(VietnameseEncoding.Viqr)]
    public void A_list_comes_back_from_every_code_as_CSV_and_as_workbook(VietnameseEncoding e)
    {
        foreach (var file in new[] { Given.Csv(Given.List(300), e), Given.Csv(Given.List(300), e, '\t'), Given.Xlsx(Given.List(300), e) })
        {
            using var list = Given.Open(file);
            Assert.Equal(e, list.Shape.Encoding);
            Assert.Equal(Given.Heads, list.Shape.Heads);
            Assert.Equal(Given.List(300).Skip(1), Given.Rows(list));
        }
    }
}
