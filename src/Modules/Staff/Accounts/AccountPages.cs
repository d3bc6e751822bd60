using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Places;
using SoGoc.Staff.Officials;

namespace SoGoc.Staff.Accounts;

/// <summary>The old password once, the new one twice.</summary>
[SignedIn]
internal sealed class ChangePasswordPage : OfficePage
{
    public const string Path = "/mat-khau";

    public bool Changed { get; private set; }

    public void OnGet()
    {
    }

    public async Task OnPostAsync(string? old, string? fresh, string? again) =>
        Changed = (await Do<ChangePassword, Done>(f => f.Run(new ChangePassword.Request(old, fresh, again, Request.Cookies[KnowWho.Cookie])))).IsGood;
}

/// <summary>An official's own account.</summary>
[SignedIn]
internal sealed class AccountPage(IPlaces places, TimeProvider clock) : StaffPage
{
    public ShowAccount.Shown Shown { get; private set; } = null!;

    protected override IPlaces Places => places;

    protected override TimeProvider Clock => clock;

    private string? Secret => Request.Cookies[KnowWho.Cookie];

    public async Task<IActionResult> OnGetAsync()
    {
        var outcome = await Do<ShowAccount, ShowAccount.Shown>(f => f.Run(new ShowAccount.Request(Secret)));
        if (!outcome.Ok(out var shown))
        {
            return Refuse(outcome.Problems);
        }

        Shown = shown;
        return Page();
    }

    /// <param name="session">Which; none: all but this one.</param>
    public Task<IActionResult> OnPostEndAsync(Guid? session) => Did<EndOwnSession>(f => f.Run(new EndOwnSession.Request(session, Secret)));

    /// <param name="official">The absent one; none: oneself.</param>
    public Task<IActionResult> OnPostActAsync(Guid? official) => Did<ActFor>(f => f.Run(new ActFor.Request(official, Secret)));

    private async Task<IActionResult> Did<TFeature>(Func<TFeature, Task<Outcome<Done>>> run) where TFeature : class =>
        (await Do(run)).IsGood ? Redirect("/tai-khoan") : await OnGetAsync();
}
