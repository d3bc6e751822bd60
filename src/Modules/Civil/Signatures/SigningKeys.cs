using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using SoGoc.Kernel.Data;

namespace SoGoc.Civil.Signatures;

/// <summary>A key that signs.</summary>
internal sealed record HeldKey(string Id, ECDsa Key, string Name, string Office, DateTimeOffset MadeAt, long Since);

/// <summary>A key as everybody may know it.</summary>
/// <param name="PublicKey">SubjectPublicKeyInfo.</param>
internal sealed record KnownKey(string Id, string Holder, string Name, string Office, byte[] PublicKey, DateTimeOffset ValidFrom, DateTimeOffset? ValidUntil, DateTimeOffset? RevokedAt)
{
    /// <summary>Whether what was signed at that moment is believed; where another key follows, one of several Hosts may use this one a minute longer.</summary>
    public bool Held(DateTimeOffset at) => !(at >= RevokedAt);
}

/// <summary>The keys of officials, each made with his first decision, and that of the register. Private keys lie in the database encrypted and stay in memory for a minute, so that a decision asks for none; a key
/// that was revoked meanwhile is refused by the database. Made outside of the caller's transaction: a refused act takes no key back.</summary>
internal sealed class SigningKeys(Database database, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>The register itself, which signs the codes on papers.</summary>
    public const string Register = "system:civil-papers";

    private static readonly TimeSpan Turn = TimeSpan.FromDays(365), Fresh = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, HeldKey> held = new(StringComparer.Ordinal);

    private IDataProtector Protector => protection.CreateProtector("keys of civil status");

    /// <summary>The key with which the holder signs now. One that is a year old, or made under another name or office, is followed by a new one.</summary>
    public async ValueTask<HeldKey> Of(string holder, string name, string office)
    {
        if (held.TryGetValue(holder, out var known) && clock.GetElapsedTime(known.Since) < Fresh && Fits(known, name, office))
        {
            return known;
        }

        var now = clock.GetUtcNow();
        var key = await Load(holder);
        if (key is null || !Fits(key, name, office))
        {
            await database.ExecuteAlone("update civil.signing_key set valid_until = $2 where holder = $1 and valid_until is null and revoked_at is null", holder, now);
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            await database.ExecuteAlone("insert into civil.signing_key (id, holder, name, office, public_key, protected, valid_from) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
                Thumbprint(made), holder, name, office, made.ExportSubjectPublicKeyInfo(), Protector.Protect(Convert.ToBase64String(made.ExportPkcs8PrivateKey())), now);
            // Of two who make the first key at once, the one that was written counts for both.
            key = await Load(holder) ?? throw new InvalidOperationException($"No key for {holder}.");
        }

        return held[holder] = key;
    }

    /// <summary>The holder's key signs no more.</summary>
    public void Forget(string holder) => held.TryRemove(holder, out _);

    public Task<List<KnownKey>> Known(string? id = null) => database.RowsAlone($"""
        select id, holder, name, office, public_key, valid_from, valid_until, revoked_at from civil.signing_key {(id is null ? "" : "where id = $1")} order by valid_from, id
        """, r => new KnownKey(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.Get<byte[]>(4), r.Get<DateTimeOffset>(5), r.Maybe<DateTimeOffset>(6), r.Maybe<DateTimeOffset>(7)), id is null ? [] : [id]);

    private bool Fits(HeldKey key, string name, string office) => key.Name == name && key.Office == office && clock.GetUtcNow() - key.MadeAt < Turn;

    private async Task<HeldKey?> Load(string holder) => (await database.RowsAlone("select id, protected, name, office, valid_from from civil.signing_key where holder = $1 and valid_until is null and revoked_at is null", r =>
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(Protector.Unprotect(r.GetString(1))), out _);
        return new HeldKey(r.GetString(0), key, r.GetString(2), r.GetString(3), r.Get<DateTimeOffset>(4), clock.GetTimestamp());
    }, holder)).FirstOrDefault();

    /// <summary>RFC 7638.</summary>
    private static string Thumbprint(ECDsa key)
    {
        var q = key.ExportParameters(false).Q;
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(q.X)}}","y":"{{Base64Url.EncodeToString(q.Y)}}"}""")));
    }
}
