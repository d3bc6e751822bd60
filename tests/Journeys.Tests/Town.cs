using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SoGoc.Host;
using SoGoc.Host.Demo;
using SoGoc.Host.Postgres;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Staff;

[assembly: AssemblyFixture(typeof(SoGoc.Journeys.Tests.Town))]
[assembly: AssemblyFixture(typeof(SoGoc.Journeys.Tests.Browser))]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]

namespace SoGoc.Journeys.Tests;

/// <summary>A whole platform on a database of its own, with two thousand invented people and one family that the journeys know by name.</summary>
public sealed class Town : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("sogoc-journeys").FullName;
    private Cluster? cluster;
    private Database? database;
    private Microsoft.AspNetCore.Builder.WebApplication? app;

    internal string Address => app!.Urls.First();

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        var settings = new Settings(folder, "http://127.0.0.1:0", null, 2000, new DateOnly(2026, 11, 24), "root", "89@2022-04-12", null);
        cluster = await Cluster.Start(new ClusterSettings(folder, null, 128, Durable: false), NullLogger.Instance, CancellationToken.None);
        database = new Database(cluster.ConnectionString("postgres", Cluster.Superuser));
        await Platform.Found(database, settings, CancellationToken.None);
        app = WebHost.Build(database, settings, demonstration: true);
        await app.StartAsync();
        var staff = app.Services.GetRequiredService<IStaff>();
        await staff.SeedDemonstration(database, CancellationToken.None);
        var people = new InventedPeople(app.Services.GetRequiredService<IPlaces>().Book, settings.Reference, settings.People, 7, settings.AsOf!.Value);
        await app.Services.GetRequiredService<IFounding>().Load(people.Households(), "tỉnh minh họa", null, CancellationToken.None);
        using var api = new HttpClient { BaseAddress = new Uri(Address) };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await staff.MakeToken(database, "tinh", CancellationToken.None));
        await Family.MoveIn(api, Act);
    }

    public async ValueTask DisposeAsync()
    {
        await app!.DisposeAsync();
        await database!.DisposeAsync();
        await cluster!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>All officials' sessions end, as at the end of a day.</summary>
    internal async Task EndAllSessions()
    {
        await using var connection = await database!.Owner.OpenConnectionAsync();
        await using var command = connection.CreateCommand("update staff.session set ended_at = made_at where kind = 'page' and ended_at is null");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How often a person's record was read: each reading is written down with its reason.</summary>
    internal async Task<long> Readings(string number)
    {
        await using var connection = await database!.Owner.OpenConnectionAsync();
        await using var command = connection.CreateCommand("select count(*) from journal.disclosure d join population.person p on p.id = d.subject where p.number = $1", number);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>No list is checked until the hold is let go, so that a journey sees the work under way.</summary>
    internal async Task<IAsyncDisposable> HoldTheWorker()
    {
        var connection = await database!.Owner.OpenConnectionAsync();
        await using var command = connection.CreateCommand("begin; lock table population.list_key in exclusive mode");
        await command.ExecuteNonQueryAsync();
        return new Hold(connection);
    }

    private sealed class Hold(Npgsql.NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using (var command = connection.CreateCommand("rollback")) await command.ExecuteNonQueryAsync();
            await connection.DisposeAsync();
        }
    }

    /// <summary>Which field a head of a column meant, so that the next journey begins like the first.</summary>
    internal async Task Forget(string head)
    {
        await using var connection = await database!.Owner.OpenConnectionAsync();
        await using var command = connection.CreateCommand("delete from population.known_head where head = $1", Kernel.Text.NameKey.Of(head));
        await command.ExecuteNonQueryAsync();
    }

    private async Task Act<TEntry>(Guid person, TEntry entry) where TEntry : IPersonEntry
    {
        await using var scope = app!.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("journeys"));
        var outcome = await scope.ServiceProvider.GetRequiredService<IPopulation>().Act(person, entry, "Quyết định minh họa số 01");
        Assert.Empty(outcome.Problems);
        await scope.ServiceProvider.GetRequiredService<Session>().Commit();
    }
}
