using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Organisations;
using SoGoc.Identity.Proofing;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Identity.OpenId;

/// <summary>What has to be done from time to time: delivers logouts, lets telephones count whose time has come, takes up new keys, ends representations that are over, and forgets what has run out.</summary>
internal sealed class Housekeeping(IServiceScopeFactory scopes, TokenKeys keys, DeliverLogouts logouts, SeenOnce seen, FinishRecoveries recoveries, RateLimit limit, IServer server, TimeProvider clock, ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(2), Seldom = TimeSpan.FromMinutes(5), Rarely = TimeSpan.FromHours(1), Kept = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Often);
        for (var round = 0; await Wait(timer, stoppingToken); round++)
        {
            try
            {
                while (await logouts.Next(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost", stoppingToken))
                {
                }

                await recoveries.Run();
                if (round % (int)(Seldom / Often) == 0)
                {
                    await Tidy(stoppingToken);
                }

                if (round % (int)(Rarely / Often) == 0)
                {
                    await EndWhatIsOver();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or OpenIddictExceptions.ConcurrencyException or InvalidOperationException)
            {
                log.LogWarning(e, "Housekeeping cannot reach the database; it tries again.");
            }
        }
    }

    private static async Task<bool> Wait(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task EndWhatIsOver()
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("representations"));
        var runner = scope.ServiceProvider.GetRequiredService<Runner>();
        await runner.Run<EndRepresentations, Done>(e => e.Run());
        await runner.Run<EndOrganisations, Done>(e => e.Run());
    }

    private async Task Tidy(CancellationToken stop)
    {
        keys.Look();
        await seen.Tidy();
        await limit.Tidy();
        await logouts.Forget(stop);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(clock.GetUtcNow() - Kept, stop);
    }
}
