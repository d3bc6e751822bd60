using System.Globalization;
using SoGoc.Identity.Accounts;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Sealing;
using SoGoc.Population;

namespace SoGoc.Identity.MyData;

/// <summary>A citizen asked an office why it had read his data.</summary>
internal sealed record QuestionAsked(Guid Question, long Position, string Office) : IEntry
{
    public static string Kind => "identity.question-asked";
}

internal sealed record QuestionAnswered(Guid Question) : IEntry
{
    public static string Kind => "identity.question-answered";
}

/// <summary>A reading of the citizen's record.</summary>
/// <param name="Agreed">To which system, and for what, where the citizen himself agreed.</param>
/// <param name="System">The agency's system that read by itself.</param>
internal sealed record Reading(long Position, DateTimeOffset At, string Office, string[] Fields, string Purpose, string? PurposeName, string Case, string? Question, string? Answer, DateTimeOffset? DueAt, string? Agreed, string? System);

internal sealed record Change(long Position, DateTimeOffset At, string Office, string Ground, string What);

/// <summary>Who looked at a citizen's data and who changed them, with receipts, and the question why (Luật Bảo vệ dữ liệu cá nhân 91/2025: the right to know).</summary>
internal sealed class ReadingBook(Session session, RowProofs proofs, Sealer sealer, IPersonStory story, Sentences say, Journal journal, TimeProvider clock)
{
    public const int Page = 50;

    /// <summary>How long an office has for its answer.</summary>
    public static readonly TimeSpan Clock = TimeSpan.FromHours(72);

    private const int LongestText = 1000;

    /// <summary>The newest first. The citizen's own looks at his record are not readings of others.</summary>
    public Task<List<Reading>> Readings(Guid person, long before) => session.Rows("""
        select d.position, d.at, d.office, d.fields, d.purpose, (select case when $4 then p.name_en else p.name_vi end from journal.purpose p where p.code = d.purpose and p.valid @> (d.at at time zone 'Asia/Ho_Chi_Minh')::date),
               d.case_ref, q.body, q.answer, q.due_at, (select s.name || ': ' || c.purpose from identity.consent c join identity.client s on s.id = c.client_id where c.id = case when d.purpose = 'consent' then d.case_ref::uuid end),
               (select s.name from identity.client s where d.purpose <> 'consent' and d.actor = 'client:' || s.id)
          from journal.disclosure d left join identity.question q on q.person_id = d.subject and q.position = d.position
         where d.subject = $1 and d.position < $2 and d.actor not like 'citizen:%' order by d.position desc limit $3
        """, r => new Reading(r.GetInt64(0), r.Get<DateTimeOffset>(1), r.GetString(2), r.Get<string[]>(3), r.GetString(4), r.Text(5), r.GetString(6), r.Text(7), r.Text(8), r.Maybe<DateTimeOffset>(9), r.Text(10), r.Text(11)),
        person, before, Page, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en");

    /// <summary>What was done to the record, and to the account, by whom and on what ground.</summary>
    public async Task<IReadOnlyList<Change>> Changes(CitizenSession own)
    {
        var record = (await story.Of(own.ActsFor ?? own.Person)).Select(e => new Change(e.Position, e.At, e.Office, e.Ground, e.What));
        var account = await session.Rows("select position, at, office, ground, kind from journal.entry where subject = $1 order by position desc limit $2",
            r => new Change(r.GetInt64(0), r.Get<DateTimeOffset>(1), r.GetString(2), r.GetString(3), say["entry." + r.GetString(4)]), Account(own), Page);
        return [.. record.Concat(account).OrderByDescending(c => c.At).ThenByDescending(c => c.Position).Take(Page)];
    }

    /// <summary>The proof that a reading or a change of this person is in a signed head. What is not sealed yet is sealed now: nobody waits for his receipt.</summary>
    public async Task<Outcome<RowProof>> Receipt(CitizenSession own, string log, long position)
    {
        string[] subjects = [(own.ActsFor ?? own.Person).ToString(), Account(own).ToString()];
        var outcome = await proofs.Of(log, position);
        if (outcome.Problems.Any(p => p.Code == "journal.not-sealed-yet"))
        {
            await session.Rollback();
            await sealer.SealNow(Patience.Now);
            outcome = await proofs.Of(log, position);
        }

        return !outcome.Ok(out var proof) ? outcome : subjects.Contains(proof.Fields.First(f => f.Name == "subject").Text) ? proof : Problem.Missing("journal.no-row");
    }

    /// <summary>The account whose story it is: his own, or that of a child or ward for whom he acts; none where the other has ways in of his own.</summary>
    private static Guid Account(CitizenSession own) => own.ActsFor is null ? own.Account : own.ForAccount ?? Guid.Empty;

    public async Task<Outcome<Done>> Ask(CitizenSession own, Guid person, long position, string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
        {
            return Problem.Invalid("text", "identity.question-missing");
        }

        var (id, now) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow());
        var office = (await session.Rows("""
            insert into identity.question (id, account_id, person_id, position, office, body, asked_at, due_at, read_at, fields, purpose, case_ref)
            select $1, $2, $3, $4, office, $5, $6, $7, at, fields, purpose, case_ref from journal.disclosure where position = $4 and subject = $3 and actor not like 'citizen:%' returning office
            """, r => r.GetString(0), id, own.Account, person, position, text.Trim(), now, now + Clock)).FirstOrDefault();
        if (office is null)
        {
            return Problem.Missing("journal.no-row");
        }

        await journal.Add(own.Account, new QuestionAsked(id, position, office), "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15");
        return Done.It;
    }
}
