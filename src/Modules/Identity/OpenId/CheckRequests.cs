using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using SoGoc.Identity.Acting;
using SoGoc.Identity.Systems;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SoGoc.Identity.OpenId;

/// <summary>What a system signs with its own key is strict: our algorithms, for this provider alone, once (FAPI 2.0, 5.3.3).</summary>
internal sealed class ClientAssertions(SeenOnce seen, RateLimit limit)
{
    private const int Burst = 3000;
    private static readonly JsonWebTokenHandler Handler = new();

    /// <summary>Why it is refused; null if it is not. The library has checked its signature, its times and that it is for this provider alone before.</summary>
    public async Task<(string Error, string Description)?> Refuse(string? assertion, string? client)
    {
        if (string.IsNullOrEmpty(assertion))
        {
            return (Errors.InvalidClient, "A client assertion is needed (private_key_jwt).");
        }

        var token = Handler.ReadJsonWebToken(assertion);
        if (!DpopProof.Algorithms.Contains(token.Alg))
        {
            return (Errors.InvalidClient, "The assertion is signed by an algorithm that is not taken.");
        }

        if (string.IsNullOrEmpty(token.Id) || !await seen.First($"assertion {client} {token.Id}"))
        {
            return (Errors.InvalidClient, "The assertion has been taken before, or has no jti.");
        }

        // Only who has signed is counted, so a stranger cannot use up a system's measure.
        return await limit.Take($"client {client}", Burst, TimeSpan.FromMilliseconds(2)) is null ? null : ("temporarily_unavailable", "Too many requests; try again shortly.");
    }
}

/// <summary>Proofs of DPoP on a request to this provider.</summary>
internal sealed class DpopRequests(SeenOnce seen, TimeProvider clock)
{
    /// <summary>The proof of the request: good, and seen for the first time. Null otherwise.</summary>
    public async Task<DpopProof?> Of(HttpRequest request, Uri? issuer, string? accessToken = null) => await Check(request, issuer, accessToken) is { } proof && await First(proof) ? proof : null;

    /// <summary>The proof of the request, if it is good; whether it was taken before is not asked yet.</summary>
    public Task<DpopProof?> Check(HttpRequest request, Uri? issuer, string? accessToken)
    {
        // What the provider is called from outside counts, not what a proxy made of it.
        var uri = issuer is null ? new Uri(request.GetEncodedUrl()) : new Uri(issuer, request.PathBase.Add(request.Path).ToUriComponent());
        return DpopProof.Check([.. request.Headers["DPoP"]], request.Method, uri, accessToken, clock.GetUtcNow());
    }

    /// <summary>True the first time.</summary>
    public Task<bool> First(DpopProof proof) => seen.First($"dpop {proof.Thumbprint} {proof.Jti}");
}

/// <summary>A pushed request (RFC 9126): from a system that stands, with a key if it names one.</summary>
internal sealed class CheckPushedRequest(ClientAssertions assertions, DpopRequests proofs, Reads reads) : IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>
{
    public async ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context)
    {
        if (await assertions.Refuse(context.Request.ClientAssertion, context.ClientId) is var (error, description))
        {
            context.Reject(error, description);
            return;
        }

        if ((await reads.Rows("select 1 from identity.client where id = $1 and signs_in", r => r.GetInt32(0), context.ClientId)).Count == 0)
        {
            context.Reject(Errors.UnauthorizedClient, "The system is not approved yet, or has ended.");
            return;
        }

        var request = context.Transaction.GetHttpRequest()!;
        if (request.Headers.ContainsKey("DPoP"))
        {
            if (await proofs.Of(request, context.Options.Issuer) is not { } proof || ((string?)context.Request["dpop_jkt"] is { } named && named != proof.Thumbprint))
            {
                context.Reject("invalid_dpop_proof", "The DPoP proof is not good, or is for another key than dpop_jkt.");
                return;
            }

            context.Request["dpop_jkt"] = proof.Thumbprint;
        }
    }
}

/// <summary>Code or refresh token for tokens, or a system for itself: with a proof of the key that they will be bound to, and only while account, consent and system stand, or the agreement.</summary>
internal sealed class CheckTokenRequest(ClientAssertions assertions, DpopRequests proofs, OwnReading reading, ActFor acting, Reads reads) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public const string Thumbprint = "sg_jkt";

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (await assertions.Refuse(context.Request.ClientAssertion, context.ClientId) is var (error, description))
        {
            context.Reject(error, description);
            return;
        }

        if (await proofs.Of(context.Transaction.GetHttpRequest()!, context.Options.Issuer) is not { } proof
            || (context.AuthorizationCodePrincipal?.GetClaim(OpenIdServer.KeyClaim) is { } bound && bound != proof.Thumbprint))
        {
            context.Reject("invalid_dpop_proof", "A DPoP proof is needed: new, for this address, by the key that was named.");
            return;
        }

        context.Transaction.SetProperty(Thumbprint, proof.Thumbprint);
        if (context.Request.IsClientCredentialsGrantType())
        {
            await CheckOwnReading(context);
            return;
        }

        if (!await Stands(context))
        {
            context.Reject(Errors.InvalidGrant, "The account, the consent, the system or the right to act for another has ended.");
        }
    }

    private async Task CheckOwnReading(ValidateTokenRequestContext context)
    {
        if (context.Request.GetScopes().Any())
        {
            context.Reject(Errors.InvalidScope, "A system that reads by itself asks for no scope: its agreement says what it may read.");
        }
        else if (await reading.Of(context.ClientId) is null)
        {
            context.Reject(Errors.UnauthorizedClient, "No agreement on own reading stands for this system.");
        }
    }

    private async Task<bool> Stands(ValidateTokenRequestContext context)
    {
        var principal = context.AuthorizationCodePrincipal ?? context.RefreshTokenPrincipal;
        return Guid.TryParse(principal?.GetClaim(OpenIdServer.ConsentClaim), out var consent) && (await reads.Rows("""
            select a.person_id, c.person_id from identity.consent c join identity.account a on a.id = c.account_id and a.closed_at is null and a.locked_at is null
              join identity.client s on s.id = c.client_id and s.signs_in
             where c.id = $1 and c.client_id = $2 and c.withdrawn_at is null
            """, r => (Agent: r.GetGuid(0), Person: r.GetGuid(1)), consent, context.ClientId)) is [var (agent, person)] && await acting.StillMay(agent, person, TellUser.Organisation(principal));
    }
}

/// <summary>An assertion need not name its type: RFC 7523 asks for none, and most clients give none.</summary>
internal sealed class TakeUntypedAssertion : IOpenIddictServerHandler<ValidateTokenContext>
{
    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.ValidTokenTypes.Contains(TokenTypeIdentifiers.Private.ClientAssertion) && context.TokenValidationParameters is { } parameters)
        {
            var check = parameters.TypeValidator;
            parameters.TypeValidator = (type, token, p) => string.IsNullOrEmpty(type) || type == "JWT" ? "client-authentication+jwt" : check is null ? type : check(type, token, p);
        }

        return default;
    }
}
