using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;

namespace SoGoc.Population.Lookups;

/// <summary>The population of a unit on a day: a pyramid that is a table, and the communes of a larger unit.</summary>
[Needs(PopulationPermission.CountPopulation)]
internal sealed class CountPopulationPage : OfficePage
{
    public CountPopulation.Counted Counted { get; private set; } = null!;

    public long Largest { get; private set; }

    public bool SexUnknown { get; private set; }

    public long Men => Counted.Groups.Sum(g => g.Men);

    public long Women => Counted.Groups.Sum(g => g.Women);

    /// <param name="code">Code of the unit; the province if none.</param>
    /// <param name="ngay">The day, 2026-11-24 or as people write it.</param>
    public async Task<IActionResult> OnGetAsync(string? code, string? ngay)
    {
        DateOnly? day = DateOnly.TryParseExact(ngay, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso) ? iso
            : DateWriting.TryRead(ngay ?? "", out var written) && written.Precision == DatePrecision.Day ? written.Earliest : null;
        var outcome = await Do<CountPopulation, CountPopulation.Counted>(f => f.Run(new CountPopulation.Request(code, day)));
        if (!outcome.Ok(out var counted))
        {
            return Refuse(outcome.Problems);
        }

        Counted = counted;
        Largest = Math.Max(1, counted.Groups.Max(g => Math.Max(g.Men, g.Women)));
        SexUnknown = counted.Groups.Any(g => g.SexUnknown > 0);
        return Page();
    }

    /// <summary>What a bar that ends at the middle leaves free, in percent.</summary>
    public string Rest(long persons) => (100 - (100.0 * persons / Largest)).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Length of a bar in percent of the longest.</summary>
    public string Share(long persons) => (100.0 * persons / Largest).ToString("0.#", CultureInfo.InvariantCulture);
}
