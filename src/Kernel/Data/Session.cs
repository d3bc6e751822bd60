using Npgsql;
using SoGoc.Kernel.Access;

namespace SoGoc.Kernel.Data;

/// <summary>One request's (or job step's) transaction. It begins with the first statement; the Kernel commits it when the outcome is good.
/// A change and its journal entry are therefore one transaction. An official whose duty is an area sees the rows of persons there, and no others.</summary>
public sealed class Session(Database database, CurrentActor actor, IReach reach) : IAsyncDisposable
{
    private NpgsqlConnection? connection;
    private NpgsqlTransaction? transaction;
    private Reach? wall;
    private bool desk;
    private bool role;
    private int beyond;
    private bool spoiled;

    /// <summary>The actor sees an area only: who is not found may live elsewhere.</summary>
    public bool Limited => actor.IsKnown && reach.Of(actor.Value) is not null;

    /// <summary>How many transactions of this request have been made durable: what stands outside of the one that is open.</summary>
    public int Commits { get; private set; }

    /// <summary>Which transaction this is, for who remembers what he holds in it; null: none has begun.</summary>
    public object? Current => transaction;

    /// <summary>The connection, inside the transaction, for what is no statement.</summary>
    public async ValueTask<NpgsqlConnection> Open(CancellationToken stop = default)
    {
        var open = await Begun(stop);
        if (Prelude().Commands is { Count: > 0 } first)
        {
            await using var batch = Batch(open, first);
            await batch.ExecuteNonQueryAsync(stop.CanBeCanceled ? stop : Patience.Now);
        }

        return open;
    }

    private async ValueTask<NpgsqlConnection> Begun(CancellationToken stop = default)
    {
        if (connection is null)
        {
            var until = stop.CanBeCanceled ? stop : Patience.Now;
            wall = actor.IsKnown ? reach.Of(actor.Value) : null;
            desk = wall is not null;
            connection = await (!desk ? database.App : actor.Value.Person is null ? database.Desk : database.Own).OpenConnectionAsync(until);
            transaction = await connection.BeginTransactionAsync(until);
        }

        return connection;
    }

    /// <summary>What has to be said before the next statement, and goes to the server with it: the reach, once; the role, where it changes.</summary>
    private (List<NpgsqlBatchCommand> Commands, bool Answers) Prelude()
    {
        var (commands, answers) = (new List<NpgsqlBatchCommand>(), wall is not null);
        if (wall is { } areas)
        {
            commands.Add(Data.BeyondDuty.Wall(areas));
            wall = null;
        }

        if (desk && role != beyond > 0)
        {
            role = beyond > 0;
            commands.Add(new NpgsqlBatchCommand($"set local role {(role ? Database.AppRole : Database.DeskRole)}"));
        }

        return (commands, answers);
    }

    private NpgsqlBatch Batch(NpgsqlConnection open, IEnumerable<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(open, transaction);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    /// <summary>Writes what follows from an act on a record that was found within the reach: the rules of the register look at all rows, and so must who heeds them.
    /// Who uses this is listed in a test.</summary>
    public async Task<T> BeyondDuty<T>(Func<Task<T>> work)
    {
        await Begun();
        beyond++;
        // After an exception the transaction is rolled back, and the role with it.
        var done = await work();
        beyond--;
        return done;
    }

    public Task BeyondDuty(Func<Task> work) => BeyondDuty(async () =>
    {
        await work();
        return true;
    });

    /// <summary>Runs a statement with positional parameters ($1, $2 …); the number of rows it touched.</summary>
    public Task<int> Execute(string sql, params object?[] values)
    {
        var one = new Statements();
        one.Add(sql, values);
        return Execute(one);
    }

    /// <summary>As <see cref="Execute(string, object?[])"/>, for jobs: however long it takes.</summary>
    public async Task<int> Work(string sql, params object?[] values)
    {
        await using var command = await Command(sql, values);
        command.CommandTimeout = 0;
        return await Watched(() => command.ExecuteNonQueryAsync(Patience.Now));
    }

    /// <summary>Does several statements in one trip; the number of rows that the last one touched.</summary>
    public async Task<int> Execute(Statements statements)
    {
        if (statements.Commands.Count == 0)
        {
            return 0;
        }

        await using var batch = Batch(await Begun(), [.. Prelude().Commands, .. statements.Commands]);
        await Watched(() => batch.ExecuteNonQueryAsync(Patience.Now));
        return (int)statements.Commands[^1].RecordsAffected;
    }

    public async Task<T?> Value<T>(string sql, params object?[] values)
    {
        object? value = null;
        await Ask([sql], (_, r) =>
        {
            value = r.GetValue(0);
            return false;
        }, values);
        return value is { } v and not DBNull ? (T)v : default;
    }

    public async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        var rows = new List<T>();
        await Ask([sql], (_, r) =>
        {
            rows.Add(read(r));
            return true;
        }, values);
        return rows;
    }

    /// <summary>The first row, or null.</summary>
    public async Task<T?> Row<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values) where T : class
    {
        T? row = null;
        await Ask([sql], (_, r) =>
        {
            row = read(r);
            return false;
        }, values);
        return row;
    }

    /// <summary>Several questions with the same parameters in one trip.</summary>
    /// <param name="questions">One statement each.</param>
    /// <param name="row">Takes each row, with the place of its question.</param>
    /// <param name="values">$1, $2 … of every question.</param>
    public Task Each(IReadOnlyList<string> questions, Action<int, NpgsqlDataReader> row, params object?[] values) => Ask(questions, (question, r) =>
    {
        row(question, r);
        return true;
    }, values);

    /// <param name="questions">One statement each.</param>
    /// <param name="row">Takes each row, with the place of its question; false: no more of them.</param>
    /// <param name="values">$1, $2 … of every question.</param>
    private async Task Ask(IReadOnlyList<string> questions, Func<int, NpgsqlDataReader, bool> row, object?[] values)
    {
        var open = await Begun();
        var (before, answers) = Prelude();
        var asked = new Statements();
        foreach (var question in questions)
        {
            asked.Add(question, values);
        }

        await using var batch = Batch(open, [.. before, .. asked.Commands]);
        await Watched(async () =>
        {
            await using var reader = await batch.ExecuteReaderAsync(Patience.Now);
            var more = !answers || await reader.NextResultAsync(Patience.Now);
            for (var question = 0; question < questions.Count && more; question++)
            {
                for (var wanted = true; wanted && await reader.ReadAsync(Patience.Now);)
                {
                    wanted = row(question, reader);
                }

                more = await reader.NextResultAsync(Patience.Now);
            }

            return true;
        });
    }

    private async Task<T> Watched<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (PostgresException)
        {
            spoiled = true;
            throw;
        }
    }

    public async Task<NpgsqlCommand> Command(string sql, params object?[] values)
    {
        var command = (await Open()).CreateCommand(sql, values);
        command.Transaction = transaction;
        return command;
    }

    /// <summary>Makes durable all that was done since the beginning or the last commit; the next statement begins a new transaction.</summary>
    public async Task Commit(CancellationToken stop = default)
    {
        if (transaction is not null)
        {
            await transaction.CommitAsync(stop);
            Commits++;
        }

        await Close();
    }

    public async Task Rollback()
    {
        if (transaction is { Connection: not null })
        {
            await transaction.RollbackAsync();
        }

        await Close();
    }

    /// <summary>Lets go of a transaction whose connection may be broken; the server has rolled it back, or does when it notices.</summary>
    public async Task Abandon()
    {
        try
        {
            await Rollback();
        }
        catch (NpgsqlException)
        {
            await Close();
        }
    }

    public async ValueTask DisposeAsync() => await Close();

    private async ValueTask Close()
    {
        (beyond, role, wall) = (0, false, null);
        if (transaction is not null)
        {
            await transaction.DisposeAsync();
            transaction = null;
        }

        if (connection is not null)
        {
            if (spoiled)
            {
                Spoiled.Forget(connection);
            }

            spoiled = false;
            await connection.DisposeAsync();
            connection = null;
        }
    }
}
