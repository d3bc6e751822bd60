using SoGoc.Identity.Accounts;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Copies;

/// <summary>Everything of a citizen's accounts, but secrets.</summary>
internal sealed class HeldAccountBook(Session session, Sentences say)
{
    public async Task<HeldAccounts> Of(CitizenSession own)
    {
        const string his = "account_id in (select id from identity.account where person_id = $1)";
        return new HeldAccounts(
            await session.Rows("select level, phone, email, password_hash is not null, totp_key is not null, opened_at, locked_at, closed_at from identity.account where person_id = $1 order by opened_at",
                r => new HeldAccount(r.GetInt16(0), r.Text(1), r.Text(2), r.GetBoolean(3), r.GetBoolean(4), r.Get<DateTimeOffset>(5), r.Maybe<DateTimeOffset>(6), r.Maybe<DateTimeOffset>(7)), own.Person),
            await session.Rows("select office, evidence, card, aim, at from identity.proofing where person_id = $1 order by at",
                r => new HeldProofing(r.GetString(0), r.Get<string[]>(1), r.Text(2), r.GetString(3), r.Get<DateTimeOffset>(4)), own.Person),
            await session.Rows($"select name, made_at, used_at from identity.passkey where {his} order by made_at", r => new HeldPasskey(r.GetString(0), r.Get<DateTimeOffset>(1), r.Maybe<DateTimeOffset>(2)), own.Person),
            await session.Rows($"select issuer, subject, level, since, seen_at from identity.national_link where {his} order by since",
                r => new HeldLink(r.GetString(0), r.GetString(1), r.GetInt16(2), r.Get<DateTimeOffset>(3), r.Get<DateTimeOffset>(4)), own.Person),
            await session.Rows($"select name, first_at, last_at from identity.device where {his} order by first_at", r => new HeldDevice(r.GetString(0), r.Get<DateTimeOffset>(1), r.Get<DateTimeOffset>(2)), own.Person),
            await session.Rows($"select device, factors, made_at, ended_at, expires_at from identity.session where {his} order by made_at",
                r => new HeldSession(r.GetString(0), r.Get<string[]>(1), r.Get<DateTimeOffset>(2), r.Maybe<DateTimeOffset>(3), r.Get<DateTimeOffset>(4)), own.Person),
            await session.Rows($"select s.name, s.agency, c.fields, c.purpose, c.given_at, c.until_at, c.withdrawn_at from identity.consent c join identity.client s on s.id = c.client_id where {his} order by c.given_at",
                r => new HeldConsent(r.GetString(0), r.GetString(1), r.Get<string[]>(2), r.GetString(3), r.Get<DateTimeOffset>(4), r.Get<DateTimeOffset>(5), r.Maybe<DateTimeOffset>(6)), own.Person),
            await session.Rows("select giver_id = $1, procedures, given_at, until_on, ended_at from identity.mandate where giver_id = $1 or agent_id = $1 order by given_at",
                r => new HeldMandate(r.GetBoolean(0), r.Get<string[]>(1), r.Get<DateTimeOffset>(2), r.Get<DateOnly>(3), r.Maybe<DateTimeOffset>(4)), own.Person),
            await session.Rows("select at, office, ground, kind from journal.entry where subject = $1 order by position",
                r => new HeldEvent(r.Get<DateTimeOffset>(0), r.GetString(1), r.GetString(2), say["entry." + r.GetString(3)]), own.Account));
    }
}
