using Npgsql;
using SoGoc.Host.Postgres;
using SoGoc.Kernel.Data;

namespace SoGoc.Host;

/// <summary>The database of this start: the given one, our own cluster, or that of a Host which runs already on the same data.</summary>
internal sealed class Storage(Database database, Cluster? cluster) : IAsyncDisposable
{
    private const string DatabaseName = "sogoc";

    public Database Database => database;

    /// <summary>Completes when our own cluster has gone for good; never for a given database.</summary>
    public Task Ended => cluster?.Ended ?? Task.Delay(Timeout.Infinite);

    /// <param name="settings">Where to look.</param>
    /// <param name="share">True for commands, which may work beside a running Host; a second Host may not.</param>
    /// <param name="log">For the cluster's own news.</param>
    /// <param name="stop">Gives up waiting.</param>
    public static async Task<Storage> Open(Settings settings, bool share, ILogger log, CancellationToken stop)
    {
        if (settings.Connection is { } given)
        {
            return new Storage(new Database(given, settings.AppConnection), null);
        }

        try
        {
            var cluster = await Cluster.Start(new ClusterSettings(settings.Data, settings.Binaries), log, stop);
            await Make(cluster.ConnectionString("postgres", Cluster.Superuser), stop);
            return new Storage(Own(cluster.ConnectionString(DatabaseName, Cluster.Superuser)), cluster);
        }
        catch (ClusterException e) when (share && e.Code == "host.folder-busy" && ClusterFolders.Of(settings.Data).Processes.SocketFolder() is { } socket)
        {
            return new Storage(Own(new NpgsqlConnectionStringBuilder { Host = socket, Username = Cluster.Superuser, Database = DatabaseName }.ConnectionString), null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }

    /// <summary>A database of our own cluster, where the application signs in as a login that cannot become the owner.</summary>
    internal static Database Own(string owner)
    {
        var pooled = new NpgsqlConnectionStringBuilder(owner) { MaxPoolSize = 60 };
        return new Database(pooled.ConnectionString, new NpgsqlConnectionStringBuilder(pooled.ConnectionString) { Username = Database.WebLogin }.ConnectionString);
    }

    private static async Task Make(string admin, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(admin);
        await using var known = source.CreateCommand($"select 1 from pg_database where datname = '{DatabaseName}'");
        if (await known.ExecuteScalarAsync(stop) is null)
        {
            await using var make = source.CreateCommand($"create database {DatabaseName} encoding 'UTF8' template template0");
            await make.ExecuteNonQueryAsync(stop);
        }
    }
}
