using System.Diagnostics;

namespace SoGoc.Host.Postgres;

/// <summary>Keeps one server running: starts it, starts it again when somebody killed it, stops it. All from one thread that lives as long as the server,
/// because the kernel stops the server when the thread that started it ends.</summary>
internal sealed class Postmaster : IDisposable
{
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(10), Glance = TimeSpan.FromMilliseconds(100);
    private readonly IReadOnlyList<string> command;
    private readonly ClusterFolders folders;
    private readonly ILogger log;
    private readonly ManualResetEventSlim stopping = new(), never = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> said = new();
    private readonly Lock turn = new();
    private int running;

    private Postmaster(IReadOnlyList<string> command, ClusterFolders folders, int adopted, ILogger log)
    {
        (this.command, this.folders, this.log, running, Proven) = (command, folders, log, adopted, adopted != 0);
        new Thread(Keep) { IsBackground = true, Name = "postmaster" }.Start();
    }

    public static Postmaster Start(IReadOnlyList<string> command, ClusterFolders folders, ILogger log) => new(command, folders, 0, log);

    public static Postmaster Adopt(int process, IReadOnlyList<string> command, ClusterFolders folders, ILogger log) => new(command, folders, process, log);

    /// <summary>Set once it has answered: from then on a server that ends is started again.</summary>
    public bool Proven { get; set; }

    /// <summary>The server is gone for good: stopped, never came up, or failed again and again.</summary>
    public Task Ended => ended.Task;

    /// <summary>The server's last words, for an error message.</summary>
    public string Said
    {
        get { lock (said) return string.Join('\n', said); }
    }

    private void Keep()
    {
        try
        {
            if (running != 0) Watch(running);
            for (var falls = 0; !stopping.IsSet && falls < 3;)
            {
                var started = Stopwatch.GetTimestamp();
                var code = RunOnce();
                if (stopping.IsSet || !Proven) break;
                falls = Stopwatch.GetElapsedTime(started) < Steady ? falls + 1 : 0;
                log.LogError("PostgreSQL ended by itself (exit code {Code}); starting it again.", code);
                folders.Processes.Vanish(log, CancellationToken.None).GetAwaiter().GetResult();
                folders.ClearStale();
            }
        }
        catch (Exception e) { log.LogCritical(e, "PostgreSQL cannot be kept running."); }
        finally { ended.TrySetResult(); }
    }

    // Not our child, so nobody tells us when it ends.
    private void Watch(int adopted)
    {
        while (folders.Processes.IsOurs(adopted)) never.Wait(Glance);
        lock (turn) running = 0;
        if (stopping.IsSet) return;
        log.LogError("The adopted PostgreSQL ended; starting it again.");
        folders.Processes.Vanish(log, CancellationToken.None).GetAwaiter().GetResult();
        folders.ClearStale();
    }

    private int RunOnce()
    {
        using var process = new Process { StartInfo = Tool.Quiet(command) };
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        lock (turn)
        {
            if (stopping.IsSet) return 0;
            process.Start();
            running = process.Id;
        }
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.WaitForExit(TimeSpan.FromHours(1))) folders.TrimLogs();
        lock (turn) running = 0;
        return process.ExitCode;
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (said)
        {
            said.Enqueue(line.Data);
            if (said.Count > 20) said.Dequeue();
        }
    }

    /// <summary>A clean stop, however long the last checkpoint takes within <paramref name="patience"/>; then an immediate one.</summary>
    public async Task Stop(TimeSpan patience)
    {
        Signal(Posix.Interrupt);
        try { await Ended.WaitAsync(patience, TimeProvider.System); }
        catch (TimeoutException)
        {
            log.LogWarning("PostgreSQL has not stopped within {Patience}; stopping it at once. The next start will recover.", patience);
            Signal(Posix.Quit);
            await Ended;
        }
    }

    private void Signal(int signal)
    {
        lock (turn)
        {
            stopping.Set();
            if (running != 0) Posix.Signal(running, signal);
        }
    }

    public void Dispose()
    {
        stopping.Dispose();
        never.Dispose();
    }
}
