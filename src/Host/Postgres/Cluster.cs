using System.Globalization;
using System.Runtime.Versioning;
using Npgsql;

namespace SoGoc.Host.Postgres;

/// <summary>A PostgreSQL of our own in the data folder, reached over a unix socket. It ends with this program, and after any crash the next start goes on.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const string Superuser = "sogoc";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3), Glance = TimeSpan.FromMilliseconds(10);
    private readonly FolderLock hold;
    private readonly ClusterFolders folders;
    private readonly Postmaster server;
    private readonly string socket;

    private Cluster(FolderLock hold, ClusterFolders folders, Postmaster server, string socket, bool adopted) =>
        (this.hold, this.folders, this.server, this.socket, Adopted) = (hold, folders, server, socket, adopted);

    /// <summary>A server left over from a program that was killed was still running, and was taken over.</summary>
    public bool Adopted { get; }

    /// <summary>Completes when the server is gone for good: stopped, or dead in spite of being started again.</summary>
    public Task Ended => server.Ended;

    /// <summary>Takes the folder, makes the cluster when there is none, starts the server and waits until a query is answered.</summary>
    /// <exception cref="ClusterException">Whatever the operator has to mend.</exception>
    public static async Task<Cluster> Start(ClusterSettings settings, ILogger log, CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux())
            throw new ClusterException("host.not-linux",
                "Cụm PostgreSQL riêng chỉ chạy trên Linux: hãy đặt SOGOC_DB để dùng máy chủ có sẵn. / The private PostgreSQL runs on Linux only: set SOGOC_DB to use an existing server.");

        var data = Prepared(settings.DataFolder);
        var hold = await FolderLock.Take(data, stop);
        try { return await Start(settings with { DataFolder = data }, hold, log, stop); }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>For Npgsql, without pool settings.</summary>
    public string ConnectionString(string database, string user) =>
        new NpgsqlConnectionStringBuilder { Host = socket, Username = user, Database = database }.ConnectionString;

    private static string Prepared(string folder)
    {
        try { return Posix.RealPath(Directory.CreateDirectory(folder).FullName.TrimEnd('/')); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException("host.folder-closed", $"Không tạo được thư mục dữ liệu {folder}. / The data folder {folder} cannot be made: {e.Message}");
        }
    }

    [SupportedOSPlatform("linux")]
    private static async Task<Cluster> Start(ClusterSettings settings, FolderLock hold, ILogger log, CancellationToken stop)
    {
        var folders = ClusterFolders.Of(settings.DataFolder);
        var programs = await PostgresPrograms.Find(settings.Binaries, Written(folders), stop);
        var account = await ServerAccount.For(folders.Cluster, [folders.Root, programs.Folder], stop);
        if (account is null)
        {
            folders = ClusterFolders.Outside(settings.DataFolder, log);
            account = await ServerAccount.For(folders.Cluster, [folders.Root, programs.Folder], stop) ?? throw ProgramsClosed(programs);
        }
        await account.Give(folders.Run, deep: false, stop);
        await account.Give(folders.Log, deep: true, stop);
        var command = (IReadOnlyList<string>)["setsid", .. account.Command("INT", programs.Server, "-D", folders.Cluster)];

        if (await Adopt(folders, hold, command, log, stop) is { } adopted) return adopted;

        await folders.Processes.Vanish(log, stop);
        if (!Directory.Exists(folders.Cluster)) await NewCluster.Make(folders, programs, account, settings.Durable, log, stop);
        await account.Give(folders.Cluster, deep: true, stop);
        folders.ClearStale();
        folders.TrimLogs();
        var socket = folders.Socket();
        await account.Give(socket, deep: false, stop);
        Configure(folders, ServerConfiguration.Text(settings, folders, socket));
        return await Answering(new(hold, folders, Postmaster.Start(command, folders, log), socket, adopted: false), log, stop);
    }

    private static int? Written(ClusterFolders folders) =>
        Path.Combine(folders.Cluster, "PG_VERSION") is var file && File.Exists(file) ? int.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture) : null;

    // A server on its way out (its program was killed a moment ago) is left to go; one that answers is ours again.
    private static async Task<Cluster?> Adopt(ClusterFolders folders, FolderLock hold, IReadOnlyList<string> command, ILogger log, CancellationToken stop)
    {
        while (folders.Processes.Postmaster() is { } process && folders.Processes.Status() is not "stopping")
        {
            if (folders.Processes is { } its && its.Status() is "ready" && its.SocketFolder() is { } socket && await Answers(socket, stop))
            {
                log.LogWarning("Took over the PostgreSQL (pid {Pid}) that a killed program left running.", process);
                return new(hold, folders, Postmaster.Adopt(process, command, folders, log), socket, adopted: true);
            }
            await Task.Delay(Glance, TimeProvider.System, stop);
        }
        return null;
    }

    // Written beside and renamed: the folder belongs to a lesser account, which could have put a link in its place.
    [SupportedOSPlatform("linux")]
    private static void Configure(ClusterFolders folders, string text)
    {
        var (file, fresh) = (Path.Combine(folders.Cluster, ServerConfiguration.File), Path.Combine(folders.Cluster, ServerConfiguration.File + ".new"));
        File.Delete(fresh);
        using (var stream = new FileStream(fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = (UnixFileMode)0b110_100_100 }))
        using (var writer = new StreamWriter(stream))
            writer.Write(text);
        File.SetUnixFileMode(fresh, (UnixFileMode)0b110_100_100);   // whatever the umask
        File.Move(fresh, file, overwrite: true);
    }

    private static async Task<Cluster> Answering(Cluster started, ILogger log, CancellationToken stop)
    {
        try
        {
            for (var waited = 1; !started.Ended.IsCompleted; waited++)
            {
                // Asking earlier would only fill the server's log with refusals.
                if (started.folders.Processes.Status() is "ready" && await Answers(started.socket, stop))
                {
                    started.server.Proven = true;
                    return started;
                }
                if (waited % 1000 == 0) log.LogInformation("PostgreSQL is still starting, perhaps recovering from a crash.");
                await Task.WhenAny(started.Ended, Task.Delay(Glance, TimeProvider.System, stop));
                stop.ThrowIfCancellationRequested();
            }
            throw NeverCame(started.folders, started.server.Said);
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> Answers(string socket, CancellationToken stop)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
            {
                Host = socket, Username = Superuser, Database = "postgres", Pooling = false, Timeout = 5, CommandTimeout = 5
            }.ConnectionString);
            await connection.OpenAsync(stop);
            await using var question = new NpgsqlCommand("select 1", connection);
            return await question.ExecuteScalarAsync(stop) is 1;
        }
        catch (PostgresException e) when (e.SqlState is not ("57P01" or "57P02" or "57P03" or "53300"))   // going, starting, full
        {
            throw new ClusterException("host.start-failed", $"PostgreSQL chạy nhưng từ chối truy vấn. / PostgreSQL runs but refuses a query: {e.MessageText}");
        }
        catch (NpgsqlException) { return false; }
    }

    /// <summary>A clean stop; waits until the server has gone, then lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await server.Stop(Patience);
        folders.RemoveTemporary(socket);
        server.Dispose();
        hold.Dispose();
    }

    private static ClusterException ProgramsClosed(PostgresPrograms programs) => new("host.programs-closed",
        $"Tài khoản chạy PostgreSQL không vào được {programs.Folder}: hãy cài PostgreSQL từ gói của hệ điều hành. / "
        + $"The account that runs PostgreSQL cannot enter {programs.Folder}: install PostgreSQL from the system's packages.");

    private static ClusterException NeverCame(ClusterFolders folders, string said) => new("host.start-failed",
        $"PostgreSQL không khởi động được; xem {folders.Log}. / PostgreSQL does not start; see {folders.Log}:\n{(said.Length > 0 ? said : string.Join('\n', folders.LastLogLines(5)))}");
}
