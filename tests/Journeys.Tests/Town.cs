using Microsoft.Extensions.DependencyInjection;
using SoGoc.Host.Demo;
using SoGoc.Population;

[assembly: AssemblyFixture(typeof(SoGoc.Journeys.Tests.Town))]
[assembly: AssemblyFixture(typeof(SoGoc.Journeys.Tests.Browser))]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]

namespace SoGoc.Journeys.Tests;

/// <summary>The town of all journeys: two thousand invented people, and one family that the journeys know by name.</summary>
public sealed class Town : IAsyncLifetime
{
    private const int People = 2000;
    private readonly Testing.Town town = new();

    internal string Address => town.Address.ToString().TrimEnd('/');

    public async ValueTask InitializeAsync()
    {
        await town.InitializeAsync();
        var people = new InventedPeople(town.Places, town.Reference, People, 7, new DateOnly(2026, 11, 24));
        await town.Services.GetRequiredService<IFounding>().Load(people.Households(), "tỉnh minh họa", null, CancellationToken.None);
        await Family.MoveIn(town);
    }

    public ValueTask DisposeAsync() => town.DisposeAsync();

    /// <summary>All officials' sessions end, as at the end of a day.</summary>
    internal Task EndAllSessions() => town.Execute("update staff.session set ended_at = made_at where kind = 'page' and ended_at is null");

    /// <summary>The proof, as a script gets it, that the entry by which a person came in is in a signed head.</summary>
    internal async Task<string> ProofOf(string number)
    {
        await town.Seal();
        var position = await town.Value<long>("select min(e.position) from journal.entry e join population.person p on p.id = e.subject where p.number = $1", number);
        using var registrar = await town.As("tinh");
        return (await registrar.Post("/journal/proofs", new { log = "entry", position, purpose = "kiểm chứng", @case = "HS-1" })).Succeeds().Text;
    }

    /// <summary>How often a person's record was read: each reading is written down with its reason.</summary>
    internal Task<long> Readings(string number) =>
        town.Value<long>("select count(*) from journal.disclosure d join population.person p on p.id = d.subject where p.number = $1", number);

    /// <summary>Which field a head of a column meant, so that the next journey begins like the first.</summary>
    internal Task Forget(string head) => town.Execute("delete from population.known_head where head = $1", Kernel.Text.NameKey.Of(head));

    /// <summary>No list is checked until the hold is let go, so that a journey sees the work under way.</summary>
    internal async Task<IAsyncDisposable> HoldTheWorker()
    {
        var connection = await town.Database.Owner.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new Npgsql.NpgsqlCommand("lock table population.list_key in exclusive mode", connection, transaction);
        await command.ExecuteNonQueryAsync();
        return new Hold(connection, transaction);
    }

    private sealed class Hold(Npgsql.NpgsqlConnection connection, Npgsql.NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
