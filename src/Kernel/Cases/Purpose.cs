using System.Collections.Frozen;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Kernel.Cases;

/// <summary>What persons may be read for, during a period of the law.</summary>
/// <param name="Ground">Article and law.</param>
/// <param name="Classes">The classes of fields that it lets be read; none: no person at all.</param>
/// <param name="Needs">A permission that it takes beyond that of the reading; empty if none.</param>
public sealed record Purpose(string Code, Period Valid, string Vietnamese, string English, string Ground, FrozenSet<string> Classes, bool Officials, bool Systems, string Needs)
{
    /// <summary>Reading in an emergency: its cases are opened by a second person.</summary>
    public const string Emergency = "emergency";

    /// <summary>The class of what stands in the journal: entries, and readings.</summary>
    public const string Journal = "journal";

    /// <summary>As officials read it, in the language of the request.</summary>
    public string Name => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? English : Vietnamese;

    /// <summary>An agreement may let a system of an agency read for it: a system holds no rights beyond reading, so what takes one is not for it.</summary>
    public bool ForAgencies => Systems && Needs.Length == 0 && Code != Emergency;

    public bool IsFor(Actor who) => who.Agreement is not null ? ForAgencies
        : ((Officials && who.Reference.StartsWith("official:", StringComparison.Ordinal)) || (Systems && who.Reference.StartsWith("system:", StringComparison.Ordinal))) && (Needs.Length == 0 || who.Permissions.Contains(Needs));
}

/// <summary>The purposes of all days. They change by a dated law a few times a year: what was read is remembered for a few seconds.</summary>
public sealed class Purposes(BeyondDuty reads, TimeProvider clock)
{
    private static readonly TimeSpan Fades = TimeSpan.FromSeconds(5);
    private volatile Read? last;

    private sealed record Read(ILookup<string, Purpose> ByCode, long Since);

    /// <summary>Those in force on a day, in the order of their codes.</summary>
    public async ValueTask<IReadOnlyList<Purpose>> On(DateOnly day) => [.. (await Known()).SelectMany(p => p).Where(p => p.Valid.Holds(day))];

    /// <summary>The purpose of a code on a day, and whether there is one of this code on any day.</summary>
    public async ValueTask<(Purpose? Purpose, bool Known)> Find(string code, DateOnly day)
    {
        var all = (await Known())[code];
        return (all.FirstOrDefault(p => p.Valid.Holds(day)), all.Any());
    }

    private ValueTask<ILookup<string, Purpose>> Known() => last is { } read && clock.GetElapsedTime(read.Since) < Fades ? new(read.ByCode) : new(ReadAnew());

    private async Task<ILookup<string, Purpose>> ReadAnew()
    {
        var since = clock.GetTimestamp();
        var all = await reads.Rows("select code, valid, name_vi, name_en, ground, classes, officials, systems, needs from journal.purpose order by code, valid",
            r => new Purpose(r.GetString(0), Period.Of(r.Get<NpgsqlRange<DateOnly>>(1)), r.GetString(2), r.GetString(3), r.GetString(4), r.Get<string[]>(5).ToFrozenSet(StringComparer.Ordinal),
                r.GetBoolean(6), r.GetBoolean(7), r.GetString(8)));
        var byCode = all.ToLookup(p => p.Code, StringComparer.Ordinal);
        last = new Read(byCode, since);
        return byCode;
    }
}

/// <summary>Puts purposes from a file into force (code, valid_from, valid_to, name_vi, name_en, ground, classes, who, needs, note).</summary>
public static class PurposeFile
{
    private const string Insert = """
        insert into journal.purpose (code, valid, name_vi, name_en, ground, classes, officials, systems, needs, note)
        values ($1, daterange($2, $3), $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    /// <summary>Adds the purposes of a file for whose time the register has none. One that the register has open, on the ground of the file, ends when the file says; all others stay as they are.</summary>
    public static async Task Bring(NpgsqlConnection connection, string path, CancellationToken stop)
    {
        foreach (var row in ReferenceTable.Read(path).OrderBy(r => r["valid_from"], StringComparer.Ordinal))
        {
            await using var end = connection.CreateCommand("update journal.purpose set valid = daterange(lower(valid), $3) where code = $1 and lower(valid) = $2 and upper_inf(valid) and $3 is not null and ground = $6", Values(row));
            await end.ExecuteNonQueryAsync(stop);
            await using var add = connection.CreateCommand($"{Insert} on conflict do nothing", Values(row));
            await add.ExecuteNonQueryAsync(stop);
        }
    }

    public static async Task<int> Load(Database database, string path, CancellationToken stop)
    {
        // Two statements: the second one has to find the room that the first one makes.
        const string end = "update journal.purpose set valid = daterange(lower(valid), $2) where code = $1 and upper_inf(valid) and lower(valid) < $2";
        const string sql = $"""
            {Insert}
            on conflict (code, valid) do update set name_vi = excluded.name_vi, name_en = excluded.name_en, ground = excluded.ground, classes = excluded.classes,
              officials = excluded.officials, systems = excluded.systems, needs = excluded.needs, note = excluded.note
            """;
        var count = 0;
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        foreach (var row in ReferenceTable.Read(path))
        {
            await using var ended = connection.CreateCommand(end, row["code"], Day(row["valid_from"]).As(NpgsqlDbType.Date));
            await ended.ExecuteNonQueryAsync(stop);
            await using var command = connection.CreateCommand(sql, Values(row));
            count += await command.ExecuteNonQueryAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return count;
    }

    private static object?[] Values(ReferenceTable.Row row)
    {
        var who = row["who"].Split(' ');
        return [row["code"], Day(row["valid_from"]).As(NpgsqlDbType.Date), (Day(row["valid_to"])?.AddDays(1)).As(NpgsqlDbType.Date), row["name_vi"], row["name_en"], row["ground"], row["classes"].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            who.Contains("officials"), who.Contains("systems"), row["needs"], row["note"]];
    }

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
