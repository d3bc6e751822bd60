using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SoGoc.Identity;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Portal;

/// <summary>The form as it is shown first: what the register knows with its source, what the citizen has typed before.</summary>
internal sealed class PrepareForm(ProcedureBook procedures, MayApply may, Facts facts, FormStart start, DraftBook drafts, Session session)
{
    /// <param name="Subject">Name of whom it is about.</param>
    /// <param name="ForAnother">It is not the citizen himself.</param>
    /// <param name="Others">For whom it could be handed in too.</param>
    /// <param name="Known">By fact.</param>
    /// <param name="Conditions">By which it is settled what is asked at all.</param>
    /// <param name="Last">What he has handed in last of this service for the same person.</param>
    /// <param name="Begun">For whom else he has begun the form, where he has not for this one.</param>
    internal sealed record Prepared(Guid Account, Guid Once, string Subject, Guid SubjectKey, bool ForAnother, bool MayForHimself, IReadOnlyList<ActsFor> Others, IReadOnlyDictionary<string, Fact> Known, IReadOnlyDictionary<string, string?> Answers, IReadOnlyDictionary<string, string> Conditions, bool FromDraft, HandedIn? Last, ActsFor? Begun);

    internal sealed record HandedIn(string Code, DateTimeOffset At, FileStatus Status);

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

        var known = await facts.Of(handing.SubjectNow, [.. procedure.Fields.Where(f => f.Fact is not null).Select(f => f.Fact!), "name"]);
        var draft = await drafts.Find(handing.Citizen.Account, code, handing.Subject);
        var answers = start.Of(procedure, handing.SubjectNow);
        foreach (var (name, typed) in draft?.Answers ?? new Dictionary<string, string>())
        {
            answers[name] = typed;
        }

        var (account, handedIn) = (handing.Citizen.Account, await session.Rows("select code, submitted_at, status from services.file where applicant_id = $1 and account_id = $2 and procedure = $3 and subject_id = $4 order by submitted_at desc",
            r => new HandedIn(r.GetString(0), r.Get<DateTimeOffset>(1), (FileStatus)r.GetInt16(2)), handing.Citizen.Person, handing.Citizen.Account, code, handing.Subject));
        var begun = draft is null && (handing.For.Count > 0 || handing.Subject != handing.Citizen.Person) ? await drafts.Others(account, code, handing.Subject) : [];
        return new Prepared(account, draft?.Once ?? Mark(account, code, handing.Subject, handedIn.Count), known["name"].Text ?? "", handing.Subject, handing.Subject != handing.Citizen.Person, procedure.Applicant.For.Any(f => f is "self" or "anybody"), handing.For, known, answers, FormCheck.Conditions(procedure, handing.SubjectNow, new Dictionary<string, string>()), draft is not null, handedIn.FirstOrDefault(), handing.For.FirstOrDefault(f => begun.Contains(f.Person)));
    }

    /// <summary>The mark of the next form: two tabs that begin it have the same one, and make one file of it.</summary>
    private static Guid Mark(Guid account, string code, Guid subject, int before) => new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{account}|{code}|{subject}|{before}"))).AsSpan(0, 16));
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
