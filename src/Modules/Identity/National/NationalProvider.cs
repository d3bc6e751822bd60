using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Client;
using OpenIddict.Client.AspNetCore;
using Polly;
using SoGoc.Identity.OpenId;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SoGoc.Identity.National;

/// <summary>The national sign-in as an OpenID Connect provider in front of ours. The protocol is the library's (OpenIddict): code flow with PKCE, nonce, a state that is taken once by the
/// browser that it was given to, the name of who answers, signatures; and pushed requests, where they are taken.</summary>
internal static class NationalProvider
{
    public const string Start = "/vao/quoc-gia", Back = "/vao/quoc-gia/ve";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), StateLasts = TimeSpan.FromMinutes(10);

    public static void Add(IServiceCollection services)
    {
        services.AddOpenIddict().AddClient(Configure);
        services.AddSingleton<IConfigureOptions<OpenIddictClientOptions>>(s => s.GetRequiredService<TokenKeys>());
        services.AddSingleton<IConfigureOptions<OpenIddictClientOptions>>(s =>
            new ConfigureOptions<OpenIddictClientOptions>(o => Register(o, s.GetRequiredService<NationalSettings>(), s.GetRequiredService<Issuer>())));
    }

    private static void Configure(OpenIddictClientBuilder o)
    {
        o.AllowAuthorizationCodeFlow().SetRedirectionEndpointUris(Back).SetStateTokenLifetime(StateLasts);
        o.Configure(options =>
        {
            options.CodeChallengeMethods.Clear();
            options.CodeChallengeMethods.Add(CodeChallengeMethods.Sha256);
            options.ResponseModes.Clear();
            options.ResponseModes.Add(ResponseModes.Query);
        });
        // What goes wrong is told by our pages, and not by the library's plain text.
        o.AddEventHandler<OpenIddictClientEvents.ProcessErrorContext>(h => h.UseInlineHandler(Skip).SetOrder(OpenIddictClientAspNetCoreHandlers.ProcessLocalErrorResponse<OpenIddictClientEvents.ProcessErrorContext>.Descriptor.Order - 1));
        // Somebody waits: what fails is said at once, and a code is never shown twice.
        o.UseSystemNetHttp().ConfigureHttpClient(c => c.Timeout = Patience).SetHttpResiliencePipeline(ResiliencePipeline<HttpResponseMessage>.Empty);
        o.UseAspNetCore().EnableRedirectionEndpointPassthrough().EnableErrorPassthrough().DisableTransportSecurityRequirement()
            .Configure(a => (a.CookieBuilder.SameSite, a.CookieBuilder.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest));
    }

    private static ValueTask Skip(OpenIddictClientEvents.ProcessErrorContext context)
    {
        context.SkipRequest();
        return ValueTask.CompletedTask;
    }

    private static void Register(OpenIddictClientOptions options, NationalSettings national, Issuer own)
    {
        options.ClientUri ??= own.Address;
        if (national.Issuer is null)
        {
            return;
        }

        var registration = new OpenIddictClientRegistration
        {
            RegistrationId = nameof(National), Issuer = national.Issuer, ClientId = national.Client, ClientSecret = national.Secret, RedirectUri = new Uri(Back, UriKind.Relative),
            Scopes = { Scopes.OpenId, Scopes.Profile },
        };
        if (national.Key is { } key)
        {
            registration.SigningCredentials.Add(new SigningCredentials(key, key is ECDsaSecurityKey ? SecurityAlgorithms.EcdsaSha256 : SecurityAlgorithms.RsaSsaPssSha256));
        }

        options.Registrations.Add(registration);
    }
}
