using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Staff.Accounts;

/// <summary>Signs officials in and out. Failures delay the next try of the account and of the address, at most 30 seconds; they lock nobody out.</summary>
internal sealed class SignIns(Session session, TimeProvider clock)
{
    private static readonly PasswordHasher<string> Hasher = new();
    private static readonly string NobodysHash = Hasher.HashPassword("", "nobody");
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(9);

    /// <summary>The secret of a new session. The answer for an unknown account and for a wrong password is the same, and so is its time.</summary>
    public async Task<Outcome<string>> SignIn(string name, string password, string address)
    {
        var keys = new[] { Key("account " + name.Trim().ToLowerInvariant()), Key("address " + address) };
        var now = clock.GetUtcNow();
        if (await session.Value<DateTime>("select max(until_at) from staff.failure where key = any($1)", (object)keys) is var until && until > now.UtcDateTime)
        {
            var wait = (int)Math.Ceiling((until - now.UtcDateTime).TotalSeconds);
            return Problem.Conflict("staff.wait", wait.ToString(CultureInfo.InvariantCulture));
        }

        var account = await session.Row("select id, password_hash, active from staff.official where sign_in = $1", r => new Account(r.GetGuid(0), r.GetString(1), r.GetBoolean(2)), name.Trim().ToLowerInvariant());
        var right = Hasher.VerifyHashedPassword("", account?.Hash ?? NobodysHash, password) != PasswordVerificationResult.Failed;
        if (!right || account is not { Active: true })
        {
            foreach (var key in keys)
            {
                await session.Execute("""
                    insert into staff.failure (key, count, until_at) values ($1, 1, $2)
                    on conflict (key) do update set count = staff.failure.count + 1,
                      until_at = $2 + least(power(2, greatest(staff.failure.count - 3, 0)), 30) * interval '1 second' * (staff.failure.count > 3)::int
                    """, key, now);
            }

            await session.Commit(); // The failure counts although the sign-in does not.
            return Problem.Invalid("", "staff.wrong");
        }

        await session.Execute("delete from staff.failure where key = $1", keys[0]);
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        await session.Execute("insert into staff.session (hash, official_id, kind, made_at, expires_at) values ($1, $2, 'page', $3, $4)", Hash(secret), account.Id, now, now + Lasts);
        return secret;
    }

    public Task<int> SignOut(string secret) => session.Execute("update staff.session set ended_at = $2 where hash = $1 and ended_at is null", Hash(secret), clock.GetUtcNow());

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public static string HashPassword(string password) => Hasher.HashPassword("", password);

    private static string Key(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private sealed record Account(Guid Id, string Hash, bool Active);
}

/// <summary>An official may act where one of his posts lies, by the units of today; a post for the whole province covers all.</summary>
internal sealed class Duty(CurrentActor actor, Places.IPlaces places, TimeProvider clock) : IDuty
{
    public ValueTask<bool> Covers(int area)
    {
        var (who, book) = (actor.Value, places.Book);
        return ValueTask.FromResult(who.WholeProvince || (book[area] is { } place && who.Areas.Any(d => book[d] is { } duty && book.Covers(duty, place, clock.Today()))));
    }
}
