using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Measures;

/// <summary>The week of a commune or of the province, as officers report it: residents, what is missing, what was found, mended and left. Numbers only.</summary>
internal sealed class WeeklyReport(BeyondDuty reads, IPlaces places, IEnumerable<IWeekFigures> figures, TimeProvider clock)
{
    private const int Days = 7, FirstYear = 2000;

    /// <summary>Lines that reports have by themselves: which rules they count.</summary>
    private static readonly (string Line, string[] Rules)[] Counted =
    [
        ("without-number", ["number-missing", "number-missing-newborn"]), ("newborn-without-number", ["number-missing-newborn"]), ("without-card", ["card-missing"]), ("card-expired", ["card-expired"]),
        ("dead-not-removed", ["dead-resident", "dead-member"]), ("household-without-head", ["household-no-head", "household-head-gone"]),
    ];

    /// <summary>Lists are of agencies: whose rows they are no commune is told.</summary>
    private static readonly string[] OfProvince = ["lists-sent", "lists-matched", "lists-otherwise", "lists-mended"];

    /// <summary>What the report asks beside: the modules know it that do the work. What none knows, it says so, and invents nothing.</summary>
    private static readonly string[] OfOthers = ["cards-asked", "cards-made", "eid-activated", "residence-online", "services-online", "beneficiaries", "health-by-card", "stays-notified", "sessions"];

    /// <summary>All lines of the first table, in the order of the report.</summary>
    public static readonly string[] Lines = ["persons", .. Counted.Select(c => c.Line), "pairs-open", "pairs-decided", "hours-median", "hours-most", .. OfProvince, .. OfOthers];

    /// <param name="Area">Key of a unit; null: the province.</param>
    /// <param name="Until">The last day of the week; null: today.</param>
    internal sealed record Request(int? Area = null, DateOnly? Until = null);

    /// <param name="Found">Findings that were new in the week, or came back.</param>
    /// <param name="Gone">Mended in the week.</param>
    /// <param name="Confirmed">Verified as right in the week.</param>
    /// <param name="Left">Open at the end.</param>
    /// <param name="Late">Of those beyond their term.</param>
    /// <param name="Back">Of those that had come back.</param>
    internal sealed record OfMeasure(string Measure, double Share, long Found, long Gone, long Confirmed, long Left, long Late, long Back);

    /// <param name="IsNotice">A reminder: no fault, and in the sum of no measure.</param>
    internal sealed record OfRule(string Rule, string Says, bool IsNotice, long Found, long Gone, long Left);

    /// <param name="Severity">wrong, doubt or notice.</param>
    internal sealed record OfClass(string Severity, long Found, long Gone, long Left, long Late);

    /// <param name="Code">Which line.</param>
    /// <param name="Value">Null: this register does not know it.</param>
    /// <param name="Unit">count; hours, told with a part of one; share, between 0 and 1.</param>
    internal sealed record Indicator(string Code, double? Value, string Unit)
    {
        public const string Count = "count", Hours = "hours", Share = "share";

        public static string UnitOf(string line) => line.StartsWith("hours", StringComparison.Ordinal) ? Hours : line.EndsWith("-online", StringComparison.Ordinal) ? Share : Count;
    }

    /// <param name="Name">The unit.</param>
    /// <param name="Place">Its name without its kind, as at the head of papers.</param>
    /// <param name="Persons">Living residents.</param>
    /// <param name="Indicators">The lines of the report, in their order.</param>
    internal sealed record Reported(string Name, string Place, DateOnly From, DateOnly Until, long Persons, IReadOnlyList<Indicator> Indicators, IReadOnlyList<OfClass> Classes, IReadOnlyList<OfMeasure> Measures, IReadOnlyList<OfRule> Rules);

    public async Task<Outcome<Reported>> Run(Request r)
    {
        var until = r.Until ?? clock.Today();
        if (until > clock.Today() || until.Year < FirstYear)
        {
            return Problem.Invalid("until", "quality.no-such-week");
        }

        var area = r.Area is { } key ? places.Book[key] : places.Book.Home(until);
        if (area is null)
        {
            return Problem.Missing("quality.no-unit");
        }

        var (from, begin, end) = (until.AddDays(1 - Days), OfficeTime.At(until.AddDays(1 - Days)), OfficeTime.At(until.AddDays(1)));
        object?[] asked = [begin, end, until, r.Area.As(NpgsqlDbType.Integer)];
        var rules = await reads.Rows($"""
            select {Rule.Columns}, count(*) filter (where f.found_at >= $1 and f.found_at < $2), count(*) filter (where f.gone_at >= $1 and f.gone_at < $2), count(*) filter (where f.outcome = 'confirmed' and f.outcome_at >= $1 and f.outcome_at < $2),
                   count(*) filter (where f.gone_at is null and f.outcome is distinct from 'confirmed'), count(*) filter (where f.gone_at is null and f.outcome is distinct from 'confirmed' and f.due_on < $3), count(*) filter (where f.gone_at is null and f.back > 0)
              from quality.finding f join quality.rule r on r.code = f.rule where $4::integer is null or f.area_id = $4 group by r.code
            """, x => (Rule: Rule.Read(x), Found: x.GetInt64(12), Gone: x.GetInt64(13), Confirmed: x.GetInt64(14), Left: x.GetInt64(15), Late: x.GetInt64(16), Back: x.GetInt64(17)), asked);
        var shares = await reads.Rows("select measure, sum(good)::bigint, sum(persons)::bigint from quality.measure where day = (select max(day) from quality.measure where day <= $1) and ($2::integer is null or area_id = $2) group by measure",
            x => (Measure: x.GetString(0), Good: x.GetInt64(1), Persons: x.GetInt64(2)), until, r.Area.As(NpgsqlDbType.Integer));
        var measures = Rule.Measures.Select(m => (Name: m, Of: rules.Where(x => x.Rule.Measure == m && x.Rule.Severity != Rule.Notice).ToList(), Share: shares.FirstOrDefault(s => s.Measure == m)));
        var lines = new Dictionary<string, double?>(await Told(r.Area, area.Id, until, begin, end)) { ["persons"] = shares.Count == 0 ? null : shares[0].Persons };
        var within = r.Area is null ? null : places.Book.Within(area, until).ToArray();
        foreach (var of in figures)
        {
            foreach (var (line, value) in await of.Of(within, begin, end))
            {
                lines[line] = value;
            }
        }

        foreach (var (line, of) in Counted)
        {
            lines[line] = shares.Count == 0 ? null : rules.Where(x => of.Contains(x.Rule.Code)).Sum(x => x.Left);
        }

        return new Reported(area.FullName, area.Name, from, until, shares.FirstOrDefault().Persons, [.. Lines.Where(l => r.Area is null || !OfProvince.Contains(l)).Select(l => new Indicator(l, lines.GetValueOrDefault(l), Indicator.UnitOf(l)))],
            [.. Rule.Severities.Select(s => rules.Where(x => x.Rule.Severity == s).ToList()).Zip(Rule.Severities, (of, s) => new OfClass(s, of.Sum(x => x.Found), of.Sum(x => x.Gone), of.Sum(x => x.Left), of.Sum(x => x.Late)))],
            [.. measures.Select(m => new OfMeasure(m.Name, m.Share.Persons == 0 ? 1 : (double)m.Share.Good / m.Share.Persons, m.Of.Sum(x => x.Found), m.Of.Sum(x => x.Gone), m.Of.Sum(x => x.Confirmed), m.Of.Sum(x => x.Left), m.Of.Sum(x => x.Late), m.Of.Sum(x => x.Back)))],
            [.. rules.Where(x => x.Found + x.Gone + x.Left > 0).OrderByDescending(x => x.Left).Select(x => new OfRule(x.Rule.Code, x.Rule.Heading, x.Rule.Severity == Rule.Notice, x.Found, x.Gone, x.Left))]);
    }

    /// <summary>Pairs, hours and lists.</summary>
    private async Task<Dictionary<string, double?>> Told(int? asked, int area, DateOnly until, DateTimeOffset begin, DateTimeOffset end)
    {
        var pairs = (await reads.Rows("""
            select count(*) filter (where d.state in ('open', 'asked')), count(*) filter (where d.state in ('same', 'different') and d.decided_at >= $1 and d.decided_at < $2) from quality.pair d where $3::integer is null or d.area_a = $3 or d.area_b = $3
            """, x => (Open: x.GetInt64(0), Decided: x.GetInt64(1)), begin, end, asked.As(NpgsqlDbType.Integer)))[0];
        var hours = await reads.Rows("select median_hours, most_hours from quality.lateness where area_id = $1 and kind = 'all' and day = (select max(day) from quality.measure where day <= $2)", x => (Median: (double?)x.GetFloat(0), Most: (double?)x.GetFloat(1)), area, until);
        var lists = asked is not null ? [] : await reads.Rows("""
            select count(*), count(*) filter (where w.outcome = 'matched'), count(*) filter (where w.outcome <> 'matched'), count(*) filter (where w.decision is not null)
              from quality.match_list l join quality.match_row w on w.list_id = l.id where l.state = 'matched' and l.matched_at >= $1 and l.matched_at < $2
            """, x => (Sent: x.GetInt64(0), Matched: x.GetInt64(1), Otherwise: x.GetInt64(2), Mended: x.GetInt64(3)), begin, end);
        var told = new Dictionary<string, double?> { ["pairs-open"] = pairs.Open, ["pairs-decided"] = pairs.Decided, ["hours-median"] = hours.FirstOrDefault().Median, ["hours-most"] = hours.FirstOrDefault().Most };
        foreach (var of in lists)
        {
            (told["lists-sent"], told["lists-matched"], told["lists-otherwise"], told["lists-mended"]) = (of.Sent, of.Matched, of.Otherwise, of.Mended);
        }

        return told;
    }
}
