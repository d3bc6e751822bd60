using CsCheck;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Tests;

/// <summary>Single-valued fields: each absent (never asked), asked and unknown, or told.</summary>
internal static class Facts
{
    private static readonly Gen<Func<Scene, PlaceFact>> Place = Gen.Select(Gen.Int[0, 5], Given.Maybe(Given.Text), (n, text) =>
        new Func<Scene, PlaceFact>(s => new PlaceFact(n < s.Areas.Length ? s.Areas[n] : null, text)));

    /// <summary>Any fields but the number; the full name with them now and then.</summary>
    public static Gen<Func<Scene, PersonFacts>> Told { get; } = Gen.Select(
        Gen.Select(Given.Maybe(Given.Name), Given.Maybe(Given.Text), Given.Maybe(Given.Text), Given.Maybe(Given.Text), Given.Maybe(Given.Texts),
            (full, sur, middle, given, others) => new PersonFacts { FullName = full, Surname = sur, Middle = middle, Given = given, OtherNames = others }),
        Gen.Select(Given.MaybeValue(Given.Partial(1, 9999)), Given.MaybeValue(Gen.Short[0, 2]), Given.MaybeValue(Given.Partial(1900, 2026)), Given.MaybeValue(Gen.Short[0, 9])),
        Gen.Select(Given.Maybe(Place), Given.Maybe(Place), Given.Maybe(Place)),
        Gen.Select(Given.Maybe(Given.AnyOf("01", "14", "ZZ")), Given.Maybe(Given.Text), Given.Maybe(Given.Texts), Given.Maybe(Given.Text), Given.Maybe(Given.Texts)),
        Gen.Select(Given.Maybe(Given.Text), Given.MaybeValue(Given.Day), Given.Maybe(Given.Text), Given.MaybeValue(Given.Day)),
        Gen.Select(Given.Maybe(Given.Text), Given.Maybe(Given.AnyOf<string[]>([], ["born"], ["religion", "blood"]))),
        (names, life, places, codes, contact, rest) => new Func<Scene, PersonFacts>(s => Fitting(names with
        {
            Born = life.Item1,
            Sex = life.Item2,
            Ended = life.Item3,
            Marital = life.Item4,
            BirthPlace = places.Item1?.Invoke(s),
            BirthRegistered = places.Item2?.Invoke(s),
            Hometown = places.Item3?.Invoke(s),
            Ethnicity = codes.Item1,
            Religion = codes.Item2,
            Nationality = codes.Item3,
            Blood = codes.Item4,
            OldIds = codes.Item5,
            Phone = contact.Item1,
            PhoneVerified = contact.Item2,
            Email = contact.Item3,
            EmailVerified = contact.Item4,
            Other = rest.Item1,
            Unknown = rest.Item2,
        })));

    /// <summary>Names of fields that become empty; a name and a number never do.</summary>
    public static Gen<IReadOnlyList<string>?> Cleared { get; } = Given.Maybe(Gen.Shuffle(FactField.All.Select(f => f.Name).Where(n => n is not ("fullName" or "number")).ToArray(), 0, 5)
        .Select(names => (IReadOnlyList<string>)names));

    /// <summary>Nobody dies before he is born.</summary>
    public static PersonFacts Fitting(PersonFacts f) => f.Ended?.CertainlyBefore(f.Born ?? Kernel.Time.PartialDate.Unknown) == true ? f with { Ended = null } : f;
}
