using System.Diagnostics;
using SoGoc.Host.Demo;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc generate`: a whole invented population, straight into an empty register or as the lists that communes would send.</summary>
internal static class GenerateCommand
{
    internal sealed record Wish(int People, ulong Seed, DateOnly? AsOf, double Dirt, string? Lists, bool OneList, string Format, string Encoding);

    public static async Task<int> Run(Settings settings, Wish wish, CancellationToken stop)
    {
        var day = wish.AsOf ?? CommandLine.Today(settings);
        await using var work = await Workplace.Open(settings, stop);
        if (await work.Do<Kernel.Data.Session, bool>(async s => await s.Value<Guid>("select id from population.person limit 1") != Guid.Empty))
        {
            throw new UsageException("Sổ đã có người: chỉ bịa vào sổ trống (đặt SOGOC_DATA sang thư mục khác). / The register is not empty: set SOGOC_DATA to another folder.");
        }

        var watch = Stopwatch.StartNew();
        var people = new InventedPeople(work.Get<IPlaces>().Book, settings.Reference, wish.People, wish.Seed, day);
        var count = await work.Get<IFounding>().Load(people.Households(), "tỉnh minh họa", n => Meter.Tell($"{n:N0} / {wish.People:N0}  {n / watch.Elapsed.TotalSeconds:N0}/s"), stop);
        Meter.Clear();
        Console.WriteLine($"{count:N0} người trong {watch.Elapsed.TotalSeconds:N1} giây, bộ nhớ cao nhất {Environment.WorkingSet >> 20:N0} MiB hiện tại, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MiB đỉnh. / people, seconds, memory now and peak");
        return 0;
    }
}
