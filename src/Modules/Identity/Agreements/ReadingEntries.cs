using SoGoc.Kernel.Journaling;

namespace SoGoc.Identity.Agreements;

/// <summary>It was proposed that a system reads persons by itself.</summary>
/// <param name="Areas">Codes of the units; none: the whole province.</param>
internal sealed record ReadingProposed(string Client, string Agreement, IReadOnlyList<string> Purposes, IReadOnlyList<string> Classes, IReadOnlyList<string> Areas, DateOnly UntilOn) : IEntry
{
    public static string Kind => "identity.reading-proposed";
}

/// <summary>A second official has approved it: the system reads from now.</summary>
internal sealed record ReadingApproved(string Client) : IEntry
{
    public static string Kind => "identity.reading-approved";
}

internal sealed record ReadingRefused(string Client) : IEntry
{
    public static string Kind => "identity.reading-refused";
}

/// <summary>It was ended, or another agreement took its place.</summary>
internal sealed record ReadingEnded(string Client) : IEntry
{
    public static string Kind => "identity.reading-ended";
}
