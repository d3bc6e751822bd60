using System.Diagnostics;
using SoGoc.Host.Demo;
using SoGoc.Invented;
using SoGoc.Lists;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc generate`: a whole invented population, straight into an empty register or as the lists that communes would send.</summary>
internal static class GenerateCommand
{
    internal sealed record Wish(int People, ulong Seed, DateOnly? AsOf, double Dirt, string? Lists, bool OneList, string Format, string Encoding, string? Records = null, double Verified = 0);

    public static async Task<int> Run(Settings settings, Wish wish, CancellationToken stop)
    {
        var day = wish.AsOf ?? CommandLine.Today(settings);
        if (wish.People is < 0 or > 20_000_000 || wish.Dirt is < 0 or > 0.5)
        {
            throw new UsageException("--people từ 0 đến 20.000.000, --dirt từ 0 đến 0.5. / --people from 0 to 20,000,000, --dirt from 0 to 0.5.");
        }

        if (wish.Records is { } file)
        {
            var (written, persons) = InventedRecords.Write(new InventedProvince(new InventedSettings(wish.People, wish.Seed, day, settings.Reference)), new RecordSettings(file, Verified: wish.Verified));
            Console.WriteLine($"{written:N0} dòng về {persons:N0} người, trong {file} / rows about persons");
            return 0;
        }

        if (wish.Lists is { } folder)
        {
            return Lists(settings, wish, day, folder);
        }

        await using var work = await Workplace.Open(settings, stop);
        if (await work.Do<Kernel.Data.Session, bool>(async s => await s.Value<Guid>("select id from population.person limit 1") != Guid.Empty))
        {
            throw new UsageException("Sổ đã có người: chỉ bịa vào sổ trống (đặt SOGOC_DATA sang thư mục khác). / The register is not empty: set SOGOC_DATA to another folder.");
        }

        var watch = Stopwatch.StartNew();
        var people = new InventedPeople(work.Get<IPlaces>().Book, settings.Reference, wish.People, wish.Seed, day);
        var faults = new PlantedFaults(wish.Dirt, day);
        var count = await work.Get<IFounding>().Load(faults.Into(people.Households()), "tỉnh minh họa", n => Meter.Tell($"{n:N0} / {wish.People:N0}  {n / watch.Elapsed.TotalSeconds:N0}/s"), stop);
        Meter.Clear();
        if (wish.Dirt > 0)
        {
            var truth = Path.Combine(settings.Data, "truth.csv");
            await File.WriteAllLinesAsync(truth, faults.Planted.Select(f => $"{f.Rule},{f.Person},{f.Of},\"{f.Right?.Replace("\"", "\"\"", StringComparison.Ordinal)}\"").Prepend("rule,person,of,right"), stop);
            Console.WriteLine($"{faults.Planted.Count:N0} lỗi gài, kê trong {truth} / planted faults, told there");
        }

        Console.WriteLine($"{count:N0} người trong {watch.Elapsed.TotalSeconds:N1} giây, bộ nhớ cao nhất {Environment.WorkingSet >> 20:N0} MiB hiện tại, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MiB đỉnh. / people, seconds, memory now and peak");
        return 0;
    }

    private static int Lists(Settings settings, Wish wish, DateOnly day, string folder)
    {
        var encoding = wish.Encoding switch
        {
            "utf8" => VietnameseEncoding.Unicode,
            "nfd" => VietnameseEncoding.UnicodeDecomposed,
            "tcvn3" => VietnameseEncoding.Tcvn3,
            "vni" => VietnameseEncoding.Vni,
            "viqr" => VietnameseEncoding.Viqr,
            _ => throw new UsageException("--encoding: utf8, nfd, tcvn3, vni, viqr."),
        };
        var format = wish.Format switch { "csv" => ListFormat.Csv, "xlsx" => ListFormat.Xlsx, _ => throw new UsageException("--format: csv, xlsx.") };
        var (rows, planted) = InventedLists.Write(new InventedProvince(new InventedSettings(wish.People, wish.Seed, day, settings.Reference)), new ListSettings(folder, wish.Dirt, format, encoding, wish.OneList));
        Console.WriteLine($"{rows:N0} dòng, {planted:N0} lỗi gài, trong {folder} / rows, planted errors");
        return 0;
    }
}
