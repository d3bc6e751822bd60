using Microsoft.AspNetCore.Http;
using SoGoc.Kernel.Access;

namespace SoGoc.Staff.Accounts;

/// <summary>Finds out who asks, from the cookie of a page or the bearer token of a script, and says so for the rest of the request.</summary>
internal sealed class KnowWho(RequestDelegate next)
{
    public const string Cookie = "sogoc";

    public async Task InvokeAsync(HttpContext http, CurrentActor actor, Remembered remembered)
    {
        var bearer = http.Request.Headers.Authorization.ToString();
        var token = bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);
        var secret = token ? bearer["Bearer ".Length..].Trim() : http.Request.Cookies[Cookie];
        if (secret is { Length: > 20 and < 200 } && http.GetEndpoint() is not null && await remembered.Who(secret, token) is { } who)
        {
            actor.Set(who);
        }

        await next(http);
    }
}
