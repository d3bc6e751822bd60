using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Web;

namespace SoGoc.Exchange.Obligations;

/// <summary>Looks through the journal each second, as the sealer goes on.</summary>
internal sealed class Announcer(IServiceScopeFactory scopes, ILogger<Announcer> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await Look() && !stoppingToken.IsCancellationRequested)
                {
                }
            }
            catch (ObjectDisposedException)
            {
                return;     // the Host is going
            }
            catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException)
            {
                log.LogWarning(e, "Events cannot be announced; it is tried again.");
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> Look()
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("exchange"));
        var looked = await scope.ServiceProvider.GetRequiredService<Runner>().Run<Announce, Announce.Looked>(f => f.Run());
        return looked.Ok(out var done) && done.More;
    }
}
