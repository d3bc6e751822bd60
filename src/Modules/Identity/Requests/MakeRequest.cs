using System.Security.Cryptography;
using NpgsqlTypes;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Acting;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Identity.Requests;

/// <summary>A citizen asks that something be done with his data. What was asked stands in the request: the journal keeps that it was, and by when it is due.</summary>
internal sealed record RequestMade(Guid Request, string RequestKind, string? Field, DateOnly AnswerDue, DateOnly DoneDue) : IEntry
{
    public static string Kind => "identity.request-made";
}

/// <summary>A citizen asks for his data, or those of whom he acts for, to be corrected, deleted, kept without use, or not used (Luật Bảo vệ dữ liệu cá nhân 91/2025). The office
/// where the person lives answers. Nothing of the record changes by it: the office does that, on its own ground.</summary>
internal sealed class MakeRequest(Session session, IPopulation population, ActFor acting, Journal journal, TimeProvider clock)
{
    public const string Correct = "correct";
    public const int LongestWhy = 1000, LongestWanted = 500;

    /// <summary>In the order of the page.</summary>
    public static readonly string[] Kinds = [Correct, "delete", "restrict", "object"];

    /// <summary>What can be named to be corrected.</summary>
    public static readonly string[] Fields =
    [
        "fullName", "otherNames", "number", "born", "sex", "birthPlace", "birthRegistered", "hometown", "ethnicity", "religion", "nationality", "marital", "blood", "oldIds", "home", "temporary", "current",
        "relation", "fatherName", "motherName", "spouseName", "phone", "email", "other",
    ];

    /// <param name="Kind">One of <see cref="Kinds"/>.</param>
    /// <param name="Field">For correct: one of <see cref="Fields"/>.</param>
    /// <param name="Wanted">For correct: what it should be.</param>
    internal sealed record Request(string? Kind, string? Field, string? Wanted, string? Why);

    internal sealed record Made(Guid Id, string Reference, DateOnly AnswerDue, DateOnly DoneDue);

    public async Task<Outcome<Made>> Run(CitizenSession own, Request r)
    {
        var whose = await acting.Record(own);
        var problems = Check(r);
        if (!whose.Ok(out var person) || problems.Count > 0)
        {
            return problems.Count > 0 ? problems : whose.Problems.ToList();
        }

        var (today, now) = (clock.Today(), clock.GetUtcNow());
        var home = (await population.Find(person))?.Residences.LastOrDefault(h => h.Kind == ResidenceKind.Permanent && new Period(h.From, h.Until).Holds(today));
        var law = await LawClock.Read(session);
        var correct = r.Kind == Correct;
        var made = new Made(Guid.CreateVersion7(now), $"YC-{today:yyMMdd}-{RandomNumberGenerator.GetHexString(6)}", law.Answer(today), law.Done(r.Kind!, today));
        await session.Execute("""
            insert into identity.request (id, reference, account_id, person_id, area_id, kind, field, wanted, why, made_at, answer_due, done_due) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """, made.Id, made.Reference, own.Account, person, (home?.Area).As(NpgsqlDbType.Integer), r.Kind, (correct ? r.Field : null).As(NpgsqlDbType.Text), (correct ? r.Wanted!.Trim() : null).As(NpgsqlDbType.Text),
            r.Why!.Trim(), now, made.AnswerDue, made.DoneDue);
        await journal.Add(own.Account, new RequestMade(made.Id, r.Kind!, correct ? r.Field : null, made.AnswerDue, made.DoneDue), law.Ground(today));
        return made;
    }

    private static List<Problem> Check(Request r)
    {
        var problems = new List<Problem>();
        if (!Kinds.Contains(r.Kind))
        {
            problems.Add(Problem.Invalid("kind", "identity.request-kind-missing"));
        }

        if (r.Kind == Correct && (!Fields.Contains(r.Field) || string.IsNullOrWhiteSpace(r.Wanted) || r.Wanted.Length > LongestWanted))
        {
            problems.Add(Problem.Invalid("wanted", "identity.field-missing"));
        }

        if (string.IsNullOrWhiteSpace(r.Why) || r.Why.Length > LongestWhy)
        {
            problems.Add(Problem.Invalid("why", "identity.why-missing"));
        }

        return problems;
    }
}
