using System.Globalization;
using Npgsql;
using SoGoc.Kernel.Data;

namespace SoGoc.Kernel.Time;

/// <summary>Which days and hours offices work: the week, the days that are otherwise (<c>kernel.day_off</c>), and the hours of a day. The clocks of the law run by them.</summary>
public sealed class OfficeDays(IReadOnlyDictionary<DateOnly, bool> otherwise)
{
    /// <summary>Eight hours. Business rule: the province's own hours were not found in any text.</summary>
    private static readonly (TimeOnly From, TimeOnly Until)[] Hours = [(new(7, 0), new(11, 30)), (new(13, 30), new(17, 0))];

    public bool Works(DateOnly day) => otherwise.TryGetValue(day, out var works) ? works : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The working day that many of them after a day.</summary>
    public DateOnly After(DateOnly day, int workingDays)
    {
        for (var left = workingDays; left > 0; left -= Works(day) ? 1 : 0)
        {
            day = day.AddDays(1);
        }

        return day;
    }

    /// <summary>A time that would end on a day off ends with the next working day (Bộ luật Dân sự 2015, article 148).</summary>
    public DateOnly EndOf(DateOnly day)
    {
        while (!Works(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    /// <summary>When a term ends: of working hours to the minute, from the next working minute on; of working days with the last hour of the last one, the day of the beginning not counted.
    /// A term of no day ends with the working day on which it begins.</summary>
    public DateTimeOffset Due(DateTimeOffset from, Term term) => term.InHours ? After(from, TimeSpan.FromHours(term.Length)) : Closes(EndOf(After(OfficeTime.DayOf(from), term.Length)));

    /// <summary>When the offices close on a day.</summary>
    public DateTimeOffset Closes(DateOnly day) => OfficeTime.At(day, Hours[^1].Until);

    /// <summary>From when a term runs that begins at an instant: at once while offices are open, else when they open next.</summary>
    public DateTimeOffset Begins(DateTimeOffset at) => After(at, TimeSpan.Zero);

    /// <summary>The instant until which offices will have worked so long, from one on. Of no time: the next one at which they work.</summary>
    public DateTimeOffset After(DateTimeOffset from, TimeSpan work)
    {
        for (var day = OfficeTime.DayOf(from); ; day = day.AddDays(1))
        {
            foreach (var (start, end) in Open(day, from))
            {
                if (end - start >= work)
                {
                    return start + work;
                }

                work -= end - start;
            }
        }
    }

    /// <summary>How long offices work between two instants; none where the second comes first.</summary>
    public TimeSpan Worked(DateTimeOffset from, DateTimeOffset until)
    {
        var worked = TimeSpan.Zero;
        for (var (day, last) = (OfficeTime.DayOf(from), OfficeTime.DayOf(until)); day <= last; day = day.AddDays(1))
        {
            foreach (var (start, end) in Open(day, from).Where(o => o.Start < until))
            {
                worked += (end < until ? end : until) - start;
            }
        }

        return worked;
    }

    /// <summary>When offices are open on a day.</summary>
    public IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Open(DateOnly day) => Open(day, DateTimeOffset.MinValue);

    /// <summary>When offices are open on a day, as far as that is after an instant.</summary>
    private IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Open(DateOnly day, DateTimeOffset after) => (Works(day) ? Hours : [])
        .Select(h => (Start: OfficeTime.At(day, h.From), End: OfficeTime.At(day, h.Until))).Select(o => (Start: o.Start < after ? after : o.Start, o.End)).Where(o => o.End > o.Start);

    public static async Task<OfficeDays> Read(Session session) => new((await session.Rows("select day, works from kernel.day_off", r => (Day: r.Get<DateOnly>(0), Works: r.GetBoolean(1))))
        .ToDictionary(d => d.Day, d => d.Works));

    /// <summary>Takes up the days of the reference file that the register has not. What is only proposed is no holiday yet.</summary>
    /// <param name="connection">The owner's.</param>
    /// <param name="path">holidays.csv.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task Bring(NpgsqlConnection connection, string path, CancellationToken stop)
    {
        foreach (var row in ReferenceTable.Read(path).Where(r => r["status"] != "proposed"))
        {
            await using var command = connection.CreateCommand("insert into kernel.day_off (day, works, name) values ($1, $2, $3) on conflict (day) do nothing",
                DateOnly.ParseExact(row["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture), row["kind"] == "swap_work", row["name"]);
            await command.ExecuteNonQueryAsync(stop);
        }
    }
}

/// <summary>A term of the law: so many working hours (2h) or working days (3d); 0d is the same working day.</summary>
public readonly record struct Term(int Length, bool InHours)
{
    public static bool TryParse(string? text, out Term term)
    {
        term = default;
        if (text is not [.., 'h' or 'd'] || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > 1000 || (length == 0 && text[^1] == 'h'))
        {
            return false;
        }

        term = new Term(length, text[^1] == 'h');
        return true;
    }

    public override string ToString() => $"{Length}{(InHours ? 'h' : 'd')}";

    public static Term Parse(string text) => TryParse(text, out var term) ? term : throw new FormatException($"'{text}' is no term: it would be 2h or 3d.");
}
