using SoGoc.Kernel.Data;
using SoGoc.Kernel.Factors;

namespace SoGoc.Identity.Accounts;

/// <summary>A citizen's authenticator app: where its key and the step of its last code lie.</summary>
internal sealed class Authenticator(Session session, AppCodes codes)
{
    private const string Whose = "citizens authenticator";

    public async Task<bool> Keep(Guid account, string? key, string? code) => codes.First(Whose, key, code) is var (kept, step)
        && await session.Execute("update identity.account set totp_key = $2, totp_step = $3 where id = $1", account, kept, step) == 1;

    public async Task<bool> Takes(Guid account, string? code) => await session.Value<string?>("select totp_key from identity.account where id = $1", account) is { } kept && codes.StepOf(Whose, kept, code) is { } step
        && await session.Execute("update identity.account set totp_step = $2 where id = $1 and totp_step < $2", account, step) == 1;
}
