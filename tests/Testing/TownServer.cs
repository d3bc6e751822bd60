using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SoGoc.Host;
using SoGoc.Host.Postgres;
using SoGoc.Kernel.Data;

namespace SoGoc.Testing;

/// <summary>The PostgreSQL of this test process: started when the first town asks for it, gone with the process. It holds one founded register,
/// of which every town gets a copy.</summary>
[SupportedOSPlatform("linux")]
internal sealed class TownServer
{
    private const string Template = "founded";
    private static readonly Lazy<Task<TownServer>> One = new(Start);
    private static int towns;

    private readonly Cluster cluster;
    private readonly string folder;

    private TownServer(Cluster cluster, string folder)
    {
        this.cluster = cluster;
        this.folder = folder;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
    }

    public static Task<TownServer> Running => One.Value;

    /// <summary>What a town is founded with.</summary>
    /// <param name="town">Its name; its data folder has it too.</param>
    /// <param name="day">Where its clock begins.</param>
    /// <param name="role">root or branch.</param>
    public Settings Settings(string town, DateOnly day, string role) => new(Path.Combine(folder, town), "http://127.0.0.1:0", null, 0, day, role, "89@2022-04-12", null);

    /// <summary>A register of its own, founded and empty of people.</summary>
    public async Task<(string Name, Database Database)> Copy()
    {
        var name = "town_" + Interlocked.Increment(ref towns);
        await Do($"create database {name} template {Template}");
        return (name, Storage.Own(cluster.ConnectionString(name, Cluster.Superuser)));
    }

    public Task Drop(string name) => Do($"drop database {name} with (force)");

    private static async Task<TownServer> Start()
    {
        var folder = Directory.CreateTempSubdirectory("sogoc-town").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);      // the account of PostgreSQL has to enter it
        var server = new TownServer(await Cluster.Start(new ClusterSettings(folder, null, 128, Durable: false), NullLogger.Instance, CancellationToken.None), folder);
        await server.Do($"create database {Template} encoding 'UTF8' template template0");
        await using var database = Storage.Own(server.cluster.ConnectionString(Template, Cluster.Superuser));
        await Platform.Found(database, server.Settings(Template, new DateOnly(2026, 11, 24), "root"), CancellationToken.None);
        return server;
    }

    private async Task Do(string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("postgres", Cluster.Superuser) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private void Stop()
    {
        cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(folder, recursive: true);
    }
}
