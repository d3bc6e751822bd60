using SoGoc.Kernel.Time;

namespace SoGoc.Testing;

/// <summary>The clock of a town: it can be moved to another day, and runs on from there.</summary>
public sealed class TownClock(DateOnly day) : TimeProvider
{
    private volatile OfficeClock clock = OfficeClock.AsOf(day);

    public void MoveTo(DateOnly other) => clock = OfficeClock.AsOf(other);

    public void MoveTo(DateTimeOffset instant) => clock.Show(instant);

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;
}
