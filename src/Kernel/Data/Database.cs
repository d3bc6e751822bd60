using Npgsql;

namespace SoGoc.Kernel.Data;

/// <summary>The ways into PostgreSQL: as the application (may not change structure, may never change the journal) and as the owner
/// (migrations, reference data, loading a whole invented province), and for single statements that only read.</summary>
public sealed class Database : IAsyncDisposable
{
    public const string AppRole = "sogoc_app";
    public const string ReportRole = "sogoc_report";

    public Database(string ownerConnection)
    {
        OwnerConnection = new NpgsqlConnectionStringBuilder(ownerConnection) { ApplicationName = "sogoc", MaxAutoPrepare = 60, AutoPrepareMinUsages = 2 }.ConnectionString;
        Owner = NpgsqlDataSource.Create(OwnerConnection);
        // The role is set when the session starts, so the same login serves a private cluster and a given connection string.
        var app = new NpgsqlConnectionStringBuilder(OwnerConnection) { Options = $"-c role={AppRole}", NoResetOnClose = true };
        App = NpgsqlDataSource.Create(app.ConnectionString);
        alone = new NpgsqlConnectionStringBuilder(app.ConnectionString) { Pooling = false }.ConnectionString;
        // One plan serves any number of keys: for an array of unknown length the planner would otherwise plan each question anew.
        reading = new NpgsqlConnectionStringBuilder(alone) { Options = $"-c role={AppRole} -c default_transaction_read_only=on -c plan_cache_mode=force_generic_plan", AutoPrepareMinUsages = 1 }.ConnectionString;
        Reads = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(app.ConnectionString)
        {
            Options = $"-c role={AppRole} -c default_transaction_read_only=on", MaxPoolSize = MostReadConnections,
        }.ConnectionString);
    }

    private const int MostReadConnections = 24;
    private readonly string alone;
    private readonly string reading;

    public string OwnerConnection { get; }

    public NpgsqlDataSource Owner { get; }

    public NpgsqlDataSource App { get; }

    /// <summary>As the application, for statements that stand alone and only read: they share few connections. Each can be stopped by itself.</summary>
    public NpgsqlDataSource Reads { get; }

    /// <summary>A connection of its own, as the application, for somebody who keeps it: he never waits for others to give theirs back, nor they for him.</summary>
    public Task<NpgsqlConnection> OpenAlone(CancellationToken stop = default) => Open(alone, stop);

    /// <summary>The same for somebody who only reads, by keys.</summary>
    public Task<NpgsqlConnection> OpenReading(CancellationToken stop = default) => Open(reading, stop);

    private static async Task<NpgsqlConnection> Open(string to, CancellationToken stop)
    {
        var connection = new NpgsqlConnection(to);
        await connection.OpenAsync(stop);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await Reads.DisposeAsync();
        await App.DisposeAsync();
        await Owner.DisposeAsync();
    }
}
