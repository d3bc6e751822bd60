using SoGoc.Identity.Accounts;
using SoGoc.Identity.Messages;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Security;

/// <summary>Adds and takes away ways to sign in. Done only shortly after a proof, as strong as the account has: a browser left open changes nothing. Each change is told to the holder.</summary>
internal sealed class ChangeFactors(Session session, Authenticator authenticator, NationalSettings national, Journal journal, Notices notices, TimeProvider clock)
{
    /// <summary>How fresh a proof has to be.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    private const string Ground = "yêu cầu của chủ tài khoản";

    public static Problem? TooWeak(CitizenSession own, DateTimeOffset now) => own.Level < own.AccountLevel ? Problem.Forbidden("identity.too-weak")
        : now - own.ProvedAt > Fresh ? Problem.Forbidden("identity.prove-again") : null;

    public async Task<Outcome<Done>> RemovePasskey(CitizenSession own, byte[] id)
    {
        if (TooWeak(own, clock.GetUtcNow()) is { } old)
        {
            return old;
        }

        return await session.Execute("delete from identity.passkey where account_id = $1 and id = $2", own.Account, id) == 1
            ? await Changed(own, Assurance.Passkey, false) : Problem.Missing("identity.no-passkey");
    }

    public async Task<Outcome<Done>> SetTotp(CitizenSession own, string? key, string? code) => MayAdd(own) is { } old ? old
        : await authenticator.Keep(own.Account, key, code) ? await Changed(own, Assurance.Totp, true) : Problem.Invalid("totp", "identity.code-wrong");

    public async Task<Outcome<Done>> RemoveTotp(CitizenSession own)
    {
        if (TooWeak(own, clock.GetUtcNow()) is { } old)
        {
            return old;
        }

        await session.Execute("update identity.account set totp_key = null, totp_step = null where id = $1", own.Account);
        return await Changed(own, Assurance.Totp, false);
    }

    public async Task<Outcome<Done>> SetPassword(CitizenSession own, string? password)
    {
        var number = await session.Value<string>("select number from population.person where id = $1", own.Person) ?? "?";
        if ((MayAdd(own) ?? Passwords.Refuses(password, number)) is { } problem)
        {
            return problem;
        }

        await session.Execute("update identity.account set password_hash = $2 where id = $1", own.Account, Passwords.Hash(password!));
        return await Changed(own, Assurance.Password, true);
    }

    /// <summary>The holder's own request (Luật Căn cước 26/2023, article 34); the counter unlocks.</summary>
    public async Task<Outcome<Done>> Lock(CitizenSession own)
    {
        await session.Execute("update identity.account set locked_at = $2, lock_reason = 'holder' where id = $1 and locked_at is null", own.Account, clock.GetUtcNow());
        await session.Execute("update identity.session set ended_at = $2 where account_id = $1 and ended_at is null", own.Account, clock.GetUtcNow());
        await journal.Add(own.Account, new AccountLocked(own.Account, "holder"), "Luật Căn cước 26/2023/QH15, điều 34");
        await notices.Changed(own.Account, "identity.locked-by-you");
        return Done.It;
    }

    /// <summary>Ways in of one's own are not added where the national sign-in is the only one.</summary>
    private Problem? MayAdd(CitizenSession own) => national.Only ? SignIn.SignInCitizen.OnlyNational : TooWeak(own, clock.GetUtcNow());

    private async Task<Outcome<Done>> Changed(CitizenSession own, string factor, bool added)
    {
        await journal.Add(own.Account, new FactorChanged(own.Account, factor, added), Ground);
        await notices.Changed(own.Account, $"identity.factor-{factor}");
        return Done.It;
    }
}
