using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Quality.Duplicates;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Runs;

/// <summary>Asks for a run over the whole register: the search for duplicates, and then the rules, one of which looks at what it has proposed.</summary>
internal sealed class AskForRun(Session session, JobBook jobs, TimeProvider clock)
{
    public const string Rules = "rules", Duplicates = "duplicates";

    /// <summary>A run that has not ended after so many hours is lost, and the next may begin.</summary>
    private const int Lost = 12;

    internal sealed record Request;

    /// <param name="Duplicates">The run that looks for duplicates.</param>
    /// <param name="Rules">The run that asks the rules.</param>
    internal sealed record Asked(Guid Duplicates, Guid Rules);

    public async Task<Outcome<Asked>> Run(Request _) => new Asked(await Ask<SeekDuplicates>(Duplicates), await Ask<CheckRegister>(Rules));

    /// <summary>One of a kind at a time: while one is under way, that one.</summary>
    private async Task<Guid> Ask<TJob>(string kind) where TJob : IJob
    {
        await session.Execute("select pg_advisory_xact_lock(hashtext('quality.run'))");
        var now = clock.GetUtcNow();
        var id = await session.Value<Guid>("select id from quality.run where kind = $1 and ended_at is null and begun_at > $2 order by begun_at desc limit 1", kind, now.AddHours(-Lost));
        if (id == Guid.Empty)
        {
            id = Guid.CreateVersion7(now);
            await session.Execute("insert into quality.run (id, kind, day, begun_at) values ($1, $2, $3, $4)", id, kind, clock.Today(), now);
        }

        await jobs.Ask<TJob>(id);
        return id;
    }
}

/// <summary>Asks once a night, and where a night was missed as soon as it is noticed.</summary>
internal sealed class NightlyRuns(Session session, AskForRun ask, TimeProvider clock)
{
    /// <summary>Hours of the offices' clock between which the night lies.</summary>
    private const int First = 1, Last = 4;

    public async Task<Outcome<Done>> Run()
    {
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        var begun = (await session.Rows("select max(begun_at) from quality.run where kind = $1", r => r.Maybe<DateTimeOffset>(0), AskForRun.Rules))[0];
        var night = OfficeTime.Local(now).Hour is >= First and <= Last;
        if (begun is null ? night : (night && OfficeTime.DayOf(begun.Value) < today) || now - begun > TimeSpan.FromHours(36))
        {
            await ask.Run(new AskForRun.Request());
        }

        return new Done();
    }
}

/// <inheritdoc/>
internal sealed class QualityRuns(AskForRun ask, Session session) : IQualityRuns
{
    public async Task<IReadOnlyList<Guid>> Ask()
    {
        var asked = await ask.Run(new AskForRun.Request());
        await session.Commit();
        return asked.Ok(out var runs) ? [runs.Duplicates, runs.Rules] : [];
    }

    public async Task<(IReadOnlyList<(string Measure, long Good, long Persons)> Measures, IReadOnlyList<(string Rule, long Open)> Findings)> Tell()
    {
        var measures = await session.Rows("select measure, sum(good)::bigint, sum(persons)::bigint from quality.measure where day = (select max(day) from quality.measure) group by measure",
            r => (r.GetString(0), r.GetInt64(1), r.GetInt64(2)));
        var findings = await session.Rows("select rule, count(*) from quality.finding where gone_at is null group by rule order by rule", r => (r.GetString(0), r.GetInt64(1)));
        return ([.. measures.OrderBy(m => Array.IndexOf(Quality.Rules.Rule.Measures, m.Item1))], findings);
    }
}
