using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Pages;
using SoGoc.Kernel.Web;
using SoGoc.Staff.Factors;

namespace SoGoc.Staff.Accounts;

/// <summary>Two fields and a button.</summary>
[Public]
internal sealed class SignInPage(Installation installation) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Account { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public bool Demonstration => installation.Demonstration;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var address = HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";
        var outcome = await Do<SignIns, SignIns.Entered>(s => s.SignIn(Account ?? "", Password ?? "", address, Request.Headers.UserAgent.ToString()));
        if (!outcome.Ok(out var entered))
        {
            return Page();
        }

        KnowWho.Give(HttpContext, entered.Secret);
        return entered.Owes ? LocalRedirect(SecondFactorPage.Path + (Url.IsLocalUrl(ReturnUrl) ? "?ReturnUrl=" + Uri.EscapeDataString(ReturnUrl) : "")) : entered.MustChange ? Redirect(ChangePasswordPage.Path) : LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
    }
}

/// <summary>Ends the session at once, here and in the database.</summary>
[Public]
internal sealed class SignOutPage : OfficePage
{
    public async Task<IActionResult> OnPostAsync()
    {
        if (Request.Cookies[KnowWho.Cookie] is { } secret)
        {
            await Do<SignIns, Done>(async s =>
            {
                await s.SignOut(secret);
                return Done.It;
            });
            Response.Cookies.Delete(KnowWho.Cookie);
        }

        return Redirect("/dang-nhap");
    }
}
