using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.OpenId.Stores;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace SoGoc.Identity.OpenId;

/// <summary>The OpenID Connect provider: code flow with PKCE by pushed requests, systems that sign with their own keys, tokens bound to a key (FAPI 2.0 Security Profile).
/// The protocol is the library's (OpenIddict); ours are DPoP, levels, pairwise subjects, consent and the claims.</summary>
internal static class OpenIdServer
{
    public const string Authorize = "/connect/authorize", Logout = "/connect/logout", UserInfo = "/connect/userinfo", Token = "/connect/token", Pushed = "/connect/par";

    /// <summary>Claims that stay inside: no token shows them to a system.</summary>
    public const string AccountClaim = "sg_account", ConsentClaim = "sg_consent", OrganisationClaim = "sg_organisation", KeyClaim = "sg_jkt";

    /// <summary>The audience of tokens by which systems read persons by themselves.</summary>
    public const string Api = "urn:sogoc:api";

    public static readonly TimeSpan AccessLasts = TimeSpan.FromMinutes(5), RefreshLasts = TimeSpan.FromDays(30);

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<TokenKeys>();
        services.AddSingleton<ITokenKeys>(s => s.GetRequiredService<TokenKeys>());
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(s => s.GetRequiredService<TokenKeys>());
        services.AddOpenIddict()
            .AddCore(Keep)
            .AddServer(Configure);
        services.PostConfigure<OpenIddictServerOptions>(OnlyOwnKeys);
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(s => new ConfigureOptions<OpenIddictServerOptions>(o => o.Issuer ??= s.GetRequiredService<Issuer>().Address));
    }

    private static void Keep(OpenIddictCoreBuilder o)
    {
        o.SetDefaultApplicationEntity<ApplicationRow>().SetDefaultAuthorizationEntity<AuthorizationRow>().SetDefaultScopeEntity<NoScope>().SetDefaultTokenEntity<TokenRow>();
        o.ReplaceApplicationStore<ApplicationRow, ApplicationStore>().ReplaceAuthorizationStore<AuthorizationRow, AuthorizationStore>().ReplaceScopeStore<NoScope, NoScopes>().ReplaceTokenStore<TokenRow, TokenStore>();
    }

    /// <summary>After the web part of the library has added secrets to the ways in which a system may show itself.</summary>
    private static void OnlyOwnKeys(OpenIddictServerOptions options) => options.ClientAuthenticationMethods.IntersectWith([OpenIddictConstants.ClientAuthenticationMethods.PrivateKeyJwt]);

    private static void Configure(OpenIddictServerBuilder o)
    {
        o.SetAuthorizationEndpointUris(Authorize).SetPushedAuthorizationEndpointUris(Pushed).SetTokenEndpointUris(Token).SetUserInfoEndpointUris(UserInfo).SetEndSessionEndpointUris(Logout)
            .SetRevocationEndpointUris("/connect/revoke").SetConfigurationEndpointUris("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server").SetJsonWebKeySetEndpointUris("/.well-known/jwks");
        o.AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().AllowClientCredentialsFlow().RequireProofKeyForCodeExchange().RequirePushedAuthorizationRequests();
        o.SetAuthorizationCodeLifetime(TimeSpan.FromSeconds(60)).SetAccessTokenLifetime(AccessLasts).SetIdentityTokenLifetime(AccessLasts).SetRefreshTokenLifetime(RefreshLasts);
        // A refresh token that is lost on the way must not lock the system out; it is bound to the system's own key (FAPI 2.0, 5.3.2.1).
        o.DisableRollingRefreshTokens().UseReferenceRefreshTokens();
        o.RegisterScopes([.. PersonClaim.All.Select(c => c.Name)]);
        o.Configure(options =>
        {
            options.RequestTokenLifetime = TimeSpan.FromMinutes(9);
            options.CodeChallengeMethods.Remove(OpenIddictConstants.CodeChallengeMethods.Plain);
            options.ResponseModes.IntersectWith([OpenIddictConstants.ResponseModes.Query]);
        });
        o.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableEndSessionEndpointPassthrough().EnableStatusCodePagesIntegration().DisableTransportSecurityRequirement();
        o.RemoveEventHandler(Protection.ValidateProofOfPossession.Descriptor);
        Handlers(o);
    }

    private static void Handlers(OpenIddictServerBuilder o)
    {
        o.AddEventHandler<HandleConfigurationRequestContext>(h => h.UseSingletonHandler<TellConfiguration>().SetOrder(int.MaxValue - 1000));
        o.AddEventHandler<ValidatePushedAuthorizationRequestContext>(h => h.UseScopedHandler<CheckPushedRequest>().SetOrder(int.MaxValue - 1000));
        o.AddEventHandler<ValidateTokenRequestContext>(h => h.UseScopedHandler<CheckTokenRequest>().SetOrder(int.MaxValue - 1000));
        o.AddEventHandler<HandleTokenRequestContext>(h => h.UseSingletonHandler<GrantOwnReading>().SetOrder(int.MinValue + 1000));
        o.AddEventHandler<ProcessSignInContext>(h => h.UseSingletonHandler<BindToken>().SetOrder(PrepareAccessTokenPrincipal.Descriptor.Order + 500));
        o.AddEventHandler<ApplyTokenResponseContext>(h => h.UseSingletonHandler<NameTokenType>().SetOrder(int.MinValue + 1000));
        o.AddEventHandler<ExtractUserInfoRequestContext>(h => h.UseSingletonHandler<TakeBoundToken>().SetOrder(int.MaxValue - 1000));
        o.AddEventHandler<ValidateTokenContext>(h => h.UseSingletonHandler<TakeUntypedAssertion>().SetOrder(Protection.ResolveTokenValidationParameters.Descriptor.Order + 500));
        o.AddEventHandler<ValidateTokenContext>(h => h.UseScopedHandler<DemandProof>().SetOrder(Protection.ValidateProofOfPossession.Descriptor.Order));
        o.AddEventHandler<HandleUserInfoRequestContext>(h => h.UseScopedHandler<TellUser>().SetOrder(int.MaxValue - 1000));
    }
}

/// <summary>What the discovery document says beyond what the library knows of.</summary>
internal sealed class TellConfiguration : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        context.SubjectTypes.Clear();
        context.SubjectTypes.Add("pairwise");
        context.Claims.UnionWith(PersonClaim.All.Select(c => c.Name).Concat(["sub", "acr", "amr", "auth_time", "sid", "verified_claims", "on_behalf_of"]));
        context.Metadata["acr_values_supported"] = new OpenIddictParameter([.. Assurance.Acr.Select(a => (string?)a)]);
        context.Metadata["dpop_signing_alg_values_supported"] = new OpenIddictParameter([.. DpopProof.Algorithms.Select(a => (string?)a)]);
        context.Metadata["token_endpoint_auth_signing_alg_values_supported"] = new OpenIddictParameter([.. DpopProof.Algorithms.Select(a => (string?)a)]);
        foreach (var supported in new[] { "backchannel_logout_supported", "backchannel_logout_session_supported", "frontchannel_logout_supported", "frontchannel_logout_session_supported", "verified_claims_supported" })
        {
            context.Metadata[supported] = true;
        }

        return default;
    }
}
