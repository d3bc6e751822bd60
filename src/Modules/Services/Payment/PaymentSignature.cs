using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using SoGoc.Kernel.Data;

namespace SoGoc.Services.Payment;

/// <summary>A key that this house shares with the gateway.</summary>
/// <param name="Id">By which signatures name it.</param>
internal sealed record PaymentKey(string Id, byte[] Secret)
{
    /// <summary>HMAC-SHA-256 over what kind of message it is, when it was sent, and its text; with the name of the key before it.</summary>
    /// <param name="kind">order, callback, refund, statement: one cannot be shown as another.</param>
    public string Sign(string kind, long at, ReadOnlySpan<byte> text)
    {
        byte[] all = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}\n{at}\n")), .. text];
        return $"{Id}.{Base64Url.EncodeToString(HMACSHA256.HashData(Secret, all))}";
    }
}

/// <summary>A signature as it came.</summary>
/// <param name="At">Seconds of Unix time.</param>
internal sealed record Signed(string? At, string? Signature, byte[] Body)
{
    public const string TimeHeader = "payment-timestamp", SignatureHeader = "payment-signature";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>When it was signed, where that is at most five minutes away.</summary>
    public long? Fresh(DateTimeOffset now) => long.TryParse(At, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < 100_000_000_000 && (now - DateTimeOffset.FromUnixTimeSeconds(at)).Duration() <= Tolerance ? at : null;
}

/// <summary>The keys shared with the gateway, protected where they lie. A new one is made every 90 days and signs from then on; what the old one signed is believed for a week longer.</summary>
internal sealed class PaymentKeys(Database database, IDataProtectionProvider protection, TimeProvider clock)
{
    private const int Bytes = 32;

    private static readonly TimeSpan Signs = TimeSpan.FromDays(90), Believed = Signs + TimeSpan.FromDays(7);

    private readonly IDataProtector protector = protection.CreateProtector("services.payment_key");

    /// <summary>The one that signs now.</summary>
    public async Task<PaymentKey> Current()
    {
        var now = clock.GetUtcNow();
        if (await Newest(now) is { } key)
        {
            return key;
        }

        var secret = RandomNumberGenerator.GetBytes(Bytes);
        var made = new PaymentKey($"k{now.ToUnixTimeSeconds()}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}", secret);
        // By itself, and not with what it is made for: the other side has to find it at once.
        await database.ExecuteAlone("insert into services.payment_key (id, secret, made_at) values ($1, $2, $3)", made.Id, protector.Protect(Convert.ToBase64String(secret)), now);
        return made;
    }

    private async Task<PaymentKey?> Newest(DateTimeOffset now) => (await database.RowsAlone("select id, secret from services.payment_key where made_at > $1 order by made_at desc limit 1", Read, now - Signs)).FirstOrDefault();

    /// <summary>Whether a signature is good, and of a key that is believed.</summary>
    public async Task<bool> IsGood(string kind, Signed signed)
    {
        var now = clock.GetUtcNow();
        return signed.Fresh(now) is { } at && await IsGood(kind, at, signed.Body, signed.Signature);
    }

    /// <summary>The same for what may be older than a message.</summary>
    public async Task<bool> IsGood(string kind, long at, byte[] text, string? signature)
    {
        if (signature?.Split('.') is not [{ Length: > 0 and <= 40 } id, _] || await database.RowsAlone("select id, secret from services.payment_key where id = $1 and made_at > $2", Read, id, clock.GetUtcNow() - Believed) is not [var key])
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key.Sign(kind, at, text)), Encoding.UTF8.GetBytes(signature));
    }

    private PaymentKey Read(Npgsql.NpgsqlDataReader r) => new(r.GetString(0), Convert.FromBase64String(protector.Unprotect(r.GetString(1))));
}
