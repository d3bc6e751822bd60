using System.Runtime.Versioning;

namespace SoGoc.Host.Postgres;

/// <summary>Makes a cluster, completely or not at all: beside its place first, then renamed.</summary>
[SupportedOSPlatform("linux")]
internal static class NewCluster
{
    public static async Task Make(ClusterFolders folders, PostgresPrograms programs, ServerAccount account, bool durable, ILogger log, CancellationToken stop)
    {
        log.LogInformation("Making a new PostgreSQL {Major} cluster in {Folder} as {Account}.", programs.Major, folders.Cluster, account.Name);
        await new ServerProcesses(folders.Unfinished, "sogoc-unfinished").Vanish(log, stop);
        if (Directory.Exists(folders.Unfinished)) Directory.Delete(folders.Unfinished, recursive: true);
        await account.Give(folders.Unfinished, deep: false, stop);

        // Everybody who reaches the socket is trusted: its folder is closed to all but the account, and there is no TCP.
        var made = await Tool.Run(account.Command("KILL", programs.Initdb, "-D", folders.Unfinished, "-U", Cluster.Superuser, "--auth=trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--lc-messages=C", "--no-instructions", durable ? "--data-checksums" : "--no-sync"), stop);
        if (!made.Ok)
            throw new ClusterException("host.initdb-failed",
                $"Không tạo được cụm PostgreSQL trong {folders.Cluster}. / PostgreSQL's cluster could not be made in {folders.Cluster}: {made.Output}");

        await File.AppendAllTextAsync(Path.Combine(folders.Unfinished, "postgresql.conf"), $"\ninclude_if_exists = '{ServerConfiguration.File}'\n", stop);
        Directory.Move(folders.Unfinished, folders.Cluster);
        if (durable) await Tool.Run(["sync", folders.Root], stop);   // the rename too
    }
}
