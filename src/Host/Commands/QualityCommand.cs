using System.Diagnostics;
using System.Globalization;
using SoGoc.Kernel.Jobs;
using SoGoc.Quality;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc quality run`: looks for duplicates and asks all rules about the whole register, here and now, and tells the four numbers.</summary>
internal static class QualityCommand
{
    public static async Task<int> Run(Settings settings, CancellationToken stop)
    {
        await using var work = await Workplace.Open(settings, stop);
        var runs = await work.Do<IQualityRuns, IReadOnlyList<Guid>>(q => q.Ask());
        foreach (var (run, what) in runs.Zip(["tìm trùng lặp / duplicates", "kiểm tra quy tắc / rules"]))
        {
            var watch = Stopwatch.StartNew();
            // Null: a running Host was faster; then it is done or under way there.
            while (await work.Get<Worker>().RunNow(run, job => Meter.Tell($"{what}: {job.Share:P0}"), stop) == false)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stop);
            }

            Meter.Clear();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {watch.Elapsed.TotalSeconds:N1} s, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MiB"));
        }

        var (measures, findings) = await work.Do<IQualityRuns, (IReadOnlyList<(string Measure, long Good, long Persons)> Measures, IReadOnlyList<(string Rule, long Open)> Findings)>(q => q.Tell());
        foreach (var (measure, good, persons) in measures)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{measure,-9} {Share.Shown(persons == 0 ? 1 : (double)good / persons)}  ({good:N0} / {persons:N0})"));
        }

        foreach (var (rule, open) in findings)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {rule,-28} {open,9:N0}"));
        }

        return 0;
    }
}
