using SoGoc.Civil.Books;
using SoGoc.Civil.Waiting;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.Acts;

/// <summary>What every declared act has besides its own.</summary>
internal interface IDeclaration
{
    /// <summary>Codes of the warnings that the official has looked into.</summary>
    IReadOnlyList<string>? Confirmed { get; }

    /// <summary>The case that an earlier check has opened; a new one is opened without it.</summary>
    string? Case { get; }
}

/// <summary>An act as it would be decided: nothing is entered yet.</summary>
/// <param name="Case">The case that was opened; to be named when it is registered.</param>
/// <param name="People">Whom it is about, as the register has them.</param>
/// <param name="Office">The commune that would register.</param>
/// <param name="Refusals">Why it would be refused; with a part of the declaration, also what is still missing.</param>
/// <param name="Warnings">Codes to confirm, each with its sentence.</param>
/// <param name="Offers">By field: what the register has to choose from; the first is what would be taken.</param>
/// <param name="Follows">What would come of it that is not in the declaration, in sentences.</param>
internal sealed record ActChecked(string Case, IReadOnlyList<Seen> People, string? Office, IReadOnlyList<Fault> Refusals, IReadOnlyList<Fault> Warnings, IReadOnlyDictionary<string, IReadOnlyList<Offer>> Offers, IReadOnlyList<string> Follows);

/// <summary>Something to choose from.</summary>
internal sealed record Offer(string Value, string Label);

/// <summary>An act that was registered.</summary>
/// <param name="Entry">Key of the entry.</param>
/// <param name="EntryNo">Number and year in the book: 01/2026.</param>
/// <param name="Person">The record that shows what has changed.</param>
/// <param name="Filing">Code of the linked filing that came with it.</param>
/// <param name="Follows">What has come of it that was not in the declaration, in sentences.</param>
internal sealed record ActRegistered(Guid Entry, string EntryNo, DateOnly RegisteredOn, string Office, Guid Person, string? Filing = null, IReadOnlyList<string>? Follows = null);

/// <summary>What is the same in every act: it is judged; what stands against it is said, or all of it is done; the case is closed with it.</summary>
internal sealed class ActDesk(OwnCase own, CaseBook cases, DraftBook drafts, TellActs tell, Sentences say, TimeProvider clock)
{
    /// <summary>Looks at an act before it is decided.</summary>
    public async Task<Outcome<ActChecked>> Check<TJudged>(Func<Task<Outcome<TJudged>>> judge) where TJudged : Judgement
    {
        var outcome = await Judge(judge);
        if (!outcome.Ok(out var j))
        {
            return outcome.Problems.ToList();
        }

        await drafts.Name(j.Case, j.People.Select(p => p.FullName));
        return new ActChecked(j.Case.Reference, j.People, j.Office?.FullName, Said(j.Refusals), Said(j.Warnings), j.Offers, j.Follows);
    }

    /// <summary>Decides an act: nothing where anything stands against it, else all of it.</summary>
    /// <param name="carry">Carries its consequences and enters it in the book, which comes last.</param>
    public async Task<Outcome<ActRegistered>> Decide<TJudged>(IDeclaration d, Func<Task<Outcome<TJudged>>> judge, Func<TJudged, Task<Outcome<BookEntry>>> carry) where TJudged : Judgement
    {
        var outcome = await Judge(judge);
        if (!outcome.Ok(out var j))
        {
            return outcome.Problems.ToList();
        }

        Problem[] standing = [.. j.Refusals, .. j.Warnings.Where(w => d.Confirmed?.Contains(w.Code) != true)];
        if (standing.Length > 0)
        {
            return standing.ToList();
        }

        var carried = await carry(j);
        if (!carried.Ok(out var entry))
        {
            return carried.Problems.ToList();
        }

        await drafts.Drop(j.Case);
        await tell.Tell(new CarriedAct(j.Case.Reference, entry.No, j.Office!.FullName, entry.Id, entry.Id, entry.Filing));
        var closed = await cases.Close(j.Case.Reference);
        return closed.IsGood ? new ActRegistered(entry.Id, entry.No, clock.Today(), j.Office!.FullName, entry.Person, entry.Filing, entry.Follows) : closed.Problems.ToList();
    }

    /// <summary>What the rules of the act say, and what holds of each: nobody decides his own case.</summary>
    private async Task<Outcome<TJudged>> Judge<TJudged>(Func<Task<Outcome<TJudged>>> judge) where TJudged : Judgement
    {
        var outcome = await judge();
        return outcome.Ok(out var j) ? (TJudged)((Judgement)j with { Refusals = [.. j.Refusals, .. await own.Refusal(j.People.Select(p => p.Person))], Warnings = [.. j.Warnings, .. own.Warning(j.People.Select(p => p.FullName))] }) : outcome;
    }

    private IReadOnlyList<Fault> Said(IEnumerable<Problem> problems) => [.. problems.Select(p => new Fault(p.Code, say.Say(p), p.Field))];
}

/// <summary>Refusals and warnings as a judge gathers them.</summary>
internal sealed class Findings
{
    private readonly List<Problem> refusals = [], warnings = [];

    public IReadOnlyList<Problem> Refusals => [.. refusals.DistinctBy(p => (p.Code, p.Field))];

    public IReadOnlyList<Problem> Warnings => [.. warnings.DistinctBy(p => p.Code)];

    public void Refuse(bool wrong, string field, string code, params string[] data)
    {
        if (wrong)
        {
            refusals.Add(Problem.Conflict(code, data) with { Field = field });
        }
    }

    public void Refuse(IEnumerable<Problem> problems) => refusals.AddRange(problems);

    public void Warn(bool unlikely, string code, params string[] data)
    {
        if (unlikely)
        {
            warnings.Add(Problem.Conflict(code, data) with { Field = "confirmed" });
        }
    }
}
