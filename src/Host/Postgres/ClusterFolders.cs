using System.Buffers;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace SoGoc.Host.Postgres;

/// <summary>Where the parts of a cluster lie; normally all in the data folder.</summary>
internal sealed record ClusterFolders(string Root)
{
    private const int LongestSocketPath = 107;
    private static readonly SearchValues<char> Misread = SearchValues.Create(",:;\"'\\");
    private const string SystemFolder = "/var/lib/sogoc";

    public string Cluster => Path.Combine(Root, "pg");
    public string Unfinished => Path.Combine(Root, "pg.init");
    public string Run => Path.Combine(Root, "run");
    public string Log => Path.Combine(Root, "log");
    public string Name => "sogoc-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Cluster)))[..8];
    public ServerProcesses Processes => new(Cluster, Name);

    /// <summary>The data folder, or the place that its <c>pg</c> links to.</summary>
    public static ClusterFolders Of(string data) =>
        new(new DirectoryInfo(Path.Combine(data, "pg")).LinkTarget is { } linked ? Path.GetDirectoryName(Path.GetFullPath(linked, data))! : data);

    /// <summary>A new place outside, linked from the data folder, when no account can enter that.</summary>
    /// <exception cref="ClusterException">The data folder already holds a cluster, which is not moved silently.</exception>
    [SupportedOSPlatform("linux")]
    public static ClusterFolders Outside(string data, ILogger log)
    {
        var link = Path.Combine(data, "pg");
        if (Path.Exists(link) || new FileInfo(link).LinkTarget is not null)   // a link to nowhere may be a disk not yet mounted
            throw new ClusterException("host.folder-closed",
                $"Tài khoản chạy PostgreSQL không vào được {link}: hãy mở quyền vào các thư mục cha (chmod a+x) hoặc chuyển dữ liệu đi. / "
                + $"The account that runs PostgreSQL cannot enter {link}: open its parent folders (chmod a+x), or move the data.");
        const UnixFileMode open = (UnixFileMode)0b111_101_101;
        Directory.CreateDirectory(SystemFolder, open);
        var place = Path.Combine(SystemFolder, Guid.NewGuid().ToString("N")[..12]);
        Directory.CreateDirectory(place, open);
        Directory.CreateSymbolicLink(link, Path.Combine(place, "pg"));
        log.LogWarning("No account but root can enter {Data}: the cluster is kept in {Place}.", data, place);
        return new(place);
    }

    /// <summary>The folder of the socket: <c>run</c>, unless the path is too long for a socket or holds a sign that means something else in a list of hosts.</summary>
    public string Socket() =>
        Encoding.UTF8.GetByteCount(Path.Combine(Run, ".s.PGSQL.5432")) <= LongestSocketPath && !Run.AsSpan().ContainsAny(Misread)
            ? Run : $"/tmp/sogoc-{Guid.NewGuid():N}"[..23];

    /// <summary>After a crash: what a dead server left and a new one would stumble over. Only when nobody lives on the cluster.</summary>
    public void ClearStale()
    {
        if (Processes.SocketFolder() is { } old && old.StartsWith("/tmp/sogoc-", StringComparison.Ordinal)) RemoveTemporary(old);
        foreach (var stale in (string[])[Path.Combine(Cluster, "postmaster.pid"), Path.Combine(Run, ".s.PGSQL.5432"), Path.Combine(Run, ".s.PGSQL.5432.lock")])
            File.Delete(stale);
    }

    public void RemoveTemporary(string socket)
    {
        if (socket != Run && Directory.Exists(socket)) Directory.Delete(socket, recursive: true);
    }

    /// <summary>Keeps the newest logs of the server, so that they cannot fill the disk: 10 of at most 20 MB.</summary>
    public void TrimLogs()
    {
        foreach (var old in Logs().Skip(10)) File.Delete(old);
    }

    public IEnumerable<string> LastLogLines(int count) => Logs().FirstOrDefault() is { } newest ? File.ReadLines(newest).TakeLast(count) : [];

    private IEnumerable<string> Logs() => Directory.EnumerateFiles(Log, "postgres-*.log").OrderDescending();
}
