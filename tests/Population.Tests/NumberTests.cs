using System.Globalization;
using CsCheck;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population.Numbers;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>What a personal number says, and what is said when it is none.</summary>
public sealed class NumberTests
{
    private static readonly Gen<string> Digits = Gen.Char['0', '9'].Array[12].Select(c => new string(c));

    [Fact]
    public void Every_prefix_names_the_place_the_sex_and_the_year_it_was_made_of() =>
        Gen.Select(Gen.Int[0, 999], Gen.Short[1, 2], Gen.Int[1900, 2399], Gen.Int[0, 999_999]).Sample((place, sex, year, rest) =>
        {
            var code = place.ToString("000", CultureInfo.InvariantCulture);
            var prefix = PersonalNumber.PrefixFor(code, sex, year);
            var number = People.Number(prefix + rest.ToString("000000", CultureInfo.InvariantCulture));
            return number.PlaceCode == code && number.Sex == sex && number.BirthYear == year && number.Prefix == prefix
                && number.AgreesWithSex(sex) && number.AgreesWithSex(0) && number.AgreesWithSex(null) && !number.AgreesWithSex((short)(3 - sex))
                && number.AgreesWithBirth(PartialDate.Of(year)) && number.AgreesWithBirth(PartialDate.Of(year, 2, 28)) && number.AgreesWithBirth(PartialDate.Unknown) && number.AgreesWithBirth(null)
                && !number.AgreesWithBirth(PartialDate.Of(year + 1)) && !number.AgreesWithBirth(PartialDate.Of(year - 1, 12));
        }, seed: Given.Seed, iter: 20_000);

    [Theory]
    [InlineData("089", 1, 1899)]
    [InlineData("089", 2, 2400)]
    [InlineData("089", 0, 1962)]
    [InlineData("089", 3, 1962)]
    [InlineData("89", 1, 1962)]
    [InlineData("08O", 1, 1962)]
    [InlineData("", 1, 1962)]
    public void No_prefix_is_made_of_what_the_law_has_no_digits_for(string place, short sex, int year) => Assert.ThrowsAny<ArgumentException>(() => PersonalNumber.PrefixFor(place, sex, year));

    [Fact]
    public void Any_twelve_digits_are_a_number_however_they_are_grouped() => Gen.Select(Digits, Gen.Int[0, 11], Given.AnyOf(" ", ".", "  ", ". ")).Sample((digits, at, gap) =>
        PersonalNumber.TryParse(digits[..at] + gap + digits[at..], out var number, out var fault) && fault is null && number.ToString() == digits, seed: Given.Seed, iter: 5_000);

    [Fact]
    public void Anything_else_is_refused_with_a_code_that_says_what_is_wrong() => Gen.OneOf(Given.Text, Digits.Select(d => d[..5] + "O" + d[5..]), Gen.Char['0', '9'].Array[0, 30].Select(c => new string(c)),
        Gen.String[Gen.Char['\0', '\uffff'], 0, 14]).Sample(text =>
        {
            var plain = text.Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
            if (PersonalNumber.TryParse(text, out var number, out var fault))
            {
                return plain.Length == 12 && plain.All(char.IsAsciiDigit) && number.ToString() == plain;
            }

            return plain.All(char.IsAsciiDigit)
                ? fault.Code == "population.number-length" && fault.Data is [var count] && count == plain.Length.ToString(CultureInfo.InvariantCulture)
                : fault.Code == "population.number-not-digits" && fault.Data is [{ Length: > 0 } signs] && !signs.Any(char.IsControl);
        }, seed: Given.Seed, iter: 20_000);

    [Theory]
    [InlineData("", "population.number-length", "0")]
    [InlineData(null, "population.number-length", "0")]
    [InlineData("89162000123", "population.number-length", "11")]
    [InlineData("0891 6200 0123 4", "population.number-length", "13")]
    [InlineData("123456789", "population.number-length", "9")]
    [InlineData("08916200O12l", "population.number-not-digits", "O l")]
    [InlineData("8,9162E+10", "population.number-not-digits", ", E +")]
    [InlineData("089162\u00a0000123", "population.number-not-digits", "U+00A0")]
    [InlineData("089162\u200b000123", "population.number-not-digits", "U+200B")]
    [InlineData("089-162-000123", "population.number-not-digits", "-")]
    [InlineData("٠٨٩١٦٢٠٠٠١٢٣", "population.number-not-digits", "٠ ٨ ٩ ١ ٦")]
    public void What_is_wrong_is_said(string? text, string code, string data)
    {
        Assert.False(PersonalNumber.TryParse(text, out _, out var fault));
        Assert.Equal((code, data), (fault.Code, string.Join('|', fault.Data)));
        Assert.NotNull(new Sentences([typeof(PopulationModule).Assembly]).All.GetValueOrDefault(code).Vi);
    }

    [Fact]
    public void A_number_reads_the_same_from_json() => Digits.Sample(digits =>
        System.Text.Json.JsonSerializer.Deserialize<PersonalNumber>(System.Text.Json.JsonSerializer.Serialize(People.Number(digits))).ToString() == digits, seed: Given.Seed, iter: 200);
}
