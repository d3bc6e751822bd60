using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Consents;
using SoGoc.Identity.Organisations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;
using SoGoc.Kernel.Web;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SoGoc.Identity.OpenId;

/// <summary>A system has sent a citizen here: signs in, raises the level, asks for consent with the fields and the purpose, and sends back. The request itself was pushed before,
/// and is used up when the citizen decides, not when the page is looked at.</summary>
[Public]
[Citizen(0)]
internal sealed class AuthorizePage(CitizenSessions sessions, Grant grant, OrganisationBook organisations, Session session, CurrentActor actor, IPopulation population, IDataProtectionProvider protection, TimeProvider clock) : CitizenPage
{
    private const string AgainCookie = "sogoc-lai";

    public Grant.Wanted Wanted { get; private set; } = null!;

    public CitizenSession Citizen { get; private set; } = null!;

    /// <summary>The account is of a lower level than the system asks for.</summary>
    public bool TooLow { get; private set; }

    public string? ActsFor { get; private set; }

    public string? ForOrganisation { get; private set; }

    public IReadOnlyDictionary<string, string> Pushed { get; private set; } = new Dictionary<string, string>();

    public bool IsOptional(PersonClaim field) => Wanted.Client.Optional.Contains(field.Name);

    public Task<IActionResult> OnGetAsync() => Decide(null, []);

    public Task<IActionResult> OnPostAsync(string? decision, string[] fields) => Decide(decision, fields);

    private async Task<IActionResult> Decide(string? decision, string[] fields)
    {
        if (HttpContext.GetOpenIddictServerRequest() is not { } request)
        {
            return NotFound();
        }

        var outcome = await Do<Grant, Grant.Wanted>(g => g.Read(request));
        if (!outcome.Ok(out var wanted))
        {
            return Refused(Errors.InvalidRequest, Say.Say(outcome.Problems[0].Code, System.Globalization.CultureInfo.GetCultureInfo("en")));
        }

        Wanted = wanted;
        if (await sessions.Of(HttpContext) is not { } own || MustProveAgain(request, own))
        {
            return request.HasPromptValue(PromptValues.None) ? Refused(Errors.LoginRequired, "Nobody is signed in.") : Redirect($"{Gate.CitizenSignInPath}?ReturnUrl={Uri.EscapeDataString(Here(request))}");
        }

        Citizen = own;
        if (own.Level < wanted.Level)
        {
            if (own.AccountLevel < wanted.Level)
            {
                // He is told what to do about it first; the system hears it when he goes back.
                TooLow = true;
                return request.HasPromptValue(PromptValues.None) || HttpMethods.IsPost(Request.Method) ? Refused("unmet_authentication_requirements", "The account is of a lower level.") : await Ask(request, own);
            }

            return request.HasPromptValue(PromptValues.None) ? Refused(Errors.InteractionRequired, "A further factor is needed.") : Redirect($"{Gate.StepUpPath}?ReturnUrl={Uri.EscapeDataString(Here(request))}");
        }

        if (!await grant.StillMay(own))
        {
            return Refused(Errors.AccessDenied, "The citizen may not act for the other any more.");
        }

        if (decision == "no")
        {
            return Refused(Errors.AccessDenied, "The citizen does not agree.");
        }

        actor.Set(own.Actor);
        var consent = decision == "yes" && HttpMethods.IsPost(Request.Method) ? await grant.Agree(own, wanted, fields)
            : request.HasPromptValue(PromptValues.Consent) ? null : await grant.Covered(own, wanted);
        if (consent is not null)
        {
            var principal = await grant.Principal(own, wanted, consent, request);
            await session.Commit();
            Response.Cookies.Delete(AgainCookie);
            return SignIn(principal, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        }

        return request.HasPromptValue(PromptValues.None) ? Refused(Errors.ConsentRequired, "The citizen has to be asked.") : await Ask(request, own);
    }

    private async Task<IActionResult> Ask(OpenIddictRequest request, CitizenSession own)
    {
        ActsFor = own.ActsFor is { } other ? (await population.Find(other))?.Facts.FullName : null;
        ForOrganisation = (await organisations.For(own.Person, own.ForOrganisation))?.Name;
        Pushed = new Dictionary<string, string> { ["client_id"] = request.ClientId ?? "", ["request_uri"] = RequestUri };
        // The form leads, by way of this page, to the system's address.
        if (Uri.TryCreate(request.RedirectUri, UriKind.Absolute, out var back))
        {
            Response.SetPolicy(formsTo: back);
        }

        return Page();
    }

    /// <summary>The name of the pushed request, as the browser brought it.</summary>
    private string RequestUri => (HttpMethods.IsPost(Request.Method) ? Request.Form["request_uri"] : Request.Query["request_uri"]).ToString();

    private string Here(OpenIddictRequest request) => $"{OpenIdServer.Authorize}?client_id={Uri.EscapeDataString(request.ClientId ?? "")}&request_uri={Uri.EscapeDataString(RequestUri)}";

    /// <summary>prompt=login and max_age: a proof that is newer than the request was first seen, or than the age allows.</summary>
    private bool MustProveAgain(OpenIddictRequest request, CitizenSession own)
    {
        var tooOld = request.HasPromptValue(PromptValues.Login) || (request.MaxAge is { } age && clock.GetUtcNow() - own.ProvedAt > TimeSpan.FromSeconds(age));
        if (!tooOld)
        {
            return false;
        }

        var protector = protection.CreateProtector("citizen proves again");
        if (Request.Cookies[AgainCookie] is { Length: < 2000 } kept && Unprotect(protector, kept)?.Split('|') is [var uri, var at] && uri == RequestUri)
        {
            return own.ProvedAt.ToUnixTimeMilliseconds() < long.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        }

        Response.Cookies.Append(AgainCookie, protector.Protect($"{RequestUri}|{clock.GetUtcNow().ToUnixTimeMilliseconds()}"),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, Path = OpenIdServer.Authorize, MaxAge = TimeSpan.FromMinutes(10) });
        return true;
    }

    private static string? Unprotect(IDataProtector protector, string text)
    {
        try
        {
            return protector.Unprotect(text);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private ForbidResult Refused(string error, string description) => Forbid(new AuthenticationProperties(new Dictionary<string, string?>
    {
        [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
        [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
    }), OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
}
