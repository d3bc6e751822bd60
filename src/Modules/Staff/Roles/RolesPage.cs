using SoGoc.Kernel.Access;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using Microsoft.AspNetCore.Mvc;

namespace SoGoc.Staff.Roles;

/// <summary>Which role may what, and a form for each.</summary>
[Needs(StaffPermission.ManageStaff)]
internal sealed class RolesPage(IEnumerable<IModule> modules) : OfficePage
{
    public IReadOnlyList<ListRoles.Role> Roles { get; private set; } = [];

    public IReadOnlyList<string> Permissions => WriteRole.Permissions(modules, Roles.SelectMany(r => r.May.Concat(r.Gives)));

    public async Task OnGetAsync() => Roles = (await Do<ListRoles, IReadOnlyList<ListRoles.Role>>(f => f.Run(new ListRoles.Request()))).Value ?? [];

    public async Task<IActionResult> OnPostAsync(string? role, string? name, string? nameEn, string[]? may, bool second, string? ground)
    {
        var outcome = await Do<WriteRole, Done>(f => f.Run(new WriteRole.Request(role, name, nameEn, may, second, ground)));
        if (outcome.IsGood)
        {
            return Redirect("/can-bo/vai-tro");
        }

        await OnGetAsync();
        return Page();
    }
}
