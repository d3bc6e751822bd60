using SoGoc.Identity;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Services.Procedures;
using SoGoc.Services.Store;

namespace SoGoc.Services.Files;

/// <summary>Who hands in, and about whom, for a procedure.</summary>
/// <param name="For">For whom he could hand it in beside himself.</param>
internal sealed record Handing(CitizenNow Citizen, Guid Subject, PersonState SubjectNow, IReadOnlyList<ActsFor> For);

/// <summary>Whether this citizen may apply for this procedure, and for whom he does.</summary>
internal sealed class MayApply(ICitizens citizens, IPopulation population, TimeProvider clock)
{
    public async Task<Outcome<Handing>> Check(Procedure procedure)
    {
        var citizen = await citizens.Now();
        var who = procedure.Applicant;
        if (citizen.Level < who.Level)
        {
            return Problem.Forbidden("services.level-two");
        }

        if (citizen.ForOrganisation)
        {
            return Problem.Forbidden("services.not-for-organisations");
        }

        var others = citizen.For.Where(f => Covers(procedure, f)).ToList();
        if (citizen.ActsFor is { } other ? !others.Contains(other) : !who.For.Contains("self") && !who.For.Contains("anybody"))
        {
            return Problem.Forbidden("services.not-for-him");
        }

        var (subject, own) = (citizen.ActsFor?.Person ?? citizen.Person, await population.Find(citizen.Person));
        if (own?.Facts.Born?.Latest is { } born && born.AddYears(who.LeastAge) > clock.Today())
        {
            return Problem.Forbidden("services.too-young", who.LeastAge.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return subject == citizen.Person ? own is null ? Problem.Missing("services.no-person") : new Handing(citizen, subject, own, others)
            : await population.Find(subject) is { } state ? new Handing(citizen, subject, state, others) : Problem.Missing("services.no-person");
    }

    private static bool Covers(Procedure procedure, ActsFor other) => other.Basis switch
    {
        "parent" => procedure.Applicant.For.Contains("child"),
        "guardian" => procedure.Applicant.For.Contains("ward"),
        _ => procedure.Applicant.For.Contains("mandate") && procedure.Applicant.Mandate is { } head && other.Procedures.Contains(head),
    };
}

/// <summary>All that is wrong with a form of a citizen, its fields and its papers, so that he mends it at once.</summary>
internal sealed class CheckForm(ProcedureBook procedures, MayApply may, FormCheck form, FormPapers papers)
{
    /// <param name="told">Fields and papers of which he has heard already why they could not be taken.</param>
    public async Task<Outcome<Done>> Run(SubmitFile.Request r, IReadOnlyCollection<string> told)
    {
        var found = await procedures.Now(r.Procedure);
        var allowed = found.Ok(out var edition) ? await may.Check(edition.Procedure) : found.Problems.ToList();
        if (!allowed.Ok(out var handing))
        {
            return allowed.Problems.ToList();
        }

        var problems = (await Faults(edition!.Procedure, handing, r)).Where(p => !told.Contains(p.Field)).ToList();
        return problems.Count > 0 ? problems : Done.It;
    }

    public async Task<IReadOnlyList<Problem>> Faults(Procedure procedure, Handing handing, SubmitFile.Request r)
    {
        var written = FormCheck.Written(r.Answers);
        return [.. form.Of(procedure, r.Answers, handing.SubjectNow).Problems, .. await papers.Missing(procedure, handing.SubjectNow, written, handing.Citizen.Account, r.Once)];
    }
}

/// <summary>A citizen hands in a form. Its draft is gone with it.</summary>
internal sealed class SubmitFile(Session session, ProcedureBook procedures, MayApply may, CheckForm check, NewFile files, FormPapers papers)
{
    /// <param name="Once">Of the form: sent twice, it is one file.</param>
    internal sealed record Request(string Procedure, Guid Once, IReadOnlyDictionary<string, string?>? Answers);

    /// <param name="Code">Of the file.</param>
    internal sealed record Submitted(string Code);

    public async Task<Outcome<Submitted>> Run(Request r)
    {
        var found = await procedures.Now(r.Procedure);
        if (!found.Ok(out var edition))
        {
            return found.Problems.ToList();
        }

        var checkedWho = await may.Check(edition.Procedure);
        if (!checkedWho.Ok(out var handing))
        {
            return checkedWho.Problems.ToList();
        }

        var entered = await files.Enter(new Handed(edition, handing.Citizen.Person, handing.Subject, handing.SubjectNow, Channel.Online, r.Answers, r.Once, handing.Citizen.Account));
        if (!entered.Ok(out var file))
        {
            // What is missing beside a faulty field is told with it.
            return entered.Problems.All(p => p.Field?.StartsWith(FormCheck.Prefix, StringComparison.Ordinal) == true) ? (await check.Faults(edition.Procedure, handing, r)).ToList() : entered.Problems.ToList();
        }

        // A form that was sent before has handed its papers in.
        if (file.IsNew && await papers.HandIn(file, edition.Procedure, handing.SubjectNow, handing.Citizen.Account, r.Once) is { Count: > 0 } missing)
        {
            return missing.ToList();
        }

        var with = new Statements();
        with.Add("delete from services.draft_paper where account_id = $1 and once = $2", handing.Citizen.Account, r.Once);
        with.Add("delete from services.draft where account_id = $1 and procedure = $2 and subject_id = $3", handing.Citizen.Account, r.Procedure, handing.Subject);
        await session.Execute(with);
        return new Submitted(file.Code);
    }
}
