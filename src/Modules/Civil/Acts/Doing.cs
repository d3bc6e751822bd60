using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Civil.Acts;

/// <summary>Writes what an act does to records, one after the other, and gathers what stands against it: nothing is kept unless all of it can be.</summary>
internal sealed class Doing(IPopulation population, string ground)
{
    public List<Problem> Problems { get; } = [];

    public async Task Act<T>(Guid person, T entry) where T : IPersonEntry
    {
        if (Problems.Count == 0)
        {
            Problems.AddRange((await population.Act(person, entry, ground)).Problems);
        }
    }
}
