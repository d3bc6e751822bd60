using SoGoc.Identity;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Portal;

/// <summary>The form as it is shown first: what the register knows with its source, what the citizen has typed before.</summary>
internal sealed class PrepareForm(ProcedureBook procedures, MayApply may, Facts facts, FormStart start, DraftBook drafts, TimeProvider clock)
{
    /// <param name="Subject">Name of whom it is about.</param>
    /// <param name="ForAnother">It is not the citizen himself.</param>
    /// <param name="Others">For whom it could be handed in too.</param>
    /// <param name="Known">By fact.</param>
    /// <param name="Conditions">By which it is settled what is asked at all.</param>
    internal sealed record Prepared(Guid Once, string Subject, Guid SubjectKey, bool ForAnother, bool MayForHimself, IReadOnlyList<ActsFor> Others, IReadOnlyDictionary<string, Fact> Known, IReadOnlyDictionary<string, string?> Answers, IReadOnlyDictionary<string, string> Conditions, bool FromDraft);

    public async Task<Outcome<Prepared>> Run(string code)
    {
        var found = await procedures.Now(code);
        if (!found.Ok(out var edition))
        {
            return found.Problems.ToList();
        }

        var procedure = edition.Procedure;
        var allowed = await may.Check(procedure);
        if (!allowed.Ok(out var handing))
        {
            return allowed.Problems.ToList();
        }

        var known = await facts.Of(handing.Subject, [.. procedure.Fields.Where(f => f.Fact is not null).Select(f => f.Fact!), "name"]);
        var draft = await drafts.Find(handing.Citizen.Account, code, handing.Subject);
        var answers = start.Of(procedure, handing.SubjectNow);
        foreach (var (name, typed) in draft?.Answers ?? new Dictionary<string, string>())
        {
            answers[name] = typed;
        }

        return new Prepared(draft?.Once ?? Guid.CreateVersion7(clock.GetUtcNow()), known!["name"].Text ?? "", handing.Subject, handing.Subject != handing.Citizen.Person, procedure.Applicant.For.Any(f => f is "self" or "anybody"), handing.For, known!, answers, FormCheck.Conditions(procedure, handing.SubjectNow, new Dictionary<string, string>()), draft is not null);
    }
}

/// <summary>With what a form begins: what is offered to be kept or changed.</summary>
internal sealed class FormStart(Offices offices, TimeProvider clock)
{
    public Dictionary<string, string?> Of(Procedure procedure, PersonState subject) => procedure.Fields.Where(f => f.Ask == Ask.Phone || f.AtHome)
        .ToDictionary(f => f.Name, f => f.AtHome ? offices.Home(subject, clock.Today())?.Code : subject.Facts.Phone, StringComparer.Ordinal);
}

/// <summary>Keeps a form that is begun.</summary>
internal sealed class KeepForm(MayApply may, ProcedureBook procedures, DraftBook drafts)
{
    private const int MostLetters = 20_000;

    public async Task<Outcome<Done>> Run(string code, Guid once, IReadOnlyDictionary<string, string?> answers)
    {
        var found = await procedures.Now(code);
        var allowed = found.Ok(out var edition) ? await may.Check(edition.Procedure) : found.Problems.ToList();
        if (!allowed.Ok(out var handing))
        {
            return allowed.Problems.ToList();
        }

        if (answers.Sum(a => a.Value?.Length ?? 0) > MostLetters)
        {
            return Problem.Invalid(null, "services.form-too-long");
        }

        await drafts.Keep(handing.Citizen.Account, code, handing.Subject, once, answers);
        return Done.It;
    }
}

/// <summary>For whom the citizen fills in forms from now on.</summary>
internal sealed class ChooseSubject(ICitizens citizens)
{
    public Task<Outcome<Done>> Run(Guid? person) => citizens.ActFor(person);
}
