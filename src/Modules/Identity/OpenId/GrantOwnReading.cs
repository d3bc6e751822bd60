using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SoGoc.Identity.OpenId;

/// <summary>A system asks for a token of its own (client credentials): for the API alone, with no scope and nobody's consent. That an agreement stands was checked before, and is again at each request.</summary>
internal sealed class GrantOwnReading : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (context.Request.IsClientCredentialsGrantType())
        {
            var identity = new ClaimsIdentity("sogoc", Claims.Name, Claims.Role).SetClaim(Claims.Subject, context.ClientId);
            identity.SetResources(OpenIdServer.Api);
            identity.SetDestinations(_ => [Destinations.AccessToken]);
            context.SignIn(new ClaimsPrincipal(identity));
        }

        return default;
    }
}
