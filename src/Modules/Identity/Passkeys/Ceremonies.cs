using Microsoft.AspNetCore.Http;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Messages;
using SoGoc.Kernel.Factors;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Passkeys;

/// <summary>A citizen's passkeys: who may make one, and who is told of it. How they are made and shown is the Kernel's.</summary>
internal sealed class Ceremonies(Passkeys<IdentityModule> passkeys, NationalSettings national, Journal journal, Notices notices, TimeProvider clock)
{
    /// <summary>The options for <c>navigator.credentials.create</c>.</summary>
    public async Task<Outcome<string>> AskToMake(HttpContext http, CitizenSession own, string number) => MayMake(own) is { } weak ? weak : await passkeys.AskToMake(http, own.Account, number, own.Name);

    public async Task<Outcome<string>> AskToUse(HttpContext http) => await passkeys.AskToUse(http);

    public async Task<Outcome<Done>> Make(HttpContext http, CitizenSession own, string? credential, string? name)
    {
        if ((MayMake(own) ?? await passkeys.Make(http, own.Account, credential, name)) is { } problem)
        {
            return problem;
        }

        await journal.Add(own.Account, new FactorChanged(own.Account, Assurance.Passkey, true), "yêu cầu của chủ tài khoản");
        await notices.Changed(own.Account, "identity.factor-passkey");
        return Done.It;
    }

    /// <summary>The account whose device has signed.</summary>
    public Task<Outcome<Holder<IdentityModule>>> Use(HttpContext http, string? credential) => passkeys.Use(http, credential);

    private Problem? MayMake(CitizenSession own) => national.Only ? SignIn.SignInCitizen.OnlyNational : Security.ChangeFactors.TooWeak(own, clock.GetUtcNow());
}
