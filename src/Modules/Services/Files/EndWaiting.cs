using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;

namespace SoGoc.Services.Files;

/// <summary>Stops files whose citizen has let the time for a supplement pass, and tells him; nothing is lost, and he may hand in anew.</summary>
internal sealed class EndWaiting(Session session, FileSteps steps, Sentences say, TimeProvider clock)
{
    private const int Most = 200;

    /// <param name="Stopped">How many were stopped.</param>
    internal sealed record Ended(int Stopped);

    public async Task<Outcome<Ended>> Run()
    {
        var left = await session.Rows($"select {ServiceFile.Columns} from services.file f where f.status = 5 and f.supplement_until < $1 order by f.supplement_until limit {Most} for no key update skip locked", ServiceFile.Read, clock.Today());
        foreach (var file in left)
        {
            var (with, why) = (new Statements(), say.All["services.not-supplemented"].Vi);
            with.Add("update services.file set status = $2, refusal = $3 where id = $1", file.Id, (short)(file.Before == FileStatus.Submitted ? FileStatus.NotReceived : FileStatus.Stopped), why);
            var h = await steps.Of(file);
            await steps.Write(h, with, new FileRefused(file.Code, (short)(file.Before == FileStatus.Submitted ? FileStatus.NotReceived : FileStatus.Stopped), why), "services.told-refused", h.Procedure.Name);
        }

        return new Ended(left.Count);
    }
}

/// <summary>Looks each quarter of an hour for files whose time has passed.</summary>
internal sealed class FileKeeper(IServiceScopeFactory scopes, ILogger<FileKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                while (!stoppingToken.IsCancellationRequested && await Look() > 0)
                {
                }
            }
            catch (ObjectDisposedException)
            {
                return;     // the Host is going
            }
            catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException)
            {
                log.LogWarning(e, "Files that wait could not be looked through; it is tried again.");
            }
        }
    }

    private async Task<int> Look()
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("services"));
        var ended = await scope.ServiceProvider.GetRequiredService<Runner>().Run<EndWaiting, EndWaiting.Ended>(f => f.Run());
        return ended.Ok(out var done) ? done.Stopped : 0;
    }
}
