using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Places;

namespace SoGoc.Population.Numbers;

/// <summary>How many numbers a place still has for one year of birth and sex. Counts only: nobody's data are read.</summary>
internal sealed class CountFreeNumbers(BeyondDuty reads, IPlaces places) : INumbers
{
    /// <param name="Prefix">The six digits at the head of a number; or</param>
    /// <param name="Place">three digits of a province or country,</param>
    /// <param name="Year">year of birth, and</param>
    /// <param name="Sex">1 male, 2 female.</param>
    internal sealed record Request(string? Prefix = null, string? Place = null, int? Year = null, short? Sex = null);

    public Task<Outcome<NumberSpace>> Free(string? prefix, string? place, int? year, short? sex) => Run(new Request(prefix, place, year, sex));

    public async Task<Outcome<NumberSpace>> Run(Request r)
    {
        if (PrefixOf(r) is not { } prefix || !PersonalNumber.TryParse(prefix + "000000", out var first))
        {
            return Problem.Invalid("prefix", "population.prefix-malformed");
        }

        if (!PersonalNumber.PlaceExists(places.Book, first.PlaceCode))
        {
            return Problem.Invalid("prefix", "population.number-place-never-existed", first.PlaceCode);
        }

        var used = await NumberAllotment.CountUsed(reads, prefix);
        return new NumberSpace(prefix, first.PlaceCode, places.Book.ProvinceOf(first.PlaceCode)?.FullName, first.Sex, first.BirthYear, used, NumberAllotment.Space - used);
    }

    private static string? PrefixOf(Request r) => r switch
    {
        { Prefix: { Length: > 0 } p } => p.Replace(" ", "", StringComparison.Ordinal) is { Length: 6 } six ? six : null,
        { Place: { Length: 3 } place, Year: >= PersonalNumber.FirstYear and <= PersonalNumber.LastYear and var year, Sex: 1 or 2 } when place.All(char.IsAsciiDigit) =>
            PersonalNumber.PrefixFor(place, r.Sex.Value, year),
        _ => null,
    };
}
