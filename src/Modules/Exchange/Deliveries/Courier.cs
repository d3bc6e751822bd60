using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Exchange.Deliveries;

/// <summary>Delivers what is due: to several partners at once, to each one event after another, so that a slow partner keeps nobody waiting but himself. Any number of Hosts may.</summary>
internal sealed class Courier(IServiceScopeFactory scopes, PartnerHttp http, TimeProvider clock, ILogger<Courier> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Guid, Task> busy = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await Take([.. busy.Keys]) is { } delivery && !stoppingToken.IsCancellationRequested)
                {
                    busy[delivery.Partner] = Carry(delivery, stoppingToken);
                }
            }
            catch (ObjectDisposedException)
            {
                return;     // the Host is going
            }
            catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException)
            {
                log.LogWarning(e, "Deliveries cannot be read; it is tried again.");
            }

            await Task.WhenAny([Task.Delay(Pause, stoppingToken), .. busy.Values]);
        }

        await Task.WhenAll(busy.Values);
    }

    private async Task Carry(Delivery delivery, CancellationToken stop)
    {
        // Not in the loop's own turn: it would not see that the partner is busy.
        await Task.Yield();
        try
        {
            await Note(delivery, await http.Send(delivery.Url, delivery.Id.ToString(), delivery.Secrets, clock.GetUtcNow(), delivery.Body, stop));
        }
        catch (Exception e) when (e is ObjectDisposedException || (e is OperationCanceledException && stop.IsCancellationRequested))
        {
            // Whether it arrived nobody knows: it is sent again under the same id.
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException)
        {
            log.LogWarning(e, "How a delivery ended cannot be written down; it is sent again under the same id.");
        }
        finally
        {
            busy.TryRemove(delivery.Partner, out _);
        }
    }

    private async Task<Delivery?> Take(Guid[] busyNow)
    {
        await using var scope = Scope();
        var taken = await scope.ServiceProvider.GetRequiredService<Runner>().Run<TakeDelivery, TakeDelivery.Taken>(f => f.Run(busyNow));
        return taken.Ok(out var delivery) ? delivery.Delivery : null;
    }

    private async Task Note(Delivery delivery, Attempt attempt)
    {
        await using var scope = Scope();
        await scope.ServiceProvider.GetRequiredService<Runner>().Run<NoteDelivery, Done>(f => f.Run(delivery, attempt));
    }

    private AsyncServiceScope Scope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("exchange"));
        return scope;
    }
}
