using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Identity.Accounts;
using SoGoc.Kernel.Web;

namespace SoGoc.Identity;

/// <summary>Base of the citizens' pages: their clothes, their session, and nothing of it kept by a browser or a cache on the way.</summary>
internal abstract class CitizenPage : OfficePage
{
    protected CitizenSession Own => HttpContext.RequestServices.GetRequiredService<CurrentCitizen>().Session;

    /// <summary>Where to go on afterwards; never outside of this house.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    protected IActionResult GoOn(string otherwise = "/cua-toi") => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : otherwise);

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        ViewData["Citizens"] = true;
        Response.Headers.CacheControl = "no-cache, no-store";
        Response.Headers.Pragma = "no-cache";
    }
}
