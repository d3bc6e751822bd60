using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SoGoc.Identity.OpenId;

/// <summary>A proof that the sender holds a key (DPoP, RFC 9449), checked but for its being new.</summary>
/// <param name="Thumbprint">Of the key (RFC 7638); tokens are bound to it.</param>
/// <param name="Jti">Taken once.</param>
internal sealed record DpopProof(string Thumbprint, string Jti)
{
    /// <summary>How old a proof may be, and how far ahead its clock (FAPI 2.0: up to 60 seconds).</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private const int Longest = 8000, MostJti = 200, LeastRsaBits = 2048;

    public static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = Longest };

    /// <param name="proofs">The DPoP headers: exactly one.</param>
    /// <param name="method">Of the request.</param>
    /// <param name="uri">Of the request; query and fragment do not count.</param>
    /// <param name="accessToken">The token it comes with, at a resource.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null for a proof that is none.</returns>
    public static async Task<DpopProof?> Check(IReadOnlyList<string?> proofs, string method, Uri uri, string? accessToken, DateTimeOffset now)
    {
        if (proofs is not [{ Length: > 0 and < Longest } proof] || !Handler.CanReadToken(proof) || Read(proof) is not { } token)
        {
            return null;
        }

        if (token.Typ != "dpop+jwt" || !Algorithms.Contains(token.Alg) || Key(token) is not { } key)
        {
            return null;
        }

        var signed = await Handler.ValidateTokenAsync(proof, new TokenValidationParameters
        {
            IssuerSigningKey = key, ValidAlgorithms = [token.Alg], ValidateIssuer = false, ValidateAudience = false, ValidateLifetime = false, RequireExpirationTime = false,
        });
        return signed.IsValid && Fits(token, method, uri, accessToken, now) && token.TryGetPayloadValue<string>("jti", out var jti) && jti is { Length: > 0 and <= MostJti }
            ? new DpopProof(Base64UrlEncoder.Encode(key.ComputeJwkThumbprint()), jti) : null;
    }

    private static JsonWebToken? Read(string proof)
    {
        try
        {
            return Handler.ReadJsonWebToken(proof);
        }
        catch (Exception e) when (e is ArgumentException or JsonException or SecurityTokenException)
        {
            return null;
        }
    }

    /// <summary>The public key in the head: of a kind we take, long enough, and without its secret.</summary>
    private static JsonWebKey? Key(JsonWebToken token)
    {
        if (!token.TryGetHeaderValue<JsonElement>("jwk", out var json) || json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        try
        {
            var key = new JsonWebKey(json.GetRawText());
            return key.HasPrivateKey || (token.Alg == SecurityAlgorithms.EcdsaSha256 ? key is not { Kty: "EC", Crv: "P-256" } : key.Kty != "RSA" || key.KeySize < LeastRsaBits) ? null : key;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool Fits(JsonWebToken token, string method, Uri uri, string? accessToken, DateTimeOffset now) =>
        token.TryGetPayloadValue<string>("htm", out var htm) && htm == method
        && token.TryGetPayloadValue<string>("htu", out var htu) && Uri.TryCreate(htu, UriKind.Absolute, out var to)
        && string.Equals(to.GetLeftPart(UriPartial.Path), uri.GetLeftPart(UriPartial.Path), StringComparison.Ordinal)
        && token.TryGetPayloadValue<long>("iat", out var iat) && Math.Abs(now.ToUnixTimeSeconds() - iat) <= Window.TotalSeconds
        && (accessToken is null || (token.TryGetPayloadValue<string>("ath", out var ath) && ath == Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)))));
}
