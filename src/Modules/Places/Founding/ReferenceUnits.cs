using System.Globalization;
using System.Text.RegularExpressions;
using SoGoc.Kernel.Data;

namespace SoGoc.Places.Founding;

/// <summary>Builds all versions from the project's reference files: the country at the end of 2022, taken back and forward by the listed changes;
/// the great change of 2025-07-01 (Nghị quyết 202/2025/QH15 and its sixty-odd resolutions); the changes since.</summary>
internal static partial class ReferenceUnits
{
    /// <summary>The day on which provinces merged, districts ended and communes were formed anew.</summary>
    public static readonly DateOnly GreatChange = new(2025, 7, 1);

    private static readonly DateOnly Snapshot = new(2022, 12, 31);

    private sealed record Dated(DateOnly On, Change Change, string OldFullName);

    public static Ledger Load(string folder)
    {
        IEnumerable<ReferenceTable.Row> Table(string name) => ReferenceTable.Read(Path.Combine(folder, name));
        var provinces = Table("provinces.csv").ToList();
        var changes = Changes(Table("unit_changes.csv"));
        var alternatives = Table("angiang_units_2022.csv").Concat(Table("kiengiang_units_2022.csv")).Where(r => r["alt_name"].Length > 0)
            .ToDictionary(r => r["code"], r => r["alt_name"], StringComparer.Ordinal);
        changes.AddRange(ProvinceChanges(provinces));

        var ledger = new Ledger([], []);
        Origin(ledger, Table("all_units_2022.csv").ToList(), [.. changes.Where(c => c.On <= Snapshot)], alternatives);
        Replay(ledger, changes.Where(c => c.On < GreatChange));
        Renew(ledger, provinces, Table("all_units_2025.csv"), Table("angiang_succession.csv"));
        Replay(ledger, changes.Where(c => c.On >= GreatChange));
        return ledger;
    }

    /// <summary>The snapshot with the changes before it undone. How far back these versions reach the files do not know, so their beginning stays open.</summary>
    private static void Origin(Ledger ledger, List<ReferenceTable.Row> units, List<Dated> undo, Dictionary<string, string> alternatives)
    {
        var former = undo.Where(c => c.Change.Into is null).GroupBy(c => c.Change.Code).ToDictionary(g => g.Key, g => g.MinBy(c => c.On)!.OldFullName);
        foreach (var unit in units.OrderBy(r => r["level"], StringComparer.Ordinal))
        {
            var level = (AreaLevel)short.Parse(unit["level"], CultureInfo.InvariantCulture);
            var (kind, name) = former.TryGetValue(unit["code"], out var old) ? Kinds.Split(old, level) : (unit["type"], unit["name"]);
            ledger.Begin(unit["code"], level, name, Kinds.FullName(kind, name), kind, null, unit["parent_code"].Length > 0 ? unit["parent_code"] : null,
                alternatives.TryGetValue(unit["code"], out var other) ? [other] : []);
        }

        foreach (var gone in undo.Where(c => c.Change.Kind == ChangeKind.Merge && ledger.Open(c.Change.Code) is null))
        {
            var (kind, name) = Kinds.Split(gone.OldFullName, AreaLevel.Commune);
            var parent = units.First(u => u["code"] == gone.Change.Into)["parent_code"];
            ledger.Begin(gone.Change.Code, AreaLevel.Commune, name, gone.OldFullName, kind, null, parent);
        }
    }

    private static void Replay(Ledger ledger, IEnumerable<Dated> changes)
    {
        foreach (var day in changes.GroupBy(c => c.On).OrderBy(g => g.Key))
        {
            new DecreeDay(ledger, day.Key).Apply([.. day.Select(d => d.Change)]);
        }
    }

    private static void Renew(Ledger ledger, List<ReferenceTable.Row> provinces, IEnumerable<ReferenceTable.Row> units, IEnumerable<ReferenceTable.Row> successions)
    {
        var merged = provinces.Where(p => p["valid_to"] == "2025-06-30").ToList();
        var ended = ledger.Areas.Where(a => a.Valid.Until is null && a.Level != AreaLevel.Province).Select(a => a.Code)
            .Concat(merged.Select(p => p["code"])).ToList().Select(code => ledger.End(code, GreatChange)).ToDictionary(a => a.Code, StringComparer.Ordinal);
        foreach (var p in provinces.Where(p => p["valid_from"] == "2025-07-01"))
        {
            ledger.Begin(p["code"], AreaLevel.Province, p["name"], p["full_name"], p["type"], GreatChange, null);
        }

        foreach (var p in merged)
        {
            var to = ledger.Open(p["successor_code"])!;
            var decree = provinces.First(n => n["code"] == to.Code && n["valid_from"] == "2025-07-01")["decree"];
            ledger.Follow(new Succession(ended[p["code"]].Id, to.Id, GreatChange, "merge", 1, true, true, decree));
        }

        foreach (var u in units.Where(u => u["level"] == "3"))
        {
            ledger.Begin(u["code"], AreaLevel.Commune, u["name"], u["full_name"], u["type"], GreatChange, u["parent_code"]);
        }

        // Rows by way of another unit tell of a unit that had gone into it before: the chain of changes already says so.
        foreach (var s in successions.Where(s => s["via_code"].Length == 0))
        {
            var kind = s["kind"] switch { "part" => "split", "unchanged" => "above", _ => "merge" };
            ledger.Follow(new Succession(ended[s["old_code"]].Id, ledger.Open(s["new_code"])!.Id, GreatChange, kind,
                decimal.Parse(s["population_share"], CultureInfo.InvariantCulture), s["share_status"] == "exact", s["is_default"] == "1", s["decree"]));
        }
    }

    private static List<Dated> Changes(IEnumerable<ReferenceTable.Row> rows) => [.. rows.Select(r =>
    {
        var level = r["code"].Length == 3 ? AreaLevel.District : AreaLevel.Commune;
        var merge = r["kind"] == "merge";
        var (type, name) = Kinds.Split(r["new_full_name"], level);
        var decree = r["decree"].Length > 0 ? r["decree"] : r["note"];
        return new Dated(Day(r), new Change(Enum.Parse<ChangeKind>(r["kind"], ignoreCase: true), r["code"], decree)
        {
            Name = merge ? null : name,
            Type = merge ? null : type,
            Into = merge ? r["into_code"] : null,
        }, r["old_full_name"]);
    })];

    /// <summary>A change whose day is not known counts from the last day it can have happened, which its note tells.</summary>
    private static DateOnly Day(ReferenceTable.Row row) =>
        DateOnly.ParseExact(row["effective_date"].Length > 0 ? row["effective_date"] : IsoDay().Matches(row["note"])[^1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Versions of provinces that are not from the great change: Huế in January 2025, Đồng Nai in April 2026.</summary>
    private static IEnumerable<Dated> ProvinceChanges(List<ReferenceTable.Row> provinces) =>
        from p in provinces
        where p["predecessor_codes"] == p["code"]
        let day = DateOnly.ParseExact(p["valid_from"], "yyyy-MM-dd", CultureInfo.InvariantCulture)
        where day != GreatChange
        select new Dated(day, new Change(ChangeKind.Type, p["code"], p["decree"]) { Name = p["name"], Type = p["type"] }, "");

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}")]
    private static partial Regex IsoDay();
}
