using Microsoft.AspNetCore.Mvc.Filters;

namespace SoGoc.Kernel.Web;

/// <summary>Base of the pages of citizens: they look like theirs, and no browser and no cache on the way keeps them.</summary>
public abstract class CitizensPage : OfficePage
{
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        ViewData["Citizens"] = true;
        Response.Headers.CacheControl = "no-cache, no-store";
        Response.Headers.Pragma = "no-cache";
    }
}
