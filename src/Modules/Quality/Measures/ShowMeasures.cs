using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Places;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Measures;

/// <summary>The four numbers (đúng, đủ, sạch, sống) of the province and its communes, or of one commune with what was found there. Nobody is named.</summary>
internal sealed class ShowMeasures(BeyondDuty reads, IPlaces places)
{
    /// <summary>Days of the line that shows how it went.</summary>
    private const int Days = 60;

    /// <param name="Area">Key of a unit; null: the province.</param>
    /// <param name="Day">The day; null: the newest that was measured.</param>
    internal sealed record Request(int? Area = null, DateOnly? Day = null);

    /// <param name="Measure">correct, complete, clean or live.</param>
    /// <param name="Good">Persons of whom no finding of the measure is open.</param>
    /// <param name="Persons">Living residents.</param>
    internal sealed record Number(string Measure, long Good, long Persons)
    {
        public double Share => Persons == 0 ? 1 : (double)Good / Persons;
    }

    /// <param name="Divided">A unit that was divided is told by itself: whose homes lie where is open.</param>
    internal sealed record Commune(int Area, string Name, bool Divided, long Persons, IReadOnlyList<Number> Numbers);

    /// <param name="Open">Findings that are open and not confirmed as right.</param>
    /// <param name="Late">Of those beyond their term.</param>
    /// <param name="Confirmed">Found out to be so, and right.</param>
    internal sealed record Finding(string Rule, string Measure, string Severity, string Says, string Ground, long Open, long Late, long Confirmed);

    /// <param name="Day">The day of the numbers; null: nothing was measured yet.</param>
    /// <param name="Before">The numbers of the day before that was measured.</param>
    /// <param name="Course">Share by measure over the last days.</param>
    internal sealed record Shown(DateOnly? Day, int? Area, string? Name, IReadOnlyList<Number> Numbers, IReadOnlyList<Number> Before, IReadOnlyList<Point> Course, IReadOnlyList<Commune> Communes, IReadOnlyList<Finding> Findings);

    internal sealed record Point(DateOnly Day, string Measure, double Share);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var newest = (await reads.Rows("select max(day) from quality.measure where $1::date is null or day <= $1", x => x.Maybe<DateOnly>(0), r.Day.As(NpgsqlDbType.Date)))[0];
        if (newest is not { } day)
        {
            return new Shown(null, r.Area, null, [], [], [], [], []);
        }

        var area = r.Area is { } key ? places.Book[key] : null;
        if (r.Area is not null && area is null)
        {
            return Problem.Missing("quality.no-unit");
        }

        var of = area?.Id;
        var rows = await reads.Rows("select m.day, m.measure, sum(m.good)::bigint, sum(m.persons)::bigint from quality.measure m where m.day <= $1 and m.day > $2 and ($3::integer is null or m.area_id = $3) group by m.day, m.measure order by m.day",
            x => (Day: x.Get<DateOnly>(0), Number: new Number(x.GetString(1), x.GetInt64(2), x.GetInt64(3))), day, day.AddDays(-Days), of.As(NpgsqlDbType.Integer));
        List<Number> On(DateOnly? when) => [.. Rule.Measures.Select(m => rows.FirstOrDefault(x => x.Day == when && x.Number.Measure == m).Number).OfType<Number>()];
        var before = rows.Where(x => x.Day < day).Select(x => (DateOnly?)x.Day).Max();
        var communes = area is not null ? [] : await Communes(day);
        return new Shown(day, r.Area, area?.FullName, On(day), On(before), [.. rows.Select(x => new Point(x.Day, x.Number.Measure, x.Number.Share))], communes, await Findings(day, of));
    }

    private async Task<List<Commune>> Communes(DateOnly day)
    {
        var rows = await reads.Rows("select area_id, measure, good, persons from quality.measure where day = $1", x => (Area: x.GetInt32(0), Number: new Number(x.GetString(1), x.GetInt32(2), x.GetInt32(3))), day);
        return [.. rows.GroupBy(x => x.Area).Select(g => (Area: places.Book[g.Key], Rows: g.Select(x => x.Number).ToList())).Where(g => g.Area is not null)
            .Select(g => new Commune(g.Area!.Id, g.Area.FullName, !g.Area.Valid.Holds(day), g.Rows[0].Persons, [.. Rule.Measures.Select(m => g.Rows.First(n => n.Measure == m))])).OrderBy(c => c.Divided).ThenBy(c => c.Numbers.Min(n => n.Share))];
    }

    private async Task<List<Finding>> Findings(DateOnly day, int? of)
    {
        var rows = await reads.Rows($"""
            select {Rule.Columns}, count(*) filter (where f.outcome is distinct from 'confirmed'), count(*) filter (where f.outcome is distinct from 'confirmed' and f.due_on < $1), count(*) filter (where f.outcome = 'confirmed')
              from quality.finding f join quality.rule r on r.code = f.rule where f.gone_at is null and ($2::integer is null or f.area_id = $2) group by r.code
            """, x => (Rule: Rule.Read(x), Open: x.GetInt64(12), Late: x.GetInt64(13), Confirmed: x.GetInt64(14)), day, of.As(NpgsqlDbType.Integer));
        return [.. rows.OrderBy(x => Array.IndexOf(Rule.Severities, x.Rule.Severity)).ThenByDescending(x => x.Open)
            .Select(x => new Finding(x.Rule.Code, x.Rule.Measure, x.Rule.Severity, x.Rule.Heading, x.Rule.Ground, x.Open, x.Late, x.Confirmed))];
    }
}
