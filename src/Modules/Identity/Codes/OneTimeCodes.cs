using System.Globalization;
using System.Security.Cryptography;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Messages;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Codes;

/// <summary>Six digits by telephone or e-mail, for one form, for ten minutes, for five tries. Whether a code was sent at all, the asker is not told.</summary>
internal sealed class OneTimeCodes(Session session, Notices notices, TimeProvider clock)
{
    private const int MostTries = 5;
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>NĐ 69/2024: an account is activated within seven days after notice.</summary>
    private static readonly TimeSpan ActivationLasts = TimeSpan.FromDays(7);

    /// <summary>What a right code opens.</summary>
    internal sealed record Opened(Guid? Account, Guid? Subject, string? Contact);

    /// <summary>Writes a code and sends it. The handle goes into the form that will bring the code back.</summary>
    /// <param name="target">Where to; null sends nothing, and takes as long.</param>
    public async Task<string> Send(string aim, Guid? account, Guid? subject, string? target)
    {
        var (handle, code, now) = (Secret.Make(), RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture), clock.GetUtcNow());
        await session.Execute("delete from identity.code where expires_at < $1", now - TimeSpan.FromDays(1));
        await session.Execute("insert into identity.code (id, handle, account_id, aim, hash, subject, contact, made_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            Guid.CreateVersion7(now), Secret.Hash(handle), ((object?)account).As(NpgsqlTypes.NpgsqlDbType.Uuid), aim, (target is null ? null : Secret.Hash(handle + code)).As(NpgsqlTypes.NpgsqlDbType.Bytea),
            ((object?)subject).As(NpgsqlTypes.NpgsqlDbType.Uuid), target.As(NpgsqlTypes.NpgsqlDbType.Text), now, now + Lasts);
        await notices.Code(target, code);
        return handle;
    }

    /// <summary>A code that an officer hands over at the counter, and its hash; it opens nothing before <see cref="HandOver"/>.</summary>
    public static (string Code, byte[] Hash) ToHandOver(Guid account)
    {
        var code = RandomNumberGenerator.GetInt32(100_000_000).ToString("D8", CultureInfo.InvariantCulture);
        return (code, Secret.Hash(Activation(account) + code));
    }

    /// <summary>The code that was handed over counts, for a week: with it the holder makes his first passkey. An older one ends.</summary>
    public async Task HandOver(Guid account, byte[] hash)
    {
        var now = clock.GetUtcNow();
        await session.Execute("delete from identity.code where handle = $1", Secret.Hash(Activation(account)));
        await session.Execute("insert into identity.code (id, handle, account_id, aim, hash, made_at, expires_at) values ($1, $2, $3, 'activate', $4, $5, $6)",
            Guid.CreateVersion7(now), Secret.Hash(Activation(account)), account, hash, now, now + ActivationLasts);
    }

    /// <summary>What stands for the form where the code comes from the counter.</summary>
    public static string Activation(Guid account) => $"activate {account}";

    public async Task<bool> AwaitsActivation(Guid account) => await session.Value<int?>(
        "select 1 from identity.code where handle = $1 and used_at is null and expires_at >= $2 and tries < $3", Secret.Hash(Activation(account)), clock.GetUtcNow(), MostTries) is not null;

    /// <summary>Takes a code. A wrong one counts even when the request is refused; a right one is gone.</summary>
    public async Task<Outcome<Opened>> Take(string aim, string? handle, string? code)
    {
        var digits = new string([.. (code ?? "").Where(char.IsAsciiDigit)]);
        var row = await session.Row("""
            update identity.code set tries = tries + 1, used_at = case when hash = $4 then $3 end
             where handle = $1 and aim = $2 and used_at is null and expires_at >= $3 and tries < $5
            returning account_id, subject, contact, used_at is not null
            """, r => (Opened: new Opened(r.Maybe<Guid>(0), r.Maybe<Guid>(1), r.Text(2)), Right: r.GetBoolean(3)).ToTuple(),
            Secret.Hash(handle), aim, clock.GetUtcNow(), Secret.Hash(handle + digits), MostTries);
        await session.Commit();
        return row is null ? Problem.Invalid("code", "identity.code-over") : row.Item2 ? row.Item1 : Problem.Invalid("code", "identity.code-wrong");
    }
}
