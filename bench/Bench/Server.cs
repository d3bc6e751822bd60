using System.Diagnostics;
using System.Text.Json;

namespace SoGoc.Bench;

/// <summary>A program of ours that runs beside, until it is disposed.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process process;

    private Server(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    public long PeakMemory
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>The Host on a data folder, with a demonstration of so many people; what a script needs is in demo.json.</summary>
    public static async Task<(Server Server, Demonstration Demo)> Host(string data, int people, int port)
    {
        var server = await Start(Program("SoGoc.Host"), ["run", "--demo"], port, "/health/ready", TimeSpan.FromMinutes(30), ("SOGOC_DATA", data), ("SOGOC_PEOPLE", people.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var demo = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(data, "demo.json"))).RootElement;
        return (server, new Demonstration(demo.GetProperty("token").GetString()!, demo.GetProperty("purpose").GetString()!, demo.GetProperty("case").GetString()!));
    }

    public static Task<Server> Limits(string connection, int port) => Start(Environment.ProcessPath!, ["--limits", connection, $"http://localhost:{port}"], port, "/", TimeSpan.FromMinutes(1));

    /// <summary>A command of the Host, to its end; its output, how long it took and how much memory.</summary>
    public static async Task<(TimeSpan Time, long Peak, string Said)> Command(string data, params string[] words)
    {
        var start = new ProcessStartInfo(Program("SoGoc.Host"), words) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["SOGOC_DATA"] = data;
        var watch = Stopwatch.StartNew();
        using var command = Process.Start(start)!;
        command.StandardInput.Close();
        long peak = 0;
        var said = command.StandardOutput.ReadToEndAsync();
        var faults = command.StandardError.ReadToEndAsync();
        while (!command.WaitForExit(100))
        {
            command.Refresh();
            peak = Math.Max(peak, command.PeakWorkingSet64);
        }

        return command.ExitCode == 0 ? (watch.Elapsed, peak, await said) : throw new InvalidOperationException($"{string.Join(' ', words)}: {await faults}{await said}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static string Program(string name) => Path.Combine(AppContext.BaseDirectory, name);

    private static async Task<Server> Start(string program, string[] words, int port, string ready, TimeSpan patience, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(program, words);
        start.Environment["SOGOC_URLS"] = $"http://localhost:{port}";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var server = new Server(Process.Start(start)!, new Uri($"http://localhost:{port}"));
        using var http = new HttpClient();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < patience && !server.process.HasExited; await Task.Delay(200))
        {
            try
            {
                using var reply = await http.GetAsync(new Uri(server.Address, ready));
                if (reply.IsSuccessStatusCode || ready == "/")
                {
                    return server;
                }
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }
        }

        throw new TimeoutException(program);
    }
}

/// <summary>What demo.json tells a script: its token, and the reason it reads for.</summary>
internal sealed record Demonstration(string Token, string Purpose, string Case);
