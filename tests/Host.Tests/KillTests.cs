using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.RegularExpressions;
using SoGoc.Invented;
using SoGoc.Lists;

namespace SoGoc.Host.Tests;

/// <summary>The real program, killed in the middle of its work and started again.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class KillTests(KillTests.Calm calm) : IClassFixture<KillTests.Calm>
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task An_import_killed_again_and_again_ends_as_if_nothing_had_happened()
    {
        // In two batches of the dry run, when the rows have been compared with each other, in two batches of entering, and at the very end.
        HaltingPoint[] points =
            [new(1, "checking", 1, 0), new(2, "checking", 2500, 0), new(3, "checked", 1, 0), new(4, "applying", 1, 1), new(5, "applying", 1, 2500), new(6, "done", 1, 1)];
        using var killed = await calm.Founded.Copy();
        await killed.ArmAhead(points[0]);
        var program = killed.Start("import", calm.List, "--apply");
        foreach (var point in points)
        {
            await killed.Halts(program, point);
            await killed.Kill(program, server: point.No % 2 == 0);
            program = killed.Start("import", calm.List, "--apply");
            await killed.Halts(program, point);     // what was cut off is done again
            await (point.No < points.Length ? killed.Arm(points[point.No]) : killed.Disarm());
        }

        await program.WaitForExitAsync();
        Assert.Equal(0, program.ExitCode);
        Assert.Equal(calm.Print, await Print(killed));
    }

    [Fact]
    public async Task A_server_killed_in_the_middle_of_a_list_goes_on_by_itself_when_it_starts_again()
    {
        using var killed = await calm.Founded.Copy();
        string list;
        using (var first = killed.Start("run", "--demo"))
        {
            using var http = await Served(killed, first);
            var point = new HaltingPoint(1, "applying", 1, 2500);
            await killed.Arm(point);
            using var content = new ByteArrayContent(await File.ReadAllBytesAsync(calm.List));
            list = (await (await http.PostAsync("/api/v1/lists?name=danh-sach.csv", content)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
            await Until(http, list, "checked");
            (await http.PostAsJsonAsync("/api/v1/lists/enter", new { id = list })).EnsureSuccessStatusCode();
            await killed.Halts(first, point);
            await killed.Kill(first, server: true);
        }

        using (var second = killed.Start("run", "--demo"))
        {
            using var http = await Served(killed, second);
            await killed.Disarm();
            await Until(http, list, "done");
            await killed.Kill(second, server: false);
        }

        Assert.Equal(calm.Print, await Print(killed));
    }

    /// <summary>The journal is verified by the program, and the register printed.</summary>
    private static async Task<List<string>> Print(ProgramFolder folder)
    {
        var (code, said) = await folder.Command("journal", "verify");
        Assert.True(code == 0, said);
        var print = new List<string>();
        await folder.WithServer(async connection => print = await RegisterPrint.Of(connection));
        return print;
    }

    /// <summary>Speaks to the serving program, with its demonstration's key, when it serves.</summary>
    private static async Task<HttpClient> Served(ProgramFolder folder, Process program)
    {
        while (await program.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Address().Match(line) is { Success: true } found)
            {
                _ = program.StandardOutput.ReadToEndAsync();
                _ = program.StandardError.ReadToEndAsync();
                var token = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "demo.json"))).RootElement.GetProperty("token").GetString();
                return new HttpClient { BaseAddress = new Uri(found.Groups[1].Value), DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
            }
        }

        throw new InvalidOperationException(await program.StandardError.ReadToEndAsync());
    }

    private static async Task Until(HttpClient http, string list, string state)
    {
        while (true)
        {
            using var reply = await http.PostAsJsonAsync("/api/v1/lists/show", new { id = list });
            var shown = await reply.Content.ReadFromJsonAsync<JsonElement>();
            if (shown.GetProperty("list").GetProperty("state").GetString() == state)
            {
                return;
            }

            Assert.NotEqual("failed", shown.GetProperty("job").GetProperty("state").GetString());
            await Task.Delay(Glance);
        }
    }

    [GeneratedRegex("^Sổ Gốc: (http://[^ ]+)")]
    private static partial Regex Address();

    /// <summary>A list with planted faults, a founded register, and what one undisturbed import makes of the two.</summary>
    public sealed class Calm : IAsyncLifetime
    {
        private readonly string folder = Directory.CreateTempSubdirectory("sogoc-killed").FullName;

        internal ProgramFolder Founded { get; private set; } = null!;

        internal List<string> Print { get; private set; } = [];

        public string List => Path.Combine(folder, "danh-sach.csv");

        public async ValueTask InitializeAsync()
        {
            var reference = Path.Combine(AppContext.BaseDirectory, "reference");
            InventedLists.Write(new InventedProvince(new InventedSettings(3500, 23, new DateOnly(2026, 11, 24), reference)), new ListSettings(folder, 0.03, ListFormat.Csv, VietnameseEncoding.Unicode, true));
            Founded = await ProgramFolder.Founded();
            using var undisturbed = await Founded.Copy();
            var (code, said) = await undisturbed.Command("import", List, "--apply");
            Assert.True(code == 0, said);
            Print = await KillTests.Print(undisturbed);
            Assert.Contains("keys left 0", Print);
        }

        public ValueTask DisposeAsync()
        {
            Founded.Dispose();
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
