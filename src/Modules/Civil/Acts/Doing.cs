using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Civil.Acts;

/// <summary>Writes what an act does to records, one after the other, and gathers what stands against it: nothing is kept unless all of it can be.</summary>
internal sealed class Doing(IPopulation population, string ground)
{
    public string Ground => ground;

    public List<Problem> Problems { get; } = [];

    /// <summary>The records of relatives name the person as he is called now, by the number that he has now.</summary>
    public async Task NamedAnew(Guid person, string? name, PersonalNumber? number = null)
    {
        foreach (var (relative, line) in await population.NamedIn(person))
        {
            if ((name ?? line.Name, number ?? line.Number) is var (called, by) && (called, by) != (line.Name, line.Number))
            {
                await Act(relative, new KinNamed(line with { Name = called, Number = by }));
            }
        }
    }

    /// <summary>One is married from a day on, and his record names the other; whom an earlier marriage named, it names no more.</summary>
    public async Task Marries(Party one, Kin other, DateOnly on)
    {
        await Act(one.Record!.Value, new PersonChanged(new PersonFacts { Marital = one.Facts.Marital }, new PersonFacts { Marital = 2 }, On: on));
        foreach (var earlier in one.State.Kin.Where(k => k.Kind == KinKind.Spouse))
        {
            await Act(one.Record.Value, new KinEnded(earlier.No, On: on));
        }

        await Act(one.Record.Value, new KinNamed(other, on));
    }

    /// <summary>One is married no more, and his record names the other no more.</summary>
    /// <param name="one">Whose record.</param>
    /// <param name="other">The spouse; null: whoever it names.</param>
    /// <param name="status">Marital status from now on.</param>
    /// <param name="on">The day.</param>
    /// <param name="never">The marriage never was one: he has not been named in the days before either.</param>
    public async Task Parts(Party one, Party? other, short status, DateOnly on, bool never = false)
    {
        if (one.Facts.Marital != status)
        {
            await Act(one.Record!.Value, new PersonChanged(new PersonFacts { Marital = one.Facts.Marital }, new PersonFacts { Marital = status }, On: on));
        }

        foreach (var line in one.State.Kin.Where(k => k.Kind == KinKind.Spouse && (other is null || other.IsNamedBy(k) || (other.Record is null && k.Name == other.Facts.FullName))))
        {
            await Act(one.Record!.Value, new KinEnded(line.No, On: never ? null : on));
        }
    }

    public async Task Act<T>(Guid person, T entry) where T : IPersonEntry
    {
        if (Problems.Count == 0)
        {
            Problems.AddRange((await population.Act(person, entry, ground)).Problems);
        }
    }
}
