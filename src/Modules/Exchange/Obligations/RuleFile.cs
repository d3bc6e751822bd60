using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Data;

namespace SoGoc.Exchange.Obligations;

/// <summary>Takes up <c>reference/obligations.csv</c>: rules that the register has not. A rule that it has open ends when the file says.</summary>
internal static class RuleFile
{
    public const string FileName = "obligations.csv";

    public static async Task Bring(NpgsqlConnection connection, string folder, CancellationToken stop)
    {
        foreach (var row in ReferenceTable.Read(Path.Combine(folder, FileName)).OrderBy(r => r["valid_from"], StringComparer.Ordinal))
        {
            object?[] Key() => [row["entry_kind"], row["partner_kind"], Day(row["valid_from"]).As(NpgsqlDbType.Date), (Day(row["valid_to"])?.AddDays(1)).As(NpgsqlDbType.Date)];
            await using var end = connection.CreateCommand("update exchange.rule set valid = daterange(lower(valid), $4) where entry_kind = $1 and partner_kind = $2 and lower(valid) = $3 and upper_inf(valid) and $4 is not null", Key());
            await end.ExecuteNonQueryAsync(stop);
            await using var add = connection.CreateCommand("""
                insert into exchange.rule (entry_kind, partner_kind, valid, term, ground, fields, classes, person, area, label, note, only_where)
                values ($1, $2, daterange($3, $4), $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing
                """, [.. Key(), row["term"], row["ground"], row["fields"].Split(' '), row["classes"].Split(' '), row["person"], row["area"], row["label"], row["note"], row["only"]]);
            await add.ExecuteNonQueryAsync(stop);
        }
    }

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
