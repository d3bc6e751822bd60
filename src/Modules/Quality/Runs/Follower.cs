using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Runs;

/// <summary>Looks through the journal each second, and at night asks for runs over the whole register.</summary>
internal sealed class Follower(IServiceScopeFactory scopes, ILogger<Follower> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await Do<FollowChanges, FollowChanges.Followed>(f => f.Run()) is { More: true } && !stoppingToken.IsCancellationRequested)
                {
                }

                await Do<NightlyRuns, Done>(f => f.Run());
            }
            catch (ObjectDisposedException)
            {
                return;     // the Host is going
            }
            catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException)
            {
                log.LogWarning(e, "Changes cannot be followed; it is tried again.");
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<T?> Do<TFeature, T>(Func<TFeature, Task<Outcome<T>>> run) where TFeature : class where T : class
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("quality"));
        return (await scope.ServiceProvider.GetRequiredService<Runner>().Run(run)).Ok(out var done) ? done : null;
    }
}
