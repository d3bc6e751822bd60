using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Population.Numbers;

/// <summary>How long the numbers of a prefix last.</summary>
internal enum Outlook
{
    /// <summary>None is free.</summary>
    Full,
    /// <summary>None was given in the last twelve months, so there is no pace.</summary>
    Idle,
    /// <summary>Given for less than a week, so there is no pace yet.</summary>
    New,
    /// <summary>At the pace there are enough for all births of the year.</summary>
    Enough,
    /// <summary>At the pace they run out before the births of the year are registered.</summary>
    RunsOut,
    /// <summary>Only late births of the year are registered, and there are enough for a lifetime.</summary>
    Late,
    /// <summary>Only late births of the year are registered; at their pace the numbers run out within a lifetime.</summary>
    LateRunsOut,
}

/// <summary>The numbers of a place by sex and year of birth: how many are used, how fast they go, and how long they last. Counts only: nobody's data are read.</summary>
internal sealed class ForecastNumbers(BeyondDuty reads, Session session, IPlaces places, TimeProvider clock)
{
    public const int MostYears = 20;

    /// <summary>A prefix with fewer free numbers than one in ten is to be looked at.</summary>
    private const int LowPart = 10;
    private const int Month = 30, Year = 365, Week = 7, Lifetime = 100;

    private static readonly string Sql = $"""
        select p.prefix, (select count(*) from (select distinct number from ({NumberAllotment.Used("p.prefix || '000000'", "p.prefix || '999999'")}) n) d), a.month, a.year, a.first
          from unnest($1::text[]) p(prefix), lateral (
            select count(*) filter (where allotted_at > $2) as month, count(*) filter (where allotted_at > $3) as year, min(allotted_at) filter (where allotted_at > $3) as first
              from population.allotted_number where number between p.prefix || '000000' and p.prefix || '999999') a
        """;

    /// <param name="Place">Digits 1–3; all that communes of the province still give numbers by, if none.</param>
    /// <param name="FromYear">First year of birth; last year if none.</param>
    /// <param name="ToYear">Last year of birth; this year if none.</param>
    internal sealed record Request(string? Place = null, int? FromYear = null, int? ToYear = null);

    /// <param name="Places">The codes counted, digits 1–3.</param>
    internal sealed record Forecast(DateOnly Day, int FromYear, int ToYear, IReadOnlyList<string> Places, IReadOnlyList<PrefixForecast> Prefixes);

    /// <param name="Used">Somebody has or had them.</param>
    /// <param name="LastMonth">Allotted by this register in the last 30 days.</param>
    /// <param name="LastYear">Allotted by this register in the last twelve months.</param>
    /// <param name="RegisteredUntil">Until when births of the year are registered in time: the year's last day and the days the law gives.</param>
    /// <param name="Expected">How many will have been used then, at the pace of the last twelve months or since the first.</param>
    /// <param name="PerYear">The pace, in numbers a year.</param>
    /// <param name="RunsOutOn">When none is left, at that pace; null where that is not to be expected.</param>
    /// <param name="Low">Fewer than one in ten is free.</param>
    internal sealed record PrefixForecast(string Prefix, string PlaceCode, string? PlaceName, short Sex, int BirthYear, int Used, int Free, int LastMonth, int LastYear, DateOnly RegisteredUntil,
        Outlook Outlook, int? Expected, int? PerYear, DateOnly? FirstOn, DateOnly? RunsOutOn, bool Low);

    public async Task<Outcome<Forecast>> Run(Request r)
    {
        var (today, law) = (clock.Today(), await LawBook.Read(session));
        var (eldest, youngest) = (r.FromYear ?? Math.Min(today.Year - 1, r.ToYear ?? today.Year), r.ToYear ?? today.Year);
        if (eldest < PersonalNumber.FirstYear || youngest > today.Year || youngest < eldest || youngest - eldest >= MostYears)
        {
            return Problem.Invalid("fromYear", "population.forecast-years", MostYears.ToString(System.Globalization.CultureInfo.InvariantCulture), today.Year.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (!string.IsNullOrEmpty(r.Place) && !PersonalNumber.PlaceExists(places.Book, r.Place))
        {
            return Problem.Invalid("place", "population.number-place-never-existed", r.Place);
        }

        IReadOnlyList<string> codes = string.IsNullOrEmpty(r.Place) ? OwnCodes(law, today) : [r.Place];
        string[] prefixes = [.. from year in Enumerable.Range(eldest, youngest - eldest + 1).Reverse() from code in codes from sex in new short[] { 1, 2 } select PersonalNumber.PrefixFor(code, sex, year)];
        var now = clock.GetUtcNow();
        var counted = (await reads.Rows(Sql, x => (Prefix: x.GetString(0), Used: (int)x.GetInt64(1), Month: (int)x.GetInt64(2), Year: (int)x.GetInt64(3), First: x.Maybe<DateTimeOffset>(4)), prefixes, now.AddDays(-Month), now.AddDays(-Year)))
            .ToDictionary(x => x.Prefix, StringComparer.Ordinal);
        var days = law.Find("civil.birth-days", today)?.Number ?? 0;
        return new Forecast(today, eldest, youngest, codes, [.. prefixes.Select(p => counted[p]).Select(c => Told(c.Prefix, c.Used, c.Month, c.Year, c.First is { } f ? OfficeTime.DayOf(f) : null, days, today))]);
    }

    /// <summary>What communes of this province give numbers by.</summary>
    private string[] OwnCodes(LawBook law, DateOnly today)
    {
        var book = places.Book;
        return book.Home(today) is not { } home ? [] : [.. book.All.Where(a => a.Level == AreaLevel.Commune && a.Valid.Holds(today) && book.Province(a)?.Id == home.Id)
            .Select(a => PersonalNumber.PlaceCodeOf(a, book, law, today)).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
    }

    private PrefixForecast Told(string prefix, int used, int month, int year, DateOnly? first, int lawDays, DateOnly today)
    {
        var any = PersonalNumber.TryParse(prefix + "000000", out var number) ? number : throw new ArgumentException(prefix, nameof(prefix));
        var (free, ends) = (NumberAllotment.Space - used, new DateOnly(any.BirthYear, 12, 31).AddDays(lawDays));
        var known = first is null ? 0 : Math.Min(Year, today.DayNumber - first.Value.DayNumber + 1);
        var perDay = known >= Week ? (double)year / known : 0;
        DateOnly? runsOut = perDay > 0 && free / perDay < Lifetime * 365.25 ? today.AddDays((int)(free / perDay)) : null;
        var inTime = today <= ends;
        int? expected = inTime && perDay > 0 ? (int)Math.Min(NumberAllotment.Space, used + Math.Round(perDay * (ends.DayNumber - today.DayNumber))) : null;
        var outlook = free == 0 ? Outlook.Full : year == 0 ? Outlook.Idle : perDay <= 0 ? Outlook.New
            : inTime ? runsOut <= ends ? Outlook.RunsOut : Outlook.Enough
            : runsOut is null ? Outlook.Late : Outlook.LateRunsOut;
        return new PrefixForecast(prefix, any.PlaceCode, places.Book.ProvinceOf(any.PlaceCode)?.FullName, any.Sex, any.BirthYear, used, free, month, year, ends,
            outlook, expected, perDay > 0 ? (int)Math.Round(perDay * Year) : null, first, outlook is Outlook.RunsOut or Outlook.LateRunsOut ? runsOut : null, free < NumberAllotment.Space / LowPart);
    }
}
