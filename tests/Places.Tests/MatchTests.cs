using System.Text;
using SoGoc.Places.Names;
using static SoGoc.Places.Tests.Given;

namespace SoGoc.Places.Tests;

/// <summary>Units as lists write them.</summary>
public sealed class MatchTests
{
    private static string? Code(AreaMatch match) => match.Fault == AreaFault.None ? match.Area!.Code : match.Fault.ToString();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Each_of_the_300_old_full_addresses_is_its_commune(bool dated)
    {
        DateOnly? on = dated ? Article : null;
        foreach (var a in Table("angiang_succession.csv").Select(r => r["old_code"]).Distinct().Select(c => Unit(c, Article)))
        {
            void Is(AreaMatch match)
            {
                // Without a day the newest of that name may be what the unit had certainly become by then.
                Assert.Equal(AreaFault.None, match.Fault);
                Assert.True(match.Area == a || (!dated && Book.Resolve(a, match.Area!.Valid.From!.Value).Area == match.Area && match.Area.Name == a.Name), $"{a} -> {match.Area}");
            }

            var (district, province) = (Book.Parent(a)!, Book.Province(a)!);
            Is(Book.MatchText(Book.Write(a), on));
            Is(Book.MatchText("Số 12, ấp Mẫu, " + Book.Write(a).ToUpperInvariant().Normalize(NormalizationForm.FormD), on));
            Is(Book.Match(a.Code, a.Name, null, null, on));
            Is(Book.Match(null, a.FullName, district.FullName, province.Name, on));
        }
    }

    [Fact]
    public void Each_of_the_102_new_full_addresses_is_its_commune()
    {
        foreach (var a in In("91", AreaLevel.Commune, Now))
        {
            Assert.Equal(a.Code, Code(Book.MatchText(Book.Write(a), Now)));
            Assert.Equal(a.Code, Code(Book.Match(null, a.FullName, null, "Tỉnh An Giang", Now)));
            Assert.Equal(a.Code, Code(Book.Match(a.Code, a.FullName, null, null, null)));
        }
    }

    [Fact]
    public void A_new_address_without_a_day_is_its_commune_or_a_doubt_never_another()
    {
        var open = new List<string>();
        foreach (var a in In("91", AreaLevel.Commune, Now))
        {
            var match = Book.MatchText(Book.Write(a), null);
            if (match.Fault == AreaFault.Ambiguous)
            {
                Assert.Contains(match.Candidates, c => c.Id == a.Id);
                open.Add(a.Name);
                continue;
            }

            Assert.Equal(a.Id, match.Area?.Id);
        }

        // Names that another commune of old An Giang bore: Vĩnh Hòa, Thạnh Đông …
        Assert.InRange(open.Count, 1, 15);
    }

    [Theory]
    [InlineData("Vĩnh Hậu", "An Phú", "An Giang", "30364")]
    [InlineData("X. Vĩnh Hậu", "H. An Phú", "T. An Giang", "30364")]
    [InlineData("xã  vĩnh hậu ", "HUYỆN AN PHÚ", "tỉnh an giang", "30364")]
    [InlineData("Vinh Hau", "An Phu", "An Giang", "30364")]
    [InlineData("Xa Vinh Hau", "Huyen An Phu", "Tinh An Giang", "30364")]
    [InlineData("TT An Phú", "An Phú", "An Giang", "30337")]
    [InlineData("TT. An Phú", "H.An Phú", null, "30337")]
    [InlineData("P.Mỹ Bình", "TP.Long Xuyên", "An Giang", "30280")]
    [InlineData("P Mĩ Bình", "T.P Long Xuyên", "An Giang", "30280")]
    [InlineData("Hoà Lạc", "Phú Tân", "An Giang", "30430")]
    [InlineData("Bình Thuỷ", "Châu Phú", "An Giang", "30487?30490")]
    [InlineData("Ô Long Vĩ", "Châu Phú", "An Giang", "30475")]
    [InlineData("O Long Vi", "Chau Phu", "An Giang", "30475")]
    [InlineData("Vĩnh Nguơn", "Châu Đốc", "An Giang", "30328")]
    [InlineData("Phường Rạch Sỏi", "Thành phố Rạch Giá", "Kiên Giang", "30754")]
    [InlineData("Phường 05", "Quận Gò Vấp", "Thành phố Hồ Chí Minh", "26887?")]
    public void Writing_does_not_matter(string commune, string district, string? province, string code)
    {
        var match = Book.Match(null, commune, district, province, Article);
        if (code.Contains('?'))
        {
            Assert.Equal(AreaFault.None, match.Fault);
            Assert.True(code.EndsWith('?') || code.Split('?').Contains(match.Area!.Code));
            return;
        }

        Assert.Equal(code, Code(match));
    }

    [Theory]
    [InlineData("Phường 5, Quận Gò Vấp, TP.HCM", "Phường 05")]
    [InlineData("P5, Q. Gò Vấp, TP. Hồ Chí Minh", "Phường 05")]
    [InlineData("F.5, Gò Vấp, TPHCM", "Phường 05")]
    [InlineData("P.Bến Nghé, Q1, Sài Gòn", "Phường Bến Nghé")]
    [InlineData("xã Vĩnh Hậu huyện An Phú tỉnh An Giang", "Xã Vĩnh Hậu")]
    [InlineData("Vĩnh Hậu - An Phú - An Giang", "Xã Vĩnh Hậu")]
    [InlineData("Ấp Vĩnh Bảo, Vĩnh Hậu, An Phú, An Giang, Việt Nam", "Xã Vĩnh Hậu")]
    [InlineData("Xã Ea H'Leo, Huyện Ea H'leo, Tỉnh Đắc Lắc", "Xã Ea H'leo")]
    [InlineData("Phường Phường Đúc, TP Huế, Thừa Thiên-Huế", "Phường Phường Đúc")]
    [InlineData("Phường 1, thành phố Vũng Tàu, Bà Rịa-Vũng Tàu", "Phường 1")]
    [InlineData("Huyện An Phú, tỉnh An Giang", "Huyện An Phú")]
    [InlineData("An Giang", "Tỉnh An Giang")]
    [InlineData("Tp Cần Thơ", "Thành phố Cần Thơ")]
    [InlineData("Kontum", "Tỉnh Kon Tum")]
    [InlineData("Thành phố Cao Lãnh, Đồng Tháp", "Thành phố Cao Lãnh")]
    [InlineData("Huyện Cao Lãnh, Đồng Tháp", "Huyện Cao Lãnh")]
    public void An_address_in_one_text_is_read_from_its_end(string text, string unit) => Assert.Equal(unit, Book.MatchText(text, Article).Area?.FullName);

    [Theory]
    [InlineData("Vĩnh Hạu", "An Phú", "An Giang")]
    [InlineData("Vĩnh Hâu", "An Phú", "An Giang")]
    [InlineData("Vĩnh Hầu", "An Phú", "An Giang")]
    [InlineData("Vĩnh Hậ", "An Phú", "An Giang")]
    [InlineData("Vĩnh Hậu", "An Phủ", "An Giang")]
    [InlineData("Vĩnh Hậu", "Châu Phú", "An Giang")]
    [InlineData("Vĩnh Hậu", "An Phú", "Kiên Giang")]
    [InlineData("Phú Quốc", "An Phú", "An Giang")]
    public void A_wrong_letter_or_mark_is_never_guessed_right(string commune, string district, string province)
    {
        foreach (var on in new DateOnly?[] { Article, null })
        {
            Assert.Equal(AreaFault.Unknown, Book.Match(null, commune, district, province, on).Fault);
            Assert.Equal(AreaFault.Unknown, Book.MatchText($"{commune}, {district}, {province}", on).Fault);
        }
    }

    [Fact]
    public void One_letter_changed_in_any_old_address_never_gives_a_commune_of_another_name()
    {
        var random = new Random(7);
        const string letters = "aăâeêioôơuưynhtgcàáảãạ";
        foreach (var a in In("89", AreaLevel.Commune, Article).Concat(In("91", AreaLevel.Commune, Article)))
        {
            var at = random.Next(a.Name.Length);
            var misspelt = string.Concat(a.Name.AsSpan(0, at), letters[random.Next(letters.Length)].ToString(), a.Name.AsSpan(at + 1));
            var text = Book.Write(a).Replace(a.FullName, a.FullName.Replace(a.Name, misspelt), StringComparison.Ordinal);
            var match = Book.MatchText(text, Article);
            Assert.True(match.Area is not { } found || found.OtherNames.Append(found.Name).Any(n => Spelling.Of(misspelt).CanMean(Spelling.Of(n))), $"{text} -> {match.Area}");
        }
    }

    [Fact]
    public void A_name_without_marks_among_marked_ones_is_meant_so_and_alone_is_a_doubt()
    {
        Assert.Equal("Phường Sa Pa", Book.MatchText("Phường Sa Pa, Thị xã Sa Pa, Tỉnh Lào Cai", Article).Area?.FullName);
        Assert.Equal("Ambiguous", Code(Book.MatchText("Phuong Sa Pa, Thi xa Sa Pa, Tinh Lao Cai", Article)));
    }

    [Theory]
    [InlineData("2022-04-12", 10_599)]
    [InlineData("2026-11-01", 3_321)]
    public void Every_full_address_of_the_country_is_its_own_commune(string day, int communes)
    {
        var on = DateOnly.ParseExact(day, "yyyy-MM-dd", null);
        var all = Book.All.Where(a => a.Level == AreaLevel.Commune && a.Valid.Holds(on)).ToList();
        Assert.Equal(communes, all.Count);
        Assert.Empty(all.Where(a => Book.MatchText(Book.Write(a), on).Area?.Id != a.Id).Select(Book.Write));
    }

    [Fact]
    public void A_name_alone_identifies_no_commune()
    {
        Assert.Equal(AreaFault.Ambiguous, Book.Match(null, "Xã Vĩnh Phú", null, null, Article).Fault);
        Assert.Equal(AreaFault.Ambiguous, Book.Match(null, "Xã Vĩnh Hậu", null, null, Article).Fault);
    }

    [Fact]
    public void A_name_that_occurs_twice_in_a_province_needs_its_district()
    {
        Assert.Equal(AreaFault.Ambiguous, Book.Match(null, "Phú Mỹ", null, null, null).Fault);
        var twice = Book.MatchText("Xã Vĩnh Phú, Tỉnh Kiên Giang", Article);
        Assert.Equal(AreaFault.Ambiguous, twice.Fault);
        Assert.Equal(["30791", "30947"], twice.Candidates.Select(c => c.Code).Order());
        Assert.Equal("30791", Code(Book.MatchText("Xã Vĩnh Phú, Huyện Giang Thành, Tỉnh Kiên Giang", Article)));
    }

    [Fact]
    public void A_name_that_passed_to_other_territory_is_a_doubt_without_a_day()
    {
        Assert.Equal("30385", Code(Book.MatchText("Xã Vĩnh Hòa, Tỉnh An Giang", Article)));
        Assert.Equal("31012", Code(Book.MatchText("Xã Vĩnh Hòa, Tỉnh An Giang", Now)));
        Assert.Equal("Ambiguous", Code(Book.MatchText("Xã Vĩnh Hòa, Tỉnh An Giang", null)));
    }

    [Fact]
    public void Names_of_another_time_above_the_commune_are_understood()
    {
        Assert.Equal("30643", Code(Book.MatchText("Xã Cù Lao Giêng, Huyện Chợ Mới, Tỉnh An Giang", Now)));
        Assert.Equal("30787", Code(Book.MatchText("Xã Kiên Lương, Tỉnh Kiên Giang", Now)));
        Assert.Equal("30526", Code(Book.MatchText("Xã An Cư, Thị xã Tịnh Biên, An Giang", Article)));
        Assert.Equal("30508", Code(Book.MatchText("Xã Núi Voi, Huyện Tịnh Biên, An Giang", DayBefore)));
        Assert.Equal("30763", Code(Book.MatchText("Xã Phi Thông, TP Rạch Giá, Tỉnh An Giang", Article)));
    }

    [Fact]
    public void A_city_and_a_district_of_one_name_are_told_apart_by_their_kind()
    {
        var city = Book.Match(null, null, "TP Cao Lãnh", "Đồng Tháp", Article).Area!;
        var district = Book.Match(null, null, "H. Cao Lãnh", "Đồng Tháp", Article).Area!;
        Assert.NotEqual(city.Code, district.Code);
        Assert.Equal(AreaFault.Ambiguous, Book.Match(null, null, "Cao Lãnh", "Đồng Tháp", Article).Fault);
    }

    [Fact]
    public void A_code_and_a_name_that_differ_are_told()
    {
        Assert.Equal("CodeAndNameDiffer", Code(Book.Match("30337", "Xã Vĩnh Hậu", "Huyện An Phú", "An Giang", Article)));
        Assert.Equal("CodeAndNameDiffer", Code(Book.Match("30307", "Phường Long Xuyên", null, null, Article)));
        Assert.Equal("30307", Code(Book.Match("30307", "Phường Long Xuyên", null, null, null)));
        var unborn = Book.Match("99999", "Xã Vĩnh Hậu", "Huyện An Phú", "An Giang", Article);
        Assert.Equal((AreaFault.Unknown, "30364"), (unborn.Fault, unborn.Candidates.Single().Code));
        Assert.Equal("Unknown", Code(Book.Match("99999", "Xã Nào Đó", "Huyện An Phú", "An Giang", Article)));
    }

    [Fact]
    public void A_code_alone_needs_a_day_where_it_has_lived_on_for_other_territory()
    {
        Assert.Equal("30742", Code(Book.Match("30742", null, null, null, Article)));
        Assert.Equal("Ambiguous", Code(Book.Match("30742", null, null, null, null)));
        Assert.Equal("Ambiguous", Code(Book.Match("91", null, null, null, null)));
        Assert.Equal("30313", Code(Book.Match("30313", null, null, null, null)));
        Assert.Equal("Unknown", Code(Book.Match("00000", null, null, null, null)));
    }

    [Fact]
    public void Zeros_that_a_spreadsheet_has_lost_before_a_code_are_put_back()
    {
        var first = Unit("00004", Article);
        Assert.Equal("00004", Code(Book.Match("4", first.FullName, Book.Parent(first)!.FullName, "Hà Nội", Article)));
    }

    [Fact]
    public void Nothing_told_is_unknown()
    {
        Assert.Equal("Unknown", Code(Book.Match(null, "", " ", null, Article)));
        Assert.Equal("Unknown", Code(Book.MatchText("", Article)));
        Assert.Equal("Unknown", Code(Book.MatchText(" , ;,", null)));
        Assert.Equal("Unknown", Code(Book.MatchText("không rõ", null)));
    }
}
