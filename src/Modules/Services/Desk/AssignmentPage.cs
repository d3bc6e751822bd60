using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Services.Files;

namespace SoGoc.Services.Desk;

/// <summary>The head of a desk: what each has open, and who gets what comes.</summary>
[Needs(ServicesPermission.AssignFiles)]
internal sealed class AssignmentPage : OfficePage
{
    public const string Path = "/mot-cua/phan-cong";

    [BindProperty]
    public string? Desk { get; set; }

    [BindProperty]
    public string? Scope { get; set; }

    [BindProperty]
    public string[]? Officials { get; set; }

    public ShowAssignment.Shown Shown { get; private set; } = new([], []);

    public async Task<IActionResult> OnGetAsync()
    {
        Shown = (await Do<ShowAssignment, ShowAssignment.Shown>(f => f.Run(new ShowAssignment.Request()))).Value ?? Shown;
        return Page();
    }

    public Task<IActionResult> OnPostAsync() => Officials is { Length: > 0 } ? Set(Officials) : Nobody();

    public Task<IActionResult> OnPostRemoveAsync() => Set([]);

    private async Task<IActionResult> Nobody()
    {
        ModelState.AddModelError("officials", Say["services.choose-officials"]);
        return await OnGetAsync();
    }

    private async Task<IActionResult> Set(string[] officials) =>
        (await Do<SetAssignmentRule, Done>(f => f.Run(new SetAssignmentRule.Request(Desk, Scope, officials)))).IsGood ? Redirect(Path) : await OnGetAsync();
}
