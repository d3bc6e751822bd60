using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenIddict.Client;
using SoGoc.Identity.Accounts;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;

namespace SoGoc.Identity.National;

/// <summary>Where and with what a browser leaves the national sign-in, too (RP-Initiated Logout 1.0).</summary>
/// <param name="Fields">For a form, because an id token is about a person and has no place in an address; none for a plain way out.</param>
internal sealed record NationalWayOut(Uri To, IReadOnlyDictionary<string, string> Fields);

/// <summary>Keeps what ends a session at the national sign-in, and offers it when the session here ends.</summary>
internal sealed class NationalLogout(Session session, NationalSettings national, Issuer issuer, OpenIddictClientService provider, IDataProtectionProvider protection, ILogger<NationalLogout> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private IDataProtector Protector => protection.CreateProtector("id tokens of the national sign-in");

    public async Task Keep(Guid sid, string idToken, string? logoutUri) =>
        await session.Execute("insert into identity.national_session (sid, id_token, logout_uri) values ($1, $2, $3)", sid, Protector.Protect(idToken), (Own(logoutUri)?.AbsoluteUri).As(NpgsqlTypes.NpgsqlDbType.Text));

    /// <summary>The way out for a session that came by it; null for others.</summary>
    public async Task<NationalWayOut?> Offer(HttpContext http, CitizenSession own)
    {
        var kept = await session.Row("select id_token, logout_uri from identity.national_session where sid = $1", r => new { Token = r.GetString(0), Out = r.Text(1) }, own.Sid);
        if (kept is null || national.Issuer is null)
        {
            return null;
        }

        if (await EndSession(http.RequestAborted) is { } end)
        {
            var home = issuer.Address ?? new Uri($"{http.Request.Scheme}://{http.Request.Host}");
            return new NationalWayOut(end, new Dictionary<string, string>
            {
                ["id_token_hint"] = Protector.Unprotect(kept.Token), ["client_id"] = national.Client, ["post_logout_redirect_uri"] = new Uri(home, Gate.CitizenSignInPath).AbsoluteUri,
            });
        }

        return kept.Out is { } address ? new NationalWayOut(new Uri(address), new Dictionary<string, string>()) : null;
    }

    private async Task<Uri?> EndSession(CancellationToken stop)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(Patience);
            return Own((await provider.GetServerConfigurationByRegistrationIdAsync(nameof(National), patience.Token)).EndSessionEndpoint?.AbsoluteUri);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogWarning(e, "The national sign-in does not say how it is left.");
            return null;
        }
    }

    /// <summary>Only an address of the national sign-in itself: what it says of a person must not lead him elsewhere.</summary>
    private Uri? Own(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == national.Issuer?.GetLeftPart(UriPartial.Authority) ? uri : null;
}
