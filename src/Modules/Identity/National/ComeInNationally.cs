using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Messages;
using SoGoc.Identity.Opening;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Identity.National;

/// <summary>The national sign-in has said who somebody is. Number, name and date of birth have to agree with the register, whatever it says; then he comes in to his account,
/// which is opened or linked the first time. Its level 2 raises the account, and nothing here lowers it.</summary>
internal sealed class ComeInNationally(Session session, ICardHolders holders, AccountBook accounts, CitizenSessions sessions, NationalLogout logout, Journal journal, Notices notices, CurrentActor actor, TimeProvider clock)
{
    private const string Ground = "NĐ 69/2024/NĐ-CP, điều 11", Citizen = "1";

    /// <summary>What was said, as it came.</summary>
    /// <param name="Kind">LoaiTaiKhoan: 1 a citizen, 2 an organisation.</param>
    /// <param name="Number">SoDinhDanh.</param>
    /// <param name="Name">HoVaTen.</param>
    /// <param name="Born">NgayThangNamSinh, yyyyMMdd.</param>
    /// <param name="Level">IAL, 1 or 2.</param>
    /// <param name="ProvedAt">When he proved himself there (auth_time), if it was said.</param>
    internal sealed record Claims(string Issuer, string? Subject, string? Kind, string? Number, string? Name, string? Born, string? Level, DateTimeOffset? ProvedAt, string IdToken, string? LogoutUri);

    /// <param name="Refused">Why he was not let in, where that itself is on record.</param>
    internal sealed record Answer(Problem? Refused);

    public async Task<Outcome<Answer>> Run(HttpContext http, Claims claims)
    {
        if (claims.Kind is not Citizen)
        {
            return claims.Kind == "2" ? Problem.Conflict("identity.national-organisation") : Problem.Conflict("identity.national-nonsense");
        }

        if (claims.Subject is not { Length: > 0 and <= 255 } subject || claims.Level is not ("1" or "2"))
        {
            return Problem.Conflict("identity.national-nonsense");
        }

        var holder = ShownNumber.TryParse(claims.Number, out var number, out _) ? await holders.Find(number) : null;
        if (holder is null || !Agrees(holder, claims))
        {
            return Problem.Conflict("identity.national-disagrees");
        }

        var level = claims.Level == "2" ? 2 : 1;
        var known = await accounts.OfPerson(holder.Person);
        if (await Against(claims.Issuer, subject, known) is { } other)
        {
            actor.Set(Actor.System("national sign-in"));
            await journal.Add(other, new NationalRefused(other, claims.Issuer), Ground);
            return new Answer(Problem.Conflict("identity.national-of-another"));
        }

        if (known is { Representative: not null })
        {
            return Problem.Conflict("identity.used-by-representative");
        }

        if (known is { LockedAt: not null } || (known is null && await session.Value<int?>("select 1 from identity.account where person_id = $1 limit 1", holder.Person) is not null))
        {
            return Problem.Conflict("identity.national-locked");
        }

        await ComeIn(http, holder, known, subject, level, claims);
        return new Answer(null);
    }

    /// <summary>Names as the register spells them; a date of birth to the day, which the national sign-in gives and the register therefore needs.</summary>
    private bool Agrees(CardHolder holder, Claims claims) =>
        claims.Name is { Length: > 0 and <= 100 } name && NameSpelling.Of(holder.FullName) == NameSpelling.Of(name)
        && DateOnly.TryParseExact(claims.Born, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born)
        && holder.Born is { Precision: DatePrecision.Day } b && b.Earliest == born && !Representing.Younger(b, Representing.OwnAccountAge, clock.Today());

    /// <summary>The open account whose link this would go against: the name is another account's, or the account has another name there.</summary>
    private Task<Guid?> Against(string issuer, string subject, AccountRow? known) => session.Value<Guid?>("""
        select l.account_id from identity.national_link l join identity.account a on a.id = l.account_id and a.closed_at is null
         where l.issuer = $1 and ((l.subject = $2 and l.account_id <> $3) or (l.subject <> $2 and l.account_id = $3)) limit 1
        """, issuer, subject, known?.Id ?? Guid.Empty);

    private async Task ComeIn(HttpContext http, CardHolder holder, AccountRow? known, string subject, int level, Claims claims)
    {
        var (account, now) = (known?.Id ?? Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow());
        if (known is null)
        {
            await session.Execute("insert into identity.account (id, person_id, level, opened_at) values ($1, $2, $3, $4)", account, holder.Person, (short)level, now);
        }
        else if (known.Level < level)
        {
            await session.Execute("update identity.account set level = $2 where id = $1", account, (short)level);
        }

        // A link to an account that has closed since is a name without an owner.
        var before = await session.Value<Guid?>("select account_id from identity.national_link where issuer = $1 and subject = $2", claims.Issuer, subject);
        await session.Execute("""
            insert into identity.national_link (issuer, subject, account_id, level, since, seen_at) values ($1, $2, $3, $4, $5, $5)
            on conflict on constraint "identity.national-taken" do update set account_id = $3, level = $4, seen_at = $5, since = case when national_link.account_id = $3 then national_link.since else $5 end
            """, claims.Issuer, subject, account, (short)level, now);
        actor.Set(Actor.Citizen(account, holder.FullName, holder.Person, Math.Max(level, known?.Level ?? 0)));
        await Record(holder, known, account, level, claims.Issuer);
        if (before != account)
        {
            await journal.Add(account, new NationalLinked(account, claims.Issuer, level), Ground);
            await notices.Changed(account, "identity.national-linked-short");
        }

        var provedAt = claims.ProvedAt is { } earlier && earlier < now ? earlier : now;
        await logout.Keep(await sessions.Begin(http, account, provedAt, level == 2 ? Assurance.NationalTwo : Assurance.National), claims.IdToken, claims.LogoutUri);
    }

    private async Task Record(CardHolder holder, AccountRow? known, Guid account, int level, string issuer)
    {
        if (known is null)
        {
            await journal.Add(account, new AccountOpened(account, level), Ground);
        }
        else if (known.Level < level)
        {
            await journal.Add(account, new AccountRaised(account, [Assurance.National]), Ground);
        }

        if (level == 2 && known is not { Level: 2 })
        {
            await session.Execute("insert into identity.proofing (id, account_id, person_id, officer, office, evidence, aim, at) values ($1, $2, $3, $4, $4, $5, $6, $7)",
                Guid.CreateVersion7(clock.GetUtcNow()), account, holder.Person, issuer, new[] { Assurance.National }, known is null ? "open" : "raise", clock.GetUtcNow());
        }
    }
}
