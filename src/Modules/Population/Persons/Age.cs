using System.Globalization;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Population.Persons;

/// <summary>How old a person is, as it is said: small children in months, and "about" where the birthday is not known.</summary>
internal static class Age
{
    private const int ChildUntil = 3;

    public static string? Of(PartialDate? born, DateOnly today, Sentences say)
    {
        if (born is not { Earliest: { } earliest, Latest: { } latest } || earliest > today)
        {
            return null;
        }

        var (most, least) = (Months(earliest, today), Math.Max(0, Months(latest, today)));
        if (most / 12 != least / 12)
        {
            return say["population.age-about", (today.Year - earliest.Year).ToString(CultureInfo.InvariantCulture)];
        }

        if (most == least && most / 12 < ChildUntil)
        {
            return most == 0 ? say["population.age-newborn"] : say["population.age-months", most.ToString(CultureInfo.InvariantCulture)];
        }

        return say["population.age", (most / 12).ToString(CultureInfo.InvariantCulture)];
    }

    /// <summary>Whole months lived.</summary>
    private static int Months(DateOnly born, DateOnly today) => ((today.Year - born.Year) * 12) + today.Month - born.Month - (today.Day < born.Day ? 1 : 0);
}
