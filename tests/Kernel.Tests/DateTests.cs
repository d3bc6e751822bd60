using System.Globalization;
using CsCheck;
using SoGoc.Kernel.Time;

namespace SoGoc.Kernel.Tests;

/// <summary>Dates as people know them, and as they write them.</summary>
public sealed class DateTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    private static Gen<PartialDate> Of(int first, int last) => Gen.Select(Gen.Int[first, last], Gen.Int[0, 12], Gen.Int[0, 31], Gen.Int[0, 19], (year, month, day, unknown) => unknown == 0 ? PartialDate.Unknown
        : PartialDate.Of(year, month, month == 0 ? 0 : Math.Min(day, DateTime.DaysInMonth(year, month)))!.Value);

    private static readonly Gen<PartialDate> Any = Of(1, 9999);

    /// <summary>The years in which people live.</summary>
    private static readonly Gen<PartialDate> Lived = Of(1800, 2200);

    [Fact]
    public void What_is_written_is_read_back() => Any.Sample(d => PartialDate.TryParse(d.ToString(), out var read) && read == d
        && System.Text.Json.JsonSerializer.Deserialize<PartialDate>(System.Text.Json.JsonSerializer.Serialize(d)) == d, seed: Seed, iter: 20_000);

    [Fact]
    public void What_is_stored_is_the_same_date() => Any.Sample(d => PartialDate.Stored(d.Earliest, (short)d.Precision) == d, seed: Seed, iter: 20_000);

    [Fact]
    public void The_earliest_day_is_never_after_the_latest_and_both_are_days_it_can_have_been() => Any.Sample(d => d.Precision switch
    {
        DatePrecision.Unknown => d is { Earliest: null, Latest: null, Year: null, Month: null, Day: null },
        DatePrecision.Day => d.Earliest == d.Latest && d == PartialDate.Of(d.Earliest!.Value),
        DatePrecision.Month => d.Earliest <= d.Latest && d.Earliest?.Day == 1 && d.Latest!.Value.AddDays(1).Day == 1 && Same(d.Earliest!.Value, d.Latest!.Value),
        _ => d.Earliest <= d.Latest && d.Earliest?.Year == d.Year && d.Latest?.Year == d.Year && d.Earliest is { Month: 1, Day: 1 } && d.Latest is { Month: 12, Day: 31 },
    }, seed: Seed, iter: 20_000);

    [Fact]
    public void One_date_is_certainly_before_another_only_when_every_day_of_it_is() => Gen.Select(Of(1960, 1962), Of(1960, 1962)).Sample((a, b) =>
        a.CertainlyBefore(b) == (a.Latest < b.Earliest) && !(a.CertainlyBefore(b) && b.CertainlyBefore(a)) && !a.CertainlyBefore(a), seed: Seed, iter: 20_000);

    [Fact]
    public void Dates_stand_in_one_order() => Gen.Select(Of(1960, 1962), Of(1960, 1962), Of(1960, 1962)).Sample((a, b, c) =>
        (a.CompareTo(b) == 0) == (a == b) && Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a)) && !(a <= b && b <= c && a > c) && (a < b) == (b > a), seed: Seed, iter: 20_000);

    [Theory]
    [InlineData(1962, 2, 30)]
    [InlineData(1900, 2, 29)]
    [InlineData(1962, 13, 1)]
    [InlineData(1962, 0, 5)]
    [InlineData(0, 1, 1)]
    [InlineData(10000, 1, 1)]
    [InlineData(1962, 1, -1)]
    public void No_calendar_has_it(int year, int month, int day) => Assert.Null(PartialDate.Of(year, month, day));

    [Fact]
    public void Every_way_of_writing_a_date_is_read_as_that_date() => Gen.Select(Lived, Gen.Int[0, 40]).Sample((date, which) =>
    {
        var writings = Writings(date);
        var text = writings[which % writings.Count];
        Assert.True(DateWriting.TryRead(text, out var read), text);
        Assert.Equal(date, read);
    }, seed: Seed, iter: 40_000);

    [Fact]
    public void No_text_breaks_the_reading_and_what_is_read_is_a_date_that_can_be_written() => Gen.OneOf(
        Gen.String[Gen.Char['\0', '\uffff'], 0, 24], Gen.String[Gen.Char['0', '9'], 0, 24], Gen.OneOf(["/", "-", ".", " ", "\\", "ngày", "tháng", "năm", "00:00:00", "t", "0", "5", "12", "31", "1962", "99999", "20111962", "\u0301"])
            .Array[0, 9].Select(parts => string.Concat(parts))).Sample(text =>
        {
            _ = PartialDate.TryParse(text, out _);
            return !DateWriting.TryRead(text, out var read) ? read == PartialDate.Unknown : PartialDate.TryParse(read.ToString(), out var again) && again == read && read.Shown.Length > 0;
        }, seed: Seed, iter: 100_000);

    /// <summary>The card's code prints ddMMyyyy, services send yyyyMMdd; the eight digits tell which.</summary>
    [Theory]
    [InlineData("19051990", "1990-05-19")]
    [InlineData("20111962", "1962-11-20")]
    [InlineData("19620705", "1962-07-05")]
    [InlineData("05071962", "1962-07-05")]
    [InlineData("00071962", "1962-07")]
    [InlineData("19620000", "1962")]
    [InlineData("22102001", "2001-10-22")]
    [InlineData("không rõ", "unknown")]
    [InlineData("23000", "1962-12-20")]
    [InlineData("5/7/1962 00:00:00", "1962-07-05")]
    [InlineData("1962-07-05T00:00:00Z", "1962-07-05")]
    [InlineData("5/7/1962 12:00:00 SA", "1962-07-05")]
    public void A_writing_has_one_meaning(string text, string date)
    {
        Assert.True(DateWriting.TryRead(text, out var read));
        Assert.Equal(date, read.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("31/02/1980")]
    [InlineData("1962/13/01")]
    [InlineData("5/7/62")]
    [InlineData("05/00/1962")]
    [InlineData("99999999")]
    [InlineData("0/0/0")]
    [InlineData("1/2/3/4")]
    [InlineData("5 July 1962")]
    [InlineData("05/07/1962 23:59:59")]
    [InlineData("00:00:00")]
    [InlineData("20131234")]
    [InlineData("05071762")]
    public void What_is_no_date_or_has_two_meanings_is_not_read(string text) => Assert.False(DateWriting.TryRead(text, out _));

    private static bool Same(DateOnly a, DateOnly b) => (a.Year, a.Month) == (b.Year, b.Month);

    private static List<string> Writings(PartialDate d)
    {
        var c = CultureInfo.InvariantCulture;
        var year = d.Year?.ToString("0000", c);
        return d.Precision switch
        {
            DatePrecision.Unknown => [d.ToString(), d.Shown, "không rõ", "KHÔNG RÕ", " không biết ", "00/00/0000"],
            DatePrecision.Year => [d.ToString(), d.Shown, $"00/00/{year}", $" {year} ", $"{year}0000", $"năm {year}"],
            DatePrecision.Month => [d.ToString(), d.Shown, $"{d.Month}/{year}", $"00/{d.Month:00}/{year}", $"{year}/{d.Month}", $"tháng {d.Month} năm {year}", $"{year}{d.Month:00}00"],
            _ => [d.ToString(), d.Shown, $"{d.Day}/{d.Month}/{year}", $"{d.Day:00}-{d.Month:00}-{year}", $"{d.Day}.{d.Month}.{year}", $"{year}/{d.Month}/{d.Day}", $"{d.Day} / {d.Month} / {year}",
                $"ngày {d.Day} tháng {d.Month} năm {year}", $"Ngày {d.Day:00} tháng {d.Month:00} năm {year}", $"{year}{d.Month:00}{d.Day:00}", $"{d.Day:00}{d.Month:00}{year}", $"{d} 00:00:00", $"{d}T00:00:00"],
        };
    }
}
