using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>Mother or father as registered (Luật Hộ tịch 60/2014, article 14).</summary>
/// <param name="Residence">As written on the day.</param>
/// <param name="Paper">Of a foreigner whom the register has not: number of the passport.</param>
public sealed record RegisteredParent(string? FullName, PersonalNumber? Number, PartialDate? Born, string? Ethnicity, IReadOnlyList<string>? Nationality, string? Residence, string? Paper = null);

/// <summary>A birth was registered. The book has the same text.</summary>
/// <param name="EntryNo">Number and year in the book.</param>
/// <param name="Area">The commune.</param>
/// <param name="BirthKind">both-parents, father-unknown, mother-unknown, abandoned.</param>
/// <param name="Late">After the days of the law.</param>
/// <param name="Declarant">mother, father, relative, carer.</param>
/// <param name="Confirmed">Warnings that the official has looked into.</param>
/// <param name="BirthCountry">Of a child born abroad: ISO 3166-1 alpha-2.</param>
/// <param name="Recognition">The paper on which the father has recognised the child in the same act.</param>
public sealed record BirthRegistered(string EntryNo, int Area, DateOnly On, Guid Child, PersonalNumber Number, PersonFacts Facts, string BirthKind, bool Late, string Evidence, string Declarant,
    RegisteredParent? Mother, RegisteredParent? Father, IReadOnlyList<string>? Confirmed = null, string? Recognition = null, string? BirthCountry = null) : IEntry
{
    public static string Kind => "civil.birth-registered";
}
