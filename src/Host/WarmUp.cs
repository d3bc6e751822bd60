using SoGoc.Kernel.Data;
using SoGoc.Places;

namespace SoGoc.Host;

/// <summary>Fetches what the first official would otherwise wait for: units, connections, the pages of the names. Until it is done the Host says it is not ready.</summary>
internal sealed class WarmUp(IPlaces places, Reads reads, ILogger<WarmUp> log) : BackgroundService
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
                _ = places.Book.All.Count;
                await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => reads.Rows("select number from population.person where number = ''", r => r.GetString(0))));
                await reads.Rows("select key from population.name where syllables @> array['nguyen'] limit 1", r => r.GetString(0));
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
