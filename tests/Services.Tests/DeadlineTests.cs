using System.Globalization;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Services.Files;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>The clocks of files, by the calendar of the reference file; docs/rules/deadlines.md is the same for people.</summary>
public sealed class DeadlineTests
{
    private static readonly OfficeDays Days = new(ReferenceTable.Read(Path.Combine(Clone.Root, "reference/holidays.csv")).Where(r => r["status"] != "proposed")
        .ToDictionary(r => DateOnly.ParseExact(r["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture), r => r["kind"] == "swap_work"));

    public static TheoryData<string, string, string, string> Rows => [.. File.ReadAllLines(Path.Combine(Clone.Root, "docs/rules/deadlines.md")).SkipWhile(l => !l.StartsWith("| Trường hợp", StringComparison.Ordinal)).Skip(2)
        .Where(l => l.StartsWith('|')).Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries)).Select(r => (r[0], r[1], r[2], r[3]))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_file_is_due_when_the_law_says(string what, string received, string term, string due) =>
        Assert.True(At(due) == FileClock.Start(Days, Term.Parse(term), At(received)).Due, $"{what}: {FileClock.Start(Days, Term.Parse(term), At(received)).Due?.Shown()}");

    [Fact]
    public void What_waits_for_the_citizen_costs_the_office_no_minute_and_gives_it_none()
    {
        var clock = FileClock.Start(Days, Term.Parse("3d"), At("26/11/2026 09:00"));
        Assert.Equal(At("01/12/2026 17:00"), clock.Due);
        var stopped = clock.Stop(Days, At("27/11/2026 10:00"));
        Assert.Null(stopped.Due);
        Assert.Equal(stopped.Left, stopped.LeftAt(Days, At("30/11/2026 10:00")));
        var resumed = stopped.Resume(Days, At("03/12/2026 10:00"), anew: false);
        // From Friday ten o'clock to Tuesday evening: five hours of Friday and two days.
        Assert.Equal(clock.LeftAt(Days, At("27/11/2026 10:00")), resumed.LeftAt(Days, At("03/12/2026 10:00")));
        Assert.Equal(At("07/12/2026 17:00"), resumed.Due);
        Assert.Equal(clock.Total, stopped.Resume(Days, At("03/12/2026 10:00"), anew: true).LeftAt(Days, At("03/12/2026 10:00")));
        Assert.Equal(resumed, resumed.Resume(Days, At("04/12/2026 10:00"), anew: true));
    }

    [Fact]
    public void The_time_used_grows_with_working_time_alone_and_past_the_end_the_delay_is_told()
    {
        var clock = FileClock.Start(Days, Term.Parse("8h"), At("26/11/2026 07:00"));
        Assert.Equal(0.5, clock.UsedAt(Days, At("26/11/2026 11:00")), 3);
        Assert.Equal(0.5625, clock.UsedAt(Days, At("26/11/2026 12:30")), 3);
        Assert.Equal(1, clock.UsedAt(Days, At("26/11/2026 17:00")), 3);
        Assert.Equal(1, clock.UsedAt(Days, At("26/11/2026 23:00")), 3);
        Assert.Equal(TimeSpan.FromHours(-4), clock.LeftAt(Days, At("27/11/2026 11:00")));
    }

    private static DateTimeOffset At(string text) => new DateTimeOffset(DateTime.ParseExact(text, "dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(7)).ToUniversalTime();
}
