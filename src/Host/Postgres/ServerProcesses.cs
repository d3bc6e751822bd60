using System.Globalization;

namespace SoGoc.Host.Postgres;

/// <summary>Which processes live on one cluster folder. A number in <c>postmaster.pid</c> proves nothing: it may be a zombie's, or by now another program's.</summary>
/// <param name="Folder">The cluster's real path.</param>
/// <param name="Name">Its <c>cluster_name</c>, which every server process carries in its title.</param>
internal sealed record ServerProcesses(string Folder, string Name)
{
    public IReadOnlyList<int> Alive() =>
        [.. from entry in Directory.EnumerateDirectories("/proc")
            let id = int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0
            where id > 0 && IsOurs(id)
            select id];

    /// <summary>The living main process, as written in <c>postmaster.pid</c>.</summary>
    public int? Postmaster() =>
        Line(1) is { } first && int.TryParse(first, CultureInfo.InvariantCulture, out var pid) && IsOurs(pid) ? pid : null;

    public string? SocketFolder() => Line(5) is { Length: > 0 } folder ? folder : null;

    /// <summary>starting, ready, stopping or standby; null when no server has written it yet.</summary>
    public string? Status() => Line(8)?.Trim();

    public bool IsOurs(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");                       // pid (name) state …
            var (open, close) = (stat.IndexOf('('), stat.LastIndexOf(')'));
            if (stat[close + 2] is 'Z' or 'X' || stat[(open + 1)..close] is not ("postgres" or "initdb")) return false;
            return WorksIn(pid) || NamesIt(pid);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; }
    }

    private bool WorksIn(int pid)
    {
        try { return Directory.ResolveLinkTarget($"/proc/{pid}/cwd", returnFinalTarget: false)?.FullName == Folder; }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; }
    }

    // In a container root may lack the right to see another account's working folder; the command line is open to all.
    private bool NamesIt(int pid)
    {
        var words = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
        return words[0].StartsWith($"postgres: {Name}: ", StringComparison.Ordinal)
            || words.SkipLast(1).Zip(words.Skip(1)).Any(pair => pair is ("-D", var folder) && folder == Folder);
    }

    private string? Line(int number)
    {
        try { return File.ReadLines(Path.Combine(Folder, "postmaster.pid")).ElementAtOrDefault(number - 1); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return null; }
    }

    /// <summary>Waits until nobody lives on the folder; only then may a stale lock go, for removing it under living sessions would corrupt the data.
    /// Sessions that lost their main process and will not end are pushed: they can commit nothing that the log does not hold.</summary>
    public async Task Vanish(ILogger log, CancellationToken stop)
    {
        for (var waited = 0; Alive() is { Count: > 0 } left; waited++)
        {
            if (waited == 0) log.LogInformation("Waiting for {Count} processes of an earlier server on {Folder}.", left.Count, Folder);
            if (waited is 200 or 400 && Postmaster() is null)                       // after 10 and 20 seconds
                foreach (var pid in left) Posix.Signal(pid, waited == 200 ? Posix.Quit : Posix.Kill);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, stop);
        }
    }
}
