using NpgsqlTypes;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Codes;
using SoGoc.Identity.Messages;
using SoGoc.Identity.OpenId;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;

namespace SoGoc.Identity.Proofing;

/// <summary>What an officer has seen at the counter, and what is to follow from it.</summary>
/// <param name="Aim">open, raise or recover.</param>
/// <param name="Phone">The telephone from now on; null where a representative uses the account.</param>
/// <param name="CodeHash">Hash of the activation code that was handed over.</param>
internal sealed record Proofing(Guid Account, Guid Person, string Aim, string? Phone, string[] Evidence, string Card, string Officer, string Office, byte[] CodeHash)
{
    /// <summary>The parent or guardian who was there too, and through whom the account is used.</summary>
    public SeeRepresentative.Present? Through { get; init; }
}

/// <summary>Lets a proofing count: the account is of level 2 and has this telephone; a recovery takes every old way in away.</summary>
internal sealed class GiveWayIn(Session session, AccountBook accounts, OneTimeCodes codes, Journal journal, Notices notices, TellLogout logout, TimeProvider clock)
{
    public const string Ground = "NĐ 69/2024/NĐ-CP, điều 11";

    /// <param name="p">What was seen.</param>
    /// <param name="registered">A telephone of the person on record elsewhere, which hears of it too.</param>
    public async Task Run(Proofing p, string? registered = null)
    {
        var (account, now, known) = (p.Account, clock.GetUtcNow(), await accounts.Find(p.Account));
        foreach (var before in new[] { known?.Phone, registered }.OfType<string>().Where(b => p.Through is null && b != p.Phone).Distinct())
        {
            // Who never stood at the counter hears of it where he can be reached.
            await notices.ElsewhereProved(before, p.Office);
        }

        if (known?.Representative is { } old && old != p.Through?.Account)
        {
            await notices.Answered(old, "identity.message-representation-over");
        }

        if (p.Aim == "recover" || p.Through is not null)
        {
            await TakeWaysAway(account, now);
        }

        await session.Execute("""
            insert into identity.account (id, person_id, level, phone, opened_at, representative_id) values ($1, $2, 2, $3, $4, $5)
            on conflict (id) do update set level = 2, phone = excluded.phone, email = case when $5::uuid is null then account.email end, representative_id = $5, locked_at = null, lock_reason = null
            """, account, p.Person, p.Phone.As(NpgsqlDbType.Text), now, ((object?)p.Through?.Account).As(NpgsqlDbType.Uuid));
        await session.Execute("""
            insert into identity.proofing (id, account_id, person_id, officer, office, evidence, card, aim, at, representative_id, basis, representative_card) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """, Guid.CreateVersion7(now), account, p.Person, p.Officer, p.Office, p.Evidence, p.Card, p.Aim, now,
            ((object?)p.Through?.Person).As(NpgsqlDbType.Uuid), (p.Through?.Basis).As(NpgsqlDbType.Text), (p.Through?.Card).As(NpgsqlDbType.Text));
        await Tell(p);
    }

    private async Task TakeWaysAway(Guid account, DateTimeOffset now)
    {
        await session.Execute("update identity.account set password_hash = null, totp_key = null, totp_step = null where id = $1", account);
        await session.Execute("delete from identity.passkey where account_id = $1", account);
        await session.Execute("delete from identity.national_link where account_id = $1", account);
        await logout.Queue(await session.Rows("update identity.session set ended_at = $2 where account_id = $1 and ended_at is null returning sid", x => x.GetGuid(0), account, now));
    }

    private async Task Tell(Proofing p)
    {
        var account = p.Account;
        await (p.Aim switch
        {
            "open" => journal.Add(account, new AccountOpened(account, 2), Ground),
            "raise" => journal.Add(account, new AccountRaised(account, p.Evidence), Ground),
            _ => journal.Add(account, new AccountRecovered(account, p.Evidence), Ground),
        });
        if (p.Through is { } through)
        {
            await journal.Add(account, new RepresentationBegun(account, through.Person, through.Basis), Ground);
        }
        else
        {
            await codes.HandOver(account, p.CodeHash);
        }

        await notices.Changed(account, "identity.proofing-" + p.Aim);
    }
}
