using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Services.Payment.SandboxGateway;

/// <summary>Page of the gateway that is played: what is to be paid, and buttons for what can become of it. It says that no money moves.</summary>
[Public]
internal sealed class SandboxPage(SandboxSwitch here) : CitizensPage
{
    public const string Path = "/cong-thanh-toan-thu";

    [BindProperty]
    public string? State { get; set; }

    public SandboxPayment? Payment { get; private set; }

    /// <summary>Where it leads back to, as the signed order says.</summary>
    public string Back { get; private set; } = "/";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!here.IsOn)
        {
            return NotFound();
        }

        var asked = OrderAddress.Read(Request.Query);
        Payment = (await Do<OpenSandboxOrder, SandboxPayment>(f => f.Run(asked))).Value;
        Back = asked?.Order.Back ?? "/";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!here.IsOn)
        {
            return NotFound();
        }

        var asked = OrderAddress.Read(Request.Query);
        var decided = await Do<DecideSandboxOrder, Done>(f => f.Run(asked, State));
        // The address was signed with the order: it is believed.
        return decided.IsGood ? Redirect(asked!.Value.Order.Back) : Page();
    }
}
