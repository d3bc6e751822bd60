using System.Collections;
using SoGoc.Kernel.Time;

namespace SoGoc.Population.Persons;

/// <summary>The single-valued fields of a person, one line each: name, field group of the law, how to read and how to set it.
/// Merging, comparing, correcting and telling the story all go by this table.</summary>
internal sealed record FactField(string Name, int Group, Func<PersonFacts, object?> Get, Func<PersonFacts, object?, PersonFacts> With)
{
    public static IReadOnlyList<FactField> All { get; } =
    [
        new("fullName", 1, f => f.FullName, (f, v) => f with { FullName = (string?)v }),
        new("surname", 1, f => f.Surname, (f, v) => f with { Surname = (string?)v }),
        new("middle", 1, f => f.Middle, (f, v) => f with { Middle = (string?)v }),
        new("given", 1, f => f.Given, (f, v) => f with { Given = (string?)v }),
        new("otherNames", 2, f => f.OtherNames, (f, v) => f with { OtherNames = (IReadOnlyList<string>?)v }),
        new("number", 3, f => f.Number, (f, v) => f with { Number = (PersonalNumber?)v }),
        new("born", 4, f => f.Born, (f, v) => f with { Born = (PartialDate?)v }),
        new("sex", 5, f => f.Sex, (f, v) => f with { Sex = (short?)v }),
        new("birthPlace", 6, f => Said(f.BirthPlace), (f, v) => f with { BirthPlace = (PlaceFact?)v }),
        new("birthRegistered", 7, f => Said(f.BirthRegistered), (f, v) => f with { BirthRegistered = (PlaceFact?)v }),
        new("hometown", 8, f => Said(f.Hometown), (f, v) => f with { Hometown = (PlaceFact?)v }),
        new("ethnicity", 9, f => f.Ethnicity, (f, v) => f with { Ethnicity = (string?)v }),
        new("religion", 10, f => f.Religion, (f, v) => f with { Religion = (string?)v }),
        new("nationality", 11, f => f.Nationality, (f, v) => f with { Nationality = (IReadOnlyList<string>?)v }),
        new("blood", 12, f => f.Blood, (f, v) => f with { Blood = (string?)v }),
        new("oldIds", 13, f => f.OldIds, (f, v) => f with { OldIds = (IReadOnlyList<string>?)v }),
        new("marital", 21, f => f.Marital, (f, v) => f with { Marital = (short?)v }),
        new("ended", 24, f => f.Ended, (f, v) => f with { Ended = (PartialDate?)v }),
        new("phone", 25, f => f.Phone, (f, v) => f with { Phone = (string?)v }),
        new("phoneVerified", 25, f => f.PhoneVerified, (f, v) => f with { PhoneVerified = (DateOnly?)v }),
        new("email", 25, f => f.Email, (f, v) => f with { Email = (string?)v }),
        new("emailVerified", 25, f => f.EmailVerified, (f, v) => f with { EmailVerified = (DateOnly?)v }),
        new("other", 26, f => f.Other, (f, v) => f with { Other = (string?)v }),
        new("unknown", 0, f => f.Unknown, (f, v) => f with { Unknown = (IReadOnlyList<string>?)v }),
    ];

    public bool SameIn(PersonFacts a, PersonFacts b) => Same(Get(a), Get(b));

    /// <summary>The values of <paramref name="after"/> laid over those of <paramref name="before"/>, and the cleared ones emptied.</summary>
    public static PersonFacts Merge(PersonFacts before, PersonFacts after, IReadOnlyList<string>? cleared = null)
    {
        foreach (var field in All)
        {
            if (field.Get(after) is { } value)
            {
                before = field.With(before, value);
            }
            else if (cleared?.Contains(field.Name) == true)
            {
                before = field.With(before, null);
            }
        }

        return before;
    }

    /// <summary>What the register can hold of the facts: a place that names neither a unit nor a text was not told.</summary>
    public static PersonFacts Told(PersonFacts f) => Said(f.BirthPlace) == f.BirthPlace && Said(f.BirthRegistered) == f.BirthRegistered && Said(f.Hometown) == f.Hometown ? f
        : f with { BirthPlace = Said(f.BirthPlace), BirthRegistered = Said(f.BirthRegistered), Hometown = Said(f.Hometown) };

    private static PlaceFact? Said(PlaceFact? place) => place is { Area: null, Text: null } ? null : place;

    private static bool Same(object? a, object? b) => (a, b) switch
    {
        (string x, string y) => x == y,
        (IEnumerable x, IEnumerable y) => x.Cast<object>().SequenceEqual(y.Cast<object>()),
        _ => Equals(a, b),
    };
}
