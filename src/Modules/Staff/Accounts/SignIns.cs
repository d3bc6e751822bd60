using Microsoft.AspNetCore.Identity;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Staff.Factors;

namespace SoGoc.Staff.Accounts;

/// <summary>Signs officials in and out. Guessing is slowed for the account and for the address; it locks nobody out.</summary>
internal sealed class SignIns(Session session, FactorRows factors, RateLimit limit, TimeProvider clock)
{
    private static readonly PasswordHasher<string> Hasher = new();
    private static readonly string NobodysHash = Hasher.HashPassword("", "nobody");
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(9);
    private const int LongestDevice = 200, TriesOfAccount = 5, TriesOfAddress = 200;

    /// <param name="Secret">Of the new session.</param>
    /// <param name="MustChange">The password was given by somebody else.</param>
    /// <param name="Owes">The second factor comes next, and nothing before it.</param>
    internal sealed record Entered(string Secret, bool MustChange, bool Owes);

    /// <summary>Opens a session. The answer for an unknown account and for a wrong password is the same, and so is its time.</summary>
    public async Task<Outcome<Entered>> SignIn(string name, string password, string address, string device)
    {
        if (await limit.Take("officials' sign-in from " + address, TriesOfAddress, TimeSpan.FromSeconds(0.5)) is { } wait || await Try(name) is { } slow && (wait = slow) is not null)
        {
            return wait;
        }

        var account = await session.Row("select id, password_hash, active, must_change from staff.official where sign_in = $1", r => new Account(r.GetGuid(0), r.GetString(1), r.GetBoolean(2), r.GetBoolean(3)), name.Trim().ToLowerInvariant());
        var right = IsRight(account?.Hash ?? NobodysHash, password);
        if (!right || account is not { Active: true })
        {
            return Problem.Invalid("", "staff.wrong");
        }

        await Right(name);
        var today = clock.Today();
        if (!await session.Value<bool>("""
            select exists (select from staff.post where official_id = $1 and valid @> $2) and not exists (select from staff.absence where official_id = $1 and stand_in_id is not null and valid @> $2)
                or exists (select from staff.absence b join staff.post p on p.official_id = b.official_id and p.valid @> $2 where b.stand_in_id = $1 and b.valid @> $2)
            """, account.Id, today))
        {
            return Problem.Forbidden("staff.no-post");
        }

        var now = clock.GetUtcNow();
        var secret = Secret.Make();
        var owes = await factors.Owes(account.Id);
        await session.Execute("insert into staff.session (hash, official_id, kind, made_at, expires_at, device, owes) values ($1, $2, 'page', $3, $4, $5, $6)",
            Secret.Hash(secret), account.Id, now, now + Lasts, new string([.. device.Where(c => !char.IsControl(c)).Take(LongestDevice)]), owes);
        return new Entered(secret, account.MustChange, owes);
    }

    /// <summary>So many tries of an account at once, right or wrong; a right one gives them back.</summary>
    public Task<Problem?> Try(string signIn) => limit.Take(Measure(signIn), TriesOfAccount, TimeSpan.FromSeconds(30));

    public Task Right(string signIn) => limit.Forget(Measure(signIn));

    public Task<int> SignOut(string secret) => session.Execute("update staff.session set ended_at = $2 where hash = $1 and ended_at is null", Secret.Hash(secret), clock.GetUtcNow());

    public static string HashPassword(string password) => Hasher.HashPassword("", password);

    public static bool IsRight(string hash, string password) => Hasher.VerifyHashedPassword("", hash, password) != PasswordVerificationResult.Failed;

    private static string Measure(string signIn) => "official " + signIn.Trim().ToLowerInvariant();

    private sealed record Account(Guid Id, string Hash, bool Active, bool MustChange);
}
