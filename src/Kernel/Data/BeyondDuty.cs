using Npgsql;
using SoGoc.Kernel.Access;

namespace SoGoc.Kernel.Data;

/// <summary>Single statements that only read, over the whole register, whoever asks: for numbers, names and yes or no, by which no official sees a record that lies outside of his duty.
/// Who takes this in his constructor is listed in a test.</summary>
public sealed class BeyondDuty(Database database) : IAsyncDisposable
{
    private readonly Gathering gathering = new(database.OpenReading);

    /// <inheritdoc cref="Reads.ByKey"/>
    public Task<List<(string Key, T Row)>> ByKey<T>(string sql, string[] keys, Func<NpgsqlDataReader, T> read) => ByKey(null, sql, keys, read);

    /// <inheritdoc cref="Reads.Rows"/>
    public async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(Patience.Now);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Command(sql, values) } };
        return await Run(connection, batch, read, first: true);
    }

    /// <summary>The same within a reach: the areas are named in the transaction of the statement, and in the same trip.</summary>
    internal async Task<List<T>> Rows<T>(Reach reach, string sql, Func<NpgsqlDataReader, T> read, object?[] values)
    {
        await using var connection = await database.DeskReads.OpenConnectionAsync(Patience.Now);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Wall(reach), Command(sql, values) } };
        return await Run(connection, batch, read, first: false);
    }

    internal Task<List<(string Key, T Row)>> ByKey<T>(Reach? reach, string sql, string[] keys, Func<NpgsqlDataReader, T> read) => gathering.Ask(reach, sql, keys, read);

    public ValueTask DisposeAsync() => gathering.DisposeAsync();

    /// <summary>Names the areas and the actor to the policies, until the transaction ends.</summary>
    internal static NpgsqlBatchCommand Wall(Reach reach)
    {
        var wall = new NpgsqlBatchCommand("select set_config('sogoc.areas', $1, true), set_config('sogoc.actor', $2, true), set_config('sogoc.persons', $3, true), set_config('sogoc.day', $4, true)");
        wall.Parameters.Add(Columns.Parameter(reach.Areas));
        wall.Parameters.Add(Columns.Parameter(reach.Actor));
        wall.Parameters.Add(Columns.Parameter(reach.Persons));
        wall.Parameters.Add(Columns.Parameter(reach.Day));
        return wall;
    }

    private static NpgsqlBatchCommand Command(string sql, object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(Columns.Parameter(value));
        }

        return command;
    }

    /// <param name="connection">Of the batch.</param>
    /// <param name="batch">What is asked.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="first">The rows are those of the first statement; of the second otherwise.</param>
    private static async Task<List<T>> Run<T>(NpgsqlConnection connection, NpgsqlBatch batch, Func<NpgsqlDataReader, T> read, bool first)
    {
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(Patience.Now);
            if (!first)
            {
                await reader.NextResultAsync(Patience.Now);
            }

            var rows = new List<T>();
            while (await reader.ReadAsync(Patience.Now))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        catch (PostgresException)
        {
            Spoiled.Forget(connection);
            throw;
        }
    }
}
