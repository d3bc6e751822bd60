using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Journaling;

/// <summary>Every question about a person says why it is asked, and for which case; both are written into the record of readings.</summary>
public static class Reason
{
    /// <summary>Characters of a purpose, and of a case.</summary>
    public const int Longest = 200;

    /// <summary>What is wrong with the reason; a list that may be added to.</summary>
    public static List<Problem> Check(string? purpose, string? caseReference)
    {
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(purpose) || purpose.Length > Longest)
        {
            problems.Add(Problem.Invalid("purpose", "journal.purpose-missing"));
        }

        if (string.IsNullOrWhiteSpace(caseReference) || caseReference.Length > Longest)
        {
            problems.Add(Problem.Invalid("case", "journal.case-missing"));
        }

        return problems;
    }
}
