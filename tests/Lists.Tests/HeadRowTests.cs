namespace SoGoc.Lists.Tests;

public class HeadRowTests
{
    static ListShape Shape(string csv)
    {
        using var list = Given.Open(Given.Text(csv));
        return list.Shape;
    }

    [Fact]
    public void Titles_above_the_heads_are_passed_over()
    {
        var csv = """
            ỦY BAN NHÂN DÂN,,,CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM,
            XÃ BÌNH MỸ,,,Độc lập - Tự do - Hạnh phúc,

            DANH SÁCH NHÂN KHẨU,,,,
            (Ấp Bình Tấn),Tổ 3,,,Tháng 7/2022
            STT,Họ và tên,Ngày sinh,Dân tộc,Địa chỉ
            (1),(2),(3),(4),(5)
            1,Nguyễn Văn An,05/07/1962,Kinh,Tổ 3
            """;
        using var list = Given.Open(Given.Text(csv));
        Assert.Equal(6, list.Shape.HeadRow);
        Assert.Equal(["STT", "Họ và tên", "Ngày sinh", "Dân tộc", "Địa chỉ"], list.Shape.Heads);
        Assert.True(list.Read());
        Assert.Equal((8, "Nguyễn Văn An"), (list.RowNumber, list[1]));
    }

    [Fact]
    public void Heads_are_made_distinct_and_trailing_empty_ones_dropped() =>
        Assert.Equal(["STT", "Họ tên", "", "Họ tên (2)", "(2)", "HỌ TÊN (3)", "Xã"], Shape("STT,Họ tên,,Họ tên,,HỌ TÊN,Xã,,\n1,An,x,Bình,y,Cúc,z,,\n").Heads);

    [Fact]
    public void Two_columns_are_enough_where_there_are_no_more() => Assert.Equal(["Họ tên", "Số định danh"], Shape("Họ tên,Số định danh\nAn,089062000017\n").Heads);

    [Theory]
    [InlineData("Họ tên\nAn\nBình\n"), InlineData("1,2,3\n4,5,6\n"), InlineData("\n\n \n"), InlineData("Danh sách,,\n1,An,089062000017\n"), InlineData("{\"a\": 1}\n")]
    public void A_table_without_heads_is_refused(string csv) => Given.Refused(Given.Text(csv), "lists.no-heads");

    [Fact]
    public void Heads_in_a_legacy_font_are_read()
    {
        using var list = Given.Open(Given.Csv([["DANH SÁCH", "", "", "", ""], .. Given.List(5)], VietnameseEncoding.Tcvn3));
        Assert.Equal((2, "Họ và tên"), (list.Shape.HeadRow, list.Shape.Heads[1]));
    }

    [Fact]
    public void Heads_without_rows_are_an_empty_list()
    {
        using var list = Given.Open(Given.Text("STT,Họ tên,Xã\n"));
        Assert.False(list.Read());
        Assert.False(list.Read());
        Assert.Equal("", list[0]);
    }
}
