using static SoGoc.Places.Tests.Given;

namespace SoGoc.Places.Tests;

/// <summary>The facts of the reference files, and the traps that lie in them.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void Until_2025_the_country_has_63_provinces_705_districts_and_10599_communes()
    {
        Assert.Equal((63, 705, 10_599), (Count(AreaLevel.Province, EndOf2022), Count(AreaLevel.District, EndOf2022), Count(AreaLevel.Commune, EndOf2022)));
        Assert.Equal(63, Count(AreaLevel.Province, DayBefore));
        Assert.Equal(63, Count(AreaLevel.Province, new DateOnly(1985, 1, 1)));
    }

    [Fact]
    public void Since_July_2025_it_has_34_provinces_no_district_and_3321_communes()
    {
        foreach (var day in new[] { GreatChange, Now })
        {
            Assert.Equal((34, 0, 3_321), (Count(AreaLevel.Province, day), Count(AreaLevel.District, day), Count(AreaLevel.Commune, day)));
        }
    }

    [Fact]
    public void Old_An_Giang_has_11_districts_and_156_communes_and_the_new_one_102()
    {
        Assert.Equal(11, In("89", AreaLevel.District, Article).Count());
        Assert.Equal(156, In("89", AreaLevel.Commune, Article).Count());
        Assert.Equal(155, In("89", AreaLevel.Commune, DayBefore).Count());
        Assert.Equal(144, In("91", AreaLevel.Commune, Article).Count());
        Assert.Equal(143, In("91", AreaLevel.Commune, DayBefore).Count());
        var now = In("91", AreaLevel.Commune, Now).ToList();
        Assert.Equal((85, 14, 3), (now.Count(a => a.Kind == "xã"), now.Count(a => a.Kind == "phường"), now.Count(a => a.Kind == "đặc khu")));
    }

    [Fact]
    public void Code_91_is_Kien_Giang_until_June_2025_and_An_Giang_from_July()
    {
        Assert.Equal("Tỉnh Kiên Giang", Unit("91", DayBefore).FullName);
        Assert.Equal("Tỉnh An Giang", Unit("91", GreatChange).FullName);
        Assert.Null(Book.Find("89", GreatChange));
    }

    [Fact]
    public void A_commune_code_lives_on_with_other_names()
    {
        Assert.Equal(["Phường Vĩnh Bảo", "Phường Vĩnh Thanh Vân", "Phường Rạch Giá"], Book.Versions("30742").Select(a => a.FullName));
        Assert.Equal(["Phường Mỹ Hòa", "Phường Long Xuyên"], Book.Versions("30307").Select(a => a.FullName));
    }

    [Fact]
    public void Tinh_Bien_is_a_district_town_only_since_April_2023_and_its_communes_addresses_follow()
    {
        Assert.Equal("Huyện Tịnh Biên", Unit("890", new DateOnly(2023, 4, 9)).FullName);
        Assert.Equal("Thị xã Tịnh Biên", Unit("890", new DateOnly(2023, 4, 10)).FullName);
        Assert.Equal("Xã An Cư, Huyện Tịnh Biên, Tỉnh An Giang", Book.Write(Unit("30526", Article)));
        Assert.Equal("Xã An Cư, Thị xã Tịnh Biên, Tỉnh An Giang", Book.Write(Unit("30526", DayBefore)));
        Assert.Equal("Phường Núi Voi, Thị xã Tịnh Biên, Tỉnh An Giang", Book.Write(Unit("30508", DayBefore)));
    }

    [Fact]
    public void Changes_before_the_snapshot_of_2022_are_undone_before_their_day()
    {
        Assert.Equal("Xã Hòn Thơm, Huyện Phú Quốc, Tỉnh Kiên Giang", Book.Write(Unit("31099", new DateOnly(2021, 2, 28))));
        Assert.Equal("Thị trấn An Thới", Unit("31081", new DateOnly(2021, 2, 28)).FullName);
        Assert.Equal("Phường An Thới, Thành phố Phú Quốc, Tỉnh Kiên Giang", Book.Write(Unit("31081", new DateOnly(2021, 3, 1))));
        Assert.Null(Book.Find("31099", new DateOnly(2021, 3, 1)));
        Assert.Equal("Xã Cô Tô", Unit("30580", new DateOnly(2019, 4, 1)).FullName);
        Assert.Equal("Thị trấn Cô Tô", Unit("30580", Article).FullName);
    }

    [Fact]
    public void Provinces_that_became_cities_take_their_communes_along()
    {
        Assert.Equal(("Tỉnh Thừa Thiên Huế", "Thành phố Huế"), (Unit("46", new DateOnly(2024, 12, 31)).FullName, Unit("46", new DateOnly(2025, 1, 1)).FullName));
        Assert.Equal("Thành phố Đồng Nai", Unit("75", new DateOnly(2026, 4, 30)).FullName);
        Assert.Equal("Phường Trảng Bom, Thành phố Đồng Nai", Book.Write(Unit("26248", Now)));
        Assert.Equal("Xã Trảng Bom, Tỉnh Đồng Nai", Book.Write(Unit("26248", new DateOnly(2026, 4, 29))));
    }

    [Fact]
    public void On_every_day_a_version_has_its_superior_of_the_same_days()
    {
        foreach (var area in Book.All.Where(a => a.Level != AreaLevel.Province))
        {
            var above = Book.Parent(area)!;
            Assert.True((above.Valid.From ?? DateOnly.MinValue) <= (area.Valid.From ?? DateOnly.MinValue), area.ToString());
            Assert.True((above.Valid.Until ?? DateOnly.MaxValue) >= (area.Valid.Until ?? DateOnly.MaxValue), area.ToString());
        }
    }

    [Fact]
    public void A_code_has_one_version_a_day()
    {
        foreach (var versions in Book.All.GroupBy(a => a.Code).Select(g => Book.Versions(g.Key)))
        {
            Assert.All(versions.Zip(versions.Skip(1)), p => Assert.True(p.First.Valid.Until <= p.Second.Valid.From));
        }
    }

    [Fact]
    public void The_same_files_give_the_same_keys()
    {
        Assert.Equal(Book.All.Select(a => (a.Id, a.Code, a.Valid)), PlaceBook.FromFiles(Reference).All.Select(a => (a.Id, a.Code, a.Valid)));
        Assert.Equal(Enumerable.Range(1, Book.All.Count), Book.All.Select(a => a.Id));
    }

    [Fact]
    public void Sixty_three_codes_may_stand_at_the_head_of_a_personal_number()
    {
        Assert.Equal(63, Enumerable.Range(0, 1000).Count(n => Book.PlaceCodeExists(n.ToString("000"))));
        Assert.Equal(("Kiên Giang", "An Giang"), (Book.ProvinceOf("091")!.Name, Book.ProvinceOf("089")!.Name));
        Assert.Null(Book.ProvinceOf("003"));
    }

    [Fact]
    public void The_home_province_is_the_old_one_before_the_merger_and_the_new_one_since()
    {
        Assert.Equal(("89", "91"), (Book.Home(Article)!.Code, Book.Home(Now)!.Code));
        var founded = PlaceBook.FromFiles(Reference, new HomeProvince("91", Now));
        Assert.Equal(("89", "91"), (founded.Home(Article)!.Code, founded.Home(Now)!.Code));
        Assert.Null(PlaceBook.FromFiles(Reference, new HomeProvince("90", Now)).Home(Now));
    }
}
