using Npgsql;

namespace SoGoc.Kernel.Data;

/// <summary>Single statements that only read, without a transaction around them: for the questions that are asked thousands of times a second.
/// What must be seen together, or is changed afterwards, goes through <see cref="Session"/>.</summary>
public sealed class Reads(Database database)
{
    public async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        await using var command = database.Reads.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
