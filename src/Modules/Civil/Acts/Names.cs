using SoGoc.Population;

namespace SoGoc.Civil.Acts;

/// <summary>A new name with its parts, as the entry of a change has it.</summary>
internal static class Names
{
    private static readonly (string Field, Func<PersonFacts, string?> Of)[] Parts = [("surname", f => f.Surname), ("middle", f => f.Middle), ("given", f => f.Given)];

    /// <param name="now">What stands in the record.</param>
    /// <param name="written">The new name as the register writes it (<see cref="IPopulation.Written"/>).</param>
    /// <param name="on">Since when.</param>
    public static PersonChanged Changed(PersonFacts now, PersonFacts written, DateOnly on) => new(Of(now), Of(written), Cleared(now, written), on);

    private static PersonFacts Of(PersonFacts facts) => new() { FullName = facts.FullName, Surname = facts.Surname, Middle = facts.Middle, Given = facts.Given };

    /// <summary>Parts of the name that become empty; of facts without a name, none.</summary>
    public static string[]? Cleared(PersonFacts now, PersonFacts written) =>
        Parts.Where(p => p.Of(written) is null && p.Of(now) is not null).Select(p => p.Field).ToArray() is { Length: > 0 } some ? some : null;
}
