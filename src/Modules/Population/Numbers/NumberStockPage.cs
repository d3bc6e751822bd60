using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Numbers;

/// <summary>The stock of personal numbers: per place, sex and year of birth how many are used, and how long the rest lasts.</summary>
[Needs(PopulationPermission.CountPopulation)]
internal sealed class NumberStockPage(IPlaces places) : OfficePage
{
    /// <summary>Null where what was asked for cannot be.</summary>
    public ForecastNumbers.Forecast? Forecast { get; private set; }

    /// <summary>As it was asked for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Ma { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Tu { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Den { get; set; }

    /// <summary>The codes of the 63 provinces with the names that they had.</summary>
    public IEnumerable<(string Code, string Name)> Codes => places.Book.PlaceCodes.Order(StringComparer.Ordinal).Select(c => (c, places.Book.ProvinceOf(c)!.FullName));

    public async Task OnGetAsync()
    {
        var outcome = await Do<ForecastNumbers, ForecastNumbers.Forecast>(f => f.Run(new ForecastNumbers.Request(Ma, YearOf(Tu), YearOf(Den))));
        Forecast = outcome.Ok(out var told) ? told : null;
    }

    /// <summary>How long it lasts, in a sentence.</summary>
    public string Told(ForecastNumbers.PrefixForecast p) => Say["population.outlook-" + Word.Write(p.Outlook),
        p.RegisteredUntil.Shown(), N(p.Expected ?? 0), Percent(p.Expected ?? 0), N(p.PerYear ?? 0), p.RunsOutOn is { } day ? day.ToString("MM/yyyy", CultureInfo.InvariantCulture) : "", p.FirstOn?.Shown() ?? ""];

    public static string N(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    public static string Percent(int numbers) => (100.0 * numbers / NumberAllotment.Space).ToString("0.##", CultureInfo.CurrentCulture);

    /// <summary>What is no year is refused as one that cannot be.</summary>
    private static int? YearOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : 0;
}
