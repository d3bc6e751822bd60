using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;

namespace SoGoc.Civil.Signatures;

/// <summary>A signature that was made.</summary>
/// <param name="Token">Detached JWS; its payload is the SHA-256 of what was signed.</param>
internal sealed record Signature(string KeyId, DateTimeOffset At, string Token);

/// <summary>What a signature says, and whether it holds.</summary>
/// <param name="State">good; altered: what is signed is not what stands there; stranger: not the key of him who decided; revoked: signed when the key was no longer believed; none.</param>
/// <param name="Name">Who signed, as the signature says.</param>
/// <param name="Posts">In which roles.</param>
/// <param name="Office">For which office.</param>
/// <param name="SignedAt">When.</param>
/// <param name="Key">With which key.</param>
internal sealed record CheckedSignature(string State, string? Name = null, string? Posts = null, string? Office = null, DateTimeOffset? SignedAt = null, string? Key = null);

/// <summary>The pen of the official of this request.</summary>
internal sealed class Signing(Session session, SigningKeys keys, CurrentActor actor, TimeProvider clock) : IPen
{
    /// <summary>Somebody decides; else the register itself, which then signs with its own key what an agency's system has answered.</summary>
    public bool IsOfficial => actor.Value.Reference.StartsWith("official:", StringComparison.Ordinal);

    /// <summary>Takes the key out before anything is held that others wait for.</summary>
    public async ValueTask<Func<byte[], Signature>> Pen()
    {
        var who = actor.Value;
        var key = IsOfficial ? await keys.Of(who.Reference, who.Name, who.Office) : await keys.Of(SigningKeys.Register, "Sổ Gốc", "");
        return hash =>
        {
            var now = clock.GetUtcNow();
            var header = JsonSerializer.Serialize(new { alg = "ES256", kid = key.Id, iat = now.ToUnixTimeSeconds(), name = who.Name, post = who.Posts, office = who.Office }, Journal.Json);
            return new Signature(key.Id, now, Jws.Detach(Jws.Sign(key.Key, header, hash)));
        };
    }

    public async Task<string> Sign(string text) => (await Pen())(SHA256.HashData(Encoding.UTF8.GetBytes(text))).Token;

    /// <summary>The facts of a paper, signed by the register.</summary>
    public async ValueTask<string> Seal(object facts)
    {
        var key = await keys.Of(SigningKeys.Register, "Sổ Gốc", "");
        return Jws.Sign(key.Key, JsonSerializer.Serialize(new { alg = "ES256", kid = key.Id }, Journal.Json), JsonSerializer.SerializeToUtf8Bytes(facts, Journal.Json));
    }

    /// <summary>Checks what stands beside an entry, an annotation or a paper.</summary>
    /// <param name="column">entry_id, annotation_id or paper_id.</param>
    /// <param name="decidedBy">Who has to have signed.</param>
    /// <param name="signed">What has to be signed.</param>
    public async Task<CheckedSignature> Check(string column, Guid id, string decidedBy, byte[] signed)
    {
        var row = await session.Row($"select key_id, signed_at, jws from civil.signature where {column} = $1", r => new Signature(r.GetString(0), r.Get<DateTimeOffset>(1), r.GetString(2)), id);
        if (row is null || Jws.Read(row.Token) is not { } read)
        {
            return new CheckedSignature("none");
        }

        string? Told(string name) => read.Header.TryGetProperty(name, out var value) ? value.ToString() : null;
        var key = (await keys.Known(row.KeyId)).Single();
        var at = long.TryParse(Told("iat"), out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : row.At;
        var state = !Jws.IsBy(key.PublicKey, row.Token, SHA256.HashData(signed)) ? "altered" : key.Holder != decidedBy || Told("kid") != key.Id ? "stranger" : !key.Held(row.At) ? "revoked" : "good";
        return new CheckedSignature(state, Told("name"), Told("post"), Told("office"), at, key.Id);
    }
}
