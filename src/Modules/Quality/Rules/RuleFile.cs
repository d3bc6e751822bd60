using System.Globalization;
using Npgsql;
using SoGoc.Kernel.Data;

namespace SoGoc.Quality.Rules;

/// <summary>Takes up <c>reference/quality_rules.csv</c>: rules that are new, and what the file says otherwise about those that are known. Whether the province looks for a rule is its own choice.</summary>
internal static class RuleFile
{
    public const string FileName = "quality_rules.csv";

    public static async Task Bring(NpgsqlConnection connection, string folder, CancellationToken stop)
    {
        foreach (var row in ReferenceTable.Read(Path.Combine(folder, FileName)))
        {
            await using var bring = connection.CreateCommand("""
                insert into quality.rule (code, measure, severity, base, desk, days, mend, condition, note, ground, sentence_vi, sentence_en, heading_vi, heading_en) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                on conflict (code) do update set (measure, severity, base, desk, days, mend, condition, note, ground, sentence_vi, sentence_en, heading_vi, heading_en)
                  = (excluded.measure, excluded.severity, excluded.base, excluded.desk, excluded.days, excluded.mend, excluded.condition, excluded.note, excluded.ground, excluded.sentence_vi, excluded.sentence_en, excluded.heading_vi, excluded.heading_en)
                """, row["code"], row["measure"], row["severity"], row["base"], row["desk"], short.Parse(row["days"], CultureInfo.InvariantCulture), row["mend"], row["condition"], row["note"], row["ground"],
                row["sentence_vi"], row["sentence_en"], row["heading_vi"], row["heading_en"]);
            await bring.ExecuteNonQueryAsync(stop);
        }
    }
}
