using Npgsql;

namespace SoGoc.Kernel.Data;

/// <summary>The ways into PostgreSQL: as the application (may not change structure, may never change the journal), as the desk of an official whose duty is an area
/// (sees the rows of persons there and no others), and as the owner (migrations, reference data, loading a whole invented province).</summary>
public sealed class Database : IAsyncDisposable
{
    public const string AppRole = "sogoc_app";
    public const string DeskRole = "sogoc_desk";
    public const string WebLogin = "sogoc_web";
    public const string ReportRole = "sogoc_report";

    private const int MostReadConnections = 24;
    private const int MostDeskConnections = 20;

    /// <summary>More at once than the cores can serve make each of them slower: of fifty on two cores, 95 of 100 were answered within 98 ms by forty connections, and within 56 ms by twelve, as many a second.</summary>
    private static readonly int MostOwnConnections = Math.Clamp(6 * Environment.ProcessorCount, 12, 40);

    private readonly string app;

    /// <param name="ownerConnection">May change structure.</param>
    /// <param name="appConnection">Of a login that has nothing but the roles of the application; without one, the owner's is used and its rights are laid off at the start of each session.</param>
    public Database(string ownerConnection, string? appConnection = null)
    {
        OwnerConnection = Prepared(ownerConnection);
        Owner = NpgsqlDataSource.Create(OwnerConnection);
        app = Prepared(appConnection ?? ownerConnection);
        App = NpgsqlDataSource.Create(As(AppRole));
        Desk = NpgsqlDataSource.Create(As(DeskRole, c => c.MaxPoolSize = MostDeskConnections));
        Own = NpgsqlDataSource.Create(As(DeskRole, c => (c.MaxPoolSize, c.MaxAutoPrepare) = (MostOwnConnections, OwnStatements), GenericPlans));
        Reads = NpgsqlDataSource.Create(As(AppRole, c => c.MaxPoolSize = MostReadConnections, OnlyReads));
        DeskReads = NpgsqlDataSource.Create(As(DeskRole, c => c.MaxPoolSize = MostDeskConnections, OnlyReads));
    }

    private const string OnlyReads = " -c default_transaction_read_only=on";

    /// <summary>One plan serves any keys: for an array of unknown length, and behind row-level security, the planner would otherwise plan each question anew.</summary>
    private const string GenericPlans = " -c plan_cache_mode=force_generic_plan";

    private const string ByKeys = OnlyReads + GenericPlans;

    /// <summary>What a citizen asks is asked by every citizen: kept prepared, it is planned once.</summary>
    private const int OwnStatements = 200;

    public string OwnerConnection { get; }

    public NpgsqlDataSource Owner { get; }

    public NpgsqlDataSource App { get; }

    /// <summary>As the desk: without areas, which each transaction names for itself, it sees nobody.</summary>
    public NpgsqlDataSource Desk { get; }

    /// <summary>As the desk, for citizens: what they ask goes by the keys of a few persons, whose plans are alike.</summary>
    public NpgsqlDataSource Own { get; }

    /// <summary>As the application, for statements that stand alone and only read: they share few connections. Each can be stopped by itself.</summary>
    public NpgsqlDataSource Reads { get; }

    /// <summary>The same as the desk.</summary>
    public NpgsqlDataSource DeskReads { get; }

    /// <summary>A connection of its own, as the application, for somebody who keeps it: he never waits for others to give theirs back, nor they for him.</summary>
    public Task<NpgsqlConnection> OpenAlone(CancellationToken stop = default) => Open(As(AppRole, Alone), stop);

    /// <summary>The same for somebody who only reads, by keys.</summary>
    /// <param name="desk">As the desk.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<NpgsqlConnection> OpenReading(bool desk, CancellationToken stop = default) =>
        Open(As(desk ? DeskRole : AppRole, c => (c.Pooling, c.AutoPrepareMinUsages) = (false, 1), ByKeys), stop);

    private static string Prepared(string connection) =>
        new NpgsqlConnectionStringBuilder(connection) { ApplicationName = "sogoc", MaxAutoPrepare = 60, AutoPrepareMinUsages = 2 }.ConnectionString;

    private static void Alone(NpgsqlConnectionStringBuilder connection) => connection.Pooling = false;

    /// <summary>The role is set when the session starts, so the same login serves a private cluster and a given connection string.</summary>
    private string As(string role, Action<NpgsqlConnectionStringBuilder>? adjust = null, string options = "")
    {
        var connection = new NpgsqlConnectionStringBuilder(app) { Options = $"-c role={role}{options}", NoResetOnClose = true };
        adjust?.Invoke(connection);
        return connection.ConnectionString;
    }

    private static async Task<NpgsqlConnection> Open(string to, CancellationToken stop)
    {
        var connection = new NpgsqlConnection(to);
        await connection.OpenAsync(stop);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await DeskReads.DisposeAsync();
        await Desk.DisposeAsync();
        await Reads.DisposeAsync();
        await Own.DisposeAsync();
        await App.DisposeAsync();
        await Owner.DisposeAsync();
    }
}
