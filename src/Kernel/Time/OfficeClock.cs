using System.Globalization;

namespace SoGoc.Kernel.Time;

/// <summary>The clock of the office. It can be set to start on another day (the demonstration as of 2022-04-12); it runs on from there.</summary>
public sealed class OfficeClock(TimeProvider real, TimeSpan offset) : TimeProvider
{
    private long moved;

    public static OfficeClock AsOf(DateOnly? day)
    {
        var offset = day is { } d
            ? new DateTimeOffset(d.ToDateTime(new TimeOnly(8, 0)), OfficeTime.Zone.BaseUtcOffset) - System.GetUtcNow()
            : TimeSpan.Zero;
        return new OfficeClock(System, offset);
    }

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + offset + new TimeSpan(Interlocked.Read(ref moved));

    /// <summary>Goes on from another instant; null: from the present again. Only the demonstration does that, before anybody is let in: it makes up the days that have led to now.</summary>
    public void Show(DateTimeOffset? instant) => Interlocked.Exchange(ref moved, instant is { } at ? (at - real.GetUtcNow() - offset).Ticks : 0);

    public override TimeZoneInfo LocalTimeZone => OfficeTime.Zone;
}

/// <summary>Days and hours as the office counts them, in Asia/Ho_Chi_Minh.</summary>
public static class OfficeTime
{
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    public static DateOnly Today(this TimeProvider clock) => DayOf(clock.GetUtcNow());

    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>A span as people read it: minutes and seconds, and hours where there are any.</summary>
    public static string Span(TimeSpan span) => span < TimeSpan.FromHours(1) ? $"{span:mm\\:ss}" : $"{(long)span.TotalHours}:{span:mm\\:ss}";

    /// <summary>The instant of an hour of the offices' clock; without one, that at which the day begins.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly hour = default) => new DateTimeOffset(day.ToDateTime(hour), Zone.GetUtcOffset(day.ToDateTime(hour))).ToUniversalTime();

    public static DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>The form people read in Vietnam: 05/07/1962.</summary>
    public static string Shown(this DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>Day and hour of the office: 05/07/2026 09:15.</summary>
    public static string Shown(this DateTimeOffset instant) => Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);
}
