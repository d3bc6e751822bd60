using System.Diagnostics;
using System.Text.Json;

namespace SoGoc.Testing;

/// <summary>Runs a client of others (npm) against a started Host. The packages are fetched once, by the lock file.</summary>
public static class NpmClient
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "clients");
    private static readonly Lazy<Task> Fetched = new(async () => await Run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], ""));

    public static async Task<JsonElement> Of(string script, object given)
    {
        await Fetched.Value;
        return JsonDocument.Parse(await Run("node", [script], JsonSerializer.Serialize(given))).RootElement;
    }

    /// <summary>Starts a client that serves until it is disposed; it has said that it listens when the task ends.</summary>
    public static async Task<IDisposable> Serve(string script, object given)
    {
        await Fetched.Value;
        var process = Begin("node", [script]);
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(given));
        process.StandardInput.Close();
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        return new Served(process);
    }

    private sealed class Served(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private static Process Begin(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static async Task<string> Run(string program, string[] arguments, string input)
    {
        using var process = Begin(program, arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (told, faults) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await faults}{await told}");
        return await told;
    }
}
