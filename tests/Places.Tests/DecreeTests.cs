using SoGoc.Kernel.Outcomes;
using SoGoc.Places.Decrees;
using SoGoc.Places.Founding;
using static SoGoc.Places.Tests.Given;

namespace SoGoc.Places.Tests;

/// <summary>Invented decrees of 2027, checked and carried out on the reference units.</summary>
public sealed class DecreeTests
{
    private const string Head = "decree,effective_on,kind,code,new_name,new_type,into_code,share,default,parent_code\n";
    private static readonly DateOnly NewYear = new(2027, 1, 1);

    private static Outcome<List<DecreeRow>> Read(string text)
    {
        var path = Path.Combine(Path.GetTempPath(), $"decree-{Guid.NewGuid():N}.csv");
        try
        {
            File.WriteAllText(path, text);
            return DecreeFile.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Lines(params string[] lines) => Head + string.Concat(lines.Select(l => $"NQ 1/2027,2027-01-01,{l}\n"));

    private static PlaceBook Applied(params string[] lines)
    {
        var ledger = ReferenceUnits.Load(Reference);
        Assert.True(Read(Lines(lines)).Ok(out var rows));
        var check = DecreeCheck.Run(ledger, rows);
        Assert.True(check.Ok(out var decree), string.Join(", ", check.Problems));
        new DecreeDay(ledger, decree.On).Apply(decree.Changes);
        return new PlaceBook(ledger.Areas, ledger.Successions, HomeProvince.Demonstration);
    }

    private static IEnumerable<string> Faults(string text)
    {
        var read = Read(text);
        return (read.Ok(out var rows) ? DecreeCheck.Run(new Ledger(Book.All, []), rows).Problems : read.Problems).Select(p => p.Code["places.".Length..] + (p.Data is [{ Length: < 3 } row, ..] ? " " + row : ""));
    }

    [Fact]
    public void After_a_renaming_the_old_name_leads_to_the_new()
    {
        var book = Applied("rename,30367,Vĩnh Mẫu,,,,,");
        var old = book.Find("30367", Now)!;
        Assert.Equal(new DateOnly(2026, 12, 31), book.Find("30367", new DateOnly(2026, 12, 31))!.Valid.Until!.Value.AddDays(-1));
        Assert.Equal("Xã Vĩnh Mẫu, Tỉnh An Giang", book.Write(book.Resolve(old, NewYear).Area!));
        Assert.Equal("Xã Vĩnh Mẫu", book.Resolve(Unit("30364", Article), NewYear).Area!.FullName);
        Assert.Equal("30367", book.MatchText("Xã Vĩnh Mẫu, Tỉnh An Giang", NewYear).Area!.Code);
        Assert.Equal(AreaFault.Unknown, book.MatchText("Xã Vĩnh Hậu, Tỉnh An Giang", NewYear).Fault);
        Assert.Equal(book.Find("30367", NewYear), book.MatchText("Xã Vĩnh Mẫu, Tỉnh An Giang", null).Area);
    }

    [Fact]
    public void A_merger_into_a_new_unit_ends_its_parts_and_keeps_the_chain()
    {
        var book = Applied("new,39001,Mẫu Đơn,phường,,,,91", "merge,30337,,,39001,,,", "merge,30367,,,39001,,,");
        Assert.Null(book.Find("30337", NewYear));
        Assert.Equal("Phường Mẫu Đơn, Tỉnh An Giang", book.Write(book.Resolve(Unit("30364", Article), NewYear).Area!));
        Assert.Contains(Unit("30364", Article).Id, book.Within(book.Find("39001", NewYear)!, NewYear));
        Assert.Equal(101, book.Children(book.Home(NewYear)!, NewYear).Count());
    }

    [Fact]
    public void A_merger_gives_the_unit_that_grows_a_version_of_its_own()
    {
        var book = Applied("merge,30367,,,30337,,,");
        var now = book.Find("30337", NewYear)!;
        Assert.NotEqual(book.Find("30337", Now)!.Id, now.Id);
        Assert.Equal(["30337", "30367"], book.Resolve(now, Now).Candidates.Select(c => c.Area.Code).Order());
    }

    [Fact]
    public void A_division_multiplies_with_the_one_before_and_stays_open()
    {
        var book = Applied("split,30337,,,30337,0.6,1,", "split,30337,,,30346,0.4,,");
        var now = book.Resolve(Unit("30355", Article), NewYear);
        Assert.False(now.Certain);
        Assert.Equal([("30346", 0.73m), ("30337", 0.27m)], now.Candidates.Select(c => (c.Area.Code, c.Share)));
        Assert.True(now.Candidates.Single(c => c.Area.Code == "30346").Default);
        Assert.Equal(2, book.Resolve(Unit("30337", Now), NewYear).Candidates.Count);
    }

    [Fact]
    public void What_lies_below_a_merged_province_goes_with_it()
    {
        var book = Applied("merge,92,,,91,,,");
        var commune = Book.All.First(a => a.Level == AreaLevel.Commune && a.Valid.Holds(Now) && Book.Province(a)!.Code == "92");
        Assert.Equal($"{commune.FullName}, Tỉnh An Giang", book.Write(book.Resolve(commune, NewYear).Area!));
        Assert.All(book.All.Where(a => a.Level != AreaLevel.Province && a.Valid.Holds(NewYear)), a => Assert.True(book.Parent(a)!.Valid.Holds(NewYear)));
        Assert.Equal(33, book.All.Count(a => a.Level == AreaLevel.Province && a.Valid.Holds(NewYear)));
    }

    [Fact]
    public void A_unit_moves_to_another_province()
    {
        var book = Applied("move,30337,,,,,,92");
        Assert.Equal("Xã An Phú, Thành phố Cần Thơ", book.Write(book.Find("30337", NewYear)!));
        Assert.Equal("Xã An Phú, Tỉnh An Giang", book.Write(book.Find("30337", Now)!));
        Assert.Equal(["92"], book.Resolve(Unit("30370", Article), NewYear).Provinces.Select(p => p.Code));
    }

    [Fact]
    public void All_faults_are_told_at_once_with_their_rows()
    {
        var faults = Faults(Lines(
            "rename,99999,Tên,,,,,",
            "rename,30337,,,,,,",
            "merge,30346,,,30346,,,",
            "type,30367,,tổng,,,,",
            "type,30341,,huyện,,,,",
            "melt,30352,,,,,,",
            "merge,30388,,,883,,,",
            "new,30403,Mẫu,xã,,,,91",
            "new,3900,Mẫu,xã,,,,91",
            "move,30385,,,,,,89",
            "rename,89,Tên,,,,,",
            "rename,30406,Phú Tân,,,,,"));
        Assert.Equal(
            ["unit-unknown 2", "name-missing 3", "into-itself 4", "type-unknown 5", "type-of-other-level 6", "decree-kind 7", "into-unknown 8", "unit-exists 9",
                "code-shape 10", "parent-unknown 11", "unit-unknown 12", "nothing-changes 13"], faults);
    }

    [Theory]
    [InlineData("shares-not-one 2", "split,30337,,,30346,0.6,1,", "split,30337,,,30341,0.3,,")]
    [InlineData("defaults-many 2", "split,30337,,,30346,0.6,1,", "split,30337,,,30341,0.4,1,")]
    [InlineData("into-ends 2", "merge,30337,,,30346,,,", "merge,30346,,,30341,,,")]
    [InlineData("changed-twice 3", "merge,30337,,,30346,,,", "merge,30337,,,30341,,,")]
    [InlineData("changed-twice 3", "merge,30337,,,30346,,,", "rename,30337,Mẫu,,,,,")]
    [InlineData("changed-twice 3", "rename,30337,Nẫm,,,,,", "rename,30337,Mẫu,,,,,")]
    [InlineData("left-behind 2", "split,92,,,91,0.5,1,", "split,92,,,96,0.5,,")]
    public void Rows_that_do_not_go_together_are_refused(string fault, params string[] lines) => Assert.Equal([fault], Faults(Lines(lines)));

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("-0.5")]
    [InlineData("một nửa")]
    [InlineData("0.12345678")]
    public void A_share_is_a_part(string share) =>
        Assert.Contains("share-invalid 2", Faults(Lines($"split,30337,,,30346,{share},1,", "split,30337,,,30341,0.5,,")));

    [Fact]
    public void A_decree_cannot_reach_back_behind_the_last_change()
    {
        Assert.Equal(["day-too-early 2"], Faults(Head + "NQ,2025-07-01,rename,30337,Mẫu,,,,,\n"));
        Assert.Equal(["day-too-early 2"], Faults(Head + "NQ,2024-01-01,merge,30337,,,30346,,,\n").Distinct());
        Assert.Equal(["day-too-early 2"], Faults(Head + "NQ,2026-04-30,rename,75,Mẫu,,,,,\n"));
    }

    [Fact]
    public void One_file_has_one_day_and_every_row_a_decree()
    {
        Assert.Equal(["decree-nameless 2", "decree-two-days 3"], Faults(Head + ",2027-01-01,rename,30337,Mẫu,,,,,\nNQ,2027-01-02,rename,30346,Mẫu,,,,,\n"));
        Assert.Contains("decree-day 2", Faults(Head + "NQ,01/01/2027,rename,30337,Mẫu,,,,,\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("decree,effective_on,kind,code\n")]
    [InlineData("decree,effective_on,kind,code,code\nNQ,2027-01-01,rename,30337,30337\n")]
    [InlineData("decree,kind\nNQ,rename\n")]
    [InlineData("decree,effective_on,kind,code\n\"NQ,2027-01-01,rename,30337\n")]
    [InlineData("\0\u0001\u0002PK\u0003\u0004")]
    public void What_is_no_decree_is_refused_in_a_sentence(string text) => Assert.NotEmpty(Faults(text));

    [Fact]
    public void A_file_that_is_not_there_is_told() => Assert.Equal("places.no-file", Assert.Single(DecreeFile.Read(Path.Combine(Path.GetTempPath(), "none.csv")).Problems).Code);
}
