using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;

namespace SoGoc.Population.Lookups;

/// <summary>Whom the register has outside of the official's duty: that much is said of them, and no more.</summary>
internal static class Elsewheres
{
    /// <summary>Of numbers that were not found, those that are somebody's.</summary>
    public static async Task<IReadOnlySet<string>> Elsewhere(this Reads reads, string[] numbers) => reads.Limited && numbers.Length > 0
        ? (await reads.Rows("select n from population.known_numbers($1) n", r => r.GetString(0), (object)numbers)).ToHashSet(StringComparer.Ordinal) : new HashSet<string>();

    /// <summary>Whether yes or no may be said of them: to officials of anybody, to a system of those who live in the areas of its agreement.</summary>
    public static async Task<bool> Agreed(this Reads reads, Actor who, params Guid[] persons) => who.Agreement is null || !reads.Limited
        || (await reads.Rows("select count(*) from population.person where id = any($1)", r => r.GetInt64(0), (object)persons)).Single() == persons.Length;

    public static async Task<bool> IsElsewhere(this Reads reads, Guid person) =>
        reads.Limited && (await reads.Rows("select population.known_person($1)", r => r.GetBoolean(0), person)).Single();

    public static async Task<bool> IsElsewhere(this Session session, Guid person) =>
        session.Limited && await session.Value<bool>("select population.known_person($1)", person);
}
