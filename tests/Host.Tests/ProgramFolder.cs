using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SoGoc.Host.Postgres;

namespace SoGoc.Host.Tests;

/// <summary>A data folder of the real program (<c>SoGoc.Host</c> as it is installed), which can be started on it, watched in its database, and killed.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ProgramFolder : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private const int Trip = 0x74726970;

    /// <summary>Halts the work on a list inside the transaction that reaches the armed point, for as long as the point is armed; a lock tells that it stands there.</summary>
    private const string Tripwire = """
        create table public.tripwire (no integer not null, state text not null, checked_row bigint not null, applied_row bigint not null);
        create function public.trip() returns trigger language plpgsql security definer as $$
        declare
          point integer;
        begin
          loop
            select t.no into point from public.tripwire t where new.state = t.state and new.checked_row >= t.checked_row and new.applied_row >= t.applied_row;
            exit when point is null;
            perform pg_advisory_xact_lock_shared(1953655152, point);
            perform pg_sleep(0.01);
          end loop;
          return new;
        end $$;
        create trigger trip before update on population.list for each row execute function public.trip();
        """;

    public string Path { get; private init; } = Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"sogoc-program-{Guid.NewGuid():N}")).FullName;

    private ClusterFolders Folders => ClusterFolders.Of(Path);

    /// <summary>A founded register without people, with the tripwire laid.</summary>
    public static async Task<ProgramFolder> Founded()
    {
        var folder = new ProgramFolder();
        var (code, said) = await folder.Command("journal", "verify");
        Assert.True(code == 0, said);
        await folder.WithServer(async connection =>
        {
            await using var lay = new NpgsqlCommand(Tripwire, connection);
            await lay.ExecuteNonQueryAsync();
        });
        return folder;
    }

    public async Task<ProgramFolder> Copy()
    {
        var copy = new ProgramFolder();
        using var cp = Process.Start("cp", ["-a", Path + "/.", copy.Path]);
        await cp.WaitForExitAsync();
        return copy;
    }

    /// <summary>Runs a command to its end; exit code and all it said.</summary>
    public async Task<(int Code, string Said)> Command(params string[] words)
    {
        using var process = Start(words);
        var (said, complaints) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await complaints);
    }

    public Process Start(params string[] words) => StartIn(AppContext.BaseDirectory, words);

    /// <summary>Settings of the environment beside the usual ones.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Starts the server with a demonstration, at an address that is free now; returns once it serves.</summary>
    public async Task<Process> Demonstrate(int people)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        (Environment["SOGOC_URLS"], Environment["SOGOC_PEOPLE"]) = (url, people.ToString(CultureInfo.InvariantCulture));
        var program = StartIn(AppContext.BaseDirectory, "run", "--demo");
        var complaints = program.StandardError.ReadToEndAsync();
        string? line;
        do
        {
            line = await program.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await complaints);
        }
        while (!line.StartsWith($"Sổ Gốc: {url}", StringComparison.Ordinal));
        _ = program.StandardOutput.ReadToEndAsync();
        return program;
    }

    /// <summary>Starts the program with a working folder.</summary>
    public Process StartIn(string working, params string[] words)
    {
        var start = new ProcessStartInfo(System.IO.Path.Combine(AppContext.BaseDirectory, "SoGoc.Host"), words) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = working };
        start.Environment["SOGOC_DATA"] = Path;
        start.Environment["SOGOC_URLS"] = "http://127.0.0.1:0";
        start.Environment["SOGOC_PEOPLE"] = "0";
        start.Environment.Remove("SOGOC_DB");
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Halts the work on lists at this point from now on, and lets it go on from the one armed before.</summary>
    public Task Arm(HaltingPoint point) => Sql(Arming(point));

    public Task Disarm() => Sql("truncate public.tripwire");

    /// <summary>As <see cref="Arm"/>, while no program runs.</summary>
    public Task ArmAhead(HaltingPoint point) => WithServer(async connection =>
    {
        await using var arm = new NpgsqlCommand(Arming(point), connection);
        await arm.ExecuteNonQueryAsync();
    });

    /// <summary>Waits until the work stands at the point; fails with what the program said if that ends instead.</summary>
    public async Task Halts(Process program, HaltingPoint point)
    {
        while (await Sql($"select count(*) from pg_locks where locktype = 'advisory' and classid = {Trip} and objid = {point.No}") is not > 0L)
        {
            Assert.False(program.HasExited, $"The program ended before {point}.");
            await Task.Delay(Glance);
        }
    }

    /// <summary>As the kernel kills for want of memory: nobody is asked. With its server: the sessions first, so that nothing can end in order.</summary>
    public async Task Kill(Process program, bool server)
    {
        foreach (var session in server ? Folders.Processes.Alive() : [])
        {
            Posix.Signal(session, Posix.Kill);
        }

        program.Kill();
        await program.WaitForExitAsync();
        await Folders.Processes.Vanish(NullLogger.Instance, CancellationToken.None);
    }

    /// <summary>Does something on the database while no program runs.</summary>
    public async Task WithServer(Func<NpgsqlConnection, Task> act)
    {
        await using var cluster = await Cluster.Start(new ClusterSettings(Path, Binaries: null), NullLogger.Instance, CancellationToken.None);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(cluster.ConnectionString("sogoc", Cluster.Superuser)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await act(connection);
    }

    private static string Arming(HaltingPoint p) =>
        $"truncate public.tripwire; insert into public.tripwire values ({p.No}, '{p.State}', {p.CheckedRow}, {p.AppliedRow})";

    public void Dispose()
    {
        var outside = Folders.Root;
        if (outside != Path && Directory.Exists(outside)) Directory.Delete(outside, recursive: true);
        Directory.Delete(Path, recursive: true);
    }

    /// <summary>A statement on the server that the program runs; waits for it to come up.</summary>
    private async Task<object?> Sql(string sql)
    {
        while (true)
        {
            try
            {
                if (Folders.Processes.Status() is "ready" && Folders.Processes.SocketFolder() is { } socket)
                {
                    await using var connection = new NpgsqlConnection($"Host={socket};Username={Cluster.Superuser};Database=sogoc;Pooling=false");
                    await connection.OpenAsync();
                    await using var command = new NpgsqlCommand(sql, connection);
                    return await command.ExecuteScalarAsync();
                }
            }
            catch (NpgsqlException)
            {
                // Still starting, or on its way out.
            }

            await Task.Delay(Glance);
        }
    }
}

/// <summary>Where the work on a list is halted: in the transaction that brings it to this state and at least to these rows.</summary>
internal sealed record HaltingPoint(int No, string State, long CheckedRow, long AppliedRow);
