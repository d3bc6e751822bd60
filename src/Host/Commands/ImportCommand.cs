using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc import list.csv`: the dry run first, then, when told, the sound rows; the faulty ones beside the list as a file to mend. A killed run goes on where it was.</summary>
internal static class ImportCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2), Pause = TimeSpan.FromSeconds(1), Glance = TimeSpan.FromMilliseconds(200);

    public static async Task<int> Run(Settings settings, FileInfo file, bool apply, bool checkOnly, string[] map, FileInfo? quarantine, CancellationToken stop)
    {
        if (!file.Exists)
        {
            throw new UsageException($"Không có tệp {file.FullName}. / There is no such file.");
        }

        var mapping = Mapping(map);
        await using var work = await Workplace.Open(settings, stop);
        var sent = await work.Do<IListOffice, Outcome<Guid>>(o => o.Send(file.FullName, mapping));
        if (!sent.Ok(out var id))
        {
            return Refuse(work, sent.Problems);
        }

        var report = await Report(work, id);
        if (report.State is not ("checked" or "applying"))
        {
            await Work(work, id, "kiểm tra / checking", stop);
            report = await Report(work, id);
        }

        if (report.State is not ("checked" or "applying" or "done"))
        {
            return Refuse(work, [report.Refusal ?? Problem.Conflict("population.list-not-checked")]);
        }

        Tell(work, report);
        var faulty = await WriteFaulty(work, report, quarantine?.FullName, file.FullName);
        if (checkOnly || !(apply || Agreed(report)))
        {
            Console.WriteLine("Chưa nhập gì. Nhập bằng --apply. / Nothing was entered. Enter with --apply.");
            return 0;
        }

        return await Enter(work, report, faulty, file.FullName, stop);
    }

    private static async Task<int> Enter(Workplace work, ListReport checkedList, string? faulty, string list, CancellationToken stop)
    {
        var entered = await work.Do<IListOffice, Outcome<Done>>(o => o.Enter(checkedList.Id));
        if (!entered.IsGood)
        {
            return Refuse(work, entered.Problems);
        }

        await Work(work, checkedList.Id, "nhập / entering", stop);
        var report = await Report(work, checkedList.Id);
        if (report.Quarantined > checkedList.Quarantined)
        {
            // Rows that contradict the register only show while they are entered.
            TellFaults(work, report);
            await WriteFaulty(work, report, faulty, list);
        }

        Console.WriteLine($"Người mới / new: {report.Entered:N0}; bổ sung / completed: {report.Completed:N0}; không đổi / unchanged: {report.Unchanged:N0}; cách ly / quarantined: {report.Quarantined:N0}");
        return report.State == "done" ? 0 : Refuse(work, [report.Refusal ?? Problem.Conflict("lists.failed")]);
    }

    private static Dictionary<string, string> Mapping(string[] map)
    {
        var mapping = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var told in map)
        {
            // The last sign, because a head may hold one itself; field keys never do.
            var at = told.LastIndexOf('=');
            if (at <= 0 || !mapping.TryAdd(told[..at].Trim(), told[(at + 1)..].Trim()))
            {
                throw new UsageException($"--map: '{told}' phải có dạng \"Tên cột=mục\", mỗi cột một lần. / must be like \"Head=field\", each column once.");
            }
        }

        return mapping;
    }

    private static async Task<ListReport> Report(Workplace work, Guid id) => (await work.Do<IListOffice, ListReport?>(o => o.Report(id)))!;

    /// <summary>The faulty rows into the file that was named, or beside the list under a free name: somebody may be mending those of the last run.</summary>
    private static async Task<string?> WriteFaulty(Workplace work, ListReport report, string? named, string list)
    {
        if (report.Quarantined == 0)
        {
            return named;
        }

        var path = named ?? Path.ChangeExtension(list, ".loi.csv");
        var fresh = Path.ChangeExtension(path, "new" + Path.GetExtension(path));
        await work.Do<IListOffice, long>(o => o.WriteQuarantine(report.Id, fresh));
        for (var n = 2; named is null && File.Exists(path) && !await Same(path, fresh); n++)
        {
            path = Path.ChangeExtension(list, string.Create(CultureInfo.InvariantCulture, $".loi-{n}.csv"));
        }

        File.Move(fresh, path, overwrite: true);
        Console.WriteLine($"Các dòng lỗi / faulty rows: {path}");
        return path;
    }

    private static async Task<bool> Same(string one, string other)
    {
        await using var a = File.OpenRead(one);
        await using var b = File.OpenRead(other);
        return a.Length == b.Length && Convert.ToHexString(await SHA256.HashDataAsync(a)) == Convert.ToHexString(await SHA256.HashDataAsync(b));
    }

    /// <summary>Works until nothing waits any more: itself, or watching a running Host that was faster. A server that is away for a moment is waited for.</summary>
    private static async Task Work(Workplace work, Guid id, string what, CancellationToken stop)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var well = begun;
        var clock = work.Get<TimeProvider>();
        void Show(JobState job)
        {
            well = TimeProvider.System.GetTimestamp();
            Meter.Tell(Line(what, job, clock.GetUtcNow()));
        }

        for (bool? ran = true; ran is not null;)
        {
            try
            {
                ran = await work.Get<Worker>().RunNow(id, Show, stop);
                if (ran == false)
                {
                    if (await work.Do<IListOffice, JobState?>(o => o.Progress(id)) is { Waits: true } job)
                    {
                        Show(job);
                    }

                    await Task.Delay(Glance, TimeProvider.System, stop);
                }
            }
            catch (NpgsqlException e) when (DatabaseTrouble.Of(e) is "kernel.database-away" or "kernel.database-busy" && TimeProvider.System.GetElapsedTime(well) < Patience)
            {
                Meter.Tell(work.Get<Sentences>()[DatabaseTrouble.Of(e)!]);
                await Task.Delay(Pause, TimeProvider.System, stop);
            }
        }

        Meter.Clear();
        Console.WriteLine($"{what}: {TimeProvider.System.GetElapsedTime(begun).TotalSeconds.ToString("N1", CultureInfo.InvariantCulture)} s");
    }

    private static string Line(string what, JobState job, DateTimeOffset now) =>
        $"{what} {100 * job.Share:N0} %  {job.Rate(now):N0} dòng/s  {(job.Left(now) is { } left ? $"còn / left {OfficeTime.Span(left)}" : "")}";

    private static void Tell(Workplace work, ListReport report)
    {
        Console.WriteLine($"{report.Name}: {report.Format}, {report.Encoding}");
        foreach (var (head, field) in report.Columns)
        {
            Console.WriteLine($"  {head} → {(field.Length == 0 ? "(bỏ qua / left out)" : field)}");
        }

        TellFaults(work, report);
    }

    private static void TellFaults(Workplace work, ListReport report)
    {
        var say = work.Get<Sentences>();
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
