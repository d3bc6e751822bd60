using Npgsql;

namespace SoGoc.Kernel.Data;

/// <summary>Single statements of the application, each its own transaction: what has to stand even if the request around it is refused.</summary>
public static class Alone
{
    /// <summary>The number of rows it touched.</summary>
    public static Task<int> ExecuteAlone(this Database database, string sql, params object?[] values) => database.Run(sql, values, c => c.ExecuteNonQueryAsync(Patience.Now));

    public static Task<List<T>> RowsAlone<T>(this Database database, string sql, Func<NpgsqlDataReader, T> read, params object?[] values) => database.Run(sql, values, async command =>
    {
        await using var reader = await command.ExecuteReaderAsync(Patience.Now);
        var rows = new List<T>();
        while (await reader.ReadAsync(Patience.Now))
        {
            rows.Add(read(reader));
        }

        return rows;
    });

    private static async Task<T> Run<T>(this Database database, string sql, object?[] values, Func<NpgsqlCommand, Task<T>> run)
    {
        await using var connection = await database.App.OpenConnectionAsync(Patience.Now);
        await using var command = connection.CreateCommand(sql, values);
        try
        {
            return await run(command);
        }
        catch (PostgresException)
        {
            Spoiled.Forget(connection);
            throw;
        }
    }
}
