using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;

namespace SoGoc.Population;

/// <summary>Số định danh cá nhân: twelve digits. 1–3 the place where the birth was registered (a province of the 63, or a country), 4 century and sex,
/// 5–6 year of birth, 7–12 random. No check digit. NĐ 137/2015 article 13; Luật Căn cước 26/2023 article 12. It never changes with mergers of units and
/// says nothing about where a person lives; a number that disagrees with the birth data can be lawful (NĐ 70/2024 article 11).</summary>
[JsonConverter(typeof(PersonalNumberJson))]
[WrittenAs("^[0-9]{12}$")]
public readonly record struct PersonalNumber
{
    /// <summary>The years of birth for which the law knows a digit of century and sex.</summary>
    public const int FirstYear = 1900, LastYear = 2399;

    private readonly string? digits;

    private PersonalNumber(string digits) => this.digits = digits;

    public string PlaceCode => ToString()[..3];

    /// <summary>1 male, 2 female, by the fourth digit.</summary>
    public short Sex => (short)(((ToString()[3] - '0') % 2) + 1);

    /// <summary>Year of birth by digits four to six.</summary>
    public int BirthYear => 1900 + ((ToString()[3] - '0') / 2 * 100) + ((ToString()[4] - '0') * 10) + (ToString()[5] - '0');

    /// <summary>The six digits that everybody of one place, sex and year of birth shares.</summary>
    public string Prefix => ToString()[..6];

    /// <summary>True when the number can be that of a person of this sex (0 unknown).</summary>
    public bool AgreesWithSex(short? sex) => sex is null or 0 || sex == Sex;

    public bool AgreesWithBirth(PartialDate? born) => born?.Year is not { } year || year == BirthYear;

    /// <summary>Whether a place code can be right: one of the 63 provinces, or that of a country, of which there is no list.</summary>
    internal static bool PlaceExists(PlaceBook places, string placeCode) =>
        placeCode.Length == 3 && placeCode.All(char.IsAsciiDigit) && (placeCode[0] != '0' || places.PlaceCodeExists(placeCode));

    /// <summary>The three digits at the head of numbers of those whose birth is or was registered in a unit: the code of the province it belonged to on the day that the rule civil.number-place-day names.
    /// Numbers keep the codes of the 63 provinces. Null where the unit of then lay in several.</summary>
    /// <param name="area">In any version.</param>
    public static string? PlaceCodeOf(Area area, PlaceBook book, LawBook law, DateOnly today)
    {
        var day = PartialDate.TryParse(law.Find("civil.number-place-day", today)?.Value, out var told) ? told.Earliest : null;
        return day is not { } then ? null : book.Resolve(area, then < today ? then : today).Candidates.Select(c => book.Province(c.Area)?.Code).Distinct().ToArray() is [{ } code] ? "0" + code : null;
    }

    /// <summary>The prefix for a newborn: place code, century and sex, year.</summary>
    /// <exception cref="ArgumentException">A place code that is not three digits, a sex that is neither, or a year outside 1900–2399, for which the law knows no digit.</exception>
    public static string PrefixFor(string placeCode, short sex, int birthYear)
    {
        if (placeCode.Length != 3 || !placeCode.All(char.IsAsciiDigit))
        {
            throw new ArgumentException(placeCode, nameof(placeCode));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(birthYear, FirstYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(birthYear, LastYear);
        ArgumentOutOfRangeException.ThrowIfLessThan(sex, (short)1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sex, (short)2);
        return $"{placeCode}{((birthYear / 100) - 19) * 2 + sex - 1}{birthYear % 100:00}";
    }

    /// <summary>Reads a number, or says what is wrong with it; spaces and dots between groups are allowed.</summary>
    public static bool TryParse(string? text, out PersonalNumber number, [NotNullWhen(false)] out Problem? fault)
    {
        var t = text ?? "";
        if (t.AsSpan().IndexOfAny(' ', '.') >= 0)
        {
            t = t.Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        }

        fault = t.AsSpan().ContainsAnyExceptInRange('0', '9') ? Problem.Invalid(null, "population.number-not-digits", Foreign(t))
            : t.Length != 12 ? Problem.Invalid(null, "population.number-length", t.Length.ToString(CultureInfo.InvariantCulture))
            : null;
        number = fault is null ? new PersonalNumber(t) : default;
        return fault is null;
    }

    public static bool TryParse(string? text, out PersonalNumber number) => TryParse(text, out number, out _);

    /// <summary>The signs that are no digits, the first few; those that cannot be seen by their code.</summary>
    private static string Foreign(string text) => string.Join(' ', text.EnumerateRunes().Where(r => !(r.IsAscii && Rune.IsDigit(r))).Distinct().Take(5)
        .Select(r => Rune.IsLetterOrDigit(r) || Rune.IsPunctuation(r) || Rune.IsSymbol(r) ? r.ToString() : $"U+{r.Value:X4}"));

    public override string ToString() => digits ?? throw new InvalidOperationException("Not a number.");
}

internal sealed class PersonalNumberJson : JsonConverter<PersonalNumber>
{
    public override PersonalNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        PersonalNumber.TryParse(reader.GetString(), out var n) ? n : throw new JsonException("Not a personal number.");

    public override void Write(Utf8JsonWriter writer, PersonalNumber value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
