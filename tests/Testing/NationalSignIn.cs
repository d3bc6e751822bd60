using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SoGoc.Testing;

/// <summary>Somebody who has an account at the national sign-in; what it says of him.</summary>
/// <param name="Kind">LoaiTaiKhoan: 1 a citizen, 2 an organisation.</param>
/// <param name="Born">yyyyMMdd.</param>
/// <param name="Level">IAL; null: it is not said.</param>
public sealed record NationalPerson(string Subject, string Number, string Name, string Born, string? Level = "2", string Kind = "1", string? LogoutUri = null, DateTimeOffset? ProvedAt = null);

/// <summary>What a hostile or broken one does otherwise.</summary>
public enum Twist { None, OtherIssuer, NoIssuer, OtherNonce, Unsigned, OtherKey, OtherAudience, OtherSubject, UserInfoIsNonsense, TokensAreNonsense, Away }

/// <summary>A national sign-in for tests: a real OpenID Connect provider with the claims of the national one (sub, LoaiTaiKhoan, SoDinhDanh, HoVaTen, NgayThangNamSinh, TechID, IAL, logoutUri), and one page
/// on which one says which invented person one is.</summary>
public sealed class NationalSignIn : IAsyncDisposable
{
    public const string Client = "so-goc-an-giang";
    private readonly WebApplication app;
    private readonly ECDsaSecurityKey key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "that" };
    private readonly ECDsaSecurityKey otherKey = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "that" };
    private readonly bool inIdToken;

    /// <param name="pushed">Takes pushed requests, and is left by a logout of the protocol.</param>
    /// <param name="inIdToken">Says who it is in the id token; otherwise where it is asked for the user.</param>
    private NationalSignIn(bool pushed, bool inIdToken)
    {
        this.inIdToken = inIdToken;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var name = Guid.NewGuid().ToString();
        builder.Services.AddDbContext<DbContext>(o => o.UseInMemoryDatabase(name).ConfigureWarnings(w => w.Ignore(Microsoft.EntityFrameworkCore.Diagnostics.InMemoryEventId.TransactionIgnoredWarning)).UseOpenIddict());
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict().AddCore(o => o.UseEntityFrameworkCore().UseDbContext<DbContext>().DisableBulkOperations()).AddServer(o => Serve(o, pushed));
        app = builder.Build();
        app.Use(Mangle);
        app.UseAuthentication();
        app.MapMethods("/authorize", ["GET", "POST"], Authorize);
        app.MapMethods("/logout", ["GET", "POST"], (HttpContext http) =>
        {
            LoggedOut.Add(http.GetOpenIddictServerRequest()?.IdTokenHint ?? "");
            return Results.SignOut(null, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        });
    }

    public Uri Address => new(app.Urls.First() + "/");

    /// <summary>By their subject.</summary>
    public Dictionary<string, NationalPerson> People { get; } = [];

    /// <summary>Id tokens with which it was left.</summary>
    public List<string> LoggedOut { get; } = [];

    /// <summary>What it was asked for last.</summary>
    public IReadOnlyDictionary<string, string> Asked { get; private set; } = new Dictionary<string, string>();

    public Twist Twist { get; set; }

    public static async Task<NationalSignIn> Start(bool pushed, bool inIdToken)
    {
        var national = new NationalSignIn(pushed, inIdToken);
        await national.app.StartAsync();
        return national;
    }

    /// <summary>Makes a platform known, which shows itself by its key or by a secret.</summary>
    public async Task Register(Uri platform, AsymmetricSecurityKey? shown, string? secret)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = Client, ClientSecret = secret, ClientType = ClientTypes.Confidential, ConsentType = ConsentTypes.Implicit,
            RedirectUris = { new Uri(platform, "/vao/quoc-gia/ve") }, PostLogoutRedirectUris = { new Uri(platform, "/vao") },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.EndSession,
                Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code, Permissions.Scopes.Profile,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        if (shown is ECDsaSecurityKey ecdsa)
        {
            var open = ECDsa.Create(ecdsa.ECDsa.ExportParameters(false));
            descriptor.JsonWebKeySet = new JsonWebKeySet { Keys = { JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(open)) } };
        }

        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(descriptor);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.ECDsa.Dispose();
        otherKey.ECDsa.Dispose();
    }

    private void Serve(OpenIddictServerBuilder o, bool pushed)
    {
        o.SetAuthorizationEndpointUris("/authorize").SetTokenEndpointUris("/token").SetUserInfoEndpointUris("/userinfo");
        if (pushed)
        {
            o.SetPushedAuthorizationEndpointUris("/par").SetEndSessionEndpointUris("/logout");
        }

        o.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().RegisterScopes(Scopes.Profile);
        o.AddSigningKey(key).AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));
        o.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableEndSessionEndpointPassthrough().DisableTransportSecurityRequirement();
        o.AddEventHandler<HandleUserInfoRequestContext>(h => h.UseInlineHandler(context =>
        {
            context.Subject = Twist == Twist.OtherSubject ? "ke-khac" : context.AccessTokenPrincipal!.GetClaim(Claims.Subject);
            if (!inIdToken)
            {
                foreach (var (name, value) in Said(People[context.AccessTokenPrincipal!.GetClaim(Claims.Subject)!]))
                {
                    context.Claims[name] = value;
                }
            }

            return default;
        }).SetOrder(int.MaxValue - 1000));
        o.AddEventHandler<ApplyAuthorizationResponseContext>(h => h.UseInlineHandler(context =>
        {
            context.Response.Iss = Twist switch { Twist.OtherIssuer => "https://ke.xau.example/", Twist.NoIssuer => null, _ => context.Response.Iss };
            return default;
        }).SetOrder(OpenIddictServerHandlers.Authentication.AttachIssuer.Descriptor.Order + 500));
        o.AddEventHandler<GenerateTokenContext>(h => h.UseInlineHandler(Forge).SetOrder(OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order - 500));
        o.AddEventHandler<ApplyTokenResponseContext>(h => h.UseInlineHandler(context =>
        {
            if (Twist == Twist.Unsigned && context.Response.IdToken is { } token)
            {
                context.Response.IdToken = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""") + "." + token.Split('.')[1] + ".";
            }

            return default;
        }).SetOrder(int.MinValue + 1000));
    }

    private ValueTask Forge(GenerateTokenContext context)
    {
        if (context.TokenType == TokenTypeIdentifiers.IdentityToken)
        {
            var told = context.SecurityTokenDescriptor;
            told.Claims ??= new Dictionary<string, object>();
            switch (Twist)
            {
                case Twist.OtherKey:
                    told.SigningCredentials = new SigningCredentials(otherKey, SecurityAlgorithms.EcdsaSha256);
                    break;
                case Twist.OtherNonce:
                    told.Claims["nonce"] = "khac";
                    break;
                case Twist.OtherAudience:
                    told.Claims["aud"] = "he-thong-khac";
                    break;
            }
        }

        return default;
    }

    /// <summary>What a broken machine answers, or one that is away.</summary>
    private async Task Mangle(HttpContext http, RequestDelegate next)
    {
        if (Twist == Twist.Away || (Twist == Twist.TokensAreNonsense && http.Request.Path == "/token") || (Twist == Twist.UserInfoIsNonsense && http.Request.Path == "/userinfo"))
        {
            http.Response.StatusCode = Twist == Twist.Away ? 503 : 200;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync("<html>Bảo trì</html>");
            return;
        }

        await next(http);
    }

    /// <summary>One page: who are you? Or not at all.</summary>
    private IResult Authorize(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest()!;
        Asked = request.GetParameters().ToDictionary(p => p.Key, p => (string?)p.Value ?? "");
        var chosen = http.Request.HasFormContentType ? http.Request.Form["person"].ToString() : "";
        if (chosen.Length == 0)
        {
            var kept = string.Concat(http.Request.Query.Select(q => $"<input type=\"hidden\" name=\"{q.Key}\" value=\"{WebUtility.HtmlEncode(q.Value)}\">"));
            var people = string.Concat(People.Values.Select(p => $"<p><button name=\"person\" value=\"{p.Subject}\">{WebUtility.HtmlEncode(p.Name)}</button></p>"));
            return Results.Content($"<!doctype html><html lang=\"vi\"><title>VNeID thử</title><h1>Đăng nhập quốc gia (thử)</h1><form method=\"post\" action=\"/authorize\">{kept}{people}<button name=\"person\" value=\"-\">Thôi</button></form>", "text/html; charset=utf-8");
        }

        if (!People.TryGetValue(chosen, out var person))
        {
            return Results.Forbid(new Microsoft.AspNetCore.Authentication.AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied }),
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        }

        var identity = new ClaimsIdentity("national").SetClaim(Claims.Subject, person.Subject).SetScopes(Scopes.OpenId, Scopes.Profile);
        if (person.ProvedAt is { } at)
        {
            identity.SetClaim(Claims.AuthenticationTime, at.ToUnixTimeSeconds());
        }

        if (inIdToken)
        {
            foreach (var (name, value) in Said(person))
            {
                identity.SetClaim(name, value);
            }
        }

        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static IEnumerable<(string Name, string Value)> Said(NationalPerson person)
    {
        yield return ("LoaiTaiKhoan", person.Kind);
        yield return ("SoDinhDanh", person.Number);
        yield return ("HoVaTen", person.Name);
        yield return ("NgayThangNamSinh", person.Born);
        yield return ("TechID", "T-" + person.Subject);
        if (person.Level is not null)
        {
            yield return ("IAL", person.Level);
        }

        if (person.LogoutUri is not null)
        {
            yield return ("logoutUri", person.LogoutUri);
        }
    }
}
