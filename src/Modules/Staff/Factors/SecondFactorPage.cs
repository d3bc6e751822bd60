using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Factors;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Staff.Accounts;

namespace SoGoc.Staff.Factors;

/// <summary>After the password: a passkey or a code; or the first one is made here. Later: those that one has.</summary>
[SignedIn]
internal sealed class SecondFactorPage : OfficePage
{
    public const string Path = "/buoc-hai";

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>A new key of the app, shown until its first code was right.</summary>
    [BindProperty]
    public string? TotpKey { get; set; }

    public string? TotpPicture => AppCodes.Picture(TotpKey);

    public OwnFactors.State State { get; private set; } = null!;

    private string? Secret => Request.Cookies[KnowWho.Cookie];

    public Task OnGetAsync() => Look();

    public async Task<IActionResult> OnPostOptionsAsync() => (await Do<OwnFactors, string>(f => f.Options(HttpContext, Secret))).Ok(out var json) ? Content(json, "application/json") : StatusCode(409);

    public Task<IActionResult> OnPostPasskeyAsync(string? credential, string? name) => Passed(f => f.TakePasskey(HttpContext, Secret, credential, name));

    public Task<IActionResult> OnPostCodeAsync(string? code) => Passed(f => f.TakeCode(Secret, code));

    public Task<IActionResult> OnPostTotpAsync(string? code) => Passed(f => f.SetTotp(Secret, TotpKey, code));

    public Task<IActionResult> OnPostLaterAsync() => Passed(f => f.Later(Secret));

    public Task OnPostNewTotpAsync()
    {
        TotpKey = AppCodes.MakeKey();
        return Look();
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? id)
    {
        if ((await Do<OwnFactors, Done>(f => f.Remove(Secret, id))).IsGood)
        {
            return LocalRedirect(Path);
        }

        await Look();
        return Page();
    }

    /// <summary>Who owed goes on to where he wanted; who did not stays with his factors.</summary>
    private async Task<IActionResult> Passed(Func<OwnFactors, Task<Outcome<string>>> take)
    {
        await Look();
        if (!(await Do(take)).Ok(out var secret))
        {
            return Page();
        }

        KnowWho.Give(HttpContext, secret);
        return LocalRedirect(!State.Owes ? Path : Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
    }

    private async Task Look() => State = (await Do<OwnFactors, OwnFactors.State>(f => f.Show(Secret))).Value!;
}
