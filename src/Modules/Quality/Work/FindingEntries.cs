using SoGoc.Kernel.Journaling;

namespace SoGoc.Quality.Work;

/// <summary>What an officer has found out. Subject: the finding.</summary>
/// <param name="Rule">The rule that the record breaks.</param>
/// <param name="Person">Whose record; null: a household's.</param>
/// <param name="Household">Which household; null: a person's record.</param>
/// <param name="Outcome">confirmed, to-correct, not-found, moved, dead.</param>
/// <param name="Text">In his words.</param>
internal sealed record FindingAnswered(string Rule, Guid? Person, Guid? Household, string Outcome, string? Text) : IEntry
{
    public static string Kind => "quality.finding-answered";
}

/// <summary>Somebody has given work to a colleague. Subject: the handing.</summary>
/// <param name="To">Who does it, as the journal names officials.</param>
/// <param name="Until">The day until which it is to be done.</param>
/// <param name="Findings">What was given.</param>
/// <param name="Case">Code of the case for which he reads the records.</param>
/// <param name="Note">What was said with it.</param>
internal sealed record WorkHanded(string To, DateOnly Until, IReadOnlyList<Guid> Findings, string Case, string? Note) : IEntry
{
    public static string Kind => "quality.work-handed";
}

/// <summary>It came back undone. Subject: the finding.</summary>
/// <param name="Handing">With what it had been given.</param>
/// <param name="Why">In the words of who gave it back.</param>
internal sealed record FindingReturned(Guid Handing, string Why) : IEntry
{
    public static string Kind => "quality.finding-returned";
}
