using SoGoc.Population;

namespace SoGoc.Quality.Duplicates;

/// <summary>A value that can be taken from the one record or the other when they are joined.</summary>
/// <param name="Field">As records name it.</param>
/// <param name="Get">Its value.</param>
/// <param name="With">The facts with another's value.</param>
internal sealed record Choice(string Field, Func<PersonFacts, object?> Get, Func<PersonFacts, PersonFacts, PersonFacts> With)
{
    /// <summary>Residence and household together: whoever lives there lives in that household.</summary>
    public const string Home = "home";

    public static IReadOnlyList<Choice> All { get; } =
    [
        new("fullName", f => f.FullName, (f, o) => f with { FullName = o.FullName, Surname = o.Surname, Middle = o.Middle, Given = o.Given }),
        new("otherNames", f => Joined(f.OtherNames), (f, o) => f with { OtherNames = o.OtherNames }),
        new("born", f => f.Born, (f, o) => f with { Born = o.Born }),
        new("sex", f => f.Sex, (f, o) => f with { Sex = o.Sex }),
        new("birthPlace", f => f.BirthPlace, (f, o) => f with { BirthPlace = o.BirthPlace }),
        new("birthRegistered", f => f.BirthRegistered, (f, o) => f with { BirthRegistered = o.BirthRegistered }),
        new("hometown", f => f.Hometown, (f, o) => f with { Hometown = o.Hometown }),
        new("ethnicity", f => f.Ethnicity, (f, o) => f with { Ethnicity = o.Ethnicity }),
        new("nationality", f => Joined(f.Nationality), (f, o) => f with { Nationality = o.Nationality }),
        new("oldIds", f => Joined(f.OldIds), (f, o) => f with { OldIds = o.OldIds }),
        new("marital", f => f.Marital, (f, o) => f with { Marital = o.Marital }),
        new("phone", f => f.Phone, (f, o) => f with { Phone = o.Phone, PhoneVerified = o.PhoneVerified }),
        new("email", f => f.Email, (f, o) => f with { Email = o.Email, EmailVerified = o.EmailVerified }),
    ];

    /// <summary>What the record that stays takes from the other, as a correction; null: nothing that differs.</summary>
    public static PersonCorrected? Correction(PersonFacts stays, PersonFacts other, IReadOnlyList<string> taken)
    {
        var (before, after) = (new PersonFacts(), new PersonFacts());
        var any = false;
        // What is not known is not taken: the value that stands stays.
        foreach (var choice in All.Where(c => taken.Contains(c.Field) && c.Get(other) is not null && !Equals(c.Get(stays), c.Get(other))))
        {
            (before, after, any) = (choice.With(before, stays), choice.With(after, other), true);
        }

        return any ? new PersonCorrected(before, after) : null;
    }

    /// <summary>Fields that only the other record knows: offered as taken.</summary>
    public static IEnumerable<string> Missing(PersonState stays, PersonState other) => All.Where(c => c.Get(stays.Facts) is null && c.Get(other.Facts) is not null).Select(c => c.Field)
        .Concat(stays.Residences.Any(r => r.Until is null) || other.Residences.All(r => r.Until is not null) ? [] : [Home]);

    private static string? Joined(IReadOnlyList<string>? many) => many is { Count: > 0 } ? string.Join(", ", many) : null;
}
