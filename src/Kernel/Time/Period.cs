using NpgsqlTypes;

namespace SoGoc.Kernel.Time;

/// <summary>A span of days, valid time: from a day (included) to a day (not included), open where null. Stored as <c>daterange</c>.</summary>
public readonly record struct Period(DateOnly? From, DateOnly? Until)
{
    public static Period Since(DateOnly? from) => new(from, null);

    public bool Holds(DateOnly day) => (From is null || From <= day) && (Until is null || day < Until);

    public bool IsEmpty => From is { } f && Until is { } u && f >= u;

    public bool Overlaps(Period other) =>
        !IsEmpty && !other.IsEmpty && (Until is null || other.From is null || other.From < Until) && (other.Until is null || From is null || From < other.Until);

    public NpgsqlRange<DateOnly> ToRange() =>
        new(From ?? default, true, From is null, Until ?? default, false, Until is null);

    public static Period Of(NpgsqlRange<DateOnly> r) =>
        new(r.LowerBoundInfinite ? null : r.LowerBound, r.UpperBoundInfinite ? null : r.UpperBound);
}
