using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Time;
using SoGoc.Quality.Measures;
using SoGoc.Quality.Work;

namespace SoGoc.Quality.Rules;

/// <summary>Asks all rules about the whole register, two bases at a time and each in a transaction of its own, and takes the measure of the day. A run that was cut off begins again.</summary>
internal sealed class CheckRegister(Session session, IServiceScopeFactory scopes, Units units, TakeMeasure measure, EndCases desks, TimeProvider clock) : IJob
{
    /// <summary>The widest base takes as long as all others together; a third would only take from the machine what its users need.</summary>
    private const int AtOnce = 2;

    public static string Kind => "quality.check-register";

    public async Task Run(JobRun run, CancellationToken stop)
    {
        var day = await session.Value<DateOnly>("select day from quality.run where id = $1 and ended_at is null", run.Subject);
        if (day == default)
        {
            return;
        }

        await units.Renew(day);
        var (rules, now) = (await Rule.All(session), clock.GetUtcNow());
        await session.Commit(stop);
        List<Func<IServiceProvider, Task<FindingBook.Kept>>> parts =
            [.. rules.GroupBy(r => r.Base).OrderByDescending(of => of.Count()).Select(of => (Func<IServiceProvider, Task<FindingBook.Kept>>)(at => at.GetRequiredService<FindingBook>().Keep(of.Key, [.. of], day, now, some: null))), at => Late(at, day)];
        var (found, gone, done) = (0, 0, 0);
        await Parallel.ForEachAsync(parts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (part, stopped) =>
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System(Kind));
            var own = scope.ServiceProvider.GetRequiredService<Session>();
            await own.Execute("set local jit = off");
            await own.Execute("set local work_mem = '256MB'");
            var kept = await part(scope.ServiceProvider);
            await own.Commit(stopped);
            Interlocked.Add(ref found, kept.Found);
            Interlocked.Add(ref gone, kept.Gone);
            await run.Progress(Interlocked.Increment(ref done), parts.Count + 1);
        });
        var persons = await measure.Run(day);
        await desks.Run(day);
        await session.Execute("update quality.run set (ended_at, persons, found, gone) = ($2, $3, $4, $5) where id = $1", run.Subject, clock.GetUtcNow(), persons, (long)found, (long)gone);
        await session.Commit(stop);
        await run.Progress(parts.Count + 1, parts.Count + 1);
    }

    private static async Task<FindingBook.Kept> Late(IServiceProvider at, DateOnly day)
    {
        await at.GetRequiredService<TakeLateness>().Run(day);
        return new(0, 0);
    }
}
