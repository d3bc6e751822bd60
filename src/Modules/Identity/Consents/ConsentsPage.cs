using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Consents;

/// <summary>What the citizen has agreed to, and the button that takes it back.</summary>
[Citizen]
internal sealed class ConsentsPage(ConsentBook consents) : CitizenPage
{
    public IReadOnlyList<ConsentRow> Rows { get; private set; } = [];

    public async Task OnGetAsync() => Rows = await consents.Of(Own);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        if ((await Do<ConsentBook, Done>(c => c.Withdraw(Own, id))).IsGood)
        {
            return LocalRedirect("/cua-toi/dong-y");
        }

        await OnGetAsync();
        return Page();
    }
}
