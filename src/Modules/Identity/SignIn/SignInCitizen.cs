using Microsoft.AspNetCore.Http;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Codes;
using SoGoc.Identity.Passkeys;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.SignIn;

/// <summary>The ways in: a passkey, a one-time code, a password. A number that nobody has, one without an account and a wrong secret are answered alike, after the same
/// work. Guessing is slowed per address, and per account for browsers it does not know, so that who guesses does not keep the holder out.</summary>
internal sealed class SignInCitizen(AccountBook accounts, CitizenSessions sessions, OneTimeCodes codes, Ceremonies ceremonies, Authenticator authenticator, NationalSettings national, RateLimit limit)
{
    private const int GuessesAtOnce = 5, CodesAtOnce = 4, AsksOfAddress = 200;

    /// <summary>The province has chosen that citizens come in by the national sign-in alone.</summary>
    public static Problem OnlyNational => Problem.Forbidden("identity.national-only");

    public async Task<Outcome<string>> SendCode(HttpContext http, string? number)
    {
        if (await OfAddress(http) is { } wait)
        {
            return wait;
        }

        var account = Usable(await accounts.ByNumber(number));
        return await Slow(http, account, number, "code", CodesAtOnce, TimeSpan.FromMinutes(2)) is { } slow ? slow : await codes.Send("sign-in", account?.Id, null, account?.Phone ?? account?.Email);
    }

    public async Task<Outcome<Done>> ByCode(HttpContext http, string? handle, string? code)
    {
        if (await OfAddress(http) is { } wait)
        {
            return wait;
        }

        var outcome = await codes.Take("sign-in", handle, code);
        if (!outcome.Ok(out var opened))
        {
            return outcome.Problems.ToList();
        }

        if (opened.Account is not { } id || Usable(await accounts.Find(id)) is null)
        {
            return Problem.Invalid("code", "identity.code-over");
        }

        await sessions.Begin(http, id, Assurance.Code);
        return Done.It;
    }

    public async Task<Outcome<Done>> ByPassword(HttpContext http, string? number, string? password)
    {
        var account = Usable(await accounts.ByNumber(number));
        if (await OfAddress(http) is { } wait || await Guess(http, account, number) is { } slow && (wait = slow) is not null)
        {
            return wait;
        }

        if (!Passwords.Matches(account?.PasswordHash, password))
        {
            return Problem.Invalid("password", "identity.wrong");
        }

        await sessions.Begin(http, account!.Id, Assurance.Password);
        return Done.It;
    }

    /// <summary>No guess is possible here, so nothing slows the holder.</summary>
    public async Task<Outcome<Done>> ByPasskey(HttpContext http, string? credential)
    {
        if (national.Only)
        {
            return OnlyNational;
        }

        var outcome = await ceremonies.Use(http, credential);
        if (!outcome.Ok(out var holder))
        {
            return outcome.Problems.ToList();
        }

        await sessions.Begin(http, holder.Account, Assurance.Passkey);
        return Done.It;
    }

    /// <summary>A further factor in a session that stands.</summary>
    public async Task<Outcome<Done>> Raise(HttpContext http, CitizenSession own, string factor, string? secret, string? handle)
    {
        if (national.Only)
        {
            return OnlyNational;
        }

        var account = await accounts.Find(own.Account);
        if (factor is Assurance.Password or Assurance.Totp && await Guess(http, account, own.Account.ToString()) is { } slow)
        {
            return slow;
        }

        var fault = factor switch
        {
            Assurance.Passkey => await ceremonies.Use(http, secret) is var used && used.Ok(out var holder) ? holder.Account == own.Account ? null : Problem.Invalid(null, "identity.passkey-other") : used.Problems[0],
            Assurance.Code => await codes.Take("step-up", handle, secret) is var taken && taken.Ok(out var opened) ? opened.Account == own.Account ? null : Problem.Invalid("code", "identity.code-over") : taken.Problems[0],
            Assurance.Counter => await codes.Take("activate", OneTimeCodes.Activation(own.Account), secret) is var given && given.IsGood ? null : given.Problems[0],
            Assurance.Totp => await authenticator.Takes(own.Account, secret) ? null : Problem.Invalid("totp", "identity.code-wrong"),
            _ => Passwords.Matches(account?.PasswordHash, secret) ? null : Problem.Invalid("password", "identity.wrong"),
        };
        if (fault is not null)
        {
            return fault;
        }

        await sessions.Raise(http, own, factor);
        return Done.It;
    }

    public async Task<Outcome<string>> SendStepUpCode(HttpContext http, CitizenSession own) => national.Only ? OnlyNational : await accounts.Find(own.Account) is not { } account ? Problem.Conflict("identity.closed")
        : await Slow(http, account, null, "code", CodesAtOnce, TimeSpan.FromMinutes(2)) is { } slow ? slow : await codes.Send("step-up", own.Account, null, account.Phone ?? account.Email);

    private static AccountRow? Usable(AccountRow? account) => account is { LockedAt: null } ? account : null;

    /// <summary>No way in where the province wants the national one alone; else as often as an address may.</summary>
    private async Task<Problem?> OfAddress(HttpContext http) => national.Only ? OnlyNational : await limit.Take($"citizen sign-in from {http.Connection.RemoteIpAddress}", AsksOfAddress, TimeSpan.FromSeconds(0.5));

    private Task<Problem?> Guess(HttpContext http, AccountRow? account, string? number) => Slow(http, account, number, "guess", GuessesAtOnce, TimeSpan.FromMinutes(1));

    /// <summary>A browser that the account knows has a measure of its own: what strangers use up is theirs.</summary>
    private async Task<Problem?> Slow(HttpContext http, AccountRow? account, string? number, string what, int atOnce, TimeSpan interval) => account is not null && await sessions.KnowsDevice(http, account.Id)
        ? await limit.Take($"{what} {account.Id} at {http.Request.Cookies[CitizenSessions.DeviceCookie]}", 2 * atOnce, interval / 4)
        : await limit.Take($"{what} {new string([.. (number ?? "").Where(char.IsAsciiDigit)])}", atOnce, interval);
}
