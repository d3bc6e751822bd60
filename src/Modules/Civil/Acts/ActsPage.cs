using SoGoc.Kernel.Access;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.Acts;

/// <summary>All acts of civil status that can be registered, by what they are about.</summary>
[Needs(CivilPermission.RegisterCivilStatus)]
internal sealed class ActsPage : OfficePage
{
    public void OnGet()
    {
    }
}
