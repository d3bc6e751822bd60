using Microsoft.AspNetCore.Http;
using SoGoc.Kernel.Access;

namespace SoGoc.Identity.Accounts;

/// <summary>On pages of citizens: finds out whose session it is, and says so for the rest of the request. An official's session counts for nothing there.</summary>
internal sealed class KnowCitizen(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, CurrentActor actor, CurrentCitizen citizen, CitizenSessions sessions)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<CitizenAttribute>() is not null && await sessions.Of(http) is { } own)
        {
            citizen.Set(own);
            actor.Set(own.Actor);
            await sessions.Use(own);
        }

        await next(http);
    }
}
