using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Kernel.Access;

/// <summary>The one place where a request is let in: by the endpoint's permission, its mark for any official, or its mark as public.
/// An endpoint with none of them is refused, so that a forgotten mark fails closed.</summary>
public sealed class Gate(RequestDelegate next)
{
    public const string SignInPath = "/dang-nhap";

    /// <summary>Where citizens come in.</summary>
    public const string CitizenSignInPath = "/vao";

    /// <summary>Where a citizen shows a second factor.</summary>
    public const string StepUpPath = "/vao/xac-nhan-them";

    public Task InvokeAsync(HttpContext http, CurrentActor actor)
    {
        Patience.Until(http.RequestAborted);
        var endpoint = http.GetEndpoint();
        // What is no route of ours is the router's own refusal: a method or a content type that the path does not take.
        if (endpoint is not RouteEndpoint || endpoint.Metadata.GetMetadata<PublicAttribute>() is not null)
        {
            return next(http);
        }

        if (endpoint.Metadata.GetMetadata<CitizenAttribute>() is { } citizen)
        {
            return !actor.IsKnown || actor.Value.Person is null ? SendToSignIn(http, CitizenSignInPath) : actor.Value.Level < citizen.AtLeast ? SendToSignIn(http, StepUpPath) : next(http);
        }

        if (!actor.IsKnown || actor.Value.Person is not null)
        {
            return SendToSignIn(http, SignInPath);
        }

        if (actor.Value.Agreement is not null && endpoint.Metadata.GetMetadata<ForSystemsAttribute>() is null)
        {
            return Faults.Write(http, [Problem.Forbidden("kernel.not-for-systems")]);
        }

        var needs = endpoint.Metadata.GetOrderedMetadata<NeedsAttribute>();
        var marked = needs.Count > 0 || endpoint.Metadata.GetMetadata<SignedInAttribute>() is not null;
        return marked && needs.All(n => actor.Value.May(n.Permission)) ? next(http) : Faults.Write(http, [Problem.Forbidden("kernel.not-permitted")]);
    }

    private static Task SendToSignIn(HttpContext http, string page)
    {
        if (!Faults.WantsPage(http.Request))
        {
            return Faults.Write(http, [new Problem(ProblemKind.NotSignedIn, "kernel.not-signed-in")]);
        }

        // What a form sent is lost with the session; its page is not.
        var back = http.Request.Path + (HttpMethods.IsGet(http.Request.Method) ? http.Request.QueryString : QueryString.Empty);
        http.Response.Redirect($"{page}?ReturnUrl={Uri.EscapeDataString(back)}");
        return Task.CompletedTask;
    }
}
