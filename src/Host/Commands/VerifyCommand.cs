using System.Diagnostics;
using SoGoc.Kernel.Sealing;
using SoGoc.Population;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc journal verify`: exit code 1 and the first differences when the register is not what its journal says.</summary>
internal static class VerifyCommand
{
    public static async Task<int> Run(Settings settings, CancellationToken stop)
    {
        await using var work = await Workplace.Open(settings, stop);
        var watch = Stopwatch.StartNew();
        var found = await work.Get<IVerification>().Run(n => Meter.Tell($"{n:N0} người / persons"), stop);
        Meter.Clear();
        Console.WriteLine($"{found.Persons:N0} người, {found.Households:N0} hộ, {found.Entries:N0} bút toán, {watch.Elapsed.TotalSeconds:N1} giây / persons, households, entries, seconds");
        foreach (var difference in found.Differences)
        {
            Console.WriteLine(difference);
        }

        watch.Restart();
        var seals = await work.Get<VerifySeals>().Run(n => Meter.Tell($"{n:N0} dòng nhật ký / rows"), stop);
        Meter.Clear();
        Console.WriteLine($"{seals.Rows:N0} dòng niêm phong, {seals.Heads:N0} gốc ký, {watch.Elapsed.TotalSeconds:N1} giây / sealed rows, signed heads, seconds");
        foreach (var fault in seals.Faults)
        {
            Console.WriteLine(fault);
        }

        Console.WriteLine(seals.Faults.Count == 0 ? "Nhật ký đúng như khi niêm phong. / The journal is as it was sealed." : "NHẬT KÝ KHÁC KHI NIÊM PHONG. / THE JOURNAL IS NOT AS IT WAS SEALED.");
        Console.WriteLine(found.Differences.Count == 0 ? "Sổ đúng như nhật ký. / The register is what its journal says." : "SỔ KHÁC NHẬT KÝ. / THE REGISTER DIFFERS FROM ITS JOURNAL.");
        return found.Differences.Count + seals.Faults.Count == 0 ? 0 : 1;
    }
}

/// <summary>A line of progress that writes over itself in a terminal and keeps silent in a log.</summary>
internal static class Meter
{
    public static void Tell(string text)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{text}\u001b[K");
        }
    }

    public static void Clear() => Tell("");
}
