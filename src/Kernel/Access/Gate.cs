using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Kernel.Access;

/// <summary>Mark of a page whose form is kept when it is sent after the session has ended.</summary>
public interface IKeepsForm
{
    /// <summary>Keeps it where its citizen, and nobody else, finds it again.</summary>
    /// <returns>Where he goes on once he is signed in; null: nothing was kept.</returns>
    Task<string?> Keep(HttpContext http);
}

/// <summary>The one place where a request is let in: by the endpoint's permission, its mark for any official, or its mark as public.
/// An endpoint with none of them is refused, so that a forgotten mark fails closed.</summary>
public sealed class Gate(RequestDelegate next)
{
    public const string SignInPath = "/dang-nhap";

    /// <summary>Where citizens come in.</summary>
    public const string CitizenSignInPath = "/vao";

    /// <summary>A citizen's session; pages for everybody do not read it, and lead its bearer to his own.</summary>
    public const string CitizenCookie = "sogoc-cd", CitizenHome = "/cua-toi";

    /// <summary>What everybody may see, and where the province's address leads who is no official here.</summary>
    public const string PortalPath = "/dich-vu";

    /// <summary>Of an official's session; whoever has it has sat at a desk with this browser, though the session may have ended.</summary>
    public const string OfficialCookie = "sogoc";

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
            var away = http.Request.Cookies.ContainsKey(OfficialCookie) || !Faults.WantsPage(http.Request) ? null : endpoint.Metadata.GetMetadata<SignedInAttribute>()?.Strangers;
            return away is null ? SendToSignIn(http, SignInPath) : SendTo(http, away);
        }

        if (actor.Value.Agreement is not null && endpoint.Metadata.GetMetadata<ForSystemsAttribute>() is null)
        {
            return Faults.Write(http, [Problem.Forbidden("kernel.not-for-systems")]);
        }

        var needs = endpoint.Metadata.GetOrderedMetadata<NeedsAttribute>();
        var marked = needs.Count > 0 || endpoint.Metadata.GetMetadata<SignedInAttribute>() is not null;
        return marked && needs.All(n => actor.Value.May(n.Permission)) ? next(http) : Faults.Write(http, [Problem.Forbidden("kernel.not-permitted")]);
    }

    private static Task SendTo(HttpContext http, string page)
    {
        http.Response.Redirect(page);
        return Task.CompletedTask;
    }

    private static async Task SendToSignIn(HttpContext http, string page)
    {
        if (!Faults.WantsPage(http.Request))
        {
            await Faults.Write(http, [new Problem(ProblemKind.NotSignedIn, "kernel.not-signed-in")]);
            return;
        }

        // What a form sent is lost with the session, unless its page keeps it; the page itself is not.
        var kept = HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<IKeepsForm>() is { } form ? await form.Keep(http) : null;
        var back = kept ?? http.Request.Path + (HttpMethods.IsGet(http.Request.Method) ? http.Request.QueryString : QueryString.Empty);
        http.Response.Redirect($"{page}?ReturnUrl={Uri.EscapeDataString(back)}");
    }
}
