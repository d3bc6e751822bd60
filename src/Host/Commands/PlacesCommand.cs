using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Places;

namespace SoGoc.Host.Commands;

/// <summary>Reference data changes by a command with a dated decree, not by a change of code.</summary>
internal static class PlacesCommand
{
    public static async Task<int> Apply(Settings settings, FileInfo file, CancellationToken stop)
    {
        await using var work = await Workplace.Open(settings, stop);
        return Tell(work, await work.Do<IPlacesOffice, Outcome<DecreeApplied>>(p => p.Apply(file.FullName)));
    }

    public static async Task<int> Boundaries(Settings settings, FileInfo file, CancellationToken stop)
    {
        await using var work = await Workplace.Open(settings, stop);
        return Tell(work, await work.Do<IPlacesOffice, Outcome<BoundariesLoaded>>(p => p.LoadBoundaries(file.FullName)));
    }

    public static async Task<int> Law(Settings settings, FileInfo file, CancellationToken stop)
    {
        await using var work = await Workplace.Open(settings, stop);
        Console.WriteLine($"{await LawFile.Load(work.Storage.Database, file.FullName, stop)} quy định / rules");
        return 0;
    }

    private static int Tell<T>(Workplace work, Outcome<T> outcome)
    {
        if (outcome.Ok(out var done))
        {
            Console.WriteLine(done);
            return 0;
        }

        foreach (var problem in outcome.Problems)
        {
            Console.Error.WriteLine($"{problem.Code} {problem.Field}: {work.Get<Sentences>().Say(problem)}");
        }

        return 1;
    }
}
