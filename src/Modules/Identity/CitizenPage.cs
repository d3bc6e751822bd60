using Microsoft.Extensions.DependencyInjection;
using SoGoc.Identity.Accounts;
using SoGoc.Kernel.Web;

namespace SoGoc.Identity;

/// <summary>Base of this module's pages of citizens.</summary>
internal abstract class CitizenPage : CitizensPage
{
    protected CitizenSession Own => HttpContext.RequestServices.GetRequiredService<CurrentCitizen>().Session;
}
