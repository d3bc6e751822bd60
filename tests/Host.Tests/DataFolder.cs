using SoGoc.Host.Postgres;

namespace SoGoc.Host.Tests;

/// <summary>A data folder that any account may enter (a temporary folder of .NET would be closed to PostgreSQL's), and is gone after the test.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"sogoc-cluster-{Guid.NewGuid():N}")).FullName;

    public ClusterSettings Settings => new(Path, Binaries: null, SharedBuffersMb: 16, Durable: false);

    public ClusterFolders Cluster => ClusterFolders.Of(Path);

    public string Log() => string.Join('\n', Cluster.LastLogLines(int.MaxValue));

    public void CloseToOthers()
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A server that runs on without its program, as after a kill; returns once it is ready, with the task of its end.</summary>
    public async Task<Task<Tool.Result>> RunServerAlone()
    {
        var programs = await PostgresPrograms.Find(null, null, default);
        var account = await ServerAccount.For(Cluster.Cluster, [Path, programs.Folder], default);
        var end = Tool.Run(["setsid", .. account!.Command("INT", programs.Server, "-D", Cluster.Cluster)], default);
        while (!end.IsCompleted && Cluster.Processes.Status() is not "ready") await Task.Yield();
        return end;
    }

    public void Dispose()
    {
        var outside = Cluster.Root;
        if (outside != Path && Directory.Exists(outside)) Directory.Delete(outside, recursive: true);
        Directory.Delete(Path, recursive: true);
    }
}
