using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SoGoc.Kernel.Access;
using SoGoc.Staff.Factors;

namespace SoGoc.Staff.Accounts;

/// <summary>Finds out who asks, from the cookie of a page or the bearer token of a script, and says so for the rest of the request.</summary>
internal sealed class KnowWho(RequestDelegate next)
{
    public const string Cookie = Gate.OfficialCookie;

    /// <summary>Where one may go before the second factor is shown and the password is one's own; and the page that has to come first.</summary>
    private static readonly string[] Elsewhere = ["/Accounts/SignIn", "/Accounts/SignOut", "/Office/Choice", "/Office/Fault"];

    private const string Second = "/Factors/SecondFactor", Change = "/Accounts/ChangePassword";

    /// <summary>Gives the secret of a session to the browser.</summary>
    public static void Give(HttpContext http, string secret) =>
        http.Response.Cookies.Append(Cookie, secret, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = SignIns.Lasts });

    public async Task InvokeAsync(HttpContext http, CurrentActor actor, Remembered remembered)
    {
        var bearer = http.Request.Headers.Authorization.ToString();
        var token = bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);
        var secret = token ? bearer["Bearer ".Length..].Trim() : http.Request.Cookies[Cookie];
        if (secret is { Length: > 20 and < 200 } && http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<CitizenAttribute>() is null && await remembered.Who(secret, token) is { } known)
        {
            if ((known.Owes || known.MustChange) && !token && endpoint.Metadata.GetMetadata<PageActionDescriptor>() is var page && page?.ViewEnginePath != (known.Owes ? Second : Change) && !Elsewhere.Contains(page?.ViewEnginePath))
            {
                if (page is null)
                {
                    await next(http);       // as somebody who is not signed in
                    return;
                }

                http.Response.Redirect(known.Owes ? SecondFactorPage.Path : ChangePasswordPage.Path);
                return;
            }

            actor.Set(known.Who);
        }

        await next(http);
    }
}
