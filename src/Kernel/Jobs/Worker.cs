using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;

namespace SoGoc.Kernel.Jobs;

/// <summary>Which class does which kind of work.</summary>
public sealed record JobKind(string Kind, Type Type);

/// <summary>Takes waiting jobs one after another. While it works it holds an advisory lock on the job's id over a connection of its own:
/// when the process dies the lock goes with it, and the next worker, here or on another machine, goes on.</summary>
public sealed class Worker(Database database, IServiceScopeFactory scopes, IEnumerable<JobKind> kinds, JobSignal signal, TimeProvider clock, ILogger<Worker> log) : BackgroundService
{
    private const int LockSpace = 0x6A6F62; // "job"
    private readonly Dictionary<string, Type> types = kinds.ToDictionary(k => k.Kind, k => k.Type);

    private sealed record Waiting(long Id, string Kind, Guid Subject);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await RunNext(stoppingToken))
                {
                    await signal.Wait(TimeSpan.FromSeconds(1), stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException e)
            {
                log.LogWarning(e, "The worker cannot reach the database; it tries again.");
                await signal.Wait(TimeSpan.FromSeconds(2), stoppingToken);
            }
        }
    }

    /// <summary>Runs the waiting job of one subject here and now, as the command line does; false when another worker has it, null when none waits.</summary>
    public async Task<bool?> RunNow(Guid subject, Action<JobState> tell, CancellationToken stop)
    {
        await using var connection = await database.App.OpenConnectionAsync(stop);
        var job = (await Candidates(connection)).FirstOrDefault(j => j.Subject == subject);
        return job is null ? null : await TryRun(connection, job, tell, stop);
    }

    private async Task<bool> RunNext(CancellationToken stop)
    {
        await using var connection = await database.App.OpenConnectionAsync(stop);
        foreach (var job in await Candidates(connection))
        {
            if (await TryRun(connection, job, null, stop))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<List<Waiting>> Candidates(NpgsqlConnection connection)
    {
        await using var command = connection.CreateCommand("select id, kind, subject from kernel.job where state = 'waiting' and kind = any($1) order by id", (object)types.Keys.ToArray());
        await using var reader = await command.ExecuteReaderAsync();
        var jobs = new List<Waiting>();
        while (await reader.ReadAsync())
        {
            jobs.Add(new Waiting(reader.GetInt64(0), reader.GetString(1), reader.GetGuid(2)));
        }

        return jobs;
    }

    private async Task<bool> TryRun(NpgsqlConnection connection, Waiting job, Action<JobState>? tell, CancellationToken stop)
    {
        if (await Scalar(connection, "select pg_try_advisory_lock($1, $2::integer)", LockSpace, (int)job.Id) is not true)
        {
            return false;
        }

        try
        {
            if (await Begin(connection, job.Id) is not { } begun)
            {
                return false;
            }

            var (state, fault) = await Work(job, begun, tell, stop);
            await Scalar(connection, "update kernel.job set state = $2, fault = $3, ended_at = $4 where id = $1", job.Id, state, fault, clock.GetUtcNow());
            return true;
        }
        catch (NpgsqlException e) when (DatabaseTrouble.Of(e) is { } trouble)
        {
            await Note(job.Id, trouble);
            throw;
        }
        finally
        {
            await Quietly(() => Scalar(connection, "select pg_advisory_unlock($1, $2::integer)", LockSpace, (int)job.Id));
        }
    }

    private async Task<JobState?> Begin(NpgsqlConnection connection, long id)
    {
        const string sql = """
            update kernel.job set attempts = attempts + 1, begun_at = $2, begun_done = done, fault = null where id = $1 and state = 'waiting'
            returning done, total, attempts
            """;
        var now = clock.GetUtcNow();
        await using var command = connection.CreateCommand(sql, id, now);
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync() ? new JobState(id, "waiting", row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), null, now, row.GetInt64(0)) : null;
    }

    private async Task<(string State, string? Fault)> Work(Waiting waiting, JobState begun, Action<JobState>? tell, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System(waiting.Kind));
        var job = (IJob)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, types[waiting.Kind]);
        try
        {
            await job.Run(new JobRun(database, begun, waiting.Subject, tell), stop);
            return ("done", null);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw; // The process stops; the job waits and goes on at the next start.
        }
        catch (OperationCanceledException)
        {
            return ("cancelled", null);
        }
        catch (Exception e) when (DatabaseTrouble.Of(e) is null)
        {
            log.LogError(e, "The job {Kind} {Id} failed.", waiting.Kind, waiting.Id);
            return ("failed", e.Message);
        }
    }

    /// <summary>Leaves word of what keeps the job from going on, for those who wait for it; it stays waiting and is tried again.</summary>
    private Task Note(long id, string trouble) => Quietly(async () =>
    {
        await using var connection = await database.App.OpenConnectionAsync();
        return await Scalar(connection, "update kernel.job set fault = $2 where id = $1 and state = 'waiting'", id, trouble);
    });

    /// <summary>What is only tidying: a lock goes with its connection, and a word that cannot be left is not worth more than the trouble itself.</summary>
    private static async Task Quietly(Func<Task<object?>> tidy)
    {
        try
        {
            await tidy();
        }
        catch (NpgsqlException)
        {
            // The trouble is told by the exception on its way.
        }
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql, params object?[] values)
    {
        await using var command = connection.CreateCommand(sql, values);
        return await command.ExecuteScalarAsync();
    }
}
