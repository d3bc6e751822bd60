using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Population;

// What happens at a counter or a door: whether a newcomer stands in the register already, and what a person says of himself.

/// <summary>Somebody about to be entered or to be given a number, as far as is known.</summary>
/// <param name="Person">His record, where he has one already: it is not found itself.</param>
/// <param name="MotherRecord">Her record, where it is known: children who name her are looked at.</param>
/// <param name="FatherRecord">In the same way: whoever is by the register the child of other parents is not told.</param>
/// <param name="Area">Unit of his permanent residence, in any version.</param>
public sealed record Newcomer(Guid? Person, string? Name, PartialDate? Born, short? Sex, string? Mother = null, Guid? MotherRecord = null, Guid? FatherRecord = null, string? Phone = null, string? Address = null, int? Area = null, string? Ethnicity = null);

/// <summary>A record that may be his, side by side with what is known of him.</summary>
/// <param name="Chance">That it is, 0 to 1, by the weights by which the register is looked through at night.</param>
/// <param name="Lines">Field by field, in words; what neither knows is left out.</param>
public sealed record LikeRecord(Guid Person, PersonalNumber? Number, string Name, PartialDate? Born, double Chance, IReadOnlyList<LikeRecord.Line> Lines)
{
    /// <summary>Where they are told: a birth is registered, a number is given.</summary>
    public const string AtBirth = "birth", AtNumber = "number";

    public static readonly IReadOnlyList<string> Counters = [AtBirth, AtNumber];

    /// <param name="Field">Its name, for people.</param>
    /// <param name="New">What is said now.</param>
    /// <param name="Known">What the record says.</param>
    /// <param name="Level">How the two stand to each other, in words.</param>
    /// <param name="Same">They are the same.</param>
    public sealed record Line(string Field, string New, string Known, string Level, bool Same);
}

/// <summary>Whether somebody stands in the register already, before he is entered a second time. Looks at the whole register, without confidential records; who asks records the reading.</summary>
public interface ILikeRecords
{
    /// <summary>Those that are more likely his than not and of a name like his, and those of the same name and day of birth; the likeliest first, at most <paramref name="most"/>.</summary>
    Task<IReadOnlyList<LikeRecord>> Find(Newcomer who, int most);

    /// <summary>Keeps that these were found to be others than this person, in the caller's transaction: none of them is proposed as his record again, at night or at a counter, unless somebody takes it back.</summary>
    /// <param name="person">His record, which is entered already.</param>
    /// <param name="others">As they were told.</param>
    /// <param name="counter">One of <see cref="LikeRecord.Counters"/>.</param>
    /// <param name="ground">What shows it.</param>
    Task Differ(Guid person, IReadOnlyList<LikeRecord> others, string counter, string ground);
}

/// <param name="Requested">In a branch: nothing has changed here yet, a request went up to the root.</param>
public sealed record ContactCorrected(bool Requested);

/// <summary>Telephone number and e-mail address of a person, put right by an official who has met him.</summary>
public interface IContacts
{
    /// <summary>Corrects what is told, in the caller's transaction, with its ground; refused to who may not correct contacts, and for persons outside of his duty.</summary>
    /// <param name="person">The record.</param>
    /// <param name="phone">As people write it; null: it stays.</param>
    /// <param name="email">Null: it stays.</param>
    /// <param name="ground">Who said so, or the paper.</param>
    Task<Outcome<ContactCorrected>> Correct(Guid person, string? phone, string? email, string ground);
}
