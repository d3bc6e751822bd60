using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Civil.Signatures;

/// <summary>A signing key was revoked: what is signed with it from then on is not believed.</summary>
internal sealed record KeyRevoked(string Key, string Holder) : IEntry
{
    public static string Kind => "civil.key-revoked";
}

/// <summary>The public keys with which entries and papers are signed (JWKS, RFC 7517), with whose they are and when they held; those that sign no more stay.</summary>
internal sealed class PublicKeys(SigningKeys keys)
{
    /// <param name="Keys">The oldest first.</param>
    internal sealed record KeySet(IReadOnlyList<Jwk> Keys);

    /// <param name="Kty">EC.</param>
    /// <param name="Crv">P-256.</param>
    /// <param name="X">First coordinate, base64url.</param>
    /// <param name="Y">Second coordinate.</param>
    /// <param name="Kid">Name of the key (RFC 7638).</param>
    /// <param name="Alg">ES256.</param>
    /// <param name="Use">sig.</param>
    /// <param name="Holder">official, or register: the latter signs the codes on papers.</param>
    /// <param name="Name">Whose it is.</param>
    /// <param name="Office">His office.</param>
    /// <param name="ValidFrom">Since when it signs.</param>
    /// <param name="ValidUntil">Since when it signs no more.</param>
    /// <param name="RevokedAt">Since when nothing signed with it is believed.</param>
    internal sealed record Jwk(string Kty, string Crv, string X, string Y, string Kid, string Alg, string Use, string Holder, string Name, string? Office,
        DateTimeOffset ValidFrom, DateTimeOffset? ValidUntil, DateTimeOffset? RevokedAt);

    public async Task<Outcome<KeySet>> Run() => new KeySet([.. (await keys.Known()).Select(Told)]);

    /// <summary>The same as a route.</summary>
    public static async Task<IResult> Get(PublicKeys keys) => (await keys.Run()).Ok(out var set) ? Results.Json(set, Journal.Json) : Results.Empty;

    /// <summary>Those of the register alone, for pages that check papers.</summary>
    public async Task<KeySet> OfRegister() => new([.. (await keys.Known()).Where(k => k.Holder == SigningKeys.Register).Select(Told)]);

    private static Jwk Told(KnownKey k)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(k.PublicKey, out _);
        var q = key.ExportParameters(false).Q;
        var register = k.Holder == SigningKeys.Register;
        return new Jwk("EC", "P-256", Base64Url.EncodeToString(q.X), Base64Url.EncodeToString(q.Y), k.Id, "ES256", "sig", register ? "register" : "official", k.Name, register ? null : k.Office, k.ValidFrom, k.ValidUntil, k.RevokedAt);
    }
}

/// <summary>Revokes a key that somebody else may have got hold of, or whose holder has gone. Its holder gets a new one with his next decision.</summary>
internal sealed class RevokeKey(Session session, SigningKeys keys, Journal journal, TimeProvider clock)
{
    private const int LongestGround = 300;

    /// <param name="Key">Its name (kid).</param>
    /// <param name="Ground">Why.</param>
    internal sealed record Request(string? Key, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if (string.IsNullOrWhiteSpace(r.Ground) || r.Ground.Length > LongestGround)
        {
            return Problem.Invalid("ground", "civil.ground-missing");
        }

        var key = (await keys.Known(r.Key ?? "")).FirstOrDefault();
        if (key is null || await session.Execute("update civil.signing_key set revoked_at = $2, revoke_ground = $3 where id = $1 and revoked_at is null", key.Id, clock.GetUtcNow(), r.Ground.Trim()) == 0)
        {
            return Problem.Missing("civil.no-key") with { Field = "key" };
        }

        keys.Forget(key.Holder);
        await journal.Add(Guid.CreateVersion7(clock.GetUtcNow()), new KeyRevoked(key.Id, key.Holder), r.Ground.Trim());
        return Done.It;
    }
}
