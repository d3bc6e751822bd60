using System.Globalization;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc numbers free 089226`: how many personal numbers a place still has for a year of birth and a sex.</summary>
internal static class NumbersCommand
{
    public static async Task<int> Free(Settings settings, string? prefix, string? place, int? year, string? sex, CancellationToken stop)
    {
        await using var work = await Workplace.Open(settings, stop);
        var outcome = await work.Do<INumbers, Outcome<NumberSpace>>(n => n.Free(prefix, place, year, Sex(sex)));
        if (outcome.Ok(out var space))
        {
            var vietnamese = CultureInfo.GetCultureInfo("vi-VN");
            Console.WriteLine($"{space.Prefix}: {space.PlaceName ?? space.PlaceCode}, {(space.Sex == 1 ? "nam" : "nữ")}, sinh năm {space.BirthYear} / born");
            Console.WriteLine($"còn {space.Free.ToString("N0", vietnamese)}, đã dùng {space.Used.ToString("N0", vietnamese)} trong {(space.Free + space.Used).ToString("N0", vietnamese)} số / free, used, of all");
            return 0;
        }

        foreach (var problem in outcome.Problems)
        {
            Console.Error.WriteLine($"{problem.Code}: {work.Get<Sentences>().Say(problem)}");
        }

        return 1;
    }

    private static short? Sex(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "1" or "nam" or "male" => 1,
        "2" or "nữ" or "nu" or "female" => 2,
        _ => null,
    };
}
