using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Factors;

/// <summary>Making a passkey and showing one (Web Authentication, level 3), for citizens and officials alike. What a device is asked to sign stands in the database and is taken once: an answer
/// that is sent again, or for another browser, finds nothing. Who may make one, and what it opens, each module says.</summary>
public sealed class Passkeys<TOf>(Session session, IPasskeyHandler<Holder<TOf>> handler, UserManager<Holder<TOf>> holders, PasskeyTable<TOf> at, TimeProvider clock)
{
    private const string Cookie = "sogoc-hoi";
    private const int MostKeys = 10, MostLetters = 16_000, LongestName = 60;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    /// <summary>The options for <c>navigator.credentials.create</c>.</summary>
    public async Task<Outcome<string>> AskToMake(HttpContext http, Guid account, string name, string displayName)
    {
        if (await session.Value<long>($"select count(*) from {at.Table} where {at.Owner} = $1", account) >= MostKeys)
        {
            return Problem.Conflict("kernel.passkeys-enough");
        }

        var options = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = account.ToString(), Name = name, DisplayName = displayName }, http);
        await Keep(http, "make", account, options.AttestationState);
        return options.CreationOptionsJson;
    }

    /// <summary>The options for <c>navigator.credentials.get</c>: the same for everybody, so that they tell nothing about an account.</summary>
    public async Task<string> AskToUse(HttpContext http)
    {
        var options = await handler.MakeRequestOptionsAsync(null, http);
        await Keep(http, "use", null, options.AssertionState);
        return options.RequestOptionsJson;
    }

    /// <summary>Keeps a new passkey.</summary>
    /// <param name="name">What its holder calls the device; what the browser says of itself if he calls it nothing.</param>
    public async Task<Problem?> Make(HttpContext http, Guid account, string? credential, string? name)
    {
        if (await Take(http, "make", account) is not { } state || credential is not { Length: > 0 and < MostLetters })
        {
            return Problem.Invalid(null, "kernel.passkey-stale");
        }

        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = credential, AttestationState = state });
        if (!result.Succeeded)
        {
            return Problem.Invalid(null, "kernel.passkey-refused");
        }

        var label = string.IsNullOrWhiteSpace(name) ? DeviceName.Of(http.Request.Headers.UserAgent) : name.Trim();
        result.Passkey.Name = label[..Math.Min(label.Length, LongestName)];
        await holders.AddOrUpdatePasskeyAsync(new Holder<TOf>(account), result.Passkey);
        return null;
    }

    /// <summary>The account whose device has signed.</summary>
    public async Task<Outcome<Holder<TOf>>> Use(HttpContext http, string? credential)
    {
        if (await Take(http, "use", null) is not { } state || credential is not { Length: > 0 and < MostLetters })
        {
            return Problem.Invalid(null, "kernel.passkey-stale");
        }

        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded)
        {
            return Problem.Invalid(null, "kernel.passkey-refused");
        }

        await holders.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return result.User;
    }

    private async Task Keep(HttpContext http, string kind, Guid? account, string? state)
    {
        var handle = Secret.Make();
        await session.Execute("delete from kernel.challenge where expires_at < $1", clock.GetUtcNow());
        await session.Execute("insert into kernel.challenge (hash, of, kind, holder, state, expires_at) values ($1, $2, $3, $4, $5, $6)",
            Secret.Hash(handle), at.Table, kind, ((object?)account).As(NpgsqlTypes.NpgsqlDbType.Uuid), state ?? "", clock.GetUtcNow() + Lasts);
        http.Response.Cookies.Append(Cookie, handle, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", MaxAge = Lasts });
    }

    /// <summary>Gone at once, whatever comes of it: the row is deleted in a transaction of its own.</summary>
    private async Task<string?> Take(HttpContext http, string kind, Guid? account)
    {
        var state = await session.Row("delete from kernel.challenge where hash = $1 and of = $2 and kind = $3 and holder is not distinct from $4 and expires_at >= $5 returning state", r => r.GetString(0),
            Secret.Hash(http.Request.Cookies[Cookie]), at.Table, kind, ((object?)account).As(NpgsqlTypes.NpgsqlDbType.Uuid), clock.GetUtcNow());
        await session.Commit();
        http.Response.Cookies.Delete(Cookie);
        return state;
    }
}

/// <summary>Passkeys for the accounts of a module.</summary>
public static class PasskeyServices
{
    public static void AddPasskeys<TOf>(this IServiceCollection services, PasskeyTable<TOf> at)
    {
        services.AddSingleton(at);
        services.AddIdentityCore<Holder<TOf>>().AddUserStore<PasskeyStore<TOf>>();
        services.AddScoped<IPasskeyHandler<Holder<TOf>>, PasskeyHandler<Holder<TOf>>>();
        services.Configure<IdentityPasskeyOptions>(o => (o.ResidentKeyRequirement, o.UserVerificationRequirement, o.AuthenticatorTimeout) = ("required", "required", TimeSpan.FromMinutes(5)));
        services.AddScoped<Passkeys<TOf>>();
    }
}
