using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SoGoc.Identity.OpenId;

/// <summary>The access token is bound to the key that was proved (RFC 9449, 6.1).</summary>
internal sealed class BindToken : IOpenIddictServerHandler<ProcessSignInContext>
{
    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.AccessTokenPrincipal is { } principal && context.Transaction.GetProperty<string>(CheckTokenRequest.Thumbprint) is { } thumbprint)
        {
            principal.SetClaim("cnf", new System.Text.Json.Nodes.JsonObject { ["jkt"] = thumbprint });
        }

        return default;
    }
}

internal sealed class NameTokenType : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (context.Response.AccessToken is not null)
        {
            context.Response.TokenType = "DPoP";
        }

        return default;
    }
}

/// <summary>A bound token comes under the name DPoP.</summary>
internal sealed class TakeBoundToken : IOpenIddictServerHandler<ExtractUserInfoRequestContext>
{
    public ValueTask HandleAsync(ExtractUserInfoRequestContext context)
    {
        if (context.Request is { } request && context.Transaction.GetHttpRequest()?.Headers.Authorization.ToString() is { } header && header.StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase))
        {
            request.AccessToken = header["DPoP ".Length..].Trim();
        }

        return default;
    }
}

/// <summary>A bound token is worth nothing without the proof, and nothing under the name Bearer.</summary>
internal sealed class DemandProof(DpopRequests proofs) : IOpenIddictServerHandler<ValidateTokenContext>
{
    /// <summary>Set where the proof is asked for after the token was read.</summary>
    public const string Later = "sg_proof_later";

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal?.GetTokenType() != TokenTypeIdentifiers.AccessToken || context.Transaction.GetProperty<string>(Later) is not null)
        {
            return;
        }

        var request = context.Transaction.GetHttpRequest();
        var bound = context.Principal.GetClaim("cnf") is { } cnf ? System.Text.Json.JsonDocument.Parse(cnf).RootElement.GetProperty("jkt").GetString() : null;
        if (request is null || bound is null || !request.Headers.Authorization.ToString().StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase)
            || await proofs.Of(request, context.Options.Issuer, context.Token) is not { } proof || proof.Thumbprint != bound)
        {
            context.Reject(Errors.InvalidToken, "The token is bound to a key: send it as DPoP, with a new proof for this address by that key.");
        }
    }
}
