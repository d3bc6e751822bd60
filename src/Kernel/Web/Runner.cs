using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Web;

/// <summary>Around every feature, and only here: begin, run, commit if the outcome is good, roll back if not, and translate what the database refused.</summary>
public sealed class Runner(IServiceProvider services, Session session)
{
    public async Task<Outcome<T>> Run<TFeature, T>(Func<TFeature, Task<Outcome<T>>> run) where TFeature : class
    {
        try
        {
            var outcome = await run(ActivatorUtilities.GetServiceOrCreateInstance<TFeature>(services));
            if (outcome.IsGood)
            {
                await session.Commit();
            }
            else
            {
                await session.Rollback();
            }

            return outcome;
        }
        catch (PostgresException e) when (Refusals.Of(e) is { } problem)
        {
            await session.Rollback();
            return problem;
        }
    }
}

/// <summary>What the database refuses, as problems: the name of the constraint is the code (population__one-home → population.one-home is written
/// <c>constraint … "population.one-home"</c> in SQL), and raised exceptions begin with theirs.</summary>
public static class Refusals
{
    public static Problem? Of(PostgresException e)
    {
        var code = e.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.CheckViolation
                or PostgresErrorCodes.ForeignKeyViolation => e.ConstraintName,
            PostgresErrorCodes.RestrictViolation or PostgresErrorCodes.RaiseException => e.MessageText.Split(':')[0],
            _ => null,
        };
        return code?.Contains('.', StringComparison.Ordinal) == true ? Problem.Conflict(code) : null;
    }
}
