using System.Diagnostics;
using System.Globalization;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc import list.csv`: the dry run first, then, when told, the sound rows; the faulty ones beside the list as a file to mend. A killed run goes on where it was.</summary>
internal static class ImportCommand
{
    public static async Task<int> Run(Settings settings, FileInfo file, bool apply, bool checkOnly, string[] map, FileInfo? quarantine, CancellationToken stop)
    {
        if (!file.Exists)
        {
            throw new UsageException($"Không có tệp {file.FullName}. / There is no such file.");
        }

        var mapping = map.Select(m => m.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0].Trim(), p => p[1].Trim(), StringComparer.Ordinal);
        await using var work = await Workplace.Open(settings, stop);
        var sent = await work.Do<IListOffice, Outcome<Guid>>(o => o.Send(file.FullName, mapping));
        if (!sent.Ok(out var id))
        {
            return Refuse(work, sent.Problems);
        }

        await Work(work, id, "kiểm tra / checking", stop);
        var report = await Report(work, id);
        if (report.State == "refused")
        {
            return Refuse(work, [report.Refusal!]);
        }

        Tell(work, report);
        if (report.Quarantined > 0)
        {
            var path = quarantine?.FullName ?? Path.ChangeExtension(file.FullName, ".loi.csv");
            await work.Do<IListOffice, long>(o => o.WriteQuarantine(id, path));
            Console.WriteLine($"Các dòng lỗi / faulty rows: {path}");
        }

        if (checkOnly || !(apply || Agreed(report)))
        {
            Console.WriteLine("Chưa nhập gì. Nhập bằng --apply. / Nothing was entered. Enter with --apply.");
            return 0;
        }

        var entered = await work.Do<IListOffice, Outcome<Done>>(o => o.Enter(id));
        if (!entered.IsGood)
        {
            return Refuse(work, entered.Problems);
        }

        await Work(work, id, "nhập / entering", stop);
        report = await Report(work, id);
        Console.WriteLine($"Người mới / new: {report.Entered:N0}; bổ sung / completed: {report.Completed:N0}; không đổi / unchanged: {report.Unchanged:N0}; cách ly / quarantined: {report.Quarantined:N0}");
        return report.State == "done" ? 0 : 1;
    }

    private static async Task<ListReport> Report(Workplace work, Guid id) => (await work.Do<IListOffice, ListReport?>(o => o.Report(id)))!;

    /// <summary>Works itself; or, when a running Host has the job already, watches it.</summary>
    private static async Task Work(Workplace work, Guid id, string what, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        while (!await work.Get<Worker>().RunNow(id, (done, total) => Meter.Tell(Line(what, done, total, watch.Elapsed)), stop))
        {
            await Task.Delay(200, stop);
        }

        Meter.Clear();
        Console.WriteLine($"{what}: {watch.Elapsed.TotalSeconds.ToString("N1", CultureInfo.InvariantCulture)} s");
    }

    private static string Line(string what, long done, long total, TimeSpan elapsed)
    {
        var rate = done / Math.Max(elapsed.TotalSeconds, 0.001);
        var left = rate > 0 ? TimeSpan.FromSeconds((total - done) / rate) : TimeSpan.Zero;
        return $"{what} {100.0 * done / Math.Max(total, 1):N0} %  {rate:N0}/s  còn / left {left:mm\\:ss}";
    }

    private static void Tell(Workplace work, ListReport report)
    {
        var say = work.Get<Sentences>();
        Console.WriteLine($"{report.Name}: {report.Format}, {report.Encoding}");
        foreach (var (head, field) in report.Columns)
        {
            Console.WriteLine($"  {head} → {(field.Length == 0 ? "(bỏ qua / left out)" : field)}");
        }

        Console.WriteLine($"{report.Rows:N0} dòng / rows, {report.Sound:N0} đúng / sound, {report.Quarantined:N0} lỗi / faulty");
        foreach (var (code, field, warning, rows) in report.Faults)
        {
            Console.WriteLine($"  {rows,8:N0}  {(warning ? "nghi vấn / doubt" : "lỗi / fault")}  {code} ({field}): {say[code, "…", "…"]}");
        }
    }

    private static bool Agreed(ListReport report)
    {
        if (Console.IsInputRedirected || report.Sound == 0)
        {
            return false;
        }

        Console.Write($"Nhập {report.Sound:N0} dòng đúng vào sổ gốc? / Enter the sound rows? [c/K] ");
        return Console.ReadLine()?.Trim().ToUpperInvariant() is "C" or "CO" or "CÓ" or "Y" or "YES";
    }

    private static int Refuse(Workplace work, IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
        {
            Console.Error.WriteLine($"{problem.Code}: {work.Get<Sentences>().Say(problem)}");
        }

        return 1;
    }
}
