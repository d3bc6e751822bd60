using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Web;

/// <summary>Around every feature, and only here: begin, run, commit if the outcome is good, roll back if not, try again what another request was in the way of, and translate what the database refused.</summary>
public sealed class Runner(IServiceProvider services, Session session, ILogger<Runner> log)
{
    private const int MostAttempts = 3;

    public Task<Outcome<T>> Run<TFeature, T>(Func<TFeature, Task<Outcome<T>>> run) where TFeature : class => Run(run, null);

    /// <summary>Runs a request that carries an Idempotency-Key: once. The answer is kept in the same transaction as what was done, so a request whose answer got lost
    /// can be sent again; two at the same time wait for each other. A refusal is not kept.</summary>
    /// <returns>The outcome, or the answer that was given before.</returns>
    public async Task<(Outcome<T> Outcome, string? Before)> Once<TFeature, T>(Func<TFeature, Task<Outcome<T>>> run, string key, string route, byte[] request) where TFeature : class
    {
        string? before = null;
        var actor = services.GetRequiredService<CurrentActor>().Value.Reference;
        var hash = SHA256.HashData(request);
        var outcome = await Run<TFeature, T>(async feature =>
        {
            await session.Execute("delete from kernel.answer where (actor, key) in (select actor, key from kernel.answer where at < now() - interval '1 day' limit 100 for update skip locked)");
            var fresh = await session.Execute("insert into kernel.answer (actor, key, route, request, at) values ($1, $2, $3, $4, now()) on conflict do nothing", actor, key, route, hash);
            if (fresh == 1)
            {
                return await run(feature);
            }

            var given = await session.Row("select route, request, answer from kernel.answer where actor = $1 and key = $2", r => (r.GetString(0), r.Get<byte[]>(1), r.GetString(2)).ToTuple(), actor, key);
            before = given?.Item1 == route && given.Item2.AsSpan().SequenceEqual(hash) ? given.Item3 : null;
            return Problem.Conflict("kernel.key-reused");
        }, async value => await session.Execute("update kernel.answer set answer = $3 where actor = $1 and key = $2", actor, key, JsonSerializer.Serialize(value, Journal.Json)));
        return (outcome, before);
    }

    /// <summary>How a feature is made, found out once.</summary>
    private static class Maker<TFeature>
    {
        public static readonly ObjectFactory<TFeature> Make = ActivatorUtilities.CreateFactory<TFeature>([]);
    }

    private async Task<Outcome<T>> Run<TFeature, T>(Func<TFeature, Task<Outcome<T>>> run, Func<T, Task>? beforeCommit) where TFeature : class
    {
        for (var attempt = 1; ; attempt++)
        {
            var commits = session.Commits;
            try
            {
                return await Attempt(run, beforeCommit);
            }
            catch (PostgresException e) when (Refusals.Of(e) is { } problem)
            {
                await session.Rollback();
                return problem;
            }
            catch (NpgsqlException e) when (DatabaseTrouble.Of(e) is { } trouble)
            {
                await session.Abandon();
                // Of two in each other's way one is undone wholly; where nothing of it stands outside its transaction it is done again, and waits for the other then.
                if (attempt < MostAttempts && DatabaseTrouble.IsClash(e) && session.Commits == commits && !typeof(IRunsOnce).IsAssignableFrom(typeof(TFeature)))
                {
                    services.GetService<Journal>()?.Again();
                    log.LogInformation("Two requests were in each other's way; this one is tried again ({Attempt}).", attempt);
                    continue;
                }

                log.LogWarning(e, "A request could not be done: {Trouble}.", trouble);
                return new Problem(ProblemKind.Unavailable, trouble);
            }
        }
    }

    private async Task<Outcome<T>> Attempt<TFeature, T>(Func<TFeature, Task<Outcome<T>>> run, Func<T, Task>? beforeCommit) where TFeature : class
    {
        var outcome = await run(services.GetService<TFeature>() ?? Maker<TFeature>.Make(services, null));
        if (outcome.Ok(out var value))
        {
            await (beforeCommit?.Invoke(value) ?? Task.CompletedTask);
            await session.Commit();
        }
        else
        {
            await session.Rollback();
        }

        return outcome;
    }
}

/// <summary>A feature that cannot be run a second time for the same request, because what it reads is gone by then: a stream.</summary>
public interface IRunsOnce;

/// <summary>What the database refuses, as problems: the name of the constraint is the code (population__one-home → population.one-home is written
/// <c>constraint … "population.one-home"</c> in SQL), and raised exceptions begin with theirs.</summary>
public static class Refusals
{
    public static Problem? Of(PostgresException e)
    {
        var code = e.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.CheckViolation => e.ConstraintName,
            PostgresErrorCodes.ForeignKeyViolation => e.ConstraintName is { } name && name.Contains('.', StringComparison.Ordinal) ? name : "kernel.no-such-record",
            PostgresErrorCodes.RestrictViolation or PostgresErrorCodes.RaiseException => e.MessageText.Split(':')[0],
            PostgresErrorCodes.CharacterNotInRepertoire => "kernel.not-text",
            _ => null,
        };
        return code?.Contains('.', StringComparison.Ordinal) == true ? Problem.Conflict(code) : null;
    }
}
