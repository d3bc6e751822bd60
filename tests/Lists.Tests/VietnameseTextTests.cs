using System.Text;
using CsCheck;
using static SoGoc.Lists.VietnameseEncoding;

namespace SoGoc.Lists.Tests;

public class VietnameseTextTests
{
    static readonly string[] Onsets = ["", "b", "c", "ch", "d", "đ", "g", "gh", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x"];
    static readonly string[] Codas = ["", "n", "m", "ng", "nh", "c", "ch", "t", "p", "i", "o", "u", "y", "a"];

    static readonly string[] Syllables =
    [
        .. from onset in Onsets from vowel in Letters.Lower from coda in Codas
           let word = $"{onset}{vowel}{coda}" where Syllable.IsValid(word) select word,
    ];

    static Gen<string> Names(Func<string, string> shape) => Given.AnyOf(Syllables).Array[1, 5].Select(words => string.Join(' ', words.Select(shape)));

    static string Title(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    [Fact]
    public void Every_vowel_and_the_barred_d_occur_in_the_syllables_that_are_tried()
    {
        Assert.Equal(67, Letters.Lower.Append('đ').Count(c => c > 0x7F));
        Assert.All(Letters.Lower.Append('đ'), c => Assert.Contains(Syllables, s => s.Contains(c)));
    }

    [Theory]
    [InlineData(Unicode), InlineData(UnicodeDecomposed), InlineData(Tcvn3), InlineData(Vni), InlineData(Viqr)]
    public void Small_letters_survive_every_code(VietnameseEncoding e) =>
        Names(w => w).Sample(text => VietnameseText.Decode(VietnameseText.Encode(text, e), e) == text, iter: 20_000, seed: "0N0XIzNsQ0O2");

    [Theory]
    [InlineData(Unicode), InlineData(UnicodeDecomposed), InlineData(Vni)]
    public void Capitals_survive_the_codes_that_have_them(VietnameseEncoding e)
    {
        Names(w => w.ToUpperInvariant()).Sample(text => VietnameseText.Decode(VietnameseText.Encode(text, e), e) == text, iter: 10_000, seed: "0N0XIzNsQ0O2");
        Names(Title).Sample(text => VietnameseText.Decode(VietnameseText.Encode(text, e), e) == text, iter: 10_000, seed: "0N0XIzNsQ0O2");
    }

    [Fact]
    public void Viqr_keeps_capitals_except_a_lone_capital_with_a_dot() =>
        Names(Title).Where(t => t.Split(' ').All(w => w.Length > 1)).Sample(text =>
        {
            Assert.Equal(text, VietnameseText.Decode(VietnameseText.Encode(text, Viqr), Viqr));
            Assert.Equal(text.ToUpperInvariant(), VietnameseText.Decode(VietnameseText.Encode(text.ToUpperInvariant(), Viqr), Viqr));
        }, iter: 10_000, seed: "0N0XIzNsQ0O2");

    [Theory]
    [InlineData("NGUYỄN THỊ ÁNH HÀ"), InlineData("Nguyễn Thị Ánh Hà"), InlineData("TRẦN VĂN Ý"), InlineData("Lê Đức Ẩn"), InlineData("ấp Vĩnh Hòa, xã Mỹ Đức")]
    [InlineData("Hà"), InlineData("Lê Ý"), InlineData("LÊ HÀ"), InlineData("ấp Bình Tấn"), InlineData("Nguyễn Ấu"), InlineData("ỦY BAN NHÂN DÂN XÃ ĐÀO HỮU CẢNH"), InlineData("UBND tỉnh An Giang")]
    public void Tcvn3_gets_its_lost_capitals_back_where_the_cell_shows_them(string text) =>
        Assert.Equal(text, VietnameseText.Decode(VietnameseText.Encode(text, Tcvn3), Tcvn3));

    [Theory]
    [InlineData("NguyÔn V¨n H­ëng", "Nguyễn Văn Hưởng"), InlineData("NGUYÔN V¡N H¦ëNG", "NGUYỄN VĂN HƯỞNG"), InlineData("TrÇn ThÞ Mü", "Trần Thị Mỹ"), InlineData("La Minh Quún", "La Minh Quỳn")]
    public void Tcvn3_is_read_as_the_fonts_write_it(string cell, string text) => Assert.Equal(text, VietnameseText.Decode(cell, Tcvn3));

    [Theory]
    [InlineData("Nguyeãn Vaên Höôûng", "Nguyễn Văn Hưởng"), InlineData("NGUYEÃN THÒ AÙNH", "NGUYỄN THỊ ÁNH"), InlineData("Aùnh Ñaøo", "Ánh Đào"), InlineData("Lyù Mî", "Lý Mỵ")]
    public void Vni_is_read_whatever_the_case_of_its_marks(string cell, string text) => Assert.Equal(text, VietnameseText.Decode(cell, Vni));

    [Theory]
    [InlineData("Nguye^~n Va(n Hu+o+?ng", "Nguyễn Văn Hưởng"), InlineData("DDa(.ng Thi. U't", "Đặng Thị Út"), InlineData("TP. Long Xuye^n, P. My~ Bi`nh", "TP. Long Xuyên, P. Mỹ Bình")]
    [InlineData("Ba('c Ka.n", "Bắc Kạn"), InlineData("Ngo.k Bay, DDa. Te?h", "Ngọk Bay, Đạ Tẻh"), InlineData("Cha^u O^?, Y? La", "Châu Ổ, Ỷ La")]
    [InlineData("Nguye^~n A.", "Nguyễn A."), InlineData("U.B.N.D xa~", "U.B.N.D xã"), InlineData("hoa.nguyen@mail.vn", "hoa.nguyen@mail.vn"), InlineData("1.2.1962", "1.2.1962")]
    [InlineData("xa~ My~ (cu~)", "xã Mỹ (cũ)"), InlineData(@"Hoa\. Ba\?", "Hoa. Ba?"), InlineData("Ne'ang Sa Vi", "Néang Sa Vi"), InlineData("http://a.vn/xa", "http://a.vn/xa")]
    public void Viqr_takes_marks_and_leaves_punctuation(string cell, string text) => Assert.Equal(text, VietnameseText.Decode(cell, Viqr));

    [Theory]
    [InlineData("Họ tên: Hoa. Bà? (cũ)"), InlineData(@"a\b Đ.Đ"), InlineData("Trần Thị A. x@y.vn o+ a^2")]
    public void Viqr_gives_back_punctuation_that_it_wrote(string text) => Assert.Equal(text, VietnameseText.Decode(VietnameseText.Encode(text, Viqr), Viqr));

    [Theory]
    [InlineData("Nguyễn Văn Hưởng"), InlineData("Hà"), InlineData("Bình"), InlineData("Trần Hòa Đức")]
    public void A_cell_that_is_proper_Unicode_stays_in_a_legacy_list(string text)
    {
        foreach (var e in Enum.GetValues<VietnameseEncoding>())
        {
            Assert.Equal(text, VietnameseText.Decode(text, e));
            Assert.Equal(text, VietnameseText.Decode(text.Normalize(NormalizationForm.FormD), e));
        }
    }

    [Fact]
    public void Foreign_letters_whose_place_a_font_took_become_plain()
    {
        Assert.Equal("Garcon Muller", VietnameseText.Decode(VietnameseText.Encode("Garçon Müller", Tcvn3), Tcvn3));
        Assert.Equal("Garcon Muller", VietnameseText.Decode(VietnameseText.Encode("Garçon Müller", Vni), Vni));
    }

    [Fact]
    public void Spaces_are_folded_and_invisible_characters_go() =>
        Assert.Equal("Nguyễn Văn A", VietnameseText.Decode("\u00A0 Nguye\u0302\u0303n\u200B \t Văn\u00A0\u00A0A\r\n\uFEFF", Unicode));

    [Theory]
    [InlineData("nguyễn"), InlineData("nghiêng"), InlineData("gì"), InlineData("giếng"), InlineData("quỳnh"), InlineData("khuya"), InlineData("ĐƯỢC"), InlineData("yến")]
    public void A_syllable_is_known_by_its_build(string word) => Assert.True(Syllable.IsValid(word));

    [Theory]
    [InlineData("nguyôn"), InlineData("hât"), InlineData("ceo"), InlineData("ngế"), InlineData("tòp"), InlineData("áá"), InlineData("abc"), InlineData("văno"), InlineData("quún"), InlineData("")]
    public void What_cannot_be_a_syllable_is_none(string word) => Assert.False(Syllable.IsValid(word));
}
