using System.Diagnostics;
using System.Text.Json;
using SoGoc.Identity;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Sealing;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Quality;
using SoGoc.Services;
using SoGoc.Staff;

namespace SoGoc.Host.Demo;

/// <summary>Founds the demonstration: accounts, an invented population when the register is empty, and demo.json for scripts.</summary>
internal static class Demonstration
{
    /// <summary>What scripts of the demonstration read for; the case is open when it begins.</summary>
    private const string Purpose = "data-sharing", Case = "MINH-HOA";

    /// <summary>Share of the invented records that have a fault, so that there is something to clean.</summary>
    private const double Dirt = 0.02;

    /// <summary>Days that the province has lived when the demonstration begins, and how many files people have handed in meanwhile.</summary>
    private const int Days = 31, PeoplePerFile = 8, MostFiles = 400;

    private static readonly JsonSerializerOptions Readable = new(Journal.Json) { WriteIndented = true };

    public static async Task Prepare(IServiceProvider services, Database database, Settings settings, CancellationToken stop)
    {
        var staff = services.GetRequiredService<IStaff>();
        var accounts = await staff.SeedDemonstration(database, stop);
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var some = connection.CreateCommand("select 1 from population.person limit 1");
        if (settings.People > 0 && await some.ExecuteScalarAsync(stop) is null)
        {
            var (watch, clock) = (Stopwatch.StartNew(), (OfficeClock)services.GetRequiredService<TimeProvider>());
            var (now, since) = (clock.GetUtcNow(), clock.Today().AddDays(-Days));
            clock.Show(OfficeTime.At(since));
            var people = new InventedPeople(services.GetRequiredService<IPlaces>().Book, settings.Reference, settings.People, 7, clock.Today());
            var count = await services.GetRequiredService<IFounding>().Load(new PlantedFaults(Dirt, clock.Today()).Into(people.Households()), "tỉnh minh họa", null, stop);
            var files = await services.GetRequiredService<IServicesDemonstration>().Live(since, now, Math.Min(MostFiles, settings.People / PeoplePerFile), accounts.FirstOrDefault(a => a.Area is not null)?.Area, at => clock.Show(at), stop);
            clock.Show(null);
            await Measure(services);
            Console.WriteLine($"{count:N0} người do máy bịa ra đã vào sổ trong {watch.Elapsed.TotalSeconds:N0} giây. / invented people entered; {files:N0} hồ sơ trong {Days} ngày qua / files of the days before.");
        }

        var citizens = await services.GetRequiredService<IIdentity>().SeedDemonstration(accounts.FirstOrDefault(a => a.Area is not null)?.Area, stop);
        var url = settings.Urls.Split(';')[0];
        var token = await staff.MakeToken(database, "tinh", stop);
        var @case = await OpenCase(services, accounts.Single(a => a.SignIn == "tinh").Office);
        var demo = new { baseUrl = url, api = url + "/api/v1", openapi = url + "/openapi/v1.json", token, purpose = Purpose, @case, accounts, citizens };
        Directory.CreateDirectory(settings.Data);
        var path = Path.Combine(settings.Data, "demo.json");
        await File.WriteAllTextAsync(path + ".new", JsonSerializer.Serialize(demo, Readable), stop);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Move(path + ".new", path, overwrite: true);
        Console.WriteLine($"Mở / open: {url}");
        foreach (var a in accounts)
        {
            Console.WriteLine($"  {a.SignIn,-9} {a.Password}   {a.Name}, {a.Office}");
        }

        Console.WriteLine($"Công dân / citizens: {url}/vao");
        foreach (var c in citizens)
        {
            Console.WriteLine($"  {c.Number} {c.Password}   mức {c.Level} / level {c.Level}");
        }
    }

    /// <summary>The first run over the register does not wait for the night.</summary>
    private static async Task Measure(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("demonstration"));
        await scope.ServiceProvider.GetRequiredService<IQualityRuns>().Ask();
    }

    /// <summary>The open case of the demonstration for an office; where the last one was closed, the next.</summary>
    private static async Task<string> OpenCase(IServiceProvider services, string office)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("demonstration") with { Office = office, Permissions = new HashSet<string> { Permission.Of(JournalPermission.ReadFeed).Code } });
        var opened = await scope.ServiceProvider.GetRequiredService<Runner>().Run<CaseBook, CaseFile>(async cases =>
        {
            var (reference, next) = (Case, 2);
            while (await cases.Find(reference) is { ClosedAt: not null })
            {
                reference = $"{Case}-{next++}";
            }

            return await cases.Find(reference) is { } open ? open : await cases.Open(new NewCase("work-item", reference, Purpose));
        });
        return opened.Ok(out var file) ? file.Reference : throw new InvalidOperationException(opened.Problems[0].Code);
    }
}
