using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Services.Procedures;
using SoGoc.Services.Store;

namespace SoGoc.Services.Files;

/// <summary>Somebody at the counter: read for a case of its own, so that what the register knows need not be typed.</summary>
internal sealed class CounterReading(Session session, CaseBook cases, ICasePersons persons, IPopulation population, Journal journal, CurrentActor actor)
{
    /// <summary>At the head of the code of its cases: một cửa.</summary>
    public const string Letters = "MC";

    /// <summary>Who stands there and whom it is about.</summary>
    internal sealed record AtCounter(CaseFile Case, Guid Applicant, Guid Subject, PersonState SubjectNow);

    /// <param name="turn">The number of the queue that the official has in hand: who has booked stands there, and nothing is typed.</param>
    public async Task<Outcome<AtCounter>> Run(string? number, string? about, string? reference, Guid? turn)
    {
        var (problems, applicant) = (new List<Problem>(), turn is { } called && string.IsNullOrWhiteSpace(number) ? await Booked(called) : await Key(number, "number"));
        var subject = string.IsNullOrWhiteSpace(about) ? applicant : await Key(about, "about");
        problems.AddRange(applicant.Problems.Concat(string.IsNullOrWhiteSpace(about) ? [] : subject.Problems));
        if (problems.Count > 0)
        {
            return problems;
        }

        var taken = await cases.GoOn(Letters, FileSteps.Purpose, reference, [.. new[] { applicant.Value, subject.Value }.Distinct()]);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        if (await population.Find(subject.Value) is not { } state)
        {
            return Problem.Missing("services.no-person") with { Field = "number" };
        }

        if (state.Confidential > 0 && !actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential)))
        {
            return Problem.Forbidden("population.confidential");
        }

        await journal.Disclose([.. new[] { applicant.Value, subject.Value }.Distinct()], ["identity", "family", "residence", "household", "contact"], FileSteps.Purpose, file.Reference);
        return new AtCounter(file, applicant.Value, subject.Value, state);
    }

    private async Task<Outcome<Guid>> Booked(Guid turn) => await session.Value<Guid>("select v.person_id from services.turn t join services.visit v on v.id = t.visit_id where t.id = $1 and t.state = 'called' and t.called_by = $2", turn, actor.Value.Reference) is var person && person != Guid.Empty
        ? person : Problem.Conflict("services.nobody-booked") with { Field = "number" };

    /// <summary>A number, or what a scanner types of a card: number|….</summary>
    private async Task<Outcome<Guid>> Key(string? text, string field)
    {
        var number = (text ?? "").Split('|')[0].Trim();
        if (number.Length == 0)
        {
            return Problem.Invalid(field, "services.number-missing");
        }

        var found = await persons.AtCounter(number);
        return found.IsGood ? found : found.Problems.Select(p => p with { Field = field }).ToList();
    }
}

/// <summary>What the counter sees before a file is taken in: the form with what the register knows.</summary>
internal sealed class LookAtCounter(CounterReading reading, ProcedureBook procedures, Facts facts, Portal.FormStart start, PaperShelf shelf, Journal journal)
{
    /// <param name="Number">Who stands there: number, or the code of the card.</param>
    /// <param name="About">Whom it is about, where that is another.</param>
    /// <param name="Turn">Instead of the number: that of the queue which was called, where who has it has booked.</param>
    internal sealed record Request(string Procedure, [MaxLength(400)] string? Number, [MaxLength(400)] string? About = null, string? Case = null, Guid? Turn = null);

    /// <param name="Case">For which the register was read; to be named when the file is taken in.</param>
    /// <param name="Known">By fact.</param>
    /// <param name="Conditions">By which it is settled what is asked at all.</param>
    /// <param name="Begun">With what the form begins.</param>
    /// <param name="Stored">Papers that the procedure wants and the store has, compared with the original once.</param>
    internal sealed record Look(string Case, string? Applicant, IReadOnlyDictionary<string, Fact> Known, IReadOnlyDictionary<string, string> Conditions, IReadOnlyDictionary<string, string?> Begun, IReadOnlyList<StoredPaper> Stored);

    public async Task<Outcome<Look>> Run(Request r)
    {
        var found = await procedures.Now(r.Procedure);
        if (!found.Ok(out var edition))
        {
            return found.Problems.ToList();
        }

        var read = await reading.Run(r.Number, r.About, r.Case, r.Turn);
        if (!read.Ok(out var at))
        {
            return read.Problems.ToList();
        }

        var known = await facts.Of(at.SubjectNow, [.. edition.Procedure.Fields.Where(f => f.Fact is not null).Select(f => f.Fact!), "name"]);
        var stored = await shelf.Usable(new PaperPlace(edition.Procedure, at.Subject, null, null, null));
        if (stored.Count > 0)
        {
            await journal.Disclose([at.Subject], ["papers"], FileSteps.Purpose, at.Case.Reference);
        }

        return new Look(at.Case.Reference, at.SubjectNow.Facts.FullName, known, FormCheck.Conditions(edition.Procedure, at.SubjectNow, new Dictionary<string, string>()), start.Of(edition.Procedure, at.SubjectNow), stored);
    }
}

/// <summary>Takes a file in at the counter, any file of the province (NĐ 118/2025/NĐ-CP: wherever the citizen stands): handed in and received in one step, with the receipt.</summary>
internal sealed class TakeInFile(CounterReading reading, ProcedureBook procedures, NewFile files, FileSteps steps, TakePaper taking, CaseBook cases, Payment.FeeBook fees, CurrentActor actor)
{
    /// <param name="Once">Of the form: sent twice, it is one file.</param>
    /// <param name="Stored">Papers that are taken from the store.</param>
    /// <param name="Turn">Instead of the number: that of the queue which was called, where who has it has booked.</param>
    internal sealed record Request(string Procedure, [MaxLength(400)] string? Number, IReadOnlyDictionary<string, string?>? Answers, Guid Once, [MaxLength(400)] string? About = null, string? Case = null, bool ByPost = false, [MaxLength(PaperLimits.MostOfFile)] IReadOnlyList<Guid>? Stored = null, Guid? Turn = null);

    /// <param name="Due">When the result is there.</param>
    /// <param name="Fee">What is to be paid, in đồng.</param>
    internal sealed record TakenIn(string Code, string Office, DateTimeOffset Due, long Fee);

    public async Task<Outcome<TakenIn>> Run(Request r)
    {
        var found = await procedures.Now(r.Procedure);
        if (!found.Ok(out var edition))
        {
            return found.Problems.ToList();
        }

        var read = await reading.Run(r.Number, r.About, r.Case, r.Turn);
        if (!read.Ok(out var at))
        {
            return read.Problems.ToList();
        }

        var channel = r.ByPost ? Channel.Post : Channel.Counter;
        var entered = await files.Enter(new Handed(edition, at.Applicant, at.Subject, at.SubjectNow, channel, r.Answers, r.Once, null, at.Case.Reference));
        if (!entered.Ok(out var file))
        {
            return entered.Problems.ToList();
        }

        foreach (var paper in file.IsNew ? (r.Stored ?? []).Distinct() : [])
        {
            if (await taking.Again(new PaperPlace(edition.Procedure, at.Subject, null, null, file), paper) is { IsGood: false } refused)
            {
                return refused.Problems.ToList();
            }
        }

        // Another office reads for a case of its own: this one has nothing more to read.
        if (!Desks.Serves(actor.Value, file) && (await cases.FindOpen(at.Case.Reference)).IsGood)
        {
            await cases.Close(at.Case.Reference);
        }

        var due = file.Clock?.Due ?? file.FirstDue!.Value;
        // Sent twice, he is told once.
        if (file.IsNew)
        {
            await steps.Tell(file, "services.told-received", edition.Procedure.Name, due.Shown());
        }

        return new TakenIn(file.Code, file.Office, due, (await fees.Of(file)).Where(l => l.IsOpen).Sum(l => l.Amount));
    }
}
