using SoGoc.Kernel.Data;

namespace SoGoc.Kernel.Jobs;

/// <summary>A kind of long work. It may be killed at any moment and run again: it must go on where its last commit stopped.</summary>
public interface IJob
{
    static abstract string Kind { get; }

    Task Run(JobRun run, CancellationToken stop);
}

/// <summary>How far a job is. Rate and time left follow from what the present worker has done since it began, so that they are right after a crash too.</summary>
public sealed record JobState(long Id, string State, long Done, long Total, int Attempts, string? Fault, DateTimeOffset? BegunAt, long BegunDone)
{
    public bool Waits => State == "waiting";

    public double Share => Total == 0 ? 0 : Math.Clamp((double)Done / Total, 0, 1);

    /// <summary>Units a second; 0 while nothing can be said.</summary>
    public double Rate(DateTimeOffset now) => BegunAt is { } begun && now > begun ? Math.Max(0, Done - BegunDone) / (now - begun).TotalSeconds : 0;

    public TimeSpan? Left(DateTimeOffset now) => Rate(now) is > 0 and var rate && Total >= Done ? TimeSpan.FromSeconds((Total - Done) / rate) : null;
}

/// <summary>Asks for work and looks how far it is, in the session's transaction.</summary>
public sealed class JobBook(Session session, TimeProvider clock, JobSignal signal)
{
    /// <summary>Once a subject and kind; asking again while it waits only takes back a wish to stop it.</summary>
    public async Task Ask<TJob>(Guid subject) where TJob : IJob
    {
        await session.Execute("insert into kernel.job (kind, subject, asked_at) values ($1, $2, $3) on conflict (kind, subject) where state = 'waiting' do update set cancel = false",
            TJob.Kind, subject, clock.GetUtcNow());
        signal.Ring();
    }

    public Task<int> Cancel(Guid subject) => session.Execute("update kernel.job set cancel = true where subject = $1 and state = 'waiting'", subject);

    public Task<JobState?> Latest(Guid subject) => session.Row(
        "select id, state, done, total, attempts, fault, begun_at, begun_done from kernel.job where subject = $1 order by id desc limit 1",
        r => new JobState(r.GetInt64(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetInt32(4), r.Text(5), r.Maybe<DateTimeOffset>(6), r.GetInt64(7)), subject);
}

/// <summary>Wakes the worker of this process at once; others look every second.</summary>
public sealed class JobSignal : IDisposable
{
    private readonly SemaphoreSlim bell = new(0, 1);

    public void Ring()
    {
        try
        {
            bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }

    public Task<bool> Wait(TimeSpan atMost, CancellationToken stop) => bell.WaitAsync(atMost, stop);

    public void Dispose() => bell.Dispose();
}

/// <summary>A running job: its subject, and where it tells how far it is. Telling is not part of the work's transactions.</summary>
public sealed class JobRun(Database database, JobState begun, Guid subject, Action<JobState>? tell = null)
{
    public Guid Subject => subject;

    /// <summary>Writes the progress; throws <see cref="OperationCanceledException"/> when somebody asked to stop.</summary>
    public async Task Progress(long done, long total)
    {
        tell?.Invoke(begun with { Done = done, Total = total });
        if ((await database.RowsAlone("update kernel.job set done = $2, total = $3 where id = $1 returning cancel", r => r.GetBoolean(0), begun.Id, done, total)).Contains(true))
        {
            throw new OperationCanceledException("The job was cancelled by an official.");
        }
    }
}
