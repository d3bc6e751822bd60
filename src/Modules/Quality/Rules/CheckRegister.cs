using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Time;
using SoGoc.Quality.Measures;
using SoGoc.Quality.Work;

namespace SoGoc.Quality.Rules;

/// <summary>Asks all rules about the whole register, each base in a transaction of its own, and takes the measure of the day. A run that was cut off begins again with the base that it had not finished.</summary>
internal sealed class CheckRegister(Session session, Units units, FindingBook findings, TakeMeasure measure, EndCases desks, TimeProvider clock) : IJob
{
    public static string Kind => "quality.check-register";

    public async Task Run(JobRun run, CancellationToken stop)
    {
        var day = await session.Value<DateOnly>("select day from quality.run where id = $1 and ended_at is null", run.Subject);
        if (day == default)
        {
            return;
        }

        await session.Execute("set local jit = off");
        await units.Renew(day);
        await session.Commit(stop);
        var (rules, now, done) = (await Rule.All(session), clock.GetUtcNow(), 0);
        var (found, gone) = (0, 0);
        var bases = rules.GroupBy(r => r.Base).ToList();
        foreach (var of in bases)
        {
            stop.ThrowIfCancellationRequested();
            await session.Execute("set local jit = off");
            await session.Execute("set local work_mem = '256MB'");
            var kept = await findings.Keep(of.Key, [.. of], day, now, some: null);
            (found, gone) = (found + kept.Found, gone + kept.Gone);
            await session.Commit(stop);
            await run.Progress(++done, bases.Count + 1);
        }

        var persons = await measure.Run(day);
        await desks.Run(day);
        await session.Execute("update quality.run set (ended_at, persons, found, gone) = ($2, $3, $4, $5) where id = $1", run.Subject, clock.GetUtcNow(), persons, (long)found, (long)gone);
        await session.Commit(stop);
        await run.Progress(bases.Count + 1, bases.Count + 1);
    }
}
