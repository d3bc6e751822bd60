using System.Diagnostics;
using System.Globalization;
using SoGoc.Host;
using SoGoc.Invented;
using SoGoc.Linkage;

namespace SoGoc.Bench;

/// <summary>
/// Duplicates in records of an invented province, from file to clusters, by the command that everybody has; and one newcomer against all of them. CPU seconds are said beside
/// wall time, because machines are shared.
/// </summary>
internal static class Links
{
    private static readonly int[] Sizes = [100_000, 1_000_000, 2_000_000];

    public static async Task Measure(string folder, Report report)
    {
        Directory.CreateDirectory(folder);
        foreach (var rows in Sizes)
        {
            foreach (var verified in new[] { 0.0, 0.1 })
            {
                var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"records-{rows}-{verified}.csv"));
                if (!File.Exists(file))
                {
                    InventedRecords.Write(new InventedProvince(new InventedSettings(rows, 7, new DateOnly(2026, 1, 1), Settings.FromEnvironment().Reference)), new RecordSettings(file, Verified: verified));
                }

                await Run(folder, file, rows, verified, report);
            }
        }

        await ListAgainstRegister(folder, report);
        Newcomer(Path.Combine(folder, "records-2000000-0.csv"), report);
    }

    /// <summary>One row in eleven of a province is an agency's list, the others are the register.</summary>
    private static async Task ListAgainstRegister(string folder, Report report)
    {
        const int All = 1_100_000, OneIn = 11;
        var (list, register) = (Path.Combine(folder, "list.csv"), Path.Combine(folder, "register.csv"));
        if (!File.Exists(list))
        {
            var whole = Path.Combine(folder, "whole.csv");
            InventedRecords.Write(new InventedProvince(new InventedSettings(All, 7, new DateOnly(2026, 1, 1), Settings.FromEnvironment().Reference)), new RecordSettings(whole, Verified: 0));
            var rows = File.ReadLines(whole);
            await File.WriteAllLinesAsync(register, rows.Where((_, n) => n == 0 || n % OneIn != 1));
            await File.WriteAllLinesAsync(list, rows.Where((_, n) => n == 0 || n % OneIn == 1));
            File.Delete(whole);
        }

        var (time, peak, said) = await Server.Command(folder, "link", list, register, "--out", Path.Combine(folder, "pairs.csv"));
        var cost = said.Split('\n').Single(l => l.Contains("/ scored", StringComparison.Ordinal));
        report.Add(new Line(string.Create(CultureInfo.InvariantCulture, $"link a list of {All / OneIn:N0} records with a register of {All - (All / OneIn):N0}"), cost.Trim(), $"peak {peak >> 20:N0} MiB", time.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture), "≤ 2 s", time.TotalSeconds <= 2));
    }

    private static async Task Run(string folder, string file, int rows, double verified, Report report)
    {
        var (_, peak, said) = await Server.Command(folder, "link", file, "--out", Path.Combine(folder, "pairs.csv"), "--truth", "person");
        var best = said.Split('\n').Single(l => l.StartsWith("best", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var times = said.Split('\n').Single(l => l.Contains("/ scored", StringComparison.Ordinal));
        var f1 = double.Parse(best[4], CultureInfo.InvariantCulture);
        var reach = verified > 0 ? 0.928 : 0.91;
        report.Add(new Line(string.Create(CultureInfo.InvariantCulture, $"link {rows:N0} records, {verified:P0} of people with a verified number"), string.Create(CultureInfo.InvariantCulture, $"F1 {f1:F4}; {times.Trim()}"),
            $"peak {peak >> 20:N0} MiB", f1.ToString("F4", CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"F1 ≥ {reach}"), f1 >= reach));
    }

    private static void Newcomer(string file, Report report)
    {
        const int Asked = 20_000;
        var rows = new FileRows(file);
        var table = new LinkTable(ModelGuess.From(rows.Heads, [], ["person"]));
        table.Read(rows, rows.Heads);
        var index = new LinkIndex(table, Linker.Run(table, new LinkRunOptions()).Model);
        var again = new FileRows(file);
        var columns = table.Model.Fields.Select(f => again.Heads.ToList().IndexOf(f.Columns[0])).ToArray();
        var times = new List<double>(Asked);
        for (var n = 0; times.Count < Asked && again.Next(); n++)
        {
            if (n % (table.Rows / Asked) != 0)
            {
                continue;
            }

            string[] values = [.. columns.Select(c => again.Cell(c).ToString())];
            var begun = Stopwatch.GetTimestamp();
            index.Find(values);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        times.Sort();
        var late = times[times.Count * 99 / 100];
        report.Add(new Line($"one newcomer against {table.Rows:N0} records", string.Create(CultureInfo.InvariantCulture, $"p50 {times[times.Count / 2]:F3} ms, p99 {late:F3} ms"), "–", late.ToString("F3", CultureInfo.InvariantCulture), "p99 ≤ 2 ms", late <= 2));
    }

    private sealed class FileRows : IRowReader
    {
        private readonly Lists.ListReader list;

        public FileRows(string file) => list = Lists.ListReader.Open(File.OpenRead(file), file, Lists.ListLimits.Default);

        public IReadOnlyList<string> Heads => list.Shape.Heads;

        public double Progress => list.Progress;

        public bool Next() => list.Read();

        public ReadOnlySpan<char> Cell(int column) => list.Text(column);
    }
}
