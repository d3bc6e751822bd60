using Npgsql;
using SoGoc.Kernel.Access;

namespace SoGoc.Kernel.Data;

/// <summary>One request's (or job step's) transaction. It begins with the first statement; the Kernel commits it when the outcome is good.
/// A change and its journal entry are therefore one transaction. An official whose duty is an area sees the rows of persons there, and no others.</summary>
public sealed class Session(Database database, CurrentActor actor, IReach reach) : IAsyncDisposable
{
    private NpgsqlConnection? connection;
    private NpgsqlTransaction? transaction;
    private bool desk;
    private int beyond;
    private bool spoiled;

    /// <summary>The actor sees an area only: who is not found may live elsewhere.</summary>
    public bool Limited => actor.IsKnown && reach.Of(actor.Value) is not null;

    /// <summary>The connection, inside the transaction.</summary>
    public async ValueTask<NpgsqlConnection> Open(CancellationToken stop = default)
    {
        if (connection is null)
        {
            var until = stop.CanBeCanceled ? stop : Patience.Now;
            var limit = actor.IsKnown ? reach.Of(actor.Value) : null;
            desk = limit is not null;
            connection = await (desk ? database.Desk : database.App).OpenConnectionAsync(until);
            transaction = await connection.BeginTransactionAsync(until);
            if (limit is not null)
            {
                await using var wall = new NpgsqlBatch(connection, transaction) { BatchCommands = { Data.BeyondDuty.Wall(limit) } };
                await wall.ExecuteNonQueryAsync(until);
            }
        }

        return connection;
    }

    /// <summary>Writes what follows from an act on a record that was found within the reach: the rules of the register look at all rows, and so must who heeds them.
    /// Who uses this is listed in a test.</summary>
    public async Task<T> BeyondDuty<T>(Func<Task<T>> work)
    {
        await Open();
        if (!desk)
        {
            return await work();
        }

        if (beyond++ == 0)
        {
            await Execute($"set local role {Database.AppRole}");
        }

        // After an exception the transaction is rolled back, and the role with it.
        var done = await work();
        if (--beyond == 0)
        {
            await Execute($"set local role {Database.DeskRole}");
        }

        return done;
    }

    public Task BeyondDuty(Func<Task> work) => BeyondDuty(async () =>
    {
        await work();
        return true;
    });

    /// <summary>Runs a statement with positional parameters ($1, $2 …); the number of rows it touched.</summary>
    public Task<int> Execute(string sql, params object?[] values) => Run(sql, values, c => c.ExecuteNonQueryAsync(Patience.Now));

    public async Task<T?> Value<T>(string sql, params object?[] values) => await Run(sql, values, c => c.ExecuteScalarAsync(Patience.Now)) is { } v and not DBNull ? (T)v : default;

    public Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values) => Run(sql, values, async command =>
    {
        await using var reader = await command.ExecuteReaderAsync(Patience.Now);
        var rows = new List<T>();
        while (await reader.ReadAsync(Patience.Now))
        {
            rows.Add(read(reader));
        }

        return rows;
    });

    /// <summary>The first row, or null.</summary>
    public Task<T?> Row<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values) where T : class => Run(sql, values, async command =>
    {
        await using var reader = await command.ExecuteReaderAsync(Patience.Now);
        return await reader.ReadAsync(Patience.Now) ? read(reader) : null;
    });

    /// <summary>Several questions with the same parameters in one trip.</summary>
    /// <param name="questions">One statement each.</param>
    /// <param name="row">Takes each row, with the place of its question.</param>
    /// <param name="values">$1, $2 … of every question.</param>
    public async Task Each(IReadOnlyList<string> questions, Action<int, NpgsqlDataReader> row, params object?[] values)
    {
        await using var batch = new NpgsqlBatch(await Open(), transaction);
        foreach (var question in questions)
        {
            var command = new NpgsqlBatchCommand(question);
            foreach (var value in values)
            {
                command.Parameters.Add(Columns.Parameter(value));
            }

            batch.BatchCommands.Add(command);
        }

        await Watched(async () =>
        {
            await using var reader = await batch.ExecuteReaderAsync(Patience.Now);
            for (var question = 0; question < questions.Count; question++)
            {
                while (await reader.ReadAsync(Patience.Now))
                {
                    row(question, reader);
                }

                await reader.NextResultAsync(Patience.Now);
            }

            return true;
        });
    }

    private async Task<T> Run<T>(string sql, object?[] values, Func<NpgsqlCommand, Task<T>> run)
    {
        await using var command = await Command(sql, values);
        return await Watched(() => run(command));
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
        beyond = 0;
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

/// <summary>Short forms for positional parameters and nullable columns.</summary>
public static class Columns
{
    public static NpgsqlCommand CreateCommand(this NpgsqlConnection connection, string sql, params object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values)
        {
            command.Parameters.Add(Parameter(value));
        }

        return command;
    }

    internal static NpgsqlParameter Parameter(object? value) => value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value };

    public static T Get<T>(this NpgsqlDataReader row, int column) => row.GetFieldValue<T>(column);

    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static T? Maybe<T>(this NpgsqlDataReader row, int column) where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    /// <summary>A parameter of a stated type, where PostgreSQL cannot tell it from the value (a null, json).</summary>
    public static NpgsqlParameter As(this object? value, NpgsqlTypes.NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
