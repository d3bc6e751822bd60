using Microsoft.AspNetCore.Mvc;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Codes;
using SoGoc.Identity.Passkeys;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.SignIn;

/// <summary>A service asks for more than was shown: one more factor, of another kind, in the same session. What the account itself lacks is had at the counter.</summary>
[Citizen]
internal sealed class StepUpPage(AccountBook accounts, OneTimeCodes codes, Session session, NationalSettings national) : CitizenPage
{
    public bool NeedsCounter => Own.AccountLevel < 2;

    /// <summary>The national sign-in may show more than this session has: its level 2 is ours.</summary>
    public bool National => national.Issuer is not null;

    public bool NationalOnly => national.Only;

    public bool HasPasskey { get; private set; }

    /// <summary>Factors that are typed and of another kind than those shown.</summary>
    public IReadOnlyList<string> Typed { get; private set; } = [];

    public bool MaySend { get; private set; }

    public string? CodeHandle { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (Own.Level >= 2)
        {
            return GoOn();
        }

        await Look();
        return Page();
    }

    public async Task<IActionResult> OnPostOptionsAsync() => (await Do<Ceremonies, string>(c => c.AskToUse(HttpContext))).Ok(out var json) ? Content(json, "application/json") : StatusCode(503);

    public async Task OnPostSendAsync()
    {
        await Look();
        CodeHandle = (await Do<SignInCitizen, string>(s => s.SendStepUpCode(HttpContext, Own))).Ok(out var handle) ? handle : null;
    }

    public Task<IActionResult> OnPostPasskeyAsync(string? credential) => OnPostRaiseAsync(Assurance.Passkey, credential, null);

    public async Task<IActionResult> OnPostRaiseAsync(string factor, string? secret, string? codeHandle)
    {
        if ((await Do<SignInCitizen, Done>(s => s.Raise(HttpContext, Own, factor, secret, codeHandle))).IsGood)
        {
            return GoOn();
        }

        await Look();
        CodeHandle = factor == Assurance.Code ? codeHandle : null;
        return Page();
    }

    private async Task Look()
    {
        if (national.Only)
        {
            return;
        }

        var account = await accounts.Find(Own.Account);
        HasPasskey = await session.Value<int?>("select 1 from identity.passkey where account_id = $1 limit 1", Own.Account) is not null;
        var owned = Own.Factors.Any(f => f is not (Assurance.Password or Assurance.National));
        var activation = await codes.AwaitsActivation(Own.Account);
        Typed = [.. new[] { (Assurance.Counter, Has: activation), (Assurance.Password, Has: account?.PasswordHash is not null && owned), (Assurance.Totp, Has: account?.HasTotp == true && !owned) }.Where(f => f.Has).Select(f => f.Item1)];
        MaySend = !owned && (account?.Phone ?? account?.Email) is not null;
    }
}
