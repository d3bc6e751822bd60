using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.SignIn;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Identity.OpenId;

/// <summary>A system asks that the citizen be signed out (RP-Initiated Logout 1.0). With its own id token for this session it is done at once; otherwise the citizen is asked.</summary>
[Public]
[Citizen(0)]
internal sealed class LogoutPage(CitizenSessions sessions, TellLogout tell) : CitizenPage
{
    /// <summary>Pages of systems that are shown while it is done.</summary>
    public IReadOnlyList<string> Frames { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Back { get; private set; } = new Dictionary<string, string>();

    public async Task<IActionResult> OnGetAsync()
    {
        if (HttpContext.GetOpenIddictServerRequest() is not { } request || await sessions.Of(HttpContext) is not { } own)
        {
            return Out();
        }

        var hint = (await HttpContext.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
        return hint?.GetAudiences().Any(client => hint.GetClaim("sid") == SessionName.Of(own.Sid, client)) == true ? await End(own, request) : Ask(request);
    }

    /// <summary>The citizen has said so, or the systems' pages were shown.</summary>
    public async Task<IActionResult> OnPostAsync() => HttpContext.GetOpenIddictServerRequest() is { } request && await sessions.Of(HttpContext) is { } own ? await End(own, request) : Out();

    private async Task<IActionResult> End(CitizenSession own, OpenIddictRequest request)
    {
        var issuer = $"{Request.Scheme}://{Request.Host}/";
        Frames = await tell.FrontChannel(own.Sid, issuer);
        await Do<EndSessions, Done>(e => e.Current(HttpContext));
        if (Frames.Count == 0)
        {
            return Out();
        }

        return Ask(request);
    }

    private PageResult Ask(OpenIddictRequest request)
    {
        Back = request.GetParameters().Where(p => p.Key is "post_logout_redirect_uri" or "state" or "client_id" or "id_token_hint").ToDictionary(p => p.Key, p => (string?)p.Value ?? "");
        Response.SetPolicy(Uri.TryCreate(request.PostLogoutRedirectUri, UriKind.Absolute, out var back) ? back : null, [.. Frames.Select(f => new Uri(f))]);
        return Page();
    }

    private SignOutResult Out() => SignOut(new AuthenticationProperties { RedirectUri = Gate.CitizenSignInPath }, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
}
