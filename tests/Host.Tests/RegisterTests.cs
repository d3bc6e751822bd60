using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SoGoc.Host.Demo;
using SoGoc.Host.Postgres;
using SoGoc.Invented;
using SoGoc.Kernel.Data;
using SoGoc.Lists;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Staff;

namespace SoGoc.Host.Tests;

/// <summary>A whole platform on a fresh database of its own, spoken to over HTTP.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class Town : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("sogoc-town").FullName;
    private Cluster? cluster;
    private Microsoft.AspNetCore.Builder.WebApplication? app;

    internal Database Database { get; private set; } = null!;
    internal Settings Settings { get; private set; } = null!;
    internal IServiceProvider Services => app!.Services;
    internal HttpClient Http { get; } = new();

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        Settings = new Settings(folder, "http://127.0.0.1:0", null, 0, new DateOnly(2026, 11, 24), "root", "89@2022-04-12", null);
        cluster = await Cluster.Start(new ClusterSettings(folder, null, 128, Durable: false), NullLogger.Instance, CancellationToken.None);
        Database = new Database(cluster.ConnectionString("postgres", Cluster.Superuser));
        await Platform.Found(Database, Settings, CancellationToken.None);
        app = WebHost.Build(Database, Settings, demonstration: true);
        await app.StartAsync();
        var staff = Services.GetRequiredService<IStaff>();
        await staff.SeedDemonstration(Database, CancellationToken.None);
        Http.BaseAddress = new Uri(app.Urls.First());
        Http.DefaultRequestHeaders.Authorization = new("Bearer", await staff.MakeToken(Database, "tinh", CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app!.DisposeAsync();
        await Database.DisposeAsync();
        await cluster!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    internal async Task<JsonElement> Post(string path, object body)
    {
        using var reply = await Http.PostAsJsonAsync("/api/v1" + path, body);
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Sends a list, waits for the dry run, enters it, and waits again.</summary>
    internal async Task<JsonElement> Enter(string name, byte[] list)
    {
        using var content = new ByteArrayContent(list);
        using var reply = await Http.PostAsync("/api/v1/lists?name=" + name, content);
        var sent = await reply.Content.ReadFromJsonAsync<JsonElement>();
        if (!reply.IsSuccessStatusCode)
        {
            return sent;
        }

        var id = sent.GetProperty("id").GetString()!;
        await Until(id, "checked");
        await Post("/lists/enter", new { id });
        return await Until(id, "done");
    }

    private async Task<JsonElement> Until(string id, string state)
    {
        for (var asked = 0; asked < 200_000; asked++)
        {
            var shown = await Post("/lists/show", new { id });
            if (shown.GetProperty("list").GetProperty("state").GetString() == state)
            {
                return shown;
            }

            Assert.DoesNotContain(shown.GetProperty("list").GetProperty("state").GetString(), new[] { "refused", "cancelled" });
            await Task.Yield();
        }

        throw new TimeoutException(state);
    }
}

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class RegisterTests(Town town) : IClassFixture<Town>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_planted_faults_are_found_exactly_and_the_same_list_twice_changes_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("sogoc-lists").FullName;
        InventedLists.Write(new InventedProvince(new InventedSettings(3000, 11, new DateOnly(2026, 11, 24), town.Settings.Reference)), new ListSettings(folder, 0.05, ListFormat.Csv, VietnameseEncoding.Tcvn3, true));
        var list = await File.ReadAllBytesAsync(Path.Combine(folder, "danh-sach.csv"), Stop);
        var first = await town.Enter("danh-sach.csv", list);

        var planted = ReferenceTable.Read(Path.Combine(folder, "truth.csv")).Where(r => r["visible"] == "1").Select(r => $"{r["row"]} {r["code"]}").Order(StringComparer.Ordinal).ToList();
        var found = new List<string>();
        await using (var connection = await town.Database.Owner.OpenConnectionAsync(Stop))
        await using (var command = connection.CreateCommand("select row_no || ' ' || code from population.list_fault where list_id = $1", Guid.Parse(first.GetProperty("list").GetProperty("id").GetString()!)))
        await using (var reader = await command.ExecuteReaderAsync(Stop))
        {
            while (await reader.ReadAsync(Stop))
            {
                found.Add(reader.GetString(0));
            }
        }

        Assert.Equal(planted, found.Order(StringComparer.Ordinal));
        var again = await town.Enter("danh-sach.csv", list);
        Assert.Equal(0, again.GetProperty("list").GetProperty("entered").GetInt64());
        Assert.Equal(0, again.GetProperty("list").GetProperty("completed").GetInt64());
        Directory.Delete(folder, recursive: true);

        var verified = await town.Services.GetRequiredService<IVerification>().Run(null, Stop);
        Assert.Empty(verified.Differences);
        Assert.True(verified.Persons > 2500);
    }

    [Fact]
    public async Task A_person_is_found_without_accents_and_in_any_order_and_the_reading_is_recorded()
    {
        await town.Enter("mot.csv", "Họ và tên,Ngày sinh,Giới tính,Số định danh cá nhân\nNguyễn Thị Thử Nghiệm,5/7/1962,Nữ,089162000123\n"u8.ToArray());
        var found = await town.Post("/persons/search", new { text = "nghiem thu NGUYEN" });
        Assert.Equal("089162000123", found.GetProperty("persons")[0].GetProperty("number").GetString());
        await using var connection = await town.Database.Owner.OpenConnectionAsync(Stop);
        await using var command = connection.CreateCommand("select count(*) from journal.disclosure where subject = $1", Guid.Parse(found.GetProperty("persons")[0].GetProperty("id").GetString()!));
        Assert.Equal(1L, await command.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task A_stranger_gets_no_data()
    {
        using var stranger = new HttpClient { BaseAddress = town.Http.BaseAddress };
        using var reply = await stranger.PostAsJsonAsync("/api/v1/persons/search", new { text = "nguyen" }, Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
    }

    [Theory]
    [InlineData("lists.not-a-list", "\0\u0001\u0002ngẫu nhiên")]
    [InlineData("lists.broken-quote", "Họ và tên,Ngày sinh,Giới tính\n\"Nguyễn Văn Mẫu,1962,Nam\nTrần Thị Thử,1970,Nữ\n")]
    public async Task A_file_that_is_no_list_is_refused_with_its_code(string code, string text)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        using var reply = await town.Http.PostAsync("/api/v1/lists?name=x.csv", content, Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.StatusCode);
        Assert.Equal(code, (await reply.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_divided_commune_leaves_the_choice_open()
    {
        var resolved = await town.Post("/places/resolve", new { code = "30334", day = "2022-04-12" });
        Assert.False(resolved.GetProperty("certain").GetBoolean());
        Assert.Equal(2, resolved.GetProperty("candidates").GetArrayLength());
    }

    [Fact]
    public void The_counts_of_units_are_those_of_the_law_on_each_day()
    {
        var book = town.Services.GetRequiredService<IPlaces>().Book;
        int Count(AreaLevel level, DateOnly on, bool home) => book.All.Count(a => a.Level == level && a.Valid.Holds(on) && (!home || book.Province(a)?.Id == book.Home(on)!.Id));
        var (then, now) = (new DateOnly(2022, 4, 12), new DateOnly(2026, 11, 24));
        Assert.Equal((63, 11, 156), (Count(AreaLevel.Province, then, false), Count(AreaLevel.District, then, true), Count(AreaLevel.Commune, then, true)));
        Assert.Equal((34, 0, 102), (Count(AreaLevel.Province, now, false), Count(AreaLevel.District, now, true), Count(AreaLevel.Commune, now, true)));
    }

    [Fact]
    public async Task The_journal_cannot_be_changed_even_by_the_owner()
    {
        await using var connection = await town.Database.Owner.OpenConnectionAsync(Stop);
        await using var command = connection.CreateCommand("update journal.entry set actor = 'nobody'");
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync(Stop));
    }

    [Theory]
    [InlineData("/dang-nhap")]
    [InlineData("/sogoc.css")]
    [InlineData("/lib/bootstrap.min.css")]
    [InlineData("/openapi/v1.json")]
    public async Task A_public_page_has_content(string path)
    {
        using var reply = await town.Http.GetAsync(path, Stop);
        Assert.True(reply.IsSuccessStatusCode, $"{path}: {reply.StatusCode}");
        Assert.True((await reply.Content.ReadAsByteArrayAsync(Stop)).Length > 500);
    }
}
