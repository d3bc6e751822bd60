using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Opening;

/// <summary>What stands on the card, the telephone, and the code that came to it.</summary>
[Public]
[Citizen(0)]
internal sealed class OpenAccountPage(NationalSettings national) : CitizenPage
{
    [BindProperty]
    public string? Number { get; set; }

    /// <summary>"the": a foreigner, by his residence card, whose number has letters.</summary>
    [BindProperty(SupportsGet = true)]
    public bool The { get; set; }

    [BindProperty]
    public string? FullName { get; set; }

    [BindProperty]
    public string? Born { get; set; }

    [BindProperty]
    public string? CardIssued { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    [BindProperty]
    public string? CodeHandle { get; set; }

    /// <summary>Where citizens come in by the national sign-in alone, it opens their accounts too.</summary>
    public IActionResult OnGet() => national.Only ? Redirect(Gate.CitizenSignInPath) : Page();

    public async Task OnPostAskAsync()
    {
        var outcome = await Do<OpenAccount, string>(o => o.Ask(HttpContext, new OpenAccount.Claim(Number, FullName, Born, CardIssued, Phone)));
        CodeHandle = outcome.Ok(out var handle) ? handle : null;
    }

    public async Task<IActionResult> OnPostFinishAsync(string? code) =>
        (await Do<OpenAccount, Done>(o => o.Finish(HttpContext, CodeHandle, code))).IsGood ? LocalRedirect("/cua-toi/bao-mat?moi=true") : Page();
}
