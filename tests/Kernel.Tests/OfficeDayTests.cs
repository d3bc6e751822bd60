using System.Globalization;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Kernel.Tests;

/// <summary>Terms of the law by the offices' calendar, as notices of the government have it.</summary>
public sealed class OfficeDayTests
{
    private static readonly OfficeDays Days = new(ReferenceTable.Read(Path.Combine(AppContext.BaseDirectory, "reference", "holidays.csv")).Where(r => r["status"] != "proposed")
        .GroupBy(r => DateOnly.ParseExact(r["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture)).ToDictionary(g => g.Key, g => g.Last()["kind"] == "swap_work"));

    [Theory]
    [InlineData("2026-08-27", 3, "2026-09-04")]     // 31 August given for a Saturday, 1 and 2 September
    [InlineData("2026-08-21", 1, "2026-08-22")]     // a Saturday that is worked
    [InlineData("2026-02-13", 7, "2026-03-03")]     // Tết
    [InlineData("2026-11-23", 1, "2026-11-25")]     // the day of culture
    [InlineData("2026-01-09", 1, "2026-01-10")]
    [InlineData("2026-04-24", 1, "2026-04-28")]     // in place of a Sunday
    [InlineData("2025-04-25", 2, "2025-04-28")]
    [InlineData("2022-04-08", 3, "2022-04-14")]
    public void A_term_of_working_days_ends_with_the_last_hour_of_the_right_day(string from, int days, string until) =>
        Assert.Equal(At($"{until} 17:00"), Days.Due(At($"{from} 09:30"), new Term(days, InHours: false)));

    [Theory]
    [InlineData("2026-11-25 08:00", 2, "2026-11-25 10:00")]
    [InlineData("2026-11-25 10:30", 2, "2026-11-25 14:30")]     // over noon
    [InlineData("2026-11-25 12:00", 2, "2026-11-25 15:30")]     // begins with the next working minute
    [InlineData("2026-11-25 16:30", 2, "2026-11-26 08:30")]     // over night
    [InlineData("2026-11-23 16:00", 2, "2026-11-25 08:00")]     // over a day off
    [InlineData("2026-11-24 09:00", 2, "2026-11-25 09:00")]     // begins on one
    [InlineData("2026-11-27 16:00", 10, "2026-12-01 08:00")]    // over a weekend and a whole day
    [InlineData("2026-11-25 07:00", 8, "2026-11-25 17:00")]     // a day has eight hours
    public void A_term_of_working_hours_runs_in_working_hours_only(string from, int hours, string until) => Assert.Equal(At(until), Days.Due(At(from), new Term(hours, InHours: true)));

    [Theory]
    [InlineData("2h", 2, true)]
    [InlineData("15d", 15, false)]
    [InlineData("0d", 0, false)]
    public void A_term_is_read_as_it_is_written(string text, int length, bool hours) => Assert.Equal(new Term(length, hours), Term.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("0h")]
    [InlineData("-1h")]
    [InlineData("2w")]
    public void What_is_no_term_is_refused(string text) => Assert.False(Term.TryParse(text, out _));

    private static DateTimeOffset At(string local) => new(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(7));
}
