using System.Buffers.Text;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Passkeys;
using SoGoc.Identity.SignIn;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Factors;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Identity.Security;

/// <summary>Passkeys, authenticator, password, and where the account is signed in.</summary>
[Citizen]
internal sealed class SecurityPage(Session session, AccountBook accounts, Reads reads, NationalSettings national, TimeProvider clock) : CitizenPage
{
    internal sealed record Key(string Id, string Name, DateTimeOffset MadeAt, DateTimeOffset? UsedAt);

    internal sealed record Linked(string Host, int Level, DateTimeOffset Since, DateTimeOffset SeenAt);

    internal sealed record SignedIn(Guid Sid, string Device, DateTimeOffset MadeAt, DateTimeOffset SeenAt, bool Here);

    public IReadOnlyList<Key> Keys { get; private set; } = [];

    public IReadOnlyList<SignedIn> Sessions { get; private set; } = [];

    /// <summary>Accounts of the national sign-in that come in here.</summary>
    public IReadOnlyList<Linked> Links { get; private set; } = [];

    /// <summary>Ways in of one's own are not offered.</summary>
    public bool NationalOnly => national.Only;

    public bool HasTotp { get; private set; }

    public bool HasPassword { get; private set; }

    /// <summary>Why nothing can be changed now: the proof is not fresh, or weaker than the account.</summary>
    public string? Barred => ChangeFactors.TooWeak(Own, clock.GetUtcNow())?.Code;

    /// <summary>Just opened: a passkey is the next thing to do.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Moi { get; set; }

    /// <summary>A new authenticator key, shown until its first code was right.</summary>
    [BindProperty]
    public string? TotpKey { get; set; }

    public string? TotpPicture { get; private set; }

    public Task OnGetAsync() => Look();

    public async Task<IActionResult> OnPostOptionsAsync()
    {
        var number = (await reads.Rows("select number from population.person where id = $1", r => r.Text(0), Own.Person)).FirstOrDefault();
        return (await Do<Ceremonies, string>(c => c.AskToMake(HttpContext, Own, number ?? Own.Name))).Ok(out var json) ? Content(json, "application/json") : StatusCode(409);
    }

    public Task<IActionResult> OnPostPasskeyAsync(string? credential, string? name) => Changed<Ceremonies>(c => c.Make(HttpContext, Own, credential, name));

    public Task<IActionResult> OnPostRemoveAsync(string? id) =>
        Changed<ChangeFactors>(c => c.RemovePasskey(Own, id is { Length: < 2000 } && Base64Url.IsValid(id) ? Base64Url.DecodeFromChars(id) : []));

    public async Task OnPostNewTotpAsync()
    {
        await Look();
        TotpKey = AppCodes.MakeKey();
        TotpPicture = AppCodes.Picture(TotpKey);
    }

    public async Task<IActionResult> OnPostTotpAsync(string? totp)
    {
        var page = await Changed<ChangeFactors>(c => c.SetTotp(Own, TotpKey, totp));
        TotpPicture = AppCodes.Picture(TotpKey);
        return page;
    }

    public Task<IActionResult> OnPostRemoveTotpAsync() => Changed<ChangeFactors>(c => c.RemoveTotp(Own));

    public Task<IActionResult> OnPostPasswordAsync(string? password) => Changed<ChangeFactors>(c => c.SetPassword(Own, password));

    public Task<IActionResult> OnPostEndAsync(Guid sid) => Changed<EndSessions>(e => e.One(Own, sid));

    public Task<IActionResult> OnPostEndOthersAsync() => Changed<EndSessions>(e => e.Others(Own));

    public async Task<IActionResult> OnPostLockAsync()
    {
        await Do<ChangeFactors, Done>(c => c.Lock(Own));
        CitizenSessions.Forget(HttpContext);
        return Redirect(Gate.CitizenSignInPath);
    }

    private async Task<IActionResult> Changed<TFeature>(Func<TFeature, Task<Outcome<Done>>> change) where TFeature : class
    {
        if ((await Do(change)).IsGood)
        {
            return LocalRedirect("/cua-toi/bao-mat");
        }

        await Look();
        return Page();
    }

    private async Task Look()
    {
        var account = await accounts.Find(Own.Account);
        (HasTotp, HasPassword) = (account?.HasTotp == true, account?.PasswordHash is not null);
        Keys = await session.Rows("select id, name, made_at, used_at from identity.passkey where account_id = $1 order by made_at",
            r => new Key(Base64Url.EncodeToString(r.Get<byte[]>(0)), r.GetString(1), r.Get<DateTimeOffset>(2), r.Maybe<DateTimeOffset>(3)), Own.Account);
        Links = await session.Rows("select issuer, level, since, seen_at from identity.national_link where account_id = $1 order by since",
            r => new Linked(new Uri(r.GetString(0)).Host, r.GetInt16(1), r.Get<DateTimeOffset>(2), r.Get<DateTimeOffset>(3)), Own.Account);
        Sessions = await session.Rows("select sid, device, made_at, seen_at from identity.session where account_id = $1 and ended_at is null and expires_at > $2 order by made_at desc",
            r => new SignedIn(r.GetGuid(0), r.GetString(1), r.Get<DateTimeOffset>(2), r.Get<DateTimeOffset>(3), r.GetGuid(0) == Own.Sid), Own.Account, clock.GetUtcNow());
    }
}
