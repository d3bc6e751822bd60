using SoGoc.Kernel.Journaling;

namespace SoGoc.Services.Visits;

/// <summary>A time at a counter was booked. The subject of all entries is the booking; whose it is stands with the booking alone, and goes with it.</summary>
internal sealed record VisitBooked(string Code, string Counter, string Procedure, DateTimeOffset At) : IEntry
{
    public static string Kind => "services.visit-booked";
}

/// <summary>It was moved: to another time or counter, or to what has taken over from the counter.</summary>
internal sealed record VisitMoved(string Code, string From, string To, DateTimeOffset Before, DateTimeOffset At) : IEntry
{
    public static string Kind => "services.visit-moved";
}

/// <summary>Nobody comes: it was cancelled, or the day has passed.</summary>
/// <param name="State">cancelled or missed.</param>
internal sealed record VisitEnded(string Code, string State, string? Why) : IEntry
{
    public static string Kind => "services.visit-ended";
}

/// <summary>Who has booked is there, and has a number.</summary>
internal sealed record VisitCame(string Code, int No) : IEntry
{
    public static string Kind => "services.visit-came";
}
