using Microsoft.AspNetCore.Mvc;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.National;
using SoGoc.Identity.Passkeys;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Pages;
using SoGoc.Kernel.Web;

namespace SoGoc.Identity.SignIn;

/// <summary>One field, then the passkey's prompt; without one, a code or the password. The number travels in forms only.</summary>
[Public]
[Citizen(0)]
internal sealed class ComeInPage(Installation installation, NationalSettings national, CurrentActor actor) : CitizenPage
{
    internal enum Asks { Number, Way, Code }

    public Asks Step { get; private set; }

    [BindProperty]
    public string? Number { get; set; }

    /// <summary>"the": a foreigner, by his residence card, whose number has letters.</summary>
    [BindProperty(SupportsGet = true)]
    public bool The { get; set; }

    [BindProperty]
    public string? CodeHandle { get; set; }

    /// <summary>The national sign-in stands in front.</summary>
    public bool National => national.Issuer is not null;

    /// <summary>Nothing stands beside it.</summary>
    public bool NationalOnly => national.Only;

    public bool Demonstration => installation.Demonstration && !national.Only;

    public void OnGet()
    {
    }

    /// <summary>Whether the number is anybody's is not looked up here.</summary>
    public void OnPostNumber()
    {
        if (Population.ShownNumber.TryParse(Number, out var number, out var fault))
        {
            (Number, Step) = (number.ToString(), Asks.Way);
        }
        else
        {
            ModelState.AddModelError("number", Say.Say(fault));
        }
    }

    /// <summary>What the browser's passkeys are asked to sign.</summary>
    public async Task<IActionResult> OnPostOptionsAsync() => (await Do<Ceremonies, string>(c => c.AskToUse(HttpContext))).Ok(out var json) ? Content(json, "application/json") : StatusCode(503);

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential) => await In(s => s.ByPasskey(HttpContext, credential), Number is null ? Asks.Number : Asks.Way);

    public async Task OnPostSendAsync()
    {
        Step = Asks.Way;
        if ((await Anew(s => s.SendCode(HttpContext, Number))).Ok(out var handle))
        {
            (CodeHandle, Step) = (handle, Asks.Code);
        }
    }

    public async Task<IActionResult> OnPostCodeAsync(string? code) => await In(s => s.ByCode(HttpContext, CodeHandle, code), Asks.Code);

    public async Task<IActionResult> OnPostPasswordAsync(string? password) => await In(s => s.ByPassword(HttpContext, Number, password), Asks.Way);

    /// <summary>Where somebody is signed in at this browser already, a telephone that a family shares, nothing of his reach decides who else comes in.</summary>
    private async Task<Outcome<T>> Anew<T>(Func<SignInCitizen, Task<Outcome<T>>> way)
    {
        var before = actor.IsKnown ? actor.Value : null;
        if (before is not null)
        {
            actor.Set(Actor.System("identity"));
        }

        var outcome = await Do(way);
        if (before is not null)
        {
            actor.Set(before);
        }

        return outcome;
    }

    private async Task<IActionResult> In(Func<SignInCitizen, Task<Outcome<Done>>> way, Asks otherwise)
    {
        if ((await Anew(way)).IsGood)
        {
            return GoOn();
        }

        Step = otherwise;
        return Page();
    }
}

/// <summary>Ends the session at once.</summary>
[Public]
[Citizen(0)]
internal sealed class GoOutPage(CitizenSessions sessions, NationalLogout logout) : CitizenPage
{
    /// <summary>The session came by the national sign-in, which is still open at this browser.</summary>
    public NationalWayOut? National { get; private set; }

    public IActionResult OnGet() => Redirect(Gate.CitizenSignInPath);

    public async Task<IActionResult> OnPostAsync()
    {
        National = await sessions.Of(HttpContext) is { } own ? await logout.Offer(HttpContext, own) : null;
        await Do<EndSessions, Done>(e => e.Current(HttpContext));
        if (National is null)
        {
            return Redirect(Gate.CitizenSignInPath);
        }

        // The form leads to the national sign-in.
        Response.SetPolicy(formsTo: National.To);
        return Page();
    }
}
