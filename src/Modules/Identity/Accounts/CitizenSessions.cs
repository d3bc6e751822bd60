using Microsoft.AspNetCore.Http;
using SoGoc.Identity.Messages;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Factors;

namespace SoGoc.Identity.Accounts;

/// <summary>A citizen's sign-in, as a request finds it.</summary>
/// <param name="ForAccount">The account of whom it acts for, where that is used through a representative.</param>
/// <param name="ForOrganisation">The organisation for which it acts; never beside <paramref name="ActsFor"/>.</param>
internal sealed record CitizenSession(Guid Sid, Guid Account, Guid Person, string Name, int AccountLevel, string[] Factors, DateTimeOffset ProvedAt, Guid? ActsFor, DateTimeOffset SeenAt, Guid? ForAccount, Guid? ForOrganisation)
{
    public int Level => Assurance.Level(AccountLevel, Factors);

    /// <summary>The citizen as the journal and the database know him.</summary>
    public Actor Actor
    {
        get
        {
            var self = Actor.Citizen(Account, Name, Person, Level);
            return ActsFor is { } other ? self with { Persons = [.. self.Persons, other, ForAccount ?? other] } : self;
        }
    }
}

/// <summary>Begins, raises and ends the sessions of citizens. Each new proof gives a new secret, so that one who planted or saw an old one gains nothing.</summary>
internal sealed class CitizenSessions(Session session, BeyondDuty all, Notices notices, TimeProvider clock)
{
    public const string Cookie = Gate.CitizenCookie, DeviceCookie = "sogoc-may";
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(8);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DeviceLasts = TimeSpan.FromDays(390);

    /// <summary>Notes to the minute that a session is used, so that its holder can tell his devices apart.</summary>
    public async Task Use(CitizenSession own)
    {
        if (clock.GetUtcNow() - own.SeenAt > SeenEvery)
        {
            await session.Execute("update identity.session set seen_at = $2 where sid = $1", own.Sid, clock.GetUtcNow());
            await session.Commit();
        }
    }

    public Task<CitizenSession?> Of(HttpContext http) => http.Request.Cookies[Cookie] is { Length: > 20 and < 200 } secret ? Who(secret) : Task.FromResult<CitizenSession?>(null);

    /// <summary>Only the living have sessions: what the register knows counts in the same moment.</summary>
    public async Task<CitizenSession?> Who(string secret) => (await all.Rows("""
        select s.sid, a.id, a.person_id, p.full_name, a.level, s.factors, s.proved_at, s.acts_for, s.seen_at, o.id, s.for_organisation
          from identity.session s join identity.account a on a.id = s.account_id and a.closed_at is null and a.locked_at is null and a.representative_id is null
          left join identity.account o on o.person_id = s.acts_for and o.closed_at is null and o.representative_id is not null
          join population.person p on p.id = a.person_id and p.status not in ('dead', 'merged', 'cancelled')
         where s.hash = $1 and s.ended_at is null and s.expires_at > $2
        """, r => new CitizenSession(r.GetGuid(0), r.GetGuid(1), r.GetGuid(2), r.GetString(3), r.GetInt16(4), r.Get<string[]>(5), r.Get<DateTimeOffset>(6), r.Maybe<Guid>(7), r.Get<DateTimeOffset>(8), r.Maybe<Guid>(9), r.Maybe<Guid>(10)),
        Secret.Hash(secret), clock.GetUtcNow())).FirstOrDefault();

    /// <summary>A sign-in that stands; its secret goes into the cookie. A browser that this account has never come in from is told to its holder.</summary>
    public Task<Guid> Begin(HttpContext http, Guid account, params string[] factors) => Begin(http, account, clock.GetUtcNow(), factors);

    /// <summary>As above, proved elsewhere and perhaps earlier.</summary>
    public async Task<Guid> Begin(HttpContext http, Guid account, DateTimeOffset provedAt, params string[] factors)
    {
        await EndOld(http);
        var (secret, sid, now, device) = (Secret.Make(), Guid.NewGuid(), clock.GetUtcNow(), DeviceName.Of(http.Request.Headers.UserAgent));
        await session.Execute("insert into identity.session (hash, sid, account_id, factors, device, made_at, proved_at, seen_at, expires_at) values ($1, $2, $3, $4, $5, $6, $8, $6, $7)",
            Secret.Hash(secret), sid, account, factors, device, now, now + Lasts, provedAt);
        Give(http, secret);
        var mark = http.Request.Cookies[DeviceCookie] is { Length: 43 } known ? known : Secret.Make();
        var isNew = await session.Execute("update identity.device set last_at = $3 where account_id = $1 and hash = $2", account, Secret.Hash(mark), now) == 0
            && await session.Execute("insert into identity.device (hash, account_id, name, first_at, last_at) values ($1, $2, $3, $4, $4) on conflict do nothing", Secret.Hash(mark), account, device, now) == 1;
        Set(http, DeviceCookie, mark, DeviceLasts);
        if (isNew)
        {
            await notices.NewDevice(account, device);
        }

        return sid;
    }

    /// <summary>A further factor in the same session, under a new secret.</summary>
    public async Task Raise(HttpContext http, CitizenSession old, string factor)
    {
        var secret = Secret.Make();
        await session.Execute("update identity.session set hash = $1, factors = $2, proved_at = $3 where sid = $4 and ended_at is null",
            Secret.Hash(secret), old.Factors.Append(factor).Distinct().ToArray(), clock.GetUtcNow(), old.Sid);
        Give(http, secret);
    }

    /// <summary>From now on the session acts for a person or an organisation; both null: for its holder.</summary>
    public async Task ActFor(CitizenSession own, Guid? person, Guid? organisation = null) => await session.Execute("update identity.session set acts_for = $2, for_organisation = $3 where sid = $1", own.Sid,
        ((object?)person).As(NpgsqlTypes.NpgsqlDbType.Uuid), ((object?)organisation).As(NpgsqlTypes.NpgsqlDbType.Uuid));

    /// <summary>Ends one session of an account, or all but one.</summary>
    public Task<List<Guid>> End(Guid account, Guid? sid, Guid? but = null) => session.Rows(
        "update identity.session set ended_at = $4 where account_id = $1 and ended_at is null and ($2::uuid is null or sid = $2) and ($3::uuid is null or sid <> $3) returning sid",
        r => r.GetGuid(0), account, ((object?)sid).As(NpgsqlTypes.NpgsqlDbType.Uuid), ((object?)but).As(NpgsqlTypes.NpgsqlDbType.Uuid), clock.GetUtcNow());

    /// <summary>Whether this browser has come in to this account before.</summary>
    public async Task<bool> KnowsDevice(HttpContext http, Guid account) => http.Request.Cookies[DeviceCookie] is { Length: 43 } mark
        && await session.Value<int?>("select 1 from identity.device where account_id = $1 and hash = $2", account, Secret.Hash(mark)) is not null;

    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(Cookie);

    private async Task EndOld(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is { } old)
        {
            await session.Execute("update identity.session set ended_at = $2 where hash = $1 and ended_at is null", Secret.Hash(old), clock.GetUtcNow());
        }
    }

    private static void Give(HttpContext http, string secret) => Set(http, Cookie, secret, Lasts);

    private static void Set(HttpContext http, string name, string value, TimeSpan lasts) =>
        http.Response.Cookies.Append(name, value, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = lasts });
}

/// <summary>The citizen of this request, on pages that are marked for citizens.</summary>
internal sealed class CurrentCitizen
{
    private CitizenSession? own;

    public CitizenSession Session => own ?? throw new InvalidOperationException("No citizen is signed in: the gate has not let anyone in.");

    public void Set(CitizenSession value) => own = value;
}
