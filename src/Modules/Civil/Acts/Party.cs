using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Acts;

/// <summary>Somebody whom an act is about, as the register has him; or, of one whom it has not, as the record of another names him.</summary>
internal sealed record Party(Guid? Record, PersonState State)
{
    public PersonFacts Facts => State.Facts;

    public bool Lives => State.Status == PersonStatus.Living;

    /// <summary>The household that he belongs to.</summary>
    public Membership? Home => State.Memberships.FirstOrDefault(m => m.Until is null);

    /// <summary>The number that the next line of kin of his record has.</summary>
    public int NextKin => State.Kin.Select(k => k.No).DefaultIfEmpty(-1).Max() + 1;

    /// <summary>As another's record names him.</summary>
    public Kin As(KinKind kind, int no) => new(no, kind, Facts.FullName, Facts.Number, Facts.Number is null ? Record : null);

    /// <summary>Whether a line of another's record names him.</summary>
    public bool IsNamedBy(Kin line) => (line.Person is { } key && key == Record) || (line.Number is { } number && (number == Facts.Number || State.FormerNumbers.Any(f => f.Number == number)));

    /// <summary>Full years on a day; by the latest day that the birth can have been.</summary>
    public int? AgeOn(DateOnly day) => Facts.Born?.Latest is { } born ? day.Year - born.Year - (born.AddYears(day.Year - born.Year) > day ? 1 : 0) : null;
}

/// <summary>Somebody as he is shown to the official before the decision, and as the book has him.</summary>
/// <param name="Part">What he is in the act: child, mother, deceased, husband ….</param>
/// <param name="Residence">As written on the day.</param>
public sealed record Seen(string Part, Guid? Person, string? FullName, PersonalNumber? Number, PartialDate? Born, short? Sex, string? Ethnicity, IReadOnlyList<string>? Nationality, string? Residence, short? Marital, PersonStatus Status);

/// <summary>What the rules say of a declared act.</summary>
/// <param name="Case">Of this act; everything was read for it.</param>
/// <param name="Office">The commune that registers, where it is the official's.</param>
/// <param name="People">Whom it is about.</param>
/// <param name="Refusals">Why it cannot be registered, or not here.</param>
/// <param name="Warnings">What the official has to look into, unless he has.</param>
internal abstract record Judgement(CaseFile Case, Area? Office, IReadOnlyList<Seen> People, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings)
{
    /// <summary>By field of the declaration: what there is to choose from; the first is what would be taken.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Offer>> Offers { get; init; } = new Dictionary<string, IReadOnlyList<Offer>>();

    /// <summary>What would come of it that is not in the declaration, in sentences.</summary>
    public IReadOnlyList<string> Follows { get; init; } = [];
}
