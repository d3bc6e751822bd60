using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Kernel.Laws;

/// <summary>A rule of law as it was in force during a period.</summary>
public sealed record Rule(string Key, Period Valid, string Value, string Citation, string Note)
{
    public int Number => int.Parse(Value, CultureInfo.InvariantCulture);
}

/// <summary>The rules in force on a day. A case is judged by the law of its day, so every question names one.</summary>
public sealed class LawBook(IReadOnlyList<Rule> rules)
{
    private readonly ILookup<string, Rule> byKey = rules.ToLookup(r => r.Key, StringComparer.Ordinal);

    public IReadOnlyList<Rule> All => rules;

    public Rule? Find(string key, DateOnly on) => byKey[key].FirstOrDefault(r => r.Valid.Holds(on));

    public IEnumerable<Rule> On(DateOnly day) => rules.Where(r => r.Valid.Holds(day));

    /// <summary>Rules change by a dated decree a few times a year; they are read anew in each scope that asks.</summary>
    public static async Task<LawBook> Read(Session session) => new(await session.Rows(
        "select key, valid, value, citation, note from kernel.rule order by key, valid",
        r => new Rule(r.GetString(0), Period.Of(r.Get<NpgsqlRange<DateOnly>>(1)), r.GetString(2), r.GetString(3), r.GetString(4))));
}

/// <summary>Puts rules from a file (key, valid_from, valid_to, value, citation, note) into force: a rule that was open ends where its successor begins.</summary>
public static class LawFile
{
    public static async Task<int> Load(Database database, string path, CancellationToken stop)
    {
        // Two statements: the second one has to find the room that the first one makes.
        const string end = "update kernel.rule set valid = daterange(lower(valid), $2) where key = $1 and upper_inf(valid) and lower(valid) < $2";
        const string sql = $"{Insert} on conflict (key, valid) do update set value = excluded.value, citation = excluded.citation, note = excluded.note";
        var count = 0;
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        foreach (var row in ReferenceTable.Read(path))
        {
            await using var ended = connection.CreateCommand(end, row["key"], Day(row["valid_from"]).As(NpgsqlDbType.Date));
            await ended.ExecuteNonQueryAsync(stop);
            await using var command = connection.CreateCommand(sql, Values(row));
            count += await command.ExecuteNonQueryAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return count;
    }

    /// <summary>Adds the rules of a file for whose time the register has none. One that the register has open, with the value of the file, ends when the file says; all others stay as they are.</summary>
    public static async Task Bring(NpgsqlConnection connection, string path, CancellationToken stop)
    {
        foreach (var row in ReferenceTable.Read(path).OrderBy(r => r["valid_from"], StringComparer.Ordinal))
        {
            await using var end = connection.CreateCommand("update kernel.rule set valid = daterange(lower(valid), $3) where key = $1 and lower(valid) = $2 and upper_inf(valid) and $3 is not null and value = $4 and citation = $5 and note = $6", Values(row));
            await end.ExecuteNonQueryAsync(stop);
            await using var add = connection.CreateCommand($"{Insert} on conflict do nothing", Values(row));
            await add.ExecuteNonQueryAsync(stop);
        }
    }

    private const string Insert = "insert into kernel.rule (key, valid, value, citation, note) values ($1, daterange($2, $3), $4, $5, $6)";

    private static object?[] Values(ReferenceTable.Row row) => [row["key"], Day(row["valid_from"]).As(NpgsqlDbType.Date), (Day(row["valid_to"])?.AddDays(1)).As(NpgsqlDbType.Date), row["value"], row["citation"], row["note"]];

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
