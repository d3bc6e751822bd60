using SoGoc.Identity.Messages;
using SoGoc.Identity.Requests;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Identity.Organisations;

/// <summary>The office decides on an organisation's account: approves it, refuses it with the reason, or says once that it has to verify, which takes longer (NĐ 69/2024, article 12).
/// Approved for another head, the account under the former one ends, and with it whom he has named.</summary>
internal sealed class DecideOrganisation(Session session, Journal journal, Notices notices, CurrentActor actor, TimeProvider clock)
{
    public const string Approve = "approve", Verify = "verify", Refuse = "refuse";

    /// <summary>In the order of the page.</summary>
    public static readonly string[] Decisions = [Approve, Verify, Refuse];

    private const int Longest = 2000;

    internal sealed record Request(Guid Id, string? Decision, string? Answer);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if (!Decisions.Contains(r.Decision) || string.IsNullOrWhiteSpace(r.Answer) || r.Answer.Length > Longest)
        {
            return Problem.Invalid("answer", "identity.answer-missing");
        }

        if (await session.Row($"select {OrganisationBook.Columns} from identity.organisation o where o.id = $1 and o.decided_at is null and o.ended_at is null for update", OrganisationBook.Read, r.Id) is not { } asked)
        {
            return Problem.Missing("identity.no-organisation");
        }

        if (r.Decision == Verify && asked.Verifying)
        {
            return Problem.Conflict("identity.organisation-verifying-already");
        }

        var (now, law, day) = (clock.GetUtcNow(), await LawClock.Read(session), OfficeTime.DayOf(asked.AskedAt));
        if (r.Decision == Approve)
        {
            await EndFormer(asked, law.OrganisationGround(day), now);
        }

        await (r.Decision == Verify
            ? session.Execute("update identity.organisation set answer = $2, verifying_at = $3, due_on = $4 where id = $1", r.Id, r.Answer.Trim(), now, law.OrganisationVerified(day))
            : session.Execute("update identity.organisation set answer = $2, decided_at = $3, decided_by = $4, approved = $5 where id = $1", r.Id, r.Answer.Trim(), now, actor.Value.Reference, r.Decision == Approve));
        await journal.Add(asked.Head, new OrganisationDecided(r.Id, r.Decision!, r.Answer.Trim()), law.OrganisationGround(day));
        await notices.Answered(asked.Head, "identity.message-organisation");
        return Done.It;
    }

    private async Task EndFormer(OrganisationRow asked, string ground, DateTimeOffset now)
    {
        foreach (var (id, head) in await session.Rows("update identity.organisation set ended_at = $2, end_reason = 'replaced' where number = $1 and approved and ended_at is null returning id, head_id",
            r => (r.GetGuid(0), r.GetGuid(1)), asked.Number, now))
        {
            await journal.Add(head, new OrganisationEnded(id, "replaced"), ground);
            await notices.Answered(head, "identity.message-organisation-over");
        }
    }
}
