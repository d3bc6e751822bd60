using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using SoGoc.Identity.OpenId;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SoGoc.Identity.Systems;

/// <summary>Which system sends a request of the API: by a token for the API that is bound to its key, and a proof of this key for this request, taken once (RFC 9449, 7).</summary>
internal sealed class SystemTokens(IOpenIddictServerFactory factory, IOpenIddictServerDispatcher dispatcher, DpopRequests proofs, OwnReading reading, RateLimit limit, Issuer issuer)
{
    public const string Scheme = "DPoP ";

    private const int Burst = 300;
    private static readonly TimeSpan OneMore = TimeSpan.FromMilliseconds(10);

    public async Task<Outcome<Actor>> Of(HttpRequest request)
    {
        if (request.Headers["DPoP"] is not [{ Length: > 0 }])
        {
            return Refused("identity.proof-missing");
        }

        var token = request.Headers.Authorization.ToString()[Scheme.Length..].Trim();
        if (await Read(request, token) is not { } principal || !principal.HasAudience(OpenIdServer.Api) || principal.GetClaim(Claims.Subject) is not { } client || Bound(principal) is not { } key)
        {
            return Refused("identity.token-not-good");
        }

        if (await proofs.Check(request, issuer.Address, token) is not { } proof)
        {
            return Refused("identity.proof-not-good");
        }

        if (proof.Thumbprint != key)
        {
            return Refused("identity.proof-other-key");
        }

        if (!await proofs.First(proof))
        {
            return Refused("identity.proof-again");
        }

        // Only who has shown its key is counted, so that a stranger cannot use up a system's measure.
        return await limit.Take($"system {client}", Burst, OneMore) is { } often ? often
            : await reading.Of(client) is { } who ? who : Problem.Forbidden("identity.reading-none");
    }

    /// <summary>The token as its issuer reads it: signed by us, not run out, not revoked. The proof is asked for afterwards, with what exactly is wrong with it.</summary>
    private async Task<ClaimsPrincipal?> Read(HttpRequest request, string token)
    {
        var transaction = await factory.CreateTransactionAsync();
        transaction.BaseUri = new Uri($"{request.Scheme}://{request.Host}{request.PathBase}/");
        transaction.SetProperty(DemandProof.Later, DemandProof.Later);
        var context = new ValidateTokenContext(transaction) { Token = token, ValidTokenTypes = { TokenTypeIdentifiers.AccessToken } };
        await dispatcher.DispatchAsync(context);
        return context.IsRejected ? null : context.Principal;
    }

    private static string? Bound(ClaimsPrincipal principal) => principal.GetClaim("cnf") is { } cnf ? JsonDocument.Parse(cnf).RootElement.GetProperty("jkt").GetString() : null;

    private static Problem Refused(string code) => new(ProblemKind.NotSignedIn, code);
}
