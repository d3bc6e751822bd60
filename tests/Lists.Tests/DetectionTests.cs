using CsCheck;
using static SoGoc.Lists.VietnameseEncoding;

namespace SoGoc.Lists.Tests;

public class DetectionTests
{
    static VietnameseEncoding DetectAs(VietnameseEncoding e, IEnumerable<string> names) => VietnameseText.Detect(names.Select(n => VietnameseText.Encode(n, e)));

    [Theory]
    [InlineData(Unicode), InlineData(UnicodeDecomposed), InlineData(Tcvn3), InlineData(Vni), InlineData(Viqr)]
    public void A_list_of_names_tells_its_code(VietnameseEncoding e)
    {
        Assert.Equal(e, DetectAs(e, Given.People));
        Assert.Equal(e, DetectAs(e, Given.People.Select(p => p.ToUpperInvariant())));
        Assert.Equal(e, DetectAs(e, Given.List(200).SelectMany(r => r)));
    }

    [Theory]
    [InlineData(Unicode), InlineData(UnicodeDecomposed), InlineData(Tcvn3), InlineData(Vni), InlineData(Viqr)]
    public void Three_names_are_enough(VietnameseEncoding e) =>
        Gen.Shuffle(Given.People, 3).Sample(names => DetectAs(e, names) == e, iter: 2000, seed: "0N0XIzNsQ0O2");

    [Theory]
    [InlineData("NguyÔn V¨n An", Tcvn3), InlineData("Nguyeãn Vaên An", Vni), InlineData("Nguye^~n Va(n An", Viqr), InlineData("Nguyễn Văn An", Unicode)]
    public void One_full_name_is_enough_if_it_is_plain(string name, VietnameseEncoding e) => Assert.Equal(e, VietnameseText.Detect([name]));

    [Fact]
    public void Unaccented_lists_are_taken_as_they_are()
    {
        string[] cells = ["Nguyen Van A.", "O+", "AB-", "a.b@mail.vn", "1/2/1962", "12.5.1962", "Nhom mau: O+", "hoa.", "ba?", "TP. Ho Chi Minh", "(1)", "Q. 3", "A+", "O'Brien", "15' 20"];
        Assert.Equal(Unicode, VietnameseText.Detect(cells));
        Assert.Equal(Unicode, VietnameseText.Detect(Enumerable.Repeat(cells, 100).SelectMany(c => c)));
        Assert.Equal(Unicode, VietnameseText.Detect([]));
    }

    [Fact]
    public void English_and_French_are_no_legacy_font()
    {
        Assert.Equal(Unicode, VietnameseText.Detect(["The quick brown fox.", "Who? Me?", "don't add (odd) additions", "Address: 5 Middle Rd.", "C++ is old. Is it?", "a^2+b^2"]));
        Assert.Equal(Unicode, VietnameseText.Detect(["José", "Jérôme Müller", "François", "Ångström", "café – 5 €"]));
    }

    [Theory]
    [InlineData(Tcvn3), InlineData(Vni), InlineData(Viqr)]
    public void Khmer_names_between_the_others_do_not_hide_the_code(VietnameseEncoding e) =>
        Assert.Equal(e, DetectAs(e, ["Néang Minh Nhật", "Lý Trường Nguyên", "Néang Phạm Tường", "Chau Đa Ra"]));

    [Fact]
    public void Khmer_and_Cham_names_in_Unicode_stay_Unicode() =>
        Assert.Equal(Unicode, VietnameseText.Detect(["Néang Sóc Kha", "Chau Rít", "Mohamách Zên", "Néang Kim Lớn", "Châu Ốt"]));

    [Fact]
    public void A_list_that_mixes_codes_follows_the_most_and_keeps_single_mended_cells()
    {
        var rows = Given.List(100).Select((r, i) => i % 20 == 5 ? r : Array.ConvertAll(r, c => VietnameseText.Encode(c, Tcvn3)));
        using var list = Given.Open(Given.Xlsx(rows));
        Assert.Equal(Tcvn3, list.Shape.Encoding);
        Assert.Equal(Given.List(100).Skip(1), Given.Rows(list));
    }

    [Fact]
    public void Bytes_tell_the_charset()
    {
        var text = "STT;Họ tên;Dân tộc\r\n1;Nguyễn Thị Ánh;Kinh\r\n2;Trần Đức Ửng;Hoa\r\n";
        foreach (var (name, bytes) in Encodings(text))
        {
            using var list = Given.Open(new MemoryStream(bytes));
            Assert.Equal((name, ';'), (list.Shape.Charset, list.Shape.Separator));
            Assert.Equal(["STT", "Họ tên", "Dân tộc"], list.Shape.Heads);
            Assert.Equal([["1", "Nguyễn Thị Ánh", "Kinh"], ["2", "Trần Đức Ửng", "Hoa"]], Given.Rows(list));
        }
    }

    static IEnumerable<(string, byte[])> Encodings(string text)
    {
        yield return ("utf-8", System.Text.Encoding.UTF8.GetBytes(text));
        yield return ("utf-8", [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(text)]);
        yield return ("utf-16le", [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes(text)]);
        yield return ("utf-16be", [0xFE, 0xFF, .. System.Text.Encoding.BigEndianUnicode.GetBytes(text)]);
        yield return ("windows-1252", Given.Csv(text.Split("\r\n")[..^1].Select(l => l.Split(';')), Tcvn3, ';').ToArray());
        // As Excel saves on a Vietnamese Windows: the hat is part of the letter, the tone a byte of its own.
        yield return ("windows-1258", Convert.FromHexString(
            "5354543B48" + "6FF2" + "2074EA6E3B44E26E2074" + "F4F2" + "63" + "0D0A" + "313B4E677579" + "EADE" + "6E205468" + "69F2" + "20" + "41EC" + "6E683B4B696E680D0A"
            + "323B5472" + "E2CC" + "6E20D0" + "FDEC" + "6320" + "DDD2" + "6E673B486F610D0A"));
    }

    /// <summary>Communes send their parts in their own fonts, and somebody copies them one below the other.</summary>
    [Theory]
    [InlineData(60, 20, 20)]
    [InlineData(10, 80, 10)]
    [InlineData(1, 1, 98)]
    [InlineData(500, 1, 1)]
    public void Parts_in_several_codes_in_one_file_are_each_read_in_their_own(int unicode, int tcvn3, int vni)
    {
        byte[] Part(IEnumerable<string[]> rows, VietnameseEncoding e) => Given.Csv(rows, e).ToArray() is [0xEF, 0xBB, 0xBF, .. var bare] ? bare : Given.Csv(rows, e).ToArray();
        var people = Enumerable.Range(0, unicode + tcvn3 + vni).Select(Given.Person).ToList();
        byte[] file = [.. Part([Given.Heads, .. people[..unicode]], VietnameseEncoding.Unicode), .. Part(people[unicode..(unicode + tcvn3)], VietnameseEncoding.Tcvn3), .. Part(people[(unicode + tcvn3)..], VietnameseEncoding.Vni)];
        foreach (byte[] bytes in new[] { file, [0xEF, 0xBB, 0xBF, .. file] })
        {
            using var list = Given.Open(new MemoryStream(bytes));
            Assert.Equal(Given.Heads, list.Shape.Heads);
            var rows = Given.Rows(list);
            Assert.Equal(people.Count, rows.Count);
            var wrong = rows.Where((r, i) => !r.SequenceEqual(people[i])).Select(r => r[1]).ToList();
            Assert.True(wrong.Count == 0, string.Join("; ", wrong.Distinct().Take(12)));
        }
    }

    [Fact]
    public void A_line_longer_than_what_is_read_at_once_keeps_its_letters_in_a_mixed_file()
    {
        var longName = string.Concat(Enumerable.Repeat("Nguyễn Thị Ánh ", 9000)).TrimEnd();
        byte[] bytes = [.. Given.Text($"Họ tên,Ghi chú\n{longName},dài\n").ToArray(), .. Given.Csv([["Đỗ Văn Được", "x"]], Tcvn3).ToArray()];
        using var list = ListReader.Open(new MemoryStream(bytes), "dai.csv", ListLimits.Default with { MaxCellChars = 1 << 20 });
        var rows = Given.Rows(list);
        Assert.Equal([longName, "Đỗ Văn Được"], rows.Select(r => r[0]));
    }

    [Fact]
    public void One_broken_byte_does_not_turn_a_whole_UTF8_list_into_another_charset()
    {
        var bytes = Given.Csv(Given.List(100)).ToArray()[3..];
        bytes[Array.IndexOf(bytes, (byte)'K', 2000)] = 0xE1;
        var rows = Given.Rows(new MemoryStream(bytes));
        Assert.Equal(100, rows.Count);
        Assert.Single(rows, r => r[3] == "\uFFFDinh");
        Assert.Equal(Given.People[0], rows[0][1]);
    }

    [Fact]
    public void Accents_that_come_only_after_a_million_bytes_still_tell_the_charset()
    {
        var rows = Enumerable.Range(0, 40_000).Select(i => new[] { $"{i}", "Nguyen Van An", "Kinh", "An Giang" }).Prepend(["STT", "Ho ten", "Dan toc", "Tinh"]).Append(["1", "Đặng Thị Út", "Kinh", "x"]);
        Assert.Equal("Đặng Thị Út", Given.Rows(new MemoryStream(Given.Csv(rows).ToArray()[3..]))[^1][1]);
    }
}
