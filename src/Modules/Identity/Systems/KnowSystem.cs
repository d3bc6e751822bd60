using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Identity.OpenId;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Identity.Systems;

/// <summary>On the routes of the API: finds out which agency's system asks, and says so for the rest of the request. Whose token or proof is not good is refused here, with what is wrong.</summary>
internal sealed class KnowSystem(RequestDelegate next)
{
    private const int PartsOfAToken = 5;

    public async Task InvokeAsync(HttpContext http, CurrentActor actor)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(SystemTokens.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            // A bound token under the name Bearer is worth nothing; an official's token has no such parts.
            await (!actor.IsKnown && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header.Split('.').Length == PartsOfAToken
                ? Refuse(http, [new Problem(ProblemKind.NotSignedIn, "identity.token-as-bearer")]) : next(http));
            return;
        }

        var outcome = await http.RequestServices.GetRequiredService<SystemTokens>().Of(http.Request);
        if (!outcome.Ok(out var system))
        {
            await Refuse(http, outcome.Problems);
            return;
        }

        actor.Set(system);
        await next(http);
    }

    private static Task Refuse(HttpContext http, IReadOnlyList<Problem> problems)
    {
        if (problems[0].Kind == ProblemKind.NotSignedIn)
        {
            var error = problems[0].Code.Contains(".proof-", StringComparison.Ordinal) ? "invalid_dpop_proof" : "invalid_token";
            http.Response.Headers.WWWAuthenticate = $"DPoP error=\"{error}\", algs=\"{string.Join(' ', DpopProof.Algorithms)}\"";
        }

        return Faults.Write(http, problems);
    }
}
