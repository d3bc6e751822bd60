namespace SoGoc.Invented;

/// <summary>
/// A piece of ground that belongs to one commune before 2025-07-01 and to one after it. A commune that was divided
/// gives several settlements.
/// </summary>
internal sealed class Settlement
{
  public required string OldCode { get; init; }

  /// <summary>The commune it was merged into at the turn of 2024/2025, or empty.</summary>
  public required string ViaCode { get; init; }

  /// <summary>Empty in a province seen before 2025-07-01.</summary>
  public required string NewCode { get; init; }
  public required string OldName { get; init; }
  public required string District { get; init; }
  public required string Province { get; init; }
  public required bool Urban { get; init; }
  public required double Inhabitants { get; init; }

  /// <summary>The commune on the settings' day: settlements of one commune follow each other in the output.</summary>
  public required string Group { get; init; }

  public int People { get; set; }
}

/// <summary>Communes, their names by day, and which commune a settlement belonged to on a day.</summary>
internal sealed class Territory
{
  /// <summary>The reference tables describe the units of this day; earlier registrations are told in these terms.</summary>
  public static readonly DateOnly First = new(2022, 4, 12);

  /// <summary>Nghị quyết 1654/NQ-UBTVQH15: two levels, new communes.</summary>
  public static readonly DateOnly Reform = new(2025, 7, 1);
  private static readonly DateOnly EarlierMergers = new(2025, 1, 1);

  private readonly Dictionary<string, (string Full, string Parent, string Province)> before, after;
  private readonly Dictionary<string, List<(DateOnly From, string Name)>> renamed = new(StringComparer.Ordinal);
  private readonly Dictionary<string, List<string>> codesBefore, codesAfter;

  public IReadOnlyList<Settlement> Settlements { get; }

  public Territory(string folder, DateOnly asOf)
  {
    before = Units(new(folder, "all_units_2022"));
    after = Units(new(folder, "all_units_2025"));
    var old = new[] { "angiang_units_2022", "kiengiang_units_2022" }.SelectMany(n => new ReferenceTable(folder, n).Rows).ToList();
    foreach (var row in old) before[row["code"]] = (row["full_name"], row["parent_code"], row["province_code"]);
    foreach (var row in new ReferenceTable(folder, "unit_changes").Rows)
      if (row.Day("effective_date") is { } from && from > First && from < Reform && row["kind"] is "type" or "rename")
        Renames(row["code"]).Add((row.Day("effective_date")!.Value, row["new_full_name"]));
    codesBefore = ByProvince(before);
    codesAfter = ByProvince(after);
    Settlements = [.. Settle(old, new(folder, "angiang_succession"), asOf)];
  }

  /// <summary>The settlement's commune in the terms of a day.</summary>
  public static UnitRef On(Settlement s, DateOnly day)
  {
    if (day >= Reform && s.NewCode.Length > 0) return new(s.NewCode, day);
    if (day >= EarlierMergers && s.ViaCode.Length > 0) return new(s.ViaCode, day);
    return new(s.OldCode, day < First ? First : day);
  }

  /// <summary>A commune of another province, in the terms of a day; provinces are given by their code of before the reform.</summary>
  public UnitRef Elsewhere(Dice dice, string province, DateOnly day)
  {
    if (day >= Reform) return new(dice.Pick(codesAfter[province is "79" or "74" or "77" ? "79" : province is "80" or "72" ? "80" : "92"]), day);
    return new(dice.Pick(codesBefore[province]), day < First ? First : day);
  }

  public string Name(UnitRef unit)
  {
    if (unit.On >= Reform) return after[unit.Code].Full;
    return Renamed(unit.Code, unit.On) ?? before[unit.Code].Full;
  }

  /// <summary>Empty since the district level is gone.</summary>
  public string DistrictName(UnitRef unit) =>
    unit.On >= Reform ? "" : Renamed(before[unit.Code].Parent, unit.On) ?? before[before[unit.Code].Parent].Full;

  public string ProvinceName(UnitRef unit) =>
    unit.On >= Reform ? after[after[unit.Code].Province].Full : before[before[unit.Code].Province].Full;

  /// <summary>Province code of the unit before the reform, which is what the place digits of a personal number are taken from.</summary>
  public string? OldProvince(UnitRef unit) => unit.On >= Reform ? null : before[unit.Code].Province;

  /// <summary>The old province code nearest to a unit of after the reform.</summary>
  public string PlaceOfNew(UnitRef unit) => after[unit.Code].Province;

  /// <summary>"Xã X, Huyện Y, Tỉnh Z" with the names of the day.</summary>
  public string Written(UnitRef unit) => DistrictName(unit) is { Length: > 0 } district
    ? $"{Name(unit)}, {district}, {ProvinceName(unit)}"
    : $"{Name(unit)}, {ProvinceName(unit)}";

  private string? Renamed(string code, DateOnly on) =>
    renamed.TryGetValue(code, out var names) ? names.LastOrDefault(n => n.From <= on).Name : null;

  private List<(DateOnly From, string Name)> Renames(string code) =>
    renamed.TryGetValue(code, out var list) ? list : renamed[code] = [];

  private static Dictionary<string, (string, string, string)> Units(ReferenceTable table) =>
    table.Rows.ToDictionary(r => r["code"], r => (r["full_name"], r["parent_code"], r["province_code"]), StringComparer.Ordinal);

  private static Dictionary<string, List<string>> ByProvince(Dictionary<string, (string Full, string Parent, string Province)> units) =>
    units.Where(u => u.Key.Length == 5).GroupBy(u => u.Value.Province, StringComparer.Ordinal)
      .ToDictionary(g => g.Key, g => g.Select(u => u.Key).Order(StringComparer.Ordinal).ToList(), StringComparer.Ordinal);

  private static IEnumerable<Settlement> Settle(List<ReferenceTable.Row> old, ReferenceTable succession, DateOnly asOf)
  {
    var reformed = asOf >= Reform;
    var communes = old.Where(r => r["level"] == "3" && (reformed || r["province_code"] == "89")).ToDictionary(r => r["code"], StringComparer.Ordinal);
    var pieces =
      from step in succession.Rows
      where communes.ContainsKey(step["old_code"]) && (reformed || step["is_default"] == "1")
      let commune = communes[step["old_code"]]
      select new Settlement
      {
        OldCode = step["old_code"],
        ViaCode = step["via_code"],
        NewCode = reformed ? step["new_code"] : "",
        OldName = commune["name"],
        District = commune["parent_code"],
        Province = commune["province_code"],
        Urban = commune.Whole("urban_2019") > commune.Whole("rural_2019"),
        Inhabitants = commune.Whole("population_2019") * (reformed ? step.Number("population_share") : 1),
        Group = reformed ? step["new_code"] : asOf >= EarlierMergers && step["via_code"].Length > 0 ? step["via_code"] : step["old_code"],
      };
    return pieces.OrderBy(s => s.Group, StringComparer.Ordinal).ThenBy(s => s.OldCode, StringComparer.Ordinal);
  }
}
