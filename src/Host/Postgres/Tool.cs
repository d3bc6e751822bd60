using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace SoGoc.Host.Postgres;

/// <summary>Runs a short program of the system and returns what it said.</summary>
internal static class Tool
{
    internal sealed record Result(int ExitCode, string Output)
    {
        public bool Ok => ExitCode == 0;
    }

    public static string Path { get; } = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/usr/bin:/sbin:/bin";

    // On a thread of its own: a program that is to die with its parent dies with the parent's *thread*, and those of the pool come and go.
    public static Task<Result> Run(IReadOnlyList<string> command, CancellationToken stop) =>
        Task.Factory.StartNew(() => Wait(Quiet(command), stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>No terminal, no inherited settings: in root's HOME a client library inside the server would look for keys it may not read,
    /// and PGDATA and its kin would redirect it.</summary>
    public static ProcessStartInfo Quiet(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(Found(command[0]), command.Skip(1))
        {
            WorkingDirectory = "/", RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Path;
        start.Environment["HOME"] = "/";
        return start;
    }

    // By the path alone: left to itself, .NET looks in the folder where we were started first, and would run anybody's "id" there, perhaps as root.
    private static string Found(string program) =>
        program.Contains('/', StringComparison.Ordinal) ? program
        : Path.Split(':').Where(System.IO.Path.IsPathRooted).Select(folder => System.IO.Path.Combine(folder, program)).FirstOrDefault(File.Exists) ?? "/usr/bin/" + program;

    private static Result Wait(ProcessStartInfo start, CancellationToken stop)
    {
        var said = new StringBuilder();
        using var process = new Process { StartInfo = start };
        void Hear(object _, DataReceivedEventArgs line) { lock (said) said.AppendLine(line.Data); }
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        try { process.Start(); }
        catch (Win32Exception e) { return new(127, e.Message); }
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using (stop.Register(() => process.Kill(entireProcessTree: true)))
            process.WaitForExit();
        stop.ThrowIfCancellationRequested();
        lock (said) return new(process.ExitCode, said.ToString().Trim());
    }
}
