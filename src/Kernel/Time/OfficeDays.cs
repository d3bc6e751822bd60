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

    /// <summary>When a term ends: of working hours to the minute, from the next working minute on; of working days with the last hour of the last one, the day of the beginning not counted.</summary>
    public DateTimeOffset Due(DateTimeOffset from, Term term) => term.InHours ? AfterHours(from, term.Length) : Closes(After(OfficeTime.DayOf(from), term.Length));

    /// <summary>When the offices close on a day.</summary>
    public DateTimeOffset Closes(DateOnly day) => OfficeTime.At(day, Hours[^1].Until);

    private DateTimeOffset AfterHours(DateTimeOffset from, int hours)
    {
        var (left, local) = (TimeSpan.FromHours(hours), OfficeTime.Local(from));
        for (var day = DateOnly.FromDateTime(local.DateTime); ; day = day.AddDays(1))
        {
            foreach (var (begins, ends) in Works(day) ? Hours : [])
            {
                var (start, end) = (OfficeTime.At(day, begins), OfficeTime.At(day, ends));
                start = start < from ? from : start;
                if (end - start is { Ticks: > 0 } room)
                {
                    if (room >= left)
                    {
                        return start + left;
                    }

                    left -= room;
                }
            }
        }
    }

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

/// <summary>A term of the law: so many working hours (2h) or working days (3d).</summary>
public readonly record struct Term(int Length, bool InHours)
{
    public static bool TryParse(string? text, out Term term)
    {
        term = default;
        if (text is not [.., 'h' or 'd'] || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length is < 1 or > 1000)
        {
            return false;
        }

        term = new Term(length, text[^1] == 'h');
        return true;
    }

    public static Term Parse(string text) => TryParse(text, out var term) ? term : throw new FormatException($"'{text}' is no term: it would be 2h or 3d.");
}
