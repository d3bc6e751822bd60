using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Places;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Measures;

/// <summary>The four numbers (đúng, đủ, sạch, sống) of the province and its communes, of a commune and its hamlets, or of a hamlet; how they went, what was found, and how soon life reaches the register. Nobody is named.</summary>
internal sealed class ShowMeasures(BeyondDuty reads, IPlaces places)
{
    /// <summary>Days of the line that shows how it went.</summary>
    private const int Days = 90;

    /// <param name="Area">Key of a unit; null: the province.</param>
    /// <param name="Day">The day; null: the newest that was measured.</param>
    /// <param name="Hamlet">A hamlet of the unit, as the list tells it; empty: those whose address names none; null: all of the unit.</param>
    internal sealed record Request(int? Area = null, DateOnly? Day = null, [MaxLength(200)] string? Hamlet = null);

    /// <param name="Measure">correct, complete, clean or live.</param>
    /// <param name="Good">Persons of whom no finding of the measure is open.</param>
    /// <param name="Persons">Living residents.</param>
    internal sealed record Number(string Measure, long Good, long Persons)
    {
        public double Share => Persons == 0 ? 1 : (double)Good / Persons;
    }

    /// <param name="Divided">A unit that was divided is told by itself: whose homes lie where is open.</param>
    /// <param name="Hours">Half of its acts took no more hours from event to register; null: none of the last 30 days.</param>
    /// <param name="Late">Findings beyond their term that nobody has answered.</param>
    internal sealed record Commune(int Area, string Name, bool Divided, long Persons, IReadOnlyList<Number> Numbers, double? Hours, long Late);

    /// <param name="Name">As addresses write it; empty: they name none.</param>
    internal sealed record Hamlet(string Name, long Persons, IReadOnlyList<Number> Numbers);

    /// <param name="Open">Findings that are open and not confirmed as right.</param>
    /// <param name="Late">Of those beyond their term.</param>
    /// <param name="Confirmed">Found out to be so, and right.</param>
    internal sealed record Finding(string Rule, string Measure, string Severity, string Says, string Ground, long Open, long Late, long Confirmed);

    /// <param name="Kind">birth, death, residence, or all together.</param>
    /// <param name="Events">Acts of the last 30 days.</param>
    /// <param name="Median">Half took no more hours from the end of the day on which it happened.</param>
    /// <param name="Most">Nine in ten took no more.</param>
    internal sealed record Took(DateOnly Day, string Kind, long Events, double Median, double Most);

    /// <param name="Persons">Living residents.</param>
    /// <param name="Recent">Confirmed within the last 365 days: by a card, a residence that was registered, or at the door.</param>
    /// <param name="Known">Of whom any confirmation is known.</param>
    /// <param name="MedianDays">Half of those were confirmed no more days ago.</param>
    internal sealed record Confirmed(long Persons, long Recent, long Known, int? MedianDays);

    /// <param name="Kind">begun: an act that somebody has begun and neither registered nor left; filing: a part of a linked filing; notice: an agency that has not caught up.</param>
    internal sealed record Wait(string Kind, long Waits, long Late);

    /// <param name="Times">The newest first of each kind; null for a hamlet, as the rest of it: acts know the commune only.</param>
    internal sealed record Live(IReadOnlyList<Took> Times, Confirmed? Confirmed, IReadOnlyList<Wait> Waits);

    /// <param name="Day">The day of the numbers; null: nothing was measured yet.</param>
    /// <param name="Before">The numbers of the day before that was measured.</param>
    /// <param name="Course">Share by measure over the last days.</param>
    /// <param name="Hamlets">Of a commune, the lowest first.</param>
    /// <param name="Live">How soon life reaches the register; null for a hamlet.</param>
    internal sealed record Shown(DateOnly? Day, int? Area, string? Name, IReadOnlyList<Number> Numbers, IReadOnlyList<Number> Before, IReadOnlyList<Point> Course, IReadOnlyList<Commune> Communes, IReadOnlyList<Finding> Findings, IReadOnlyList<Hamlet> Hamlets, Live? Live);

    internal sealed record Point(DateOnly Day, string Measure, double Share);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var newest = (await reads.Rows("select max(day) from quality.measure where $1::date is null or day <= $1", x => x.Maybe<DateOnly>(0), r.Day.As(NpgsqlDbType.Date)))[0];
        if (newest is not { } day)
        {
            return new Shown(null, r.Area, null, [], [], [], [], [], [], null);
        }

        var area = r.Area is { } key ? places.Book[key] : null;
        if (area is null && (r.Area is not null || r.Hamlet is not null))
        {
            return Problem.Missing("quality.no-unit");
        }

        var rows = await Course(day, area?.Id, r.Hamlet);
        if (r.Hamlet is not null && rows.Count == 0)
        {
            return Problem.Missing("quality.no-hamlet-there");
        }

        List<Number> On(DateOnly? when) => [.. Rule.Measures.Select(m => rows.FirstOrDefault(x => x.Day == when && x.Number.Measure == m).Number).OfType<Number>()];
        var before = rows.Where(x => x.Day < day).Select(x => (DateOnly?)x.Day).Max();
        return new Shown(day, r.Area, area?.FullName, On(day), On(before), [.. rows.Select(x => new Point(x.Day, x.Number.Measure, x.Number.Share))], area is null ? await Communes(day) : [], await Findings(day, area?.Id, r.Hamlet),
            area is null || r.Hamlet is not null ? [] : await Hamlets(day, area.Id), r.Hamlet is not null ? null : await Alive(day, area?.Id ?? places.Book.Home(day)!.Id));
    }

    private Task<List<(DateOnly Day, Number Number)>> Course(DateOnly day, int? area, string? hamlet) => reads.Rows(hamlet is null
        ? "select m.day, m.measure, sum(m.good)::bigint, sum(m.persons)::bigint from quality.measure m where m.day <= $1 and m.day > $2 and ($3::integer is null or m.area_id = $3) and $4::text is null group by m.day, m.measure order by m.day"
        : "select m.day, m.measure, m.good::bigint, m.persons::bigint from quality.hamlet_measure m where m.day <= $1 and m.day > $2 and m.area_id = $3 and m.hamlet = $4 order by m.day",
        x => (x.Get<DateOnly>(0), new Number(x.GetString(1), x.GetInt64(2), x.GetInt64(3))), day, day.AddDays(-Days), area.As(NpgsqlDbType.Integer), hamlet.As(NpgsqlDbType.Text));

    private async Task<List<Commune>> Communes(DateOnly day)
    {
        var hours = (await reads.Rows("select area_id, median_hours from quality.lateness where day = $1 and kind = 'all'", x => (Area: x.GetInt32(0), Hours: x.GetFloat(1)), day)).ToDictionary(x => x.Area, x => (double?)x.Hours);
        var late = (await reads.Rows("select area_id, count(*) from quality.finding where gone_at is null and outcome is null and due_on < $1 and area_id is not null group by area_id", x => (Area: x.GetInt32(0), Late: x.GetInt64(1)), day)).ToDictionary(x => x.Area, x => x.Late);
        var rows = await reads.Rows("select area_id, measure, good, persons from quality.measure where day = $1", x => (Area: x.GetInt32(0), Number: new Number(x.GetString(1), x.GetInt32(2), x.GetInt32(3))), day);
        return [.. rows.GroupBy(x => x.Area).Select(g => (Area: places.Book[g.Key], Rows: g.Select(x => x.Number).ToList())).Where(g => g.Area is not null)
            .Select(g => new Commune(g.Area!.Id, g.Area.FullName, !g.Area.Valid.Holds(day), g.Rows[0].Persons, [.. Rule.Measures.Select(m => g.Rows.First(n => n.Measure == m))], hours.GetValueOrDefault(g.Area.Id), late.GetValueOrDefault(g.Area.Id))).OrderBy(c => c.Divided).ThenBy(c => c.Numbers.Min(n => n.Share))];
    }

    private async Task<List<Hamlet>> Hamlets(DateOnly day, int area)
    {
        var rows = await reads.Rows("select hamlet, measure, good, persons from quality.hamlet_measure where day = $1 and area_id = $2", x => (Hamlet: x.GetString(0), Number: new Number(x.GetString(1), x.GetInt32(2), x.GetInt32(3))), day, area);
        return [.. rows.GroupBy(x => x.Hamlet).Select(g => new Hamlet(g.Key, g.First().Number.Persons, [.. Rule.Measures.Select(m => g.First(n => n.Number.Measure == m).Number)])).OrderBy(h => h.Numbers.Min(n => n.Share)).ThenBy(h => h.Name, StringComparer.CurrentCulture)];
    }

    private async Task<Live> Alive(DateOnly day, int area)
    {
        var times = await reads.Rows("select day, kind, events, median_hours, most_hours from quality.lateness where area_id = $1 and day <= $2 and day > $3 order by day desc", x => new Took(x.Get<DateOnly>(0), x.GetString(1), x.GetInt32(2), x.GetFloat(3), x.GetFloat(4)), area, day, day.AddDays(-Days));
        var confirmed = await reads.Rows("select persons, recent, known, median_days from quality.freshness where area_id = $1 and day = $2", x => new Confirmed(x.GetInt32(0), x.GetInt32(1), x.GetInt32(2), x.Maybe<int>(3)), area, day);
        return new Live(times, confirmed.SingleOrDefault(), await reads.Rows("select kind, waits, late from quality.waiting where area_id = $1 and day = $2 order by kind", x => new Wait(x.GetString(0), x.GetInt32(1), x.GetInt32(2)), area, day));
    }

    private async Task<List<Finding>> Findings(DateOnly day, int? of, string? hamlet)
    {
        var rows = await reads.Rows($"""
            select {Rule.Columns}, count(*) filter (where f.outcome is distinct from 'confirmed'), count(*) filter (where f.outcome is distinct from 'confirmed' and f.due_on < $1), count(*) filter (where f.outcome = 'confirmed')
              from quality.finding f join quality.rule r on r.code = f.rule where f.gone_at is null and ($2::integer is null or f.area_id = $2) and ($3::text is null or coalesce(f.hamlet, '') = $3) group by r.code
            """, x => (Rule: Rule.Read(x), Open: x.GetInt64(12), Late: x.GetInt64(13), Confirmed: x.GetInt64(14)), day, of.As(NpgsqlDbType.Integer), hamlet.As(NpgsqlDbType.Text));
        return [.. rows.OrderBy(x => Array.IndexOf(Rule.Severities, x.Rule.Severity)).ThenByDescending(x => x.Open)
            .Select(x => new Finding(x.Rule.Code, x.Rule.Measure, x.Rule.Severity, x.Rule.Heading, x.Rule.Ground, x.Open, x.Late, x.Confirmed))];
    }
}
