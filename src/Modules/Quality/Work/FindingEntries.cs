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
