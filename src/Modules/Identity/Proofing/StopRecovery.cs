using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Identity.Accounts;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Proofing;

/// <summary>The holder stops that another telephone counts, by the code that came to the old one or by e-mail; he need not be able to sign in.</summary>
internal sealed class StopRecovery(Session session, Journal journal, CurrentActor actor, RateLimit limit, TimeProvider clock)
{
    /// <summary>Digits of the code: long enough to stand alone, without a number beside it.</summary>
    public const int Digits = 12;

    private const int TriesAtOnce = 10;

    public async Task<Outcome<Done>> Run(HttpContext http, string? code)
    {
        if (await limit.Take($"stop recovery from {http.Connection.RemoteIpAddress}", TriesAtOnce, TimeSpan.FromSeconds(30)) is { } slow)
        {
            return slow;
        }

        var stopped = await session.Row("update identity.recovery set decided_by = 'citizen:' || account_id, decided_at = $2, outcome = 'stopped' where stop_hash = $1 and decided_at is null returning account_id, person_id",
            r => Tuple.Create(r.GetGuid(0), r.GetGuid(1)), Secret.Hash(new string([.. (code ?? "").Where(char.IsAsciiDigit)])), clock.GetUtcNow());
        if (stopped is null)
        {
            return Problem.Invalid("code", "identity.no-recovery");
        }

        actor.Set(Actor.Citizen(stopped.Item1, "", stopped.Item2, 1));
        await journal.Add(stopped.Item1, new RecoveryStopped(stopped.Item1), "yêu cầu của chủ tài khoản");
        return Done.It;
    }
}

/// <summary>One field: the code from the message.</summary>
[Public]
[Citizen(0)]
internal sealed class StopRecoveryPage : CitizenPage
{
    public const string Path = "/dung-doi-so";

    public bool Stopped { get; private set; }

    public void OnGet()
    {
    }

    public async Task OnPostAsync(string? code) => Stopped = (await Do<StopRecovery, Done>(s => s.Run(HttpContext, code))).IsGood;
}
