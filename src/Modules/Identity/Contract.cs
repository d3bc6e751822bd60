using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using OpenIddict.Abstractions;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.National;
using SoGoc.Identity.Systems;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity;

/// <summary>How messages to citizens leave.</summary>
/// <param name="SmsUrl">SOGOC_SMS_URL: takes POST {id, to, text}.</param>
/// <param name="SmsToken">SOGOC_SMS_TOKEN_FILE: a file with its bearer token.</param>
/// <param name="Smtp">SOGOC_SMTP: smtp://user:password@host:port or smtps://….</param>
/// <param name="MailFrom">SOGOC_MAIL_FROM: the sender's address.</param>
public sealed record MessageSettings(Uri? SmsUrl, string? SmsToken, Uri? Smtp, string MailFrom);

/// <summary>The name of the OpenID Connect provider in its tokens. Null: the address at which it is asked (a developer's machine).</summary>
/// <param name="Address">SOGOC_PUBLIC_URL.</param>
public sealed record Issuer(Uri? Address);

/// <summary>The national sign-in in front of the ways in of this house, where a province has chosen it.</summary>
/// <param name="Issuer">SOGOC_NATIONAL_SIGN_IN: its address; null where it does not stand in front.</param>
/// <param name="Client">SOGOC_NATIONAL_CLIENT: by which name it knows this platform.</param>
/// <param name="Key">SOGOC_NATIONAL_KEY_FILE: a file with the private key by which this platform shows itself (PEM).</param>
/// <param name="Secret">SOGOC_NATIONAL_SECRET_FILE: a file with the secret, where it takes no key.</param>
/// <param name="Only">SOGOC_NATIONAL_ONLY: citizens come in by no other way.</param>
public sealed record NationalSettings(Uri? Issuer, string Client, AsymmetricSecurityKey? Key, string? Secret, bool Only)
{
    public static NationalSettings None { get; } = new(null, "", null, null, false);

    /// <summary>A private key of P-256 or RSA from PEM; null if it is none.</summary>
    public static AsymmetricSecurityKey? ReadKey(string pem)
    {
        var (ecdsa, rsa) = (ECDsa.Create(), RSA.Create());
        try
        {
            ecdsa.ImportFromPem(pem);
            return new ECDsaSecurityKey(ecdsa);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            ecdsa.Dispose();
        }

        try
        {
            rsa.ImportFromPem(pem);
            return new RsaSecurityKey(rsa);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
            return null;
        }
    }
}

/// <summary>A citizen of the demonstration who has an account; number and password are meant to be shown.</summary>
public sealed record DemonstrationCitizen(string Number, string Password, int Level);

/// <summary>What the Host needs of this module.</summary>
public interface IIdentity
{
    /// <summary>Opens accounts for some invented people, once; the same ones every time.</summary>
    /// <param name="area">The commune whose officials the demonstration shows: what these citizens hand in comes to their desks. Null: any.</param>
    /// <param name="stop">Gives up.</param>
    Task<IReadOnlyList<DemonstrationCitizen>> SeedDemonstration(int? area, CancellationToken stop);
}

/// <summary>The keys of tokens, for the command line.</summary>
public interface ITokenKeys
{
    /// <summary>Makes new keys, which sign from now on; what the old ones signed is taken until it has run out. Names of the keys that are published, the newest first.</summary>
    IReadOnlyList<string> Rotate();
}

public static class CitizenSignIn
{
    /// <summary>From here on pages of citizens know whose they are. Stands after the officials' sign-in and before the gate.</summary>
    public static IApplicationBuilder UseCitizenSignIn(this IApplicationBuilder app) =>
        app.UseWhen(http => Protocol.Any(p => http.Request.Path.StartsWithSegments(p, StringComparison.Ordinal)), protocol => protocol.Use(SeeOther).Use(RefuseUnreadable).UseAuthentication()).UseMiddleware<KnowCitizen>();

    /// <summary>From here on routes of the API know which agency's system asks. Stands after the officials' sign-in and before the gate.</summary>
    public static IApplicationBuilder UseSystemSignIn(this IApplicationBuilder app) => app.UseWhen(http => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal), api => api.UseMiddleware<KnowSystem>());

    private static readonly string[] Protocol = ["/connect", "/.well-known", NationalProvider.Start];

    /// <summary>A sign that form or database does not take as text is a fault of who asks.</summary>
    private static async Task RefuseUnreadable(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (Exception e) when (e is InvalidDataException or PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } && !http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsJsonAsync(new { error = OpenIddictConstants.Errors.InvalidRequest, error_description = "A parameter has a sign that is no text (code 0)." });
        }
    }

    /// <summary>What a form sent here must not be sent on to a system: 303 turns a POST into a GET, which 302 leaves to the browser (FAPI 2.0, 5.3.2.2).</summary>
    private static Task SeeOther(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(() =>
        {
            http.Response.StatusCode = http.Response.StatusCode == StatusCodes.Status302Found ? StatusCodes.Status303SeeOther : http.Response.StatusCode;
            // Tokens here are bound to a key, and a refusal says by what name they have to come (RFC 9449, 7.1).
            if (http.Response.Headers.WWWAuthenticate.ToString() is { } challenge && challenge.StartsWith("Bearer", StringComparison.Ordinal))
            {
                http.Response.Headers.WWWAuthenticate = "DPoP" + challenge["Bearer".Length..];
            }

            return Task.CompletedTask;
        });
        return next(http);
    }
}

/// <summary>Somebody for whom a citizen may act.</summary>
/// <param name="Basis">parent, guardian or mandate.</param>
/// <param name="Procedures">For a mandate: in which procedures.</param>
public sealed record ActsFor(Guid Person, string Name, string? Born, string Basis, IReadOnlyList<string> Procedures);

/// <summary>The citizen of a request, for modules above.</summary>
/// <param name="For">For whom he may act.</param>
/// <param name="ActsFor">For whom he acts in this session; null: for himself.</param>
/// <param name="ForOrganisation">He acts for an organisation.</param>
public sealed record CitizenNow(Guid Account, Guid Person, string Name, int Level, IReadOnlyList<ActsFor> For, ActsFor? ActsFor, bool ForOrganisation);

/// <summary>Citizens who are signed in, and word to them.</summary>
public interface ICitizens
{
    /// <summary>Who it is, on pages of citizens.</summary>
    Task<CitizenNow> Now();

    /// <summary>From now on his session acts for another, or for himself again (null); what is within reach changes with the next request.</summary>
    Task<Outcome<Done>> ActFor(Guid? person);

    /// <summary>Tells the holder of a person's account something, by telephone or e-mail, in the caller's transaction; nobody, where there is no account.</summary>
    Task Tell(Guid person, string text);
}
