using Microsoft.AspNetCore.Http;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.OpenId;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.SignIn;

/// <summary>Ends sessions here and, for each, at the agencies' systems that were signed in through it.</summary>
internal sealed class EndSessions(CitizenSessions sessions, TellLogout logout)
{
    public async Task<Outcome<Done>> Current(HttpContext http)
    {
        if (await sessions.Of(http) is { } own)
        {
            await logout.Queue(await sessions.End(own.Account, own.Sid));
        }

        CitizenSessions.Forget(http);
        return Done.It;
    }

    public async Task<Outcome<Done>> One(CitizenSession own, Guid sid)
    {
        await logout.Queue(await sessions.End(own.Account, sid));
        return Done.It;
    }

    public async Task<Outcome<Done>> Others(CitizenSession own)
    {
        await logout.Queue(await sessions.End(own.Account, null, own.Sid));
        return Done.It;
    }
}
