using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Web;

namespace SoGoc.Staff.Officials;

/// <summary>The officials. What is searched for is sent by POST, because it is a name.</summary>
[Needs(StaffPermission.ManageStaff)]
internal sealed class FindOfficialsPage : OfficePage
{
    [BindProperty]
    public string? Text { get; set; }

    public FindOfficials.Found Found { get; private set; } = new([], false);

    public Task OnGetAsync() => Find();

    public Task OnPostAsync() => Find();

    private async Task Find()
    {
        if ((await Do<FindOfficials, FindOfficials.Found>(f => f.Run(new FindOfficials.Request(Text)))).Ok(out var found))
        {
            Found = found;
        }
    }
}
