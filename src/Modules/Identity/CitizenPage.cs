using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Identity.Accounts;
using SoGoc.Kernel.Web;

namespace SoGoc.Identity;

/// <summary>Base of this module's pages of citizens: their session, and where they go on.</summary>
internal abstract class CitizenPage : CitizensPage
{
    protected CitizenSession Own => HttpContext.RequestServices.GetRequiredService<CurrentCitizen>().Session;

    /// <summary>Where to go on afterwards; never outside of this house.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    protected IActionResult GoOn(string otherwise = "/cua-toi") => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : otherwise);
}
