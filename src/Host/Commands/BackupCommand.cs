using System.Diagnostics;
using SoGoc.Host.Backups;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc backup FILE` beside a running Host or alone, and `sogoc restore FILE` into an empty data folder, which ends by proving itself with `journal verify`.</summary>
internal static class BackupCommand
{
    public static async Task<int> Make(Settings settings, FileInfo file, CancellationToken stop)
    {
        await using var work = await Workplace.Open(settings, stop);
        await work.Get<Kernel.Sealing.Sealer>().SealNow(stop);
        var watch = Stopwatch.StartNew();
        var manifest = await MakeBackup.Run(work.Storage.Database, work.Get<TimeProvider>(), file.FullName, (table, bytes) => Meter.Tell($"{table} {bytes >> 20:N0} MiB"), stop);
        Meter.Clear();
        file.Refresh();
        Console.WriteLine($"{file.FullName}: {manifest.Tables.Count} bảng, {manifest.Tables.Sum(t => t.Bytes) >> 20:N0} MiB → {file.Length >> 20:N0} MiB, {watch.Elapsed.TotalSeconds:N0} giây / tables, seconds");
        return 0;
    }

    public static async Task<int> Restore(Settings settings, FileInfo file, CancellationToken stop)
    {
        if (!file.Exists)
        {
            throw new UsageException($"Không có tệp {file.FullName}. / There is no such file.");
        }

        using (var logging = LoggerFactory.Create(b => b.SetMinimumLevel(LogLevel.Warning)))
        await using (var storage = await Storage.Open(settings, share: false, logging.CreateLogger("SoGoc.Host"), stop))
        {
            await new Migrator(storage.Database).Run(Platform.Modules.Select(m => (m.Name, m.GetType().Assembly)).Prepend(("kernel", typeof(Journal).Assembly)), stop);
            var watch = Stopwatch.StartNew();
            var manifest = await RestoreBackup.Run(storage.Database, file.FullName, (what, bytes) => Meter.Tell(bytes > 0 ? $"{what} {bytes >> 20:N0} MiB" : what[..Math.Min(what.Length, 70)]), stop);
            Meter.Clear();
            Console.WriteLine($"Đã phục hồi bản sao lưu lúc {manifest.At:yyyy-MM-dd HH:mm} UTC trong {watch.Elapsed.TotalSeconds:N0} giây / restored, seconds");
        }

        return await VerifyCommand.Run(settings, stop);
    }
}
