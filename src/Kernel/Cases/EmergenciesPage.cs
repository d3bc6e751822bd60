using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Sealing;
using SoGoc.Kernel.Web;

namespace SoGoc.Kernel.Cases;

/// <summary>Readings in an emergency: one official asks and says why, a second one agrees, and for sixty minutes the first may read.</summary>
[Needs(JournalPermission.OpenCase)]
internal sealed class EmergenciesPage : OfficePage
{
    public const string Path = "/viec/khan-cap";

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public string? Number { get; set; }

    public IReadOnlyList<ListEmergencies.Line> Lines { get; private set; } = [];

    public bool MayApprove => Actor.May(Permission.Of(JournalPermission.ApproveEmergency));

    public Task OnGetAsync() => Show();

    public async Task<IActionResult> OnPostAsync() =>
        (await Do<AskEmergency, AskEmergency.Asked>(f => f.Run(new AskEmergency.Request(Why, Number)))).IsGood ? Redirect(Path) : await Again();

    public async Task<IActionResult> OnPostDecideAsync(Guid id, bool approved)
    {
        if (!MayApprove)
        {
            return Refuse([Outcomes.Problem.Forbidden("kernel.not-permitted")]);
        }

        return (await Do<DecideEmergency, DecideEmergency.Decided>(f => f.Run(new DecideEmergency.Request(id, approved)))).IsGood ? Redirect(Path) : await Again();
    }

    private async Task<IActionResult> Again()
    {
        await Show();
        return Page();
    }

    private async Task Show() => Lines = (await Do<ListEmergencies, ListEmergencies.Lines>(f => f.Run(new ListEmergencies.Request()))).Value?.Emergencies ?? [];
}
