using CsCheck;
using static SoGoc.Places.Tests.Given;

namespace SoGoc.Places.Tests;

public sealed class ResolutionTests
{
    [Fact]
    public void Every_old_commune_of_both_provinces_resolves_as_the_resolution_of_2025_says()
    {
        foreach (var unit in Table("angiang_succession.csv").GroupBy(r => r["old_code"]))
        {
            var now = Book.Resolve(Unit(unit.Key, Article), GreatChange);
            Assert.Equal(unit.Select(r => r["new_code"]).Order(), now.Candidates.Select(c => c.Area.Code).Order());
            Assert.Equal(unit.First(r => r["is_default"] == "1")["new_code"], Assert.Single(now.Candidates, c => c.Default).Area.Code);
            Assert.Equal(1m, now.Candidates.Sum(c => c.Share));
            Assert.Equal(unit.Count() == 1, now.Certain);
        }
    }

    [Theory]
    [InlineData("30334", "30325 30316")]
    [InlineData("30355", "30346 30337")]
    [InlineData("30358", "30346 30337 30352")]
    public void A_divided_commune_stays_open(string code, string parts)
    {
        var now = Book.Resolve(Unit(code, Article), Now);
        Assert.False(now.Certain);
        Assert.Null(now.Area);
        Assert.Equal(parts.Split(' '), now.Candidates.Select(c => c.Area.Code));
        Assert.All(now.Candidates, c => Assert.False(c.Exact));
    }

    [Fact]
    public void A_chain_of_mergers_is_followed_to_its_end()
    {
        Assert.Equal("30286", Book.Resolve(Unit("30285", Article), new DateOnly(2025, 1, 1)).Area!.Code);
        var now = Book.Resolve(Unit("30285", Article), Now);
        Assert.Equal("Phường Long Xuyên", now.Area!.FullName);
        Assert.Equal((GreatChange, "Nghị quyết 1654/NQ-UBTVQH15"), (now.Candidates[0].On, now.Candidates[0].Decree));
        Assert.Equal("Đặc khu Phú Quốc", Book.Resolve(Unit("31099", new DateOnly(2020, 1, 1)), Now).Area!.FullName);
    }

    [Fact]
    public void Long_Xuyen_looked_at_from_2022_is_seven_wards_and_none_of_them_by_default()
    {
        var then = Book.Resolve(Unit("30307", Now), Article);
        Assert.Equal(["30280", "30283", "30285", "30286", "30295", "30298", "30307"], then.Candidates.Select(c => c.Area.Code));
        Assert.All(then.Candidates, c => Assert.False(c.Default));
    }

    [Fact]
    public void A_commune_elsewhere_has_no_successor_in_the_data_but_its_province_has()
    {
        var old = Book.All.First(a => a.Level == AreaLevel.Commune && a.Valid.Until == GreatChange && Book.Province(a)!.Code == "02");
        var now = Book.Resolve(old, Now);
        Assert.Empty(now.Candidates);
        Assert.False(now.Certain);
        Assert.Equal(["Tỉnh Tuyên Quang"], now.Provinces.Select(p => p.FullName));
        var kept = Book.All.First(a => a.Level == AreaLevel.Commune && a.Valid.Until == GreatChange && Book.Province(a)!.Code == "01");
        Assert.Empty(Book.Resolve(kept, Now).Candidates);
        Assert.Equal(["Thành phố Hà Nội"], Book.Resolve(kept, Now).Provinces.Select(p => p.FullName));
    }

    [Fact]
    public void A_district_has_no_successor_after_2025_only_a_province()
    {
        var now = Book.Resolve(Unit("886", Article), Now);
        Assert.Empty(now.Candidates);
        Assert.Equal(["91"], now.Provinces.Select(p => p.Code));
    }

    [Fact]
    public void Every_old_province_resolves_to_its_successor_and_back()
    {
        foreach (var row in Table("provinces.csv").Where(r => r["in_63"] == "1"))
        {
            var old = Unit(row["code"], Article);
            var now = Book.Resolve(old, Now).Area!;
            Assert.Equal(row["successor_code"], now.Code);
            Assert.Contains(Book.Resolve(now, Article).Candidates, c => c.Area == old);
        }
    }

    [Fact]
    public void Forward_and_back_again_leads_home()
    {
        var areas = Book.All.ToArray();
        var day = Gen.Int[0, 3000].Select(n => new DateOnly(2019, 1, 1).AddDays(n));
        Gen.Select(Gen.Int[0, areas.Length - 1], day, day).Sample((i, one, other) =>
        {
            foreach (var start in Book.Resolve(areas[i], one).Candidates.Select(c => c.Area))
            {
                foreach (var there in Book.Resolve(start, other).Candidates.Select(c => c.Area))
                {
                    Assert.True(there.Valid.Holds(other));
                    Assert.Contains(Book.Resolve(there, one).Candidates, c => c.Area.Id == start.Id);
                }
            }
        }, iter: 20_000, seed: "0000KOIPFnI1");
    }

    [Fact]
    public void The_new_communes_share_out_every_old_one_without_rest()
    {
        var shares = In("91", AreaLevel.Commune, Now).SelectMany(a => Book.Resolve(a, Article).Candidates).GroupBy(c => c.Area.Code).ToList();
        Assert.Equal(300, shares.Count);
        Assert.All(shares, s => Assert.Equal(1m, s.Sum(c => c.Share)));
    }
}
