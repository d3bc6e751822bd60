using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Services.Scores;

/// <summary>Days for which offices are measured; nobody names more than a year.</summary>
internal sealed record ScoreDays(DateOnly From, DateOnly To)
{
    private const int Most = 366;

    /// <summary>The month until today, where none is named: on the first of a month there would be nothing to see of the one that begins.</summary>
    public static Outcome<ScoreDays> Of(DateOnly? from, DateOnly? to, DateOnly today)
    {
        var until = to ?? today;
        var begins = from ?? until.AddMonths(-1).AddDays(1);
        return begins > until || until.DayNumber - begins.DayNumber >= Most || until > today.AddDays(1) ? Problem.Invalid("from", "services.no-period") : new ScoreDays(begins, until);
    }

    /// <summary>$1, $2 and $3 of the conditions.</summary>
    public object[] Asked(DateTimeOffset now)
    {
        var end = OfficeTime.At(To.AddDays(1));
        return [OfficeTime.At(From), end, end < now ? end : now];
    }
}

/// <summary>The index by which offices are measured (Quyết định 766/QĐ-TTg), reckoned from the files themselves: the province or one office, and all offices beside each other. Nothing of it is typed in, and nobody is named.</summary>
internal sealed class ShowScores(BeyondDuty reads, TimeProvider clock)
{
    /// <param name="From">First day; null: a month before the last.</param>
    /// <param name="To">Last day; null: today.</param>
    /// <param name="Area">Commune of the office.</param>
    /// <param name="Desk">justice, police, or the code of an agency; null: the province.</param>
    internal sealed record Request(DateOnly? From = null, DateOnly? To = null, int? Area = null, string? Desk = null);

    /// <param name="Counted">How many were looked at; null: nothing here can tell it.</param>
    /// <param name="Points">Null: there was nothing to look at.</param>
    internal sealed record Line(string Code, string Part, string Name, string Means, string Ground, decimal Most, long? Good, long? Counted, decimal? Points);

    /// <param name="Score">Out of 100; null: there was nothing to look at.</param>
    internal sealed record Office(int? Area, string Desk, string Name, decimal? Score, long Files, long? Late);

    /// <summary>What people were spared, because the register knows it: papers, fields that nobody typed, and ways to an office.</summary>
    internal sealed record Spared(long Papers, long Fields, long Ways);

    /// <param name="Points">Of the criteria for which there was something to look at, and of those that cannot be measured.</param>
    /// <param name="OutOf">The most that those could give.</param>
    /// <param name="Score">Points out of 100: <paramref name="Points"/> / <paramref name="OutOf"/>.</param>
    internal sealed record Shown(DateOnly From, DateOnly To, string? Name, decimal? Score, decimal Points, decimal OutOf, IReadOnlyList<Line> Criteria, IReadOnlyList<Office> Offices, Spared Spared);

    private sealed record Tally(Criterion Criterion, int? Area, string? Desk, string? Name, long Counted, long Good);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var period = ScoreDays.Of(r.From, r.To, clock.Today());
        if (!period.Ok(out var days))
        {
            return period.Problems.ToList();
        }

        var (criteria, asked, tallies) = (await Criterion.All(reads), days.Asked(clock.GetUtcNow()), new List<Tally>());
        foreach (var criterion in criteria.Where(c => c.LooksAt is not null))
        {
            var what = criterion.Counts == Criterion.Procedure ? "distinct f.procedure" : "*";
            tallies.AddRange(await reads.Rows($"""
                select f.area_id, f.desk, max(f.office), count({what}), count({what}) filter (where {criterion.Good}) from {Criterion.From}
                 where ({criterion.LooksAt}) and $1::timestamptz is not null and $2::timestamptz is not null and $3::timestamptz is not null group by grouping sets ((f.area_id, f.desk), ())
                """, x => new Tally(criterion, x.Maybe<int>(0), x.Text(1), x.Text(2), x.GetInt64(3), x.GetInt64(4)), asked));
        }

        var here = tallies.Where(t => r.Desk is null ? t.Desk is null : t.Desk == r.Desk && t.Area == r.Area).ToList();
        if (r.Desk is not null && here.Count == 0)
        {
            return Problem.Missing("services.no-office-there");
        }

        var lines = Lines(criteria, here);
        var (points, most) = Sum(lines);
        var offices = tallies.Where(t => t.Desk is not null).GroupBy(t => (t.Area, Desk: t.Desk!)).Select(g => Of(criteria, g.Key.Area, g.Key.Desk, [.. g])).OrderByDescending(o => o.Late ?? 0).ThenBy(o => o.Score ?? 101).ThenBy(o => o.Name, StringComparer.CurrentCulture).ToList();
        return new Shown(days.From, days.To, here.FirstOrDefault(t => t.Desk is not null)?.Name, Score(points, most), points, most, lines, offices, await SparedBy(r, asked));
    }

    private static Office Of(List<Criterion> criteria, int? area, string desk, IReadOnlyList<Tally> tallies)
    {
        var (points, most) = Sum(Lines(criteria, tallies));
        var (handed, time) = (tallies.FirstOrDefault(t => t.Criterion.Code == "files-online"), tallies.FirstOrDefault(t => t.Criterion.Code == "on-time"));
        return new Office(area, desk, tallies[0].Name!, Score(points, most), handed?.Counted ?? 0, time is null ? null : time.Counted - time.Good);
    }

    /// <summary>Share of the good, times the most; two places.</summary>
    private static List<Line> Lines(List<Criterion> criteria, IReadOnlyList<Tally> tallies) => [.. criteria.Select(c =>
    {
        var tally = tallies.FirstOrDefault(t => t.Criterion == c);
        var (good, counted) = (tally?.Good ?? 0, tally?.Counted ?? 0);
        return c.LooksAt is null ? new Line(c.Code, c.Part, c.Name, c.Means, c.Ground, c.Most, null, null, 0)
            : new Line(c.Code, c.Part, c.Name, c.Means, c.Ground, c.Most, good, counted, counted == 0 ? null : Math.Round(c.Most * good / counted, 2, MidpointRounding.AwayFromZero));
    })];

    private static (decimal Points, decimal Most) Sum(IReadOnlyList<Line> lines) => (lines.Sum(l => l.Points ?? 0), lines.Where(l => l.Points is not null).Sum(l => l.Most));

    private static decimal? Score(decimal points, decimal most) => points == 0 && most == 0 ? null : Math.Round(100 * points / most, 1, MidpointRounding.AwayFromZero);

    private async Task<Spared> SparedBy(Request r, object[] asked) => (await reads.Rows($"""
        select coalesce(sum(e.spared), 0)::bigint, coalesce(sum(e.filled), 0)::bigint, count(*) filter (where f.channel = 2) from {Criterion.From}
         where f.submitted_at >= $1 and f.submitted_at < $2 and ($3::text is null or (f.desk = $3 and f.area_id is not distinct from $4::integer))
        """, x => new Spared(x.GetInt64(0), x.GetInt64(1), x.GetInt64(2)), asked[0], asked[1], r.Desk.As(NpgsqlDbType.Text), r.Area.As(NpgsqlDbType.Integer))).Single();
}

/// <summary>The files behind a number: those that count, or those that were not good. Codes and days; nobody is named.</summary>
internal sealed class ListScored(BeyondDuty reads, TimeProvider clock)
{
    private const int Most = 200;

    /// <param name="Missed">Only those that were not good.</param>
    internal sealed record Request(string Criterion, DateOnly? From = null, DateOnly? To = null, int? Area = null, string? Desk = null, bool Missed = false);

    internal sealed record Line(string Code, string Procedure, string Office, short Status, DateTimeOffset SubmittedAt, DateTimeOffset? Due, DateTimeOffset? DecidedAt, bool Good);

    /// <param name="Files">How many the procedure had.</param>
    /// <param name="GoodFiles">How many of those were as the criterion wants.</param>
    /// <param name="Good">The procedure counts as good.</param>
    internal sealed record ProcedureLine(string Code, string Name, long Files, long GoodFiles, bool Good);

    /// <param name="Procedures">Where the criterion counts procedures: those, and no files.</param>
    internal sealed record Listed(string Name, string Means, DateOnly From, DateOnly To, IReadOnlyList<Line> Files, bool More, IReadOnlyList<ProcedureLine> Procedures);

    public async Task<Outcome<Listed>> Run(Request r)
    {
        var period = ScoreDays.Of(r.From, r.To, clock.Today());
        if (!period.Ok(out var days))
        {
            return period.Problems.ToList();
        }

        if ((await Criterion.All(reads)).FirstOrDefault(c => c.Code == r.Criterion) is not { } criterion)
        {
            return Problem.Missing("services.no-criterion");
        }

        if (criterion.LooksAt is null)
        {
            return new Listed(criterion.Name, criterion.Means, days.From, days.To, [], false, []);
        }

        object?[] asked = [.. days.Asked(clock.GetUtcNow()), r.Missed, r.Desk.As(NpgsqlDbType.Text), r.Area.As(NpgsqlDbType.Integer)];
        if (criterion.Counts == Criterion.Procedure)
        {
            var procedures = await reads.Rows($"""
                select f.procedure, max(e.name), count(*), count(*) filter (where {criterion.Good}) from {Criterion.From}
                 where ({criterion.LooksAt}) and $3::timestamptz is not null and ($5::text is null or (f.desk = $5 and f.area_id is not distinct from $6::integer))
                 group by f.procedure having not $4 or not coalesce(bool_or({criterion.Good}), false) order by count(*) filter (where {criterion.Good}) > 0, count(*) desc
                """, x => new ProcedureLine(x.GetString(0), x.GetString(1), x.GetInt64(2), x.GetInt64(3), x.GetInt64(3) > 0), asked);
            return new Listed(criterion.Name, criterion.Means, days.From, days.To, [], false, procedures);
        }

        var files = await reads.Rows($"""
            select f.code, e.name, f.office, f.status, f.submitted_at, f.last_due_at, f.decided_at, coalesce({criterion.Good}, false)
              from {Criterion.From} where ({criterion.LooksAt}) and $3::timestamptz is not null and (not $4 or not coalesce({criterion.Good}, false)) and ($5::text is null or (f.desk = $5 and f.area_id is not distinct from $6::integer))
             order by f.submitted_at desc limit {Most + 1}
            """, x => new Line(x.GetString(0), x.GetString(1), x.GetString(2), x.GetInt16(3), x.Get<DateTimeOffset>(4), x.Maybe<DateTimeOffset>(5), x.Maybe<DateTimeOffset>(6), x.GetBoolean(7)), asked);
        return new Listed(criterion.Name, criterion.Means, days.From, days.To, [.. files.Take(Most)], files.Count > Most, []);
    }
}
