using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Data;

namespace SoGoc.Services.Scores;

/// <summary>A criterion of the index by which offices are measured (Quyết định 766/QĐ-TTg), as <c>services.criterion</c> has it.</summary>
/// <param name="Part">One of the six groups.</param>
/// <param name="Most">Points for all good; those of all criteria sum to 100.</param>
/// <param name="Counts">file or procedure.</param>
/// <param name="LooksAt">SQL: which files count. Null: nothing here can tell it.</param>
/// <param name="Good">SQL: which of those are good.</param>
internal sealed record Criterion(string Code, string Part, decimal Most, string Counts, string? LooksAt, string? Good, string Ground, string Name, string Means)
{
    /// <summary>What is counted are procedures, each good if one of its files is.</summary>
    public const string Procedure = "procedure";

    /// <summary>The groups, in the order of the decision.</summary>
    public static readonly string[] Parts = ["openness", "progress", "online", "payment", "digital", "satisfaction"];

    public static async Task<List<Criterion>> All(BeyondDuty reads)
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "vi";
        return await reads.Rows($"select code, part, most, counts, looks_at, good, ground, name_{language}, means_{language} from services.criterion order by position",
            r => new Criterion(r.GetString(0), r.GetString(1), r.GetDecimal(2), r.GetString(3), r.Text(4), r.Text(5), r.GetString(6), r.GetString(7), r.GetString(8)));
    }

    /// <summary>What conditions speak of: f the file, e what its procedure asks; $1, $2 and $3 the period's begin, its end, and its end or now.</summary>
    public static readonly string From = """
        services.file f
          join (select p.code, p.version, p.body @? '$.papers[*] ? (@.how == "upload" || @.how == "store")' as uploads, p.body @? '$.fields[*] ? (@.ask == "register")' as known,
                       p.body @? '$.fees[*] ? (@.amount > 0)' as fees, p.body::text !~ '"[*]' as certain,
                       p.body ->> 'name' as name, p.body #>> '{result,kind}' as gives, jsonb_array_length(jsonb_path_query_array(p.body, '$.papers[*] ? (@.how == "register")')) as spared, jsonb_array_length(jsonb_path_query_array(p.body, '$.fields[*] ? (@.ask == "register")')) as filled
                  from services.procedure p) e on e.code = f.procedure and e.version = f.version
        """;
}

/// <summary>Takes up <c>reference/service_index.csv</c>.</summary>
internal static class CriterionFile
{
    public const string FileName = "service_index.csv";

    public static async Task Bring(NpgsqlConnection connection, string folder, CancellationToken stop)
    {
        var (rows, codes) = (ReferenceTable.Read(Path.Combine(folder, FileName)).ToList(), new List<string>());
        foreach (var row in rows)
        {
            codes.Add(row["code"]);
            await using var bring = connection.CreateCommand("""
                insert into services.criterion (code, part, most, counts, looks_at, good, ground, name_vi, name_en, means_vi, means_en, position) values ($1, $2, $3, $4, nullif($5, ''), nullif($6, ''), $7, $8, $9, $10, $11, $12)
                on conflict (code) do update set (part, most, counts, looks_at, good, ground, name_vi, name_en, means_vi, means_en, position)
                  = (excluded.part, excluded.most, excluded.counts, excluded.looks_at, excluded.good, excluded.ground, excluded.name_vi, excluded.name_en, excluded.means_vi, excluded.means_en, excluded.position)
                """, row["code"], row["part"], decimal.Parse(row["most"], CultureInfo.InvariantCulture), row["counts"], row["looks_at"].As(NpgsqlDbType.Text), row["good"].As(NpgsqlDbType.Text), row["ground"],
                row["name_vi"], row["name_en"], row["means_vi"], row["means_en"], codes.Count);
            await bring.ExecuteNonQueryAsync(stop);
        }

        await using var drop = connection.CreateCommand("delete from services.criterion where code <> all($1)", (object)codes.ToArray());
        await drop.ExecuteNonQueryAsync(stop);
    }
}
