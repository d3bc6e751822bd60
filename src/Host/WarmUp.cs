using SoGoc.Kernel.Modules;

namespace SoGoc.Host;

/// <summary>Fetches what the first official would otherwise wait for: units, connections, the pages of the names. Until it is done the Host says it is not ready.</summary>
internal sealed class WarmUp(IEnumerable<IModule> modules, IServiceProvider services, ILogger<WarmUp> log) : BackgroundService
{
    private volatile bool done;

    public bool Done => done;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!done && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Yield();
                foreach (var module in modules)
                {
                    await module.WarmUp(services);
                }

                done = true;
            }
            catch (Npgsql.NpgsqlException e)
            {
                log.LogWarning(e, "The database is not there yet.");
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
