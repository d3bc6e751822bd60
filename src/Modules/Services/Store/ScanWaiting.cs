using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SoGoc.Identity;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Services.Store;

/// <summary>Has papers scanned for which the scanner did not answer, or which came before there was one. Infected ones lose their bytes, and their citizen is told.</summary>
internal sealed class ScanWaiting(Session session, Scanner scanner, Journal journal, ICitizens citizens, Sentences say, TimeProvider clock)
{
    private const int AtOnce = 20, MostSilent = 3;

    /// <param name="Scanned">How many the scanner has answered for.</param>
    internal sealed record Done(int Scanned, int Infected);

    public async Task<Outcome<Done>> Run()
    {
        var (scanned, infected, silent) = (0, 0, 0);
        if (!scanner.IsThere)
        {
            return new Done(0, 0);
        }

        foreach (var (id, person, kind, digest) in await session.Rows($"select id, person_id, kind, digest from services.paper where state in ('unscanned', 'waiting') order by given_at limit {AtOnce} for update skip locked", r => (r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.Get<byte[]>(3))))
        {
            var scan = await scanner.Ask(await session.Value<byte[]>("select bytes from services.paper_bytes where digest = $1", digest) ?? []);
            if (scan is Scan.Waiting)
            {
                // It is away, and nothing is lost; or it does not like this one, which keeps no other back.
                if (++silent == MostSilent)
                {
                    break;
                }

                continue;
            }

            scanned++;
            await session.Execute("update services.paper set state = $2, scanned_at = $3 where id = $1", id, PaperShelf.Word(scan), clock.GetUtcNow());
            if (scan is Scan.Infected)
            {
                infected++;
                await journal.Add(id, new PaperInfected(kind, Convert.ToHexStringLower(digest)), "clamd");
                await citizens.Tell(person, say.All["services.told-infected"].Vi);
            }
        }

        return new Done(scanned, infected);
    }
}

/// <summary>Sweeps away bytes that no paper has any more, and what forms had that nobody goes on with.</summary>
internal sealed class SweepPapers(Session session, TimeProvider clock)
{
    /// <param name="Swept">How many contents are gone.</param>
    internal sealed record Done(int Swept);

    public async Task<Outcome<Done>> Run()
    {
        if (!await session.Value<bool>("select pg_try_advisory_xact_lock(hashtextextended($1, 0))", PaperShelf.Sweeping))
        {
            return new Done(0);
        }

        await session.Execute("delete from services.draft_paper d where d.put_at < $1 and not exists (select from services.draft f where f.account_id = d.account_id and f.once = d.once)", clock.GetUtcNow() - Files.DraftBook.Kept);
        await session.Execute("delete from services.draft where saved_at < $1", clock.GetUtcNow() - Files.DraftBook.Kept);
        return new Done(await session.Execute("delete from services.paper_bytes b where not exists (select from services.paper p where p.held = b.digest) and not exists (select from services.result_paper r where r.digest = b.digest)"));
    }
}

/// <summary>Looks each minute for papers that wait for the scanner, and sweeps each hour.</summary>
internal sealed class PaperKeeper(IServiceScopeFactory scopes, ILogger<PaperKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        const int hour = 60;
        for (var minute = 0; !stoppingToken.IsCancellationRequested; minute++)
        {
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                while (!stoppingToken.IsCancellationRequested && await Look<ScanWaiting, ScanWaiting.Done>(f => f.Run()) is { Scanned: > 0 })
                {
                }

                if (minute % hour == 0)
                {
                    await Look<SweepPapers, SweepPapers.Done>(f => f.Run());
                }
            }
            catch (ObjectDisposedException)
            {
                return;     // the Host is going
            }
            catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException)
            {
                log.LogWarning(e, "Papers could not be looked through; it is tried again.");
            }
        }
    }

    private async Task<T?> Look<TFeature, T>(Func<TFeature, Task<Outcome<T>>> run) where TFeature : class
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("services"));
        return (await scope.ServiceProvider.GetRequiredService<Runner>().Run(run)).Value;
    }
}
