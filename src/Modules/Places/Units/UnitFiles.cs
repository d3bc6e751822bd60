using System.Globalization;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Places;

/// <summary>Makes the versions of all units, and the passages between them, from the project's reference files. Keys follow from the files alone.</summary>
internal sealed class UnitFiles
{
    private static readonly DateOnly Start = new(2008, 8, 1);
    private static readonly DateOnly TwoLevels = new(2025, 7, 1);

    private readonly List<Draft> drafts = [];
    private readonly List<(Draft From, Draft To, DateOnly On, string Kind, decimal Share, bool Exact, bool Default, string Decree)> steps = [];

    private sealed class Draft(string code, AreaLevel level, string name, string fullName, string kind, string? parentCode, DateOnly from)
    {
        public string Code => code;
        public AreaLevel Level => level;
        public string Name { get; set; } = name;
        public string FullName { get; set; } = fullName;
        public string Kind { get; set; } = kind;
        public string? ParentCode => parentCode;
        public DateOnly From { get; set; } = from;
        public DateOnly? Until { get; set; }
        public List<string> Others { get; } = [];
        public int Id { get; set; }
    }

    public static (List<Area> Areas, List<Passage> Passages) Read(string folder)
    {
        var files = new UnitFiles();
        IEnumerable<ReferenceTable.Row> Rows(string name) => ReferenceTable.Read(Path.Combine(folder, name));
        files.Provinces(Rows("provinces.csv"));
        files.Units(Rows("all_units_2022.csv"), Start, TwoLevels, Rows("angiang_units_2022.csv").Concat(Rows("kiengiang_units_2022.csv")).ToDictionary(r => r["code"], r => r["alt_name"]));
        files.Units(Rows("all_units_2025.csv"), TwoLevels, null, []);
        files.Changes(Rows("unit_changes.csv"));
        files.Successions(Rows("angiang_succession.csv"));
        return files.Finish();
    }

    private void Provinces(IEnumerable<ReferenceTable.Row> rows)
    {
        var successors = new List<(Draft From, string To, string Decree)>();
        foreach (var r in rows)
        {
            var draft = new Draft(r["code"], AreaLevel.Province, r["name"], r["full_name"], r["type"], null, Day(r["valid_from"])!.Value) { Until = Day(r["valid_to"])?.AddDays(1) };
            drafts.Add(draft);
            if (draft.Until is not null && r["successor_code"].Length > 0)
            {
                successors.Add((draft, r["successor_code"], r["decree"]));
            }
        }

        foreach (var (from, to, decree) in successors)
        {
            if (drafts.Find(d => d.Code == to && d.From <= from.Until && (d.Until is null || from.Until < d.Until)) is { } next)
            {
                steps.Add((from, next, from.Until!.Value, "province", 1, true, true, decree.Length > 0 ? decree : "Nghị quyết 202/2025/QH15"));
            }
        }
    }

    private void Units(IEnumerable<ReferenceTable.Row> rows, DateOnly from, DateOnly? until, Dictionary<string, string> otherNames)
    {
        foreach (var r in rows.Where(r => r["level"] != "1"))
        {
            var draft = new Draft(r["code"], (AreaLevel)short.Parse(r["level"], CultureInfo.InvariantCulture), r["name"], r["full_name"], r["type"], r["parent_code"], from) { Until = until };
            if (otherNames.TryGetValue(draft.Code, out var other) && other.Length > 0)
            {
                draft.Others.Add(other);
            }

            drafts.Add(draft);
        }
    }

    /// <summary>Dated changes cut versions in two; what is listed without a day is kept as another name.</summary>
    private void Changes(IEnumerable<ReferenceTable.Row> rows)
    {
        foreach (var r in rows)
        {
            if (Day(r["effective_date"]) is not { } on)
            {
                drafts.FindLast(d => d.Code == r["code"] && d.From < TwoLevels)?.Others.Add(r["old_full_name"]);
                continue;
            }

            var decree = r["decree"].Length > 0 ? r["decree"] : r["note"];
            var standing = drafts.Find(d => d.Code == r["code"] && d.From < on && (d.Until is null || on < d.Until));
            if (r["kind"] == "merge")
            {
                standing ??= Gone(r, on);
                standing.Until = on;
                if (drafts.Find(d => d.Code == r["into_code"] && d.From <= on && (d.Until is null || on < d.Until)) is { } into)
                {
                    steps.Add((standing, into, on, "merge", 1, true, true, decree));
                }
            }
            else if (standing is not null)
            {
                Cut(standing, r["old_full_name"], r["new_full_name"], on, r["kind"], decree);
            }
        }
    }

    /// <summary>A unit that had gone before the files begin.</summary>
    private Draft Gone(ReferenceTable.Row r, DateOnly on)
    {
        var into = drafts.Find(d => d.Code == r["into_code"])!;
        var (kind, name) = Split(r["old_full_name"]);
        var gone = new Draft(r["code"], AreaLevel.Commune, name, r["old_full_name"], kind, into.ParentCode, Start) { Until = on };
        drafts.Add(gone);
        return gone;
    }

    private void Cut(Draft standing, string before, string after, DateOnly on, string kind, string decree)
    {
        var next = new Draft(standing.Code, standing.Level, standing.Name, standing.FullName, standing.Kind, standing.ParentCode, on) { Until = standing.Until };
        (next.Kind, next.Name) = Split(after);
        next.FullName = after;
        (standing.Kind, standing.Name) = Split(before);
        standing.FullName = before;
        standing.Until = on;
        next.Others.AddRange(standing.Others);
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].From == standing && steps[i].On > on)
            {
                steps[i] = steps[i] with { From = next };
            }
        }

        drafts.Add(next);
        steps.Add((standing, next, on, kind, 1, true, true, decree));
    }

    private void Successions(IEnumerable<ReferenceTable.Row> rows)
    {
        foreach (var r in rows)
        {
            var on = Day(r["effective_date"])!.Value;
            var from = drafts.Find(d => d.Code == r["old_code"] && d.From < on && d.Until == on);
            var to = drafts.Find(d => d.Code == r["new_code"] && d.From == on);
            if (r["via_code"].Length == 0 && from is not null && to is not null)
            {
                steps.Add((from, to, on, r["kind"], decimal.Parse(r["population_share"], CultureInfo.InvariantCulture), r["share_status"] == "exact", r["is_default"] == "1", r["decree"]));
            }
        }
    }

    private (List<Area>, List<Passage>) Finish()
    {
        var id = 0;
        var ordered = drafts.OrderBy(d => d.Level).ThenBy(d => d.Code, StringComparer.Ordinal).ThenBy(d => d.From).ToList();
        foreach (var draft in ordered)
        {
            draft.Id = ++id;
        }

        var byCode = ordered.ToLookup(d => d.Code, StringComparer.Ordinal);
        var areas = ordered.Select(d => new Area(d.Id, d.Code, d.Level, d.Name, d.FullName, d.Kind, new Period(d.From, d.Until),
            d.ParentCode is null ? null : byCode[d.ParentCode].LastOrDefault(p => p.From <= d.From && (p.Until is null || d.From < p.Until))?.Id, [.. d.Others.Distinct()])).ToList();
        var passages = steps.DistinctBy(s => (s.From.Id, s.To.Id)).Select(s => new Passage(s.From.Id, s.To.Id, s.On, s.Kind, s.Share, s.Exact, s.Default, s.Decree)).ToList();
        return (areas, passages);
    }

    /// <summary>"Thị trấn Cái Dầu" → thị trấn, Cái Dầu.</summary>
    public static (string Kind, string Name) Split(string fullName)
    {
        foreach (var kind in new[] { "Thành phố", "Thị trấn", "Thị xã", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã" })
        {
            if (fullName.StartsWith(kind + " ", StringComparison.OrdinalIgnoreCase))
            {
                return (kind.ToLowerInvariant(), fullName[(kind.Length + 1)..]);
            }
        }

        return ("", fullName);
    }

    public static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
