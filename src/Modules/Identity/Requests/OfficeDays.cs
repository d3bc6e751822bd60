using SoGoc.Kernel.Data;

namespace SoGoc.Identity.Requests;

/// <summary>Which days offices work: the week, and the days that are otherwise (<c>identity.day_off</c>).</summary>
internal sealed class OfficeDays(IReadOnlyDictionary<DateOnly, bool> otherwise)
{
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

    public static async Task<OfficeDays> Read(Session session) => new((await session.Rows("select day, works from identity.day_off", r => (Day: r.Get<DateOnly>(0), Works: r.GetBoolean(1))))
        .ToDictionary(d => d.Day, d => d.Works));

    /// <summary>Takes the days up from the reference file. What is only proposed is no holiday yet.</summary>
    public static async Task Load(Database database, string path, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        foreach (var row in ReferenceTable.Read(path).Where(r => r["status"] != "proposed"))
        {
            await using var command = connection.CreateCommand("insert into identity.day_off (day, works, name) values ($1, $2, $3) on conflict (day) do update set works = excluded.works, name = excluded.name",
                DateOnly.ParseExact(row["date"], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), row["kind"] == "swap_work", row["name"]);
            await command.ExecuteNonQueryAsync(stop);
        }
    }
}
