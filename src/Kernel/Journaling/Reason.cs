using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Kernel.Journaling;

/// <summary>Why persons are read: a purpose of the law, and a case that is open and of him who reads. Both are written into the record of readings.</summary>
/// <param name="Agreement">Where a system reads, what was agreed about it.</param>
public sealed record Reason(Purpose Purpose, CaseFile Case, Agreement? Agreement = null)
{
    /// <summary>Characters of a purpose, and of a case.</summary>
    public const int Longest = 200;

    /// <summary>Whether the purpose, and the agreement where there is one, lets this class of fields be read.</summary>
    public bool Allows(string fieldClass) => Purpose.Classes.Contains(fieldClass) && Agreement?.Classes.Contains(fieldClass) != false;
}

/// <summary>Checks the reason of a question before anything is read.</summary>
public sealed class Reasons(Purposes purposes, CheckedCases cases, CurrentActor actor, TimeProvider clock)
{
    /// <summary>The reason; null where something is wrong with it, which is added to the problems.</summary>
    public async ValueTask<Reason?> Check(string? purpose, string? caseReference, List<Problem> problems)
    {
        var law = await new PurposeCheck(purposes, actor.Value, clock.Today()).Find(purpose, problems);
        if (string.IsNullOrWhiteSpace(caseReference) || caseReference.Length > Reason.Longest)
        {
            problems.Add(Problem.Invalid("case", "journal.case-missing"));
            return null;
        }

        if (law is null)
        {
            return null;
        }

        var file = await cases.Find(actor.Value, caseReference);
        var wrong = file is null ? "journal.case-unknown"
            : file.ClosedAt is not null ? "journal.case-closed"
            : file.UntilAt <= clock.GetUtcNow() ? "journal.case-expired"
            : file.Purpose != law.Code ? "journal.case-other-purpose" : null;
        if (wrong is not null)
        {
            problems.Add(Problem.Forbidden(wrong) with { Field = "case" });
            return null;
        }

        return new Reason(law, file!, actor.Value.Agreement);
    }
}

/// <summary>Which purpose a code names, for somebody, on a day.</summary>
internal readonly record struct PurposeCheck(Purposes Purposes, Actor Who, DateOnly Day)
{
    public async ValueTask<Purpose?> Find(string? code, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(code) || code.Length > Reason.Longest)
        {
            problems.Add(Problem.Invalid("purpose", "journal.purpose-missing"));
            return null;
        }

        var (purpose, known) = await Purposes.Find(code, Day);
        if (purpose is null)
        {
            problems.Add(Problem.Invalid("purpose", known ? "journal.purpose-not-in-force" : "journal.purpose-unknown", code));
            return null;
        }

        if (!purpose.IsFor(Who))
        {
            problems.Add(Problem.Forbidden("journal.purpose-not-yours", purpose.Name) with { Field = "purpose" });
            return null;
        }

        if (Who.Agreement is { } agreed && !agreed.Purposes.Contains(code))
        {
            problems.Add(Problem.Forbidden("journal.purpose-not-agreed", purpose.Name) with { Field = "purpose" });
            return null;
        }

        return purpose;
    }
}
