using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace SoGoc.Kernel.Web;

/// <summary>Base of the pages of citizens: they look like theirs, and no machine on the way keeps them.</summary>
public abstract class CitizensPage : OfficePage
{
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
