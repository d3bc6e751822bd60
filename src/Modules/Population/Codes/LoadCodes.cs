using SoGoc.Kernel.Data;
using SoGoc.Kernel.Text;

namespace SoGoc.Population.Codes;

/// <summary>Loads the code lists from the project's reference files; what a file says replaces what stood there.</summary>
internal static class LoadCodes
{
    private sealed record Code(string List, string Value, string Name, string NameEn, string[] Others, string Source);

    public static async Task Run(Database database, string folder, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var words = ReferenceTable.Read(Path.Combine(folder, "code_words.csv")).ToLookup(r => (r["list"], r["code"]), r => r["word"]);
        foreach (var code in All(folder).DistinctBy(c => (c.List, c.Value)))
        {
            await using var command = connection.CreateCommand("""
                insert into population.code (list, code, name, name_en, other_names, source) values ($1, $2, $3, $4, $5, $6)
                on conflict (list, code) do update set name = excluded.name, name_en = excluded.name_en, other_names = excluded.other_names, source = excluded.source
                """, code.List, code.Value, code.Name, code.NameEn, code.Others.Concat(words[(code.List, code.Value)]).ToArray(), code.Source);
            await command.ExecuteNonQueryAsync(stop);
        }

        await transaction.CommitAsync(stop);
    }

    private static IEnumerable<Code> All(string folder)
    {
        IEnumerable<ReferenceTable.Row> Rows(string file) => ReferenceTable.Read(Path.Combine(folder, file));
        foreach (var r in Rows("ethnic_groups.csv"))
        {
            yield return new("ethnicity", r["code"], r["name"], "", Others(r["other_names"]), "QĐ 1019/QĐ-TCTK (2008)");
        }

        foreach (var r in Rows("religions.csv"))
        {
            yield return new("religion", r["code"], r["code"] == "99" ? "Không" : r["name"], "", r["code"] == "99" ? ["Không tôn giáo", "Không theo tôn giáo", "Ko", r["name"]] : [], r["origin"]);
        }

        foreach (var r in Rows("nationalities.csv"))
        {
            yield return new("nationality", r["alpha2"], r["name_vi"], r["name_en"], [r["alpha3"], .. r["alpha2"] == "VN" ? ["Việt", "Viet Nam"] : Array.Empty<string>()], "ISO 3166-1");
        }

        foreach (var r in Rows("relations.csv"))
        {
            yield return new("relation", r["code"], r["name"], r["name_en"], [], "bảng mã của hệ thống");
        }

        foreach (var r in Rows("code_lists.csv"))
        {
            var list = r["list"] switch { "gender" => "sex", "marital_status" => "marital", "blood_group" => "blood", _ => null };
            if (list is not null)
            {
                yield return new(list, r["code"], r["name"], English(list, r["code"]), [], r["source"]);
            }
        }

        foreach (var surname in Rows("surnames.csv").Select(r => r["surname"]).Distinct())
        {
            yield return new("surname", NameKey.Of(surname), surname, "", [], "");
        }
    }

    private static string[] Others(string text) => text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string English(string list, string code) => (list, code) switch
    {
        (_, "0" or "00") => "unknown",
        ("sex", "1") => "male",
        ("sex", "2") => "female",
        ("marital", "1") => "single",
        ("marital", "2") => "married",
        ("marital", "3") => "divorced or widowed",
        ("blood", "01") => "blood group A",
        ("blood", "02") => "blood group B",
        ("blood", "03") => "blood group AB",
        ("blood", "04") => "blood group O",
        _ => "",
    };
}
