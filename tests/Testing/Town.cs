using System.Runtime.Versioning;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using SoGoc.Host;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Sealing;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Staff;

namespace SoGoc.Testing;

/// <summary>The whole platform on a register of its own, spoken to over HTTP; one for each test class (<c>IClassFixture&lt;Town&gt;</c>), several side by side.
/// Nothing has to be cleaned: the register goes with its town.</summary>
[SupportedOSPlatform("linux")]
public class Town : IAsyncLifetime
{
    private TownServer server = null!;
    private string name = "";
    private WebApplication? app;
    private IReadOnlyList<DemonstrationAccount> accounts = [];

    /// <summary>The day on which the town begins.</summary>
    protected virtual DateOnly Day => new(2026, 11, 24);

    /// <summary>root, or branch.</summary>
    protected virtual string Role => "root";

    public Database Database { get; private set; } = null!;

    public TownClock Clock { get; private set; } = null!;

    public IServiceProvider Services => app!.Services;

    public PlaceBook Places => Services.GetRequiredService<IPlaces>().Book;

    /// <summary>Folder of the reference files.</summary>
    public string Reference { get; private set; } = "";

    /// <summary>The commune of the clerk canbo, who sees its people and no others.</summary>
    public Area Commune { get; private set; } = null!;

    public Uri Address => new(app!.Urls.First());

    /// <summary>The accounts of the demonstration: canbo, tinh, tinhoc, lanhdao.</summary>
    public IReadOnlyList<DemonstrationAccount> Accounts => accounts;

    /// <summary>A purpose and the case that each office of the town has open for it: what a clerk reads for, without what is sensitive and without the journal.</summary>
    public const string Purpose = "one-stop", Case = "HS-1";

    /// <summary>As above, for those who inspect: everything.</summary>
    public const string Inspection = "inspection", InspectionCase = "KT-1";

    public virtual async ValueTask InitializeAsync()
    {
        server = await TownServer.Running;
        (name, Database) = await server.Copy();
        Clock = new TownClock(Day);
        var settings = server.Settings(name, Day, Role);
        Reference = settings.Reference;
        await Execute("update kernel.setting set value = $1 where name = 'role'", Role);
        app = WebHost.Build(Database, settings, demonstration: true, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
            builder.Logging.AddProvider(new ServerFaults());
            Furnish(builder);
        });
        await app.StartAsync();
        accounts = await Services.GetRequiredService<IStaff>().SeedDemonstration(Database, CancellationToken.None);
        Commune = Places[await Value<int>("select area_id from staff.agency where code = 'XA'")]!;
        foreach (var office in accounts.Select(a => a.Office).Distinct())
        {
            await Open(office, Purpose, Case);
            await Open(office, Inspection, InspectionCase);
        }
    }

    /// <summary>What a start does before anything else: the schema, and what the program brings.</summary>
    public Task StartAgain() => Platform.Found(Database, server.Settings(name, Day, Role), CancellationToken.None);

    /// <summary>What this town has otherwise than others.</summary>
    protected virtual void Furnish(WebApplicationBuilder builder)
    {
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        if (name.Length > 0)
        {
            await Database.DisposeAsync();
            await server.Drop(name);
        }
    }

    /// <summary>An official who sends requests as scripts do, with a token.</summary>
    public async Task<Official> As(string signIn) => new(Address, await Services.GetRequiredService<IStaff>().MakeToken(Database, signIn, CancellationToken.None));

    /// <summary>The areas that the rows of a duty reach, as the database is told them.</summary>
    public string Reach(int duty) => Services.GetRequiredService<IReach>().Of(new Actor("official:thu", "Đỗ Thị Thử", "XA", new HashSet<string>(), [duty], false))!.Areas;

    /// <summary>Somebody at the pages, not signed in yet.</summary>
    public Sitting Sit() => new(this);

    /// <summary>Somebody who is not signed in.</summary>
    public Official Stranger() => new(Address, null);

    /// <summary>A new official with one role in one area (null: the whole province); with his personal number, where it is known.</summary>
    public async Task<Official> Official(string role, int? area, string? number = null)
    {
        var signIn = $"thu-{Guid.NewGuid():N}";
        await Execute("""
            with o as (insert into staff.official (id, name, sign_in, password_hash, agency_code, person_number) values (gen_random_uuid(), 'Đỗ Thị Thử', $1, '', 'XA', $4) returning id)
            insert into staff.post select id, $2, $3, daterange('2016-01-01', null) from o
            """, signIn, role, ((object?)area).As(NpgsqlTypes.NpgsqlDbType.Integer), number.As(NpgsqlTypes.NpgsqlDbType.Text));
        return await As(signIn);
    }

    /// <summary>Asks a service or feature as the platform does: a session of its own, kept when the outcome is good, and refusals of the database as problems.</summary>
    public async Task<Outcome<T>> Ask<TService, T>(Func<TService, Task<Outcome<T>>> act, Actor? actor = null) where TService : class
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(actor ?? Actor.System("test"));
        return await scope.ServiceProvider.GetRequiredService<Runner>().Run(act);
    }

    /// <summary>As <see cref="Ask"/>, for what has to succeed.</summary>
    public async Task<T> Do<TService, T>(Func<TService, Task<Outcome<T>>> act, Actor? actor = null) where TService : class
    {
        var outcome = await Ask(act, actor);
        return outcome.Ok(out var value) ? value : throw new InvalidOperationException(string.Join("; ", outcome.Problems.Select(p => $"{p.Code} {string.Join(' ', p.Data)}")));
    }

    /// <summary>Opens a case for an office.</summary>
    public Task<CaseFile> Open(string office, string purpose, string reference)
    {
        var opener = new Actor("official:00000000-0000-0000-0000-000000000000", "Vũ Văn Thử", office, new HashSet<string> { "population.read-journal", "journal.read-feed" }, [], true);
        return Do<CaseBook, CaseFile>(c => c.Open(new NewCase("dossier", reference, purpose)), opener);
    }

    /// <summary>The official goes on with a case of his office: his pages read for it.</summary>
    public Task TakeUp(string signIn, string reference = Case) => Execute("""
        insert into journal.case_current (actor, case_id, since)
        select 'official:' || o.id, c.id, now() from staff.official o join staff.agency a on a.code = o.agency_code join journal.case_file c on c.office = a.name and c.reference = $2 where o.sign_in = $1
        on conflict (actor) do update set case_id = excluded.case_id
        """, signIn, reference);

    /// <summary>The official is working on nothing.</summary>
    public Task LayDown(string signIn) => Execute("delete from journal.case_current where actor = (select 'official:' || id from staff.official where sign_in = $1)", signIn);

    /// <summary>Enters a person; the key of the record.</summary>
    public Task<Guid> Enter(PersonState person, string ground = "giấy khai sinh mẫu") => Do<IPopulation, Guid>(p => p.Enter(person, ground));

    public Task<PersonState> Act<TEntry>(Guid person, TEntry entry, string ground = "quyết định mẫu") where TEntry : IPersonEntry =>
        Do<IPopulation, PersonState>(p => p.Act(person, entry, ground));

    /// <summary>Opens a household without members.</summary>
    public async Task<Guid> Household(HouseholdState? household = null)
    {
        var id = Guid.CreateVersion7(Clock.GetUtcNow());
        var h = household ?? new HouseholdState($"MAU-{id:N}", null, "Nhà mẫu", null);
        await Do<IServiceProvider, Done>(async scope =>
        {
            await scope.GetRequiredService<Session>().Execute("insert into population.household (id, file_number, area_id, detail, opened_on, closed_on) values ($1, $2, $3, $4, $5, $6)",
                id, h.FileNumber, ((object?)h.Area).As(NpgsqlTypes.NpgsqlDbType.Integer), h.Detail,
                ((object?)h.OpenedOn).As(NpgsqlTypes.NpgsqlDbType.Date), ((object?)h.ClosedOn).As(NpgsqlTypes.NpgsqlDbType.Date));
            await scope.GetRequiredService<Journal>().Add(id, new HouseholdRecorded(h), "hồ sơ cư trú mẫu");
            return Done.It;
        });
        return id;
    }

    /// <summary>Checks the whole register against its journal.</summary>
    public Task<Verified> Verify() => Services.GetRequiredService<IVerification>().Run(null, CancellationToken.None);

    /// <summary>Seals all that is committed. Open transactions of other towns in the same cluster hold sealing back for a moment.</summary>
    public async Task Seal()
    {
        const string left = "select (select count(*) from journal.entry) + (select count(*) from journal.disclosure) - (select sum(size) from seal.log)";
        do
        {
            await Services.GetRequiredService<Sealer>().SealNow(CancellationToken.None);
        }
        while ((await Rows(left, r => r.GetDecimal(0))).Single() > 0);
    }

    /// <summary>Both sentences of a code, Vietnamese and English; null when one is missing.</summary>
    public (string Vi, string En)? Sentence(string code) =>
        Services.GetRequiredService<Sentences>().All.TryGetValue(code, out var pair) && pair is { Vi.Length: > 0, En.Length: > 0 } ? pair : null;

    /// <summary>A statement as the owner; what fills a million rows on a busy machine takes its time.</summary>
    public async Task<int> Execute(string sql, params object?[] values)
    {
        await using var connection = await Database.Owner.OpenConnectionAsync();
        await using var command = connection.CreateCommand(sql, values);
        command.CommandTimeout = 0;
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        await using var connection = await Database.Owner.OpenConnectionAsync();
        await using var command = connection.CreateCommand(sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public async Task<T> Value<T>(string sql, params object?[] values) => (await Rows(sql, r => r.GetFieldValue<T>(0), values)).Single();
}

/// <summary>A town whose register is a branch of the root.</summary>
[SupportedOSPlatform("linux")]
public sealed class BranchTown : Town
{
    protected override string Role => "branch";
}
