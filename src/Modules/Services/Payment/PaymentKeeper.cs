using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Services.Payment.SandboxGateway;

namespace SoGoc.Services.Payment;

/// <summary>What goes on by itself: orders run out, the gateway is asked for refunds, and the one that is played tells what became of its payments. Any number of Hosts may.</summary>
internal sealed class PaymentKeeper(IServiceScopeFactory scopes, GatewayHttp http, SandboxSwitch sandbox, TimeProvider clock, ILogger<PaymentKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), Between = TimeSpan.FromMinutes(1);

    private DateTimeOffset looked;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                while (!stoppingToken.IsCancellationRequested && ((sandbox.IsOn && await Tell(stoppingToken)) | await Refund(stoppingToken)))
                {
                }

                if (!stoppingToken.IsCancellationRequested && clock.GetUtcNow() - looked is var since && since.Duration() > Between)
                {
                    looked = clock.GetUtcNow();
                    await Run<ExpireOrders, ExpireOrders.Expired>(f => f.Run());
                }
            }
            catch (Exception e) when (e is ObjectDisposedException || (e is OperationCanceledException && stoppingToken.IsCancellationRequested))
            {
                return;     // the Host is going
            }
            catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException)
            {
                log.LogWarning(e, "Payments could not be looked after; it is tried again.");
            }
        }
    }

    /// <summary>One telling of the gateway that is played.</summary>
    private async Task<bool> Tell(CancellationToken stop)
    {
        if ((await Run<TakeTelling, TakeTelling.Taken>(f => f.Run())).Value?.Telling is not { } telling)
        {
            return false;
        }

        string? fault;
        try
        {
            using var answer = await http.Send(telling.Url, TakeCallback.Kind, telling.Body, telling.Key, clock.GetUtcNow().ToUnixTimeSeconds(), stop);
            fault = answer.IsSuccessStatusCode ? null : $"HTTP {(int)answer.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            fault = e.GetType().Name;
        }

        await Run<NoteTelling, Done>(f => f.Run(telling, fault));
        return true;
    }

    /// <summary>One refund of the gateway.</summary>
    private async Task<bool> Refund(CancellationToken stop)
    {
        if ((await Run<TakeRefund, TakeRefund.Taken>(f => f.Run())).Value is not { Refund: { } refund } taken)
        {
            return false;
        }

        RefundAnswer answer;
        await using (var scope = Scope())
        {
            answer = await scope.ServiceProvider.GetRequiredService<IPaymentGateway>().Refund(refund, stop);
        }

        await Run<NoteRefund, Done>(f => f.Run(refund, taken.Attempt, answer));
        return true;
    }

    private async Task<Outcome<T>> Run<TFeature, T>(Func<TFeature, Task<Outcome<T>>> run) where TFeature : class
    {
        await using var scope = Scope();
        return await scope.ServiceProvider.GetRequiredService<Runner>().Run(run);
    }

    private AsyncServiceScope Scope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("payment"));
        return scope;
    }
}
