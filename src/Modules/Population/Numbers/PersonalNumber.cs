using System.Text.Json;
using System.Text.Json.Serialization;
using SoGoc.Kernel.Time;

namespace SoGoc.Population;

/// <summary>Số định danh cá nhân: twelve digits. 1–3 the place where the birth was registered (a province of the 63, or a country), 4 century and sex,
/// 5–6 year of birth, 7–12 random. No check digit. NĐ 137/2015 article 13; Luật Căn cước 26/2023 article 12. It never changes with mergers of units and
/// says nothing about where a person lives; a number that disagrees with the birth data can be lawful (NĐ 70/2024 article 11).</summary>
[JsonConverter(typeof(PersonalNumberJson))]
public readonly record struct PersonalNumber
{
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

    /// <summary>The prefix for a newborn: place code, century and sex, year.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A year outside 1900–2399, for which the law knows no digit, or a sex that is neither.</exception>
    public static string PrefixFor(string placeCode, short sex, int birthYear)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(birthYear, 1900);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(birthYear, 2399);
        ArgumentOutOfRangeException.ThrowIfLessThan(sex, (short)1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sex, (short)2);
        return $"{placeCode}{((birthYear / 100) - 19) * 2 + sex - 1}{birthYear % 100:00}";
    }

    /// <summary>Reads a number and says what is wrong with it as a problem code; spaces and dots between groups are allowed.</summary>
    public static bool TryParse(string? text, out PersonalNumber number, out string fault)
    {
        number = default;
        fault = "population.number-malformed";
        var t = text ?? "";
        if (t.AsSpan().IndexOfAny(' ', '.') >= 0)
        {
            t = t.Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        }

        if (t.Length != 12 || !t.All(char.IsAsciiDigit))
        {
            return false;
        }

        number = new PersonalNumber(t);
        return true;
    }

    public static bool TryParse(string? text, out PersonalNumber number) => TryParse(text, out number, out _);

    public override string ToString() => digits ?? throw new InvalidOperationException("Not a number.");
}

internal sealed class PersonalNumberJson : JsonConverter<PersonalNumber>
{
    public override PersonalNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        PersonalNumber.TryParse(reader.GetString(), out var n) ? n : throw new JsonException("Not a personal number.");

    public override void Write(Utf8JsonWriter writer, PersonalNumber value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
