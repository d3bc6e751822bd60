using Npgsql;

namespace SoGoc.Kernel.Data;

/// <summary>Single statements that only read, without a transaction around them: for the questions that are asked thousands of times a second.
/// What must be seen together, or is changed afterwards, goes through <see cref="Session"/>.</summary>
public sealed class Reads(Database database) : IAsyncDisposable
{
    private readonly Gathering gathering = new(database.OpenReading);

    /// <summary>The rows of some keys, each with its key: asked together with all who put the same question at the same time.</summary>
    /// <param name="sql">Takes the keys as $1 (text[]); the key is the first column of each row.</param>
    public Task<List<(string Key, T Row)>> ByKey<T>(string sql, string[] keys, Func<NpgsqlDataReader, T> read) => gathering.Ask(sql, keys, read);

    public ValueTask DisposeAsync() => gathering.DisposeAsync();

    public async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        await using var command = database.Reads.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        await using var reader = await command.ExecuteReaderAsync(Patience.Now);
        var rows = new List<T>();
        while (await reader.ReadAsync(Patience.Now))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
