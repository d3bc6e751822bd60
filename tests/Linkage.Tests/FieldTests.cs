namespace SoGoc.Linkage.Tests;

/// <summary>Dates, numbers, telephones, places, addresses, parents and text.</summary>
public sealed class FieldTests
{
    [Theory]
    [InlineData("05/07/1962", "1962-07-05", "same")]
    [InlineData("5.7.1962", "05071962", "same")]
    [InlineData("05/07/1962", "07/05/1962", "turned")]
    [InlineData("05/07/1962", "1962", "year-known")]
    [InlineData("05/07/1962", "01/01/1962", "year-known")]
    [InlineData("1962", "01/01/1962", "year-known")]
    [InlineData("05/07/1962", "01/01/1963", "next-year")]
    [InlineData("05/07/1962", "05/07/1952", "one-digit")]
    [InlineData("05/07/1962", "05/07/1926", "one-digit")]
    [InlineData("05/07/1962", "05/07/1974", "year-off")]
    [InlineData("25/07/1962", "13/08/1962", "near")]
    [InlineData("25/07/1962", "13/11/1962", "same-year")]
    [InlineData("25/07/1962", "13/11/1981", "different")]
    [InlineData("25/07/1962", "không rõ", "missing")]
    [InlineData("25/07/62", "25/07/1962", "same")]
    public void Dates(string one, string other, string level) => Both(FieldKind.Date, one, other, level);

    [Theory]
    [InlineData("0328123456", "0162 812 3456", "same")]
    [InlineData("+84 328 123 456", "0328.123.456", "same")]
    [InlineData("0328123456", "0328123465", "near")]
    [InlineData("0328123456", "0328123457", "near")]
    [InlineData("0328123456", "0977123456", "different")]
    [InlineData("0328123456", "0000", "missing")]
    public void Telephones(string one, string other, string level) => Both(FieldKind.Phone, one, other, level);

    [Theory]
    [InlineData("Số 600, tổ 20, khóm Vĩnh Lộc", "600 T.20 K.Vĩnh Lộc", "same")]
    [InlineData("Số 600, tổ 20, khóm Vĩnh Lộc", "Số 601, tổ 20, khóm Vĩnh Lộc", "near")]
    [InlineData("Số 600, tổ 20, khóm Vĩnh Lộc", "Số 3, tổ 1, ấp Chợ", "different")]
    public void Addresses(string one, string other, string level) => Both(FieldKind.Address, one, other, level);

    [Theory]
    [InlineData("Nam", "M", "same")]
    [InlineData("Nữ", "female", "same")]
    [InlineData("1", "Nam", "same")]
    [InlineData("Nam", "Nữ", "different")]
    public void Sexes(string one, string other, string level) => Both(FieldKind.Sex, one, other, level);

    [Theory]
    [InlineData("Nguyễn Thị Bé", "Nguyen Thi Be", "same")]
    [InlineData("Nguyễn Thị Bé", "Nguyễn Bé", "near")]
    [InlineData("Nguyễn Thị Bé", "Nguyễn Thị Lan", "different")]
    public void Mothers(string one, string other, string level) => Both(FieldKind.Parent, one, other, level);

    [Theory]
    [InlineData("Morgan", "morgan", "same")]
    [InlineData("Morgan", "Morgen", "near")]
    [InlineData("Catherine", "Katharine", "like")]
    [InlineData("Catherine", "Wolfgang", "different")]
    public void Texts(string one, string other, string level) => Both(FieldKind.Text, one, other, level);

    [Fact]
    public void A_unit_is_the_unit_that_it_was_merged_into_and_a_circle_of_mergers_ends()
    {
        var same = new Dictionary<string, string> { ["Xã An Hảo"] = "Xã An Cư", ["Xã An Cư"] = "Xã Núi Cấm", ["Xã A"] = "Xã B", ["Xã B"] = "Xã A" };
        string Level(string a, string b) => Levels.Of(Given.Table(new LinkModel([new("place", FieldKind.Place, ["place"], Same: same)]), [[a], [b]], ["place"]), "place");
        Assert.Equal("same", Level("xã An Hảo", "Xã Núi Cấm"));
        Assert.Equal("different", Level("Xã An Phú", "Xã Núi Cấm"));
        Assert.Equal("different", Level("Xã A", "Xã Núi Cấm"));
    }

    private static void Both(FieldKind kind, string one, string other, string level)
    {
        string Level(string a, string b) => Levels.Of(Given.Table(new LinkModel([new("x", kind, ["x"]), new("text", FieldKind.Text, ["text"])]), [[a, ""], [b, ""]], ["x", "text"]), "x");
        Assert.Equal(level, Level(one, other));
        Assert.Equal(level, Level(other, one));
    }
}
