using System.Globalization;
using System.Runtime.Versioning;

namespace SoGoc.Host.Postgres;

/// <summary>As whom PostgreSQL runs: it refuses to be root.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Owner">The uid that must own the cluster's files; null when that is simply ourselves.</param>
/// <param name="Drop">How to become that account.</param>
internal sealed record ServerAccount(string Name, int? Owner, IReadOnlyList<string> Drop)
{
    /// <summary>The command as this account; the kernel sends <paramref name="death"/> when the thread that starts it ends, even by kill -9.</summary>
    public IReadOnlyList<string> Command(string death, params IEnumerable<string> command) =>
        [.. Drop, .. Drop is [] or ["unshare", ..] ? ["setpriv"] : Array.Empty<string>(), "--pdeathsig", death, .. command];

    /// <summary>Not root: we stay who we are. Root: whoever owns the data, else <c>postgres</c>, else <c>nobody</c>; where that account cannot enter
    /// the folders (root's home has mode 700), root itself under the account's name in a user namespace. Null: no account can enter.</summary>
    /// <param name="enter">Folders that must be open to the account.</param>
    public static async Task<ServerAccount?> For(string cluster, IReadOnlyList<string> enter, CancellationToken stop)
    {
        RequireTools();
        if (!Environment.IsPrivilegedProcess)
            return (await Tool.Run(["id", "-un"], stop)) is { Ok: true, Output: var own } ? new(own, null, []) : throw NoName();

        var (name, uid, gid) = await OwnerOf(cluster, stop) ?? await Account("postgres", stop) ?? await Account("nobody", stop) ?? throw NoAccount();
        var plain = new ServerAccount(name, uid, ["setpriv", "--reuid", Text(uid), "--regid", Text(gid), "--init-groups"]);
        if (await plain.CanEnter(enter, stop)) return plain;
        var mapped = new ServerAccount($"{name} (user namespace)", 0, ["unshare", "--user", $"--map-user={uid}", $"--map-group={gid}"]);
        return await mapped.CanEnter(enter, stop) ? mapped : null;
    }

    private async Task<bool> CanEnter(IReadOnlyList<string> folders, CancellationToken stop)
    {
        foreach (var folder in folders)
            if (!(await Tool.Run(Command("KILL", "test", "-x", folder), stop)).Ok) return false;
        return true;
    }

    /// <summary>Makes the folder where it is missing, closed to others and owned by the account.</summary>
    [SupportedOSPlatform("linux")]
    public async Task Give(string folder, bool deep, CancellationToken stop)
    {
        const UnixFileMode closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (!Directory.Exists(folder)) Directory.CreateDirectory(folder, closed);
        if (Owner is not { } owner || await UidOf(folder, stop) == owner) return;
        var given = await Tool.Run(["chown", .. deep ? ["-R"] : Array.Empty<string>(), "--", Text(owner), folder], stop);
        if (!given.Ok)
            throw new ClusterException("host.folder-closed",
                $"Không trao được thư mục {folder} cho tài khoản {Name}. / The folder {folder} cannot be given to the account {Name}: {given.Output}");
    }

    private static async Task<(string, int, int)?> OwnerOf(string cluster, CancellationToken stop) =>
        Directory.Exists(cluster) && await UidOf(cluster, stop) is { } uid and not 0 && await Tool.Run(["id", "-un", "--", Text(uid)], stop) is { Ok: true, Output: var name }
            ? await Account(name, stop) : null;

    // The gid is taken from the account: the group of nobody is nogroup.
    private static async Task<(string, int, int)?> Account(string name, CancellationToken stop) =>
        Number(await Tool.Run(["id", "-u", "--", name], stop)) is { } uid && Number(await Tool.Run(["id", "-g", "--", name], stop)) is { } gid ? (name, uid, gid) : null;

    private static async Task<int?> UidOf(string folder, CancellationToken stop) => Number(await Tool.Run(["stat", "-L", "-c", "%u", "--", folder], stop));

    private static int? Number(Tool.Result said) => said.Ok && int.TryParse(said.Output, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void RequireTools()
    {
        var folders = Tool.Path.Split(':');
        foreach (var tool in (string[])["setpriv", "setsid"])
            if (!folders.Any(folder => File.Exists(Path.Combine(folder, tool))))
                throw new ClusterException("host.tool-missing",
                    $"Thiếu chương trình {tool}: hãy cài gói util-linux. / The program {tool} is missing: install the package util-linux.");
    }

    private static ClusterException NoName() => new("host.account-missing",
        "Tài khoản đang chạy không có tên trong /etc/passwd, PostgreSQL không chấp nhận: hãy thêm một dòng cho nó. / "
        + "The running account has no name in /etc/passwd, which PostgreSQL refuses: add an entry for it.");

    private static ClusterException NoAccount() => new("host.account-missing",
        "PostgreSQL không chạy bằng root, mà máy này không có tài khoản postgres hay nobody: hãy tạo một tài khoản. / "
        + "PostgreSQL does not run as root, and there is no account postgres or nobody: create one.");
}
