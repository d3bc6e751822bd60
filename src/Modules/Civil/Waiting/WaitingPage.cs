using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.Waiting;

/// <summary>The official's desk: what waits for him, the nearest deadline first.</summary>
[Needs(CivilPermission.ReadFilings)]
internal sealed class WaitingPage : OfficePage
{
    public const string Path = "/viec-cho";

    public IReadOnlyList<ListWaiting.Item> Items { get; private set; } = [];

    public async Task OnGetAsync() => Items = (await Do<ListWaiting, ListWaiting.Waiting>(f => f.Run(new ListWaiting.Request()))).Value?.Items ?? [];

    public async Task<IActionResult> OnPostLeaveAsync(string? reference)
    {
        if ((await Do<LeaveAct, Done>(f => f.Run(new LeaveAct.Request(reference)))).IsGood)
        {
            return Redirect(Path);
        }

        await OnGetAsync();
        return Page();
    }
}
