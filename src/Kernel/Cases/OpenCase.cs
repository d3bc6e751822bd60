using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Cases;

/// <summary>Opens a case, for which persons can then be read: its reference goes with each question.</summary>
internal sealed class OpenCase(CaseBook cases, ICasePersons persons)
{
    private const int MostPersons = 100;

    /// <param name="Kind">dossier, work-item, act, reconciliation or request.</param>
    /// <param name="Reference">Its code; no other case of the office has or had it.</param>
    /// <param name="Purpose">Code of the one purpose it is for.</param>
    /// <param name="Numbers">Personal numbers of those it is about, where that is known. An official names people of his duty: who lives elsewhere is read for a file, an act or an emergency, which open cases of their own.</param>
    internal sealed record Request([Required] string? Kind, [Required, Length(1, Reason.Longest)] string? Reference, [Required, Length(1, Reason.Longest)] string? Purpose,
        [MaxLength(MostPersons)] IReadOnlyList<string>? Numbers = null);

    internal sealed record Opened(Guid Id, string Reference, string Purpose, DateTimeOffset OpenedAt);

    public async Task<Outcome<Opened>> Run(Request r)
    {
        var (named, problems) = await Named(persons, r.Numbers ?? []);
        if (problems.Count > 0)
        {
            return problems;
        }

        var opened = await cases.Open(new NewCase(r.Kind ?? "", r.Reference ?? "", r.Purpose ?? "", named));
        return opened.Ok(out var file) ? new Opened(file.Id, file.Reference, file.Purpose, file.OpenedAt) : opened.Problems.ToList();
    }

    /// <summary>The records that numbers name.</summary>
    /// <param name="anywhere">Also those who live outside of the duty.</param>
    internal static async Task<(List<Guid> Persons, List<Problem> Problems)> Named(ICasePersons persons, IReadOnlyList<string> numbers, bool anywhere = false)
    {
        if (numbers.Count > MostPersons)
        {
            return ([], [Problem.Invalid("numbers", "journal.case-persons-too-many")]);
        }

        var (named, problems) = (new List<Guid>(), new List<Problem>());
        for (var i = 0; i < numbers.Count; i++)
        {
            var found = await (anywhere ? persons.Find(numbers[i]) : persons.WithinDuty(numbers[i]));
            named.AddRange(found.IsGood ? [found.Value] : []);
            problems.AddRange(found.Problems.Select(p => p with { Field = $"numbers[{i}]" }));
        }

        return (named, problems);
    }
}

/// <summary>Ends a case: nobody reads for it any more.</summary>
internal sealed class CloseCase(CaseBook cases)
{
    /// <param name="Reference">Its code.</param>
    internal sealed record Request([Required, Length(1, Reason.Longest)] string? Reference);

    internal sealed record Closed(string Reference, DateTimeOffset ClosedAt);

    public async Task<Outcome<Closed>> Run(Request r)
    {
        var closed = await cases.Close(r.Reference ?? "");
        return closed.Ok(out var file) ? new Closed(file.Reference, file.ClosedAt!.Value) : closed.Problems.ToList();
    }
}

/// <summary>What the official has open, the newest first; 100 at most.</summary>
internal sealed class ListCases(CaseBook cases)
{
    internal sealed record Request;

    /// <param name="Kind">dossier, work-item, act, reconciliation, request or emergency.</param>
    /// <param name="UntilAt">When it ends by itself.</param>
    internal sealed record Case(string Kind, string Reference, string Purpose, DateTimeOffset OpenedAt, DateTimeOffset? UntilAt);

    internal sealed record Cases(IReadOnlyList<Case> Open);

    public async Task<Outcome<Cases>> Run(Request r) => new Cases((await cases.Mine()).ConvertAll(c => new Case(c.Kind, c.Reference, c.Purpose, c.OpenedAt, c.UntilAt)));
}

/// <summary>The official says once what he works on: a case of his or of his office that is open goes on, and is his from now; one that is new is opened.</summary>
internal sealed class TakeUpCase(CaseBook cases, ICasePersons persons, Access.CurrentActor actor)
{
    /// <param name="Reference">Code of the dossier or work.</param>
    /// <param name="Purpose">Code of the purpose; not needed for a case that is open.</param>
    /// <param name="Number">Personal number of the one it is about, where the official wants to say so.</param>
    internal sealed record Request(string? Reference, string? Purpose, string? Number = null);

    public async Task<Outcome<CaseFile>> Run(Request r)
    {
        var (named, problems) = await OpenCase.Named(persons, string.IsNullOrWhiteSpace(r.Number) ? [] : [r.Number]);
        if (problems.Count > 0)
        {
            return problems.ConvertAll(p => p with { Field = "number" });
        }

        var taken = await cases.Find(r.Reference ?? "") is null ? await cases.Open(new NewCase("dossier", r.Reference ?? "", r.Purpose ?? "", named)) : await GoOn(r, named);
        if (taken.Ok(out var file))
        {
            await cases.TakeUp(file);
        }

        return taken;
    }

    private async Task<Outcome<CaseFile>> GoOn(Request r, List<Guid> named)
    {
        var found = await cases.FindOpen(r.Reference!);
        if (!found.Ok(out var file))
        {
            return found;
        }

        if (!string.IsNullOrEmpty(r.Purpose) && r.Purpose != file.Purpose)
        {
            return Problem.Conflict("journal.case-other-purpose") with { Field = "purpose" };
        }

        await cases.Name(file, named);
        return file.Holder == actor.Value.Reference || file.Holder == actor.Value.Holder ? file : await cases.HandOver(file, actor.Value.Holder);
    }
}
