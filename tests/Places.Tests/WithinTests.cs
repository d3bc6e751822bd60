using static SoGoc.Places.Tests.Given;

namespace SoGoc.Places.Tests;

public sealed class WithinTests
{
    private static IEnumerable<string> Codes(IEnumerable<int> ids, DateOnly on) => ids.Select(id => Book[id]!).Where(a => a.Valid.Holds(on)).Select(a => a.Code).Order();

    [Fact]
    public void A_search_in_a_new_commune_finds_all_its_predecessors_the_divided_too()
    {
        Assert.Equal(["30337", "30355", "30358", "30370"], Codes(Book.Within(Unit("30337", Now), Now), Article));
        Assert.Equal(["30280", "30283", "30285", "30286", "30295", "30298", "30307"], Codes(Book.Within(Unit("30307", Now), Now), Article));
    }

    [Fact]
    public void A_search_in_an_old_district_finds_its_communes_and_what_became_of_them()
    {
        var ids = Book.Within(Unit("886", Article), Article);
        Assert.Equal(15, Codes(ids, Article).Count());
        Assert.Equal(["30337", "30341", "30346", "30352", "30367"], Codes(ids, Now));
        Assert.Equal(Codes(ids, Now), Codes(Book.Within(Unit("886", Article), Now), Now));
    }

    [Fact]
    public void The_old_province_does_not_reach_into_Kien_Giang_and_the_new_one_holds_both()
    {
        var old = Book.Within(Unit("89", Article), Article);
        Assert.Equal(1 + 11 + 156, Codes(old, Article).Count());
        Assert.DoesNotContain(Unit("30742", Article).Id, old);
        Assert.DoesNotContain(Unit("30742", Now).Id, old);
        Assert.Contains(Unit("30307", Now).Id, old);

        var now = Book.Within(Unit("91", Now), Now);
        Assert.Equal(103, Codes(now, Now).Count());
        Assert.Equal(300, Codes(now, Article).Count(c => c.Length == 5));
        Assert.Equal(26, Codes(now, Article).Count(c => c.Length == 3));
    }

    [Fact]
    public void A_province_elsewhere_finds_its_old_communes_though_their_successors_are_unknown()
    {
        var ids = Book.Within(Unit("08", Now), Now);
        Assert.Equal(In("02", AreaLevel.Commune, Article).Concat(In("08", AreaLevel.Commune, Article)).Select(a => a.Code).Order(), Codes(ids, Article).Where(c => c.Length == 5));
    }

    [Fact]
    public void The_communes_of_today_together_find_what_the_province_finds()
    {
        var communes = In("91", AreaLevel.Commune, Now).SelectMany(a => Book.Within(a, Now)).ToHashSet();
        var province = Book.Within(Unit("91", Now), Now).Where(id => Book[id]!.Level == AreaLevel.Commune);
        Assert.Equal(province.Order(), communes.Order());
    }

    [Fact]
    public void A_duty_follows_its_unit_through_a_merger()
    {
        var duty = Unit("30285", Article);
        Assert.True(Book.Covers(duty, Unit("30285", Article), Article));
        Assert.False(Book.Covers(duty, Unit("30280", Article), Article));
        Assert.True(Book.Covers(duty, Unit("30280", Article), Now));
        Assert.True(Book.Covers(duty, Unit("30307", Now), Now));
        Assert.False(Book.Covers(duty, Unit("30292", Now), Now));
    }

    [Fact]
    public void A_duty_in_a_divided_unit_does_not_grow_over_its_neighbours()
    {
        var duty = Unit("30355", Article);
        Assert.True(Book.Covers(duty, duty, Now));
        Assert.False(Book.Covers(duty, Unit("30337", Now), Now));
        Assert.False(Book.Covers(duty, Unit("30370", Article), Now));
    }

    [Fact]
    public void A_place_whose_choice_is_open_may_be_handled_by_each_of_its_candidates()
    {
        Assert.All(["30337", "30346"], code => Assert.True(Book.Covers(Unit(code, Now), Unit("30355", Article), Now)));
        Assert.False(Book.Covers(Unit("30352", Now), Unit("30355", Article), Now));
    }

    [Fact]
    public void A_duty_in_a_dissolved_district_still_reaches_what_lay_in_it()
    {
        Assert.True(Book.Covers(Unit("886", Article), Unit("30355", Article), Now));
        Assert.True(Book.Covers(Unit("886", Article), Unit("30346", Now), Now));
        Assert.False(Book.Covers(Unit("886", Article), Unit("30376", Now), Now));
    }

    [Fact]
    public void A_duty_in_the_province_covers_both_old_provinces_since_the_merger_only()
    {
        Assert.True(Book.Covers(Unit("89", Article), Unit("30742", Article), Now));
        Assert.False(Book.Covers(Unit("89", Article), Unit("30742", Article), Article));
        Assert.True(Book.Covers(Unit("08", Now), In("02", AreaLevel.Commune, Article).First(), Now));
        Assert.False(Book.Covers(Unit("30307", Now), Unit("91", Now), Now));
    }
}
