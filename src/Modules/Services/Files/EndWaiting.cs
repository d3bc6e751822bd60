using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Services.Visits;

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
            await steps.Stop(await steps.Of(file), say.All["services.not-supplemented"].Vi, tell: true);
        }

        return new Ended(left.Count);
    }
}

/// <summary>Stops files of those who have died meanwhile: nothing can be given to them any more. What is about another whom the form names, a birth or a death, goes on: the office decides it by what it has, and whoever of the household comes to it
/// goes on with it.</summary>
internal sealed class EndOfDead(Session session, FileSteps steps, Sentences say)
{
    private const int Most = 200;

    public async Task<Outcome<EndWaiting.Ended>> Run()
    {
        var left = await session.Rows($"""
            select {ServiceFile.Columns} from services.file f join population.person p on p.id = f.subject_id join services.procedure v on v.code = f.procedure and v.version = f.version
             where f.status in (1, 2, 4, 5, 6) and p.status = 'dead' and not coalesce((v.body ->> 'outlives')::boolean, false) order by f.submitted_at limit {Most} for no key update of f skip locked
            """, ServiceFile.Read);
        foreach (var file in left)
        {
            // Word of it goes to who lives: a parent, a guardian.
            await steps.Stop(await steps.Of(file), say.All["services.subject-died"].Vi, tell: file.Applicant != file.Subject);
        }

        return new EndWaiting.Ended(left.Count);
    }
}

/// <summary>Looks each quarter of an hour for files whose time has passed or goes by, whose citizen has died, or whose office is no more; and after bookings and queues.</summary>
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
                foreach (var look in new[] { Moved, Waited, Reminded, Unpaid, Died, Warned, VisitsMoved, VisitorsDied, VisitsReminded, DaysClosed })
                {
                    while (!stoppingToken.IsCancellationRequested && await Look(look) > 0)
                    {
                    }
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

    private async Task<int> Look(Func<Runner, Task<int>> run)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("services"));
        return await run(scope.ServiceProvider.GetRequiredService<Runner>());
    }

    private static async Task<int> Waited(Runner runner) => (await runner.Run<EndWaiting, EndWaiting.Ended>(f => f.Run())).Value?.Stopped ?? 0;

    private static async Task<int> Reminded(Runner runner) => (await runner.Run<RemindUnpaid, EndWaiting.Ended>(f => f.Run())).Value?.Stopped ?? 0;

    private static async Task<int> Unpaid(Runner runner) => (await runner.Run<EndUnpaid, EndWaiting.Ended>(f => f.Run())).Value?.Stopped ?? 0;

    private static async Task<int> Warned(Runner runner) => (await runner.Run<WarnFiles, WarnFiles.Warned>(f => f.Run())).Value?.Looked ?? 0;

    private static async Task<int> Died(Runner runner) => (await runner.Run<EndOfDead, EndWaiting.Ended>(f => f.Run())).Value?.Stopped ?? 0;

    private static async Task<int> Moved(Runner runner) => (await runner.Run<FollowOffices, FollowOffices.Followed>(f => f.Run())).Value?.Moved ?? 0;

    private static async Task<int> VisitsMoved(Runner runner) => (await runner.Run<FollowCounters, FollowOffices.Followed>(f => f.Run())).Value?.Moved ?? 0;

    private static async Task<int> VisitorsDied(Runner runner) => (await runner.Run<EndVisitsOfDead, EndWaiting.Ended>(f => f.Run())).Value?.Stopped ?? 0;

    private static async Task<int> VisitsReminded(Runner runner) => (await runner.Run<RemindVisitors, RemindVisitors.Reminded>(f => f.Run())).Value?.Visitors ?? 0;

    private static async Task<int> DaysClosed(Runner runner) => (await runner.Run<CloseDays, CloseDays.Closed>(f => f.Run())).Value?.Missed ?? 0;
}
