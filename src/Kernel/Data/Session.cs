using Npgsql;

namespace SoGoc.Kernel.Data;

/// <summary>One request's (or job step's) transaction. It begins with the first statement; the Kernel commits it when the outcome is good.
/// A change and its journal entry are therefore one transaction.</summary>
public sealed class Session(Database database) : IAsyncDisposable
{
    private NpgsqlConnection? connection;
    private NpgsqlTransaction? transaction;

    /// <summary>The connection, inside the transaction.</summary>
    public async ValueTask<NpgsqlConnection> Open(CancellationToken stop = default)
    {
        if (connection is null)
        {
            var until = stop.CanBeCanceled ? stop : Patience.Now;
            connection = await database.App.OpenConnectionAsync(until);
            transaction = await connection.BeginTransactionAsync(until);
        }

        return connection;
    }

    /// <summary>Runs a statement with positional parameters ($1, $2 …); the number of rows it touched.</summary>
    public async Task<int> Execute(string sql, params object?[] values)
    {
        await using var command = await Command(sql, values);
        return await command.ExecuteNonQueryAsync(Patience.Now);
    }

    public async Task<T?> Value<T>(string sql, params object?[] values)
    {
        await using var command = await Command(sql, values);
        return await command.ExecuteScalarAsync(Patience.Now) is { } v and not DBNull ? (T)v : default;
    }

    public async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        await using var command = await Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(Patience.Now);
        var rows = new List<T>();
        while (await reader.ReadAsync(Patience.Now))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The first row, or null.</summary>
    public async Task<T?> Row<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values) where T : class
    {
        await using var command = await Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(Patience.Now);
        return await reader.ReadAsync(Patience.Now) ? read(reader) : null;
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
        if (transaction is not null)
        {
            await transaction.DisposeAsync();
            transaction = null;
        }

        if (connection is not null)
        {
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
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }

    public static T Get<T>(this NpgsqlDataReader row, int column) => row.GetFieldValue<T>(column);

    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static T? Maybe<T>(this NpgsqlDataReader row, int column) where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    /// <summary>A parameter of a stated type, where PostgreSQL cannot tell it from the value (a null, json).</summary>
    public static NpgsqlParameter As(this object? value, NpgsqlTypes.NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
