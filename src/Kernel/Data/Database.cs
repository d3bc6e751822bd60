using Npgsql;

namespace SoGoc.Kernel.Data;

/// <summary>The ways into PostgreSQL: as the application (may not change structure, may never change the journal) and as the owner
/// (migrations, reference data, loading a whole invented province).</summary>
public sealed class Database : IAsyncDisposable
{
    public const string AppRole = "sogoc_app";
    public const string ReportRole = "sogoc_report";

    public Database(string ownerConnection)
    {
        OwnerConnection = new NpgsqlConnectionStringBuilder(ownerConnection) { ApplicationName = "sogoc", MaxAutoPrepare = 60, AutoPrepareMinUsages = 2 }.ConnectionString;
        Owner = NpgsqlDataSource.Create(OwnerConnection);
        // The role is set when the session starts, so the same login serves a private cluster and a given connection string.
        App = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(OwnerConnection) { Options = $"-c role={AppRole}", NoResetOnClose = true }.ConnectionString);
    }

    public string OwnerConnection { get; }

    public NpgsqlDataSource Owner { get; }

    public NpgsqlDataSource App { get; }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Owner.DisposeAsync();
    }
}
