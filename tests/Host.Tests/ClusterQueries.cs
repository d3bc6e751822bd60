using System.Globalization;
using Npgsql;
using SoGoc.Host.Postgres;

namespace SoGoc.Host.Tests;

/// <summary>Plain questions to a cluster, each over a connection of its own.</summary>
internal static class ClusterQueries
{
    public static async Task Do(this Cluster cluster, string sql) => await cluster.Text(sql);

    public static async Task<string?> Text(this Cluster cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("postgres", Cluster.Superuser) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Asks again while the server is away or starting.</summary>
    public static async Task<string?> TextOnceItAnswers(this Cluster cluster, string sql)
    {
        while (!cluster.Ended.IsCompleted)
        {
            try { return await cluster.Text(sql); }
            catch (NpgsqlException e) when (e is not PostgresException { SqlState: not ("57P01" or "57P02" or "57P03") }) { await Task.Yield(); }
        }
        return null;
    }
}
