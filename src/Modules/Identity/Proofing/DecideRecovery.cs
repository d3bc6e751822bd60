using SoGoc.Identity.Accounts;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using Microsoft.Extensions.DependencyInjection;

namespace SoGoc.Identity.Proofing;

/// <summary>Another telephone for an account, that does not count yet.</summary>
/// <param name="AskedBy">The first officer, as the journal writes him; he cannot be the second one.</param>
/// <param name="Due">When it counts by itself; null: only a second officer lets it.</param>
internal sealed record WaitingRecovery(Guid Id, string Phone, string AskedBy, string AskedName, DateTimeOffset AskedAt, DateTimeOffset? Due)
{
    public static Task<WaitingRecovery?> Of(Session session, Guid account) => session.Row("select id, phone, asked_by, asked_name, asked_at, due_at from identity.recovery where account_id = $1 and decided_at is null",
        r => new WaitingRecovery(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.Get<DateTimeOffset>(4), r.Maybe<DateTimeOffset>(5)), account);
}

/// <summary>A second officer, with the person and the card before him too, lets another telephone count at once or refuses it; the first one may take his own back. The database refuses that he approves it.</summary>
internal sealed class DecideRecovery(Session session, CaseBook cases, GiveWayIn give, Journal journal, CurrentActor actor, TimeProvider clock)
{
    public const string SecondOfficer = "identity.recovery-second-officer", WaitHours = "identity.recovery-wait-hours";

    /// <param name="Case">The case of his look, which is closed.</param>
    internal sealed record Request(Guid Id, string? Case, bool Approve);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if (r.Approve && !await ProveIdentity.MayBeSecond(session, clock))
        {
            return Problem.Forbidden("identity.recovery-waits-only");
        }

        var closed = await cases.Close(r.Case ?? "");
        return closed.IsGood ? await Decide(r.Id, r.Approve ? "approved" : "refused", false) : closed.Problems.ToList();
    }

    /// <summary>The time is over, and nobody has stopped it.</summary>
    public Task<Outcome<Done>> Due(Guid id) => Decide(id, "waited", true);

    private async Task<Outcome<Done>> Decide(Guid id, string outcome, bool due)
    {
        var proofing = await session.Row("""
            update identity.recovery r set decided_by = $2, decided_at = $3, outcome = $4
             where id = $1 and decided_at is null and (not $5 or due_at <= $3) and exists (select from identity.account a where a.id = r.account_id and a.closed_at is null)
            returning account_id, person_id, aim, phone, evidence, card, asked_by, office, code_hash
            """, r => new Proofing(r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.GetString(3), r.Get<string[]>(4), r.GetString(5), r.GetString(6), r.GetString(7), r.Get<byte[]>(8)),
            id, actor.Value.Reference, clock.GetUtcNow(), outcome, due);
        if (proofing is null)
        {
            return Problem.Missing("identity.no-recovery");
        }

        await (outcome == "refused" ? journal.Add(proofing.Account, new RecoveryRefused(proofing.Account), GiveWayIn.Ground) : give.Run(proofing));
        return Done.It;
    }
}

/// <summary>Lets those count whose time is over.</summary>
internal sealed class FinishRecoveries(IServiceScopeFactory scopes, BeyondDuty reads, TimeProvider clock)
{
    public async Task Run()
    {
        foreach (var id in await reads.Rows("select id from identity.recovery where decided_at is null and due_at <= $1 limit 100", r => r.GetGuid(0), clock.GetUtcNow()))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("recovery"));
            await scope.ServiceProvider.GetRequiredService<Runner>().Run<DecideRecovery, Done>(d => d.Due(id));
        }
    }
}
