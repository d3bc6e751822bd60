using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Factors;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Staff.Officials;

namespace SoGoc.Staff.Factors;

/// <summary>An official's own second factor: shown after the password, made, taken away. Who owes one and has it shows it; who has none yet makes it, within the days that the province gives;
/// afterwards only an administrator helps, or whoever knows a password could make one. In a session that stands factors change only shortly after the sign-in.</summary>
internal sealed class OwnFactors(Session session, FactorRows rows, Passkeys<StaffModule> passkeys, AppCodes codes, RateLimit limit, CurrentActor actor, Journal journal, TimeProvider clock)
{
    public const string Passkey = "passkey", Totp = "totp";

    private const string Whose = "officials authenticator", Ground = "tự làm trên trang tài khoản";

    private const int TriesAtOnce = 5, LongestId = 2000;

    /// <summary>How fresh a sign-in has to be.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>How it stands with the official of this session.</summary>
    /// <param name="Owes">The second factor is still to be shown, or made.</param>
    /// <param name="Barred">Why none can be made or taken away now; null: it can.</param>
    internal sealed record State(Factors Factors, bool Owes, Problem? Barred)
    {
        /// <summary>Nothing but a factor that he has leads on.</summary>
        public bool MustShow => Owes && Factors.Count > 0;
    }

    private Guid Self => Authority.Self(actor.Value);

    public async Task<Outcome<State>> Show(string? secret)
    {
        var factors = await rows.Of(Self);
        var now = clock.GetUtcNow();
        var (owes, since) = (await session.Row("select owes, made_at from staff.session where hash = $1 and official_id = $2", r => Tuple.Create(r.GetBoolean(0), r.Get<DateTimeOffset>(1)), Secret.Hash(secret), Self))!;
        var barred = !owes ? now - since > Fresh ? Problem.Forbidden("staff.prove-again") : null
            : factors.Count > 0 ? Problem.Forbidden("staff.second-first") : factors.Until < now ? Problem.Forbidden("staff.second-over") : null;
        return new State(factors, owes, barred);
    }

    /// <summary>What the device is to sign: to show a passkey, or to make one.</summary>
    public async Task<Outcome<string>> Options(HttpContext http, string? secret)
    {
        var state = (await Show(secret)).Value!;
        return state.MustShow ? await passkeys.AskToUse(http) : state.Barred is { } barred ? barred : await passkeys.AskToMake(http, Self, state.Factors.SignIn, state.Factors.Name);
    }

    /// <summary>A passkey is shown, or made. The secret of the session from now on.</summary>
    public async Task<Outcome<string>> TakePasskey(HttpContext http, string? secret, string? credential, string? name)
    {
        var state = (await Show(secret)).Value!;
        if (state.MustShow)
        {
            var used = await passkeys.Use(http, credential);
            return !used.Ok(out var holder) ? used.Problems.ToList() : holder.Account == Self ? await Pass(secret) : Problem.Invalid(null, "kernel.passkey-refused");
        }

        return (state.Barred ?? await passkeys.Make(http, Self, credential, name)) is { } problem ? problem : await Added(secret, Passkey);
    }

    /// <summary>A code of the app that he has.</summary>
    public async Task<Outcome<string>> TakeCode(string? secret, string? code)
    {
        if (await limit.Take($"official second factor {Self}", TriesAtOnce, TimeSpan.FromMinutes(1)) is { } slow)
        {
            return slow;
        }

        return await session.Value<string?>("select totp_key from staff.official where id = $1", Self) is { } kept && codes.StepOf(Whose, kept, code) is { } step
            && await session.Execute("update staff.official set totp_step = $2 where id = $1 and totp_step < $2", Self, step) == 1 ? await Pass(secret) : Problem.Invalid("code", "staff.code-wrong");
    }

    /// <summary>Keeps a new app, once its first code was right.</summary>
    public async Task<Outcome<string>> SetTotp(string? secret, string? key, string? code)
    {
        if ((await Show(secret)).Value!.Barred is { } barred)
        {
            return barred;
        }

        if (codes.First(Whose, key, code) is not var (kept, step))
        {
            return Problem.Invalid("code", "staff.code-wrong");
        }

        await session.Execute("update staff.official set totp_key = $2, totp_step = $3 where id = $1", Self, kept, step);
        return await Added(secret, Totp);
    }

    /// <param name="secret">Of the session.</param>
    /// <param name="passkey">Which passkey; null: the app.</param>
    public async Task<Outcome<Done>> Remove(string? secret, string? passkey)
    {
        var state = (await Show(secret)).Value!;
        if (state.Barred is { } barred)
        {
            return barred;
        }

        if (state.Factors is { Required: true, Count: 1 })
        {
            return Problem.Conflict("staff.second-last");
        }

        var gone = passkey is null ? await session.Execute("update staff.official set totp_key = null, totp_step = null where id = $1 and totp_key is not null", Self)
            : await session.Execute("delete from staff.passkey where official_id = $1 and id = $2", Self, passkey.Length < LongestId && Base64Url.IsValid(passkey) ? Base64Url.DecodeFromChars(passkey) : []);
        if (gone == 0)
        {
            return Problem.Missing("staff.no-factor");
        }

        await journal.Add(Self, new FactorRemoved(passkey is null ? Totp : Passkey), Ground);
        return Done.It;
    }

    /// <summary>Who has none yet goes on without, for some days.</summary>
    public async Task<Outcome<string>> Later(string? secret) => (await Show(secret)).Value!.Barred is { } barred ? barred : await Pass(secret);

    private async Task<Outcome<string>> Added(string? secret, string factor)
    {
        await journal.Add(Self, new FactorAdded(factor), Ground);
        return await Pass(secret);
    }

    /// <summary>Nothing more is owed; a new secret, so that who saw the old one gains nothing.</summary>
    private async Task<Outcome<string>> Pass(string? secret)
    {
        var fresh = Secret.Make();
        await session.Execute("update staff.session set hash = $2, owes = false where hash = $1 and official_id = $3", Secret.Hash(secret), Secret.Hash(fresh), Self);
        return fresh;
    }
}
