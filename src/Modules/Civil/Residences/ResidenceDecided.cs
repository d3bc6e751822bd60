using SoGoc.Kernel.Journaling;
using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>Somebody whose residence or household a decision changes.</summary>
public sealed record DecidedPerson(Guid Person, string? FullName, PersonalNumber? Number);

/// <summary>What a decision changed.</summary>
/// <param name="What">permanent, temporary, absence, stay: a residence began; permanent-ends …: it ended; member, head, leaves: in a household; opens, closes: the household itself.</param>
/// <param name="Subject">The person, or the household.</param>
/// <param name="Before">Address or relation that stood before, as written.</param>
/// <param name="After">What stands now.</param>
/// <param name="Until">The day on which it ends by itself.</param>
public sealed record DecidedChange(string What, Guid Subject, string? Name, string? Before = null, string? After = null, DateOnly? Until = null);

/// <summary>The commune police decided on residence or household (Luật Cư trú 68/2020). The table of decisions has the same text.</summary>
/// <param name="DecisionNo">Number and year.</param>
/// <param name="Act">Which of the acts.</param>
/// <param name="Area">The commune.</param>
/// <param name="Commune">Its name.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="Left">Units in which somebody ceases to reside.</param>
/// <param name="Law">The article.</param>
/// <param name="Basis">own, family, rented, facility.</param>
/// <param name="Agreed">Who had to agree and has: owner, head, parents.</param>
/// <param name="Paper">Papers shown beside the form.</param>
/// <param name="Confirmed">Warnings that the official has looked into.</param>
public sealed record ResidenceDecided(string DecisionNo, string Act, int Area, string Commune, DateOnly On, DecidedPerson AskedBy, IReadOnlyList<DecidedPerson> Persons, IReadOnlyList<DecidedChange> Changes, IReadOnlyList<int> Left,
    string Law, string? Basis = null, IReadOnlyList<string>? Agreed = null, string? Reason = null, string? Paper = null, IReadOnlyList<string>? Confirmed = null) : IEntry
{
    public static string Kind => "civil.residence-decided";
}
