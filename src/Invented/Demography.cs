namespace SoGoc.Invented;

/// <summary>Rates and shares of the census and the yearbooks, by settlement where the tables go that deep.</summary>
internal sealed class Demography
{
  public const int Oldest = 100;

  /// <summary>The published crude death rate is about 1.35 times what the estimated rates by age imply.</summary>
  private const double DeathFactor = 1.35;

  /// <summary>The dead of this many years are still in the register.</summary>
  public const int YearsOfDead = 3;

  private static readonly string[] Ages = ["0-4", "5-9", "10-14", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49",
    "50-54", "55-59", "60-64", "65-69", "70-74", "75-79", "80-84", "85+"];

  /// <summary>Own estimate of where the Khmer of Kiên Giang live, in per cent of the group; no table gives it.</summary>
  private static readonly Dictionary<string, double> KhmerOfKienGiang = new(StringComparer.Ordinal)
  {
    ["905"] = 24, ["907"] = 21, ["906"] = 16, ["903"] = 10, ["908"] = 8, ["899"] = 8, ["914"] = 5, ["902"] = 4, ["910"] = 2, ["900"] = 2,
  };

  /// <summary>Own estimate of the religions of Kiên Giang, in per mille (01, 02, 03, 05, 08).</summary>
  private static readonly (string, int)[] ReligionsOfKienGiang = [("01", 150), ("02", 60), ("03", 40), ("05", 30), ("08", 5), ("99", 715)];

  private readonly Dictionary<(string District, bool Urban), double[]> ages = [];
  private readonly double[][] maleShare = [new double[Ages.Length], new double[Ages.Length]];
  private readonly double[][] mortality = [new double[Oldest + 1], new double[Oldest + 1]];
  private readonly Dictionary<string, Weighted<int>> sizes = new(StringComparer.Ordinal);
  private readonly Dictionary<string, Dictionary<string, double>> ethnic = new(StringComparer.Ordinal);
  private readonly Dictionary<string, Weighted<string>> religions = new(StringComparer.Ordinal);

  public Weighted<string> SmallGroups { get; }

  public Demography(string folder, IReadOnlyList<Settlement> settlements)
  {
    foreach (var row in new ReferenceTable(folder, "demography_age_district").Rows)
    {
      var key = (row["district_code"], row["area"] == "thành thị");
      if (!ages.TryGetValue(key, out var counts)) ages[key] = counts = new double[Ages.Length];
      counts[Array.IndexOf(Ages, row["age_group"])] += row.Number("population");
    }
    foreach (var row in new ReferenceTable(folder, "demography_households").Rows)
      sizes[row["code"]] = new(Enumerable.Range(1, 7).Select(n => (n, row.Whole(n == 7 ? "size_7plus" : $"size_{n}"))));
    var figures = new ReferenceTable(folder, "demography").Rows.ToList();
    Sexes(figures);
    Deaths(figures);
    Ethnicities(figures, new(folder, "ethnic_settlements"), settlements);
    religions["89"] = new(figures.Where(r => r["topic"] == "religion" && r["province_code"] == "89" && r["key"] != "04")
      .Select(r => (r["key"] == "none_or_other" ? "99" : r["key"], r.Whole("value"))));
    religions["91"] = new(ReligionsOfKienGiang);
    SmallGroups = new(new ReferenceTable(folder, "ethnic_groups").Rows
      .Where(r => r["code"] is not ("01" or "05" or "06" or "14" or "55") && r["population_2019"].Length > 0)
      .Select(r => (r["code"], r.Whole("population_2019"))));
  }

  /// <summary>Expected persons by sex (0 male, 1 female) and age: the living of the census and the dead of the last years.</summary>
  public double[][] Expected(Settlement s)
  {
    var groups = ages.TryGetValue((s.District, s.Urban), out var own) && own.Sum() > 0 ? own : ages[(s.District, !s.Urban)];
    double[][] expected = [new double[Oldest + 1], new double[Oldest + 1]];
    double sum = 0;
    for (var age = 0; age <= Oldest; age++)
    {
      var group = Math.Min(age / 5, Ages.Length - 1);
      var inGroup = group == Ages.Length - 1 ? Fading(age - 85) : 0.2;
      for (var sex = 0; sex < 2; sex++)
        sum += expected[sex][age] = groups[group] * inGroup * maleShare[sex][group] * (1 + DeadPerLiving(sex + 1, age));
    }
    foreach (var row in expected)
      for (var age = 0; age <= Oldest; age++) row[age] *= s.People / sum;
    return expected;
  }

  public double DeadPerLiving(int sex, int age) => mortality[sex - 1][Math.Min(age, Oldest)] * DeathFactor * YearsOfDead;
  public Weighted<int> Sizes(Settlement s) => sizes[s.OldCode];

  public string Ethnicity(Settlement s, Dice dice)
  {
    var u = dice.Unit();
    foreach (var (code, share) in ethnic[s.OldCode])
      if ((u -= share) < 0) return code == "other" ? SmallGroups.Draw(dice) : code;
    return "01";
  }

  public string Religion(string ethnicity, string province, Dice dice) => ethnicity switch
  {
    "14" => dice.Chance(0.99) ? "04" : "99",
    "05" => dice.Chance(0.95) ? "01" : "99",
    "06" => dice.Chance(0.55) ? "01" : "99",
    _ => religions[province].Draw(dice),
  };

  /// <summary>Share of the years 85 … 100 in the open age group: each year four fifths of the one before.</summary>
  private static double Fading(int yearsAbove)
  {
    var share = 0.2056;   // 1 / (1 + 0.8 + … + 0.8^15)
    for (; yearsAbove > 0; yearsAbove--) share *= 0.8;
    return share;
  }

  private void Sexes(List<ReferenceTable.Row> figures)
  {
    foreach (var row in figures.Where(r => r["topic"] == "age_sex"))
      maleShare[row["sex"] == "nam" ? 0 : 1][Array.IndexOf(Ages, row["key"])] = row.Number("value");
    for (var g = 0; g < Ages.Length; g++)
    {
      var both = maleShare[0][g] + maleShare[1][g];
      maleShare[0][g] /= both;
      maleShare[1][g] /= both;
    }
  }

  private void Deaths(List<ReferenceTable.Row> figures)
  {
    foreach (var row in figures.Where(r => r["topic"] == "asdr"))
    {
      var bounds = row["key"].TrimEnd('+').Split('-');
      var from = int.Parse(bounds[0], System.Globalization.CultureInfo.InvariantCulture);
      var to = bounds.Length > 1 ? int.Parse(bounds[1], System.Globalization.CultureInfo.InvariantCulture) : row["key"] == "0" ? 0 : Oldest;
      for (var age = from; age <= to; age++) mortality[row["sex"] == "nam" ? 0 : 1][age] = row.Number("value") / 1000;
    }
  }

  private void Ethnicities(List<ReferenceTable.Row> figures, ReferenceTable places, IReadOnlyList<Settlement> settlements)
  {
    var communes = settlements.GroupBy(s => s.OldCode, StringComparer.Ordinal)
      .Select(g => (Code: g.Key, g.First().District, g.First().Province, People: g.Sum(s => s.Inhabitants))).ToList();
    var weights = places.Rows.GroupBy(r => (r["ethnic_code"], r["district_code"]))
      .ToDictionary(g => g.Key, g => g.ToDictionary(r => r["code"], r => r.Number("weight_in_district"), StringComparer.Ordinal));
    var totals = figures.Where(r => r["topic"] == "ethnic" && r["year"] == "2019" && r["key"] != "01")
      .Select(r => (Group: r["key"], Province: r["province_code"], Number: r.Number("value"))).ToList();
    var districtShare = figures.Where(r => r["topic"] == "ethnic_district_share").ToDictionary(r => r["key"], r => r.Number("value") / 100, StringComparer.Ordinal);
    var districtPeople = communes.GroupBy(c => c.District, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(c => c.People), StringComparer.Ordinal);
    var provincePeople = communes.GroupBy(c => c.Province, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(c => c.People), StringComparer.Ordinal);

    foreach (var c in communes)
    {
      var shares = ethnic[c.Code] = new(StringComparer.Ordinal);
      foreach (var (group, _, number) in totals.Where(t => t.Province == c.Province))
      {
        double? inDistrict = districtShare.TryGetValue($"{group}:{c.District}", out var share) ? share
          : group == "05" && c.Province == "91" ? KhmerOfKienGiang.GetValueOrDefault(c.District) / 100 : null;
        var within = weights.TryGetValue((group, c.District), out var w) ? w.GetValueOrDefault(c.Code) : c.People / districtPeople[c.District];
        var people = inDistrict is { } d ? number * d * within : number * c.People / provincePeople[c.Province];
        if (people > 0) shares[group] = Math.Min(0.92, people / c.People);
      }
    }
  }
}

/// <summary>
/// Persons still owed to the age and sex structure of the census. Households draw from it, so that however they are composed
/// the whole comes out right; what one settlement could not place is carried to the next.
/// </summary>
internal sealed class AgePool
{
  private readonly double[][] owed = [new double[Demography.Oldest + 1], new double[Demography.Oldest + 1]];
  private double[][] expected = [[], []];
  private readonly double[] weights = new double[2 * (Demography.Oldest + 1)];

  public void Add(double[][] settlement)
  {
    expected = settlement;
    for (var sex = 0; sex < 2; sex++)
      for (var age = 0; age <= Demography.Oldest; age++) owed[sex][age] += settlement[sex][age];
  }

  /// <summary>Draws an age from low to high, sex 1, 2 or 0 for either; <paramref name="wish"/> says how likely the role is at each age.</summary>
  public bool TryDraw(Dice dice, ref int sex, int low, int high, double[] wish, UInt128 except, out int age)
  {
    low = Math.Max(low, 0);
    high = Math.Min(high, Demography.Oldest);
    var count = 0;
    double sum = 0;
    for (var s = sex == 2 ? 1 : 0; s <= (sex == 1 ? 0 : 1); s++)
      for (var a = low; a <= high; a++)
      {
        var free = (except >> a & 1) == 0;
        weights[count++] = sum += free ? Math.Max(owed[s][a], 0.02 * expected[s][a]) * wish[a] : 0;
      }
    age = 0;
    if (count == 0 || sum <= 0) return false;
    var found = Array.BinarySearch(weights, 0, count, dice.Unit() * sum);
    found = found < 0 ? ~found : found + 1;
    if (found >= count) found = count - 1;
    age = low + found % (high - low + 1);
    if (sex == 0) sex = found / (high - low + 1) + 1;
    owed[sex - 1][age]--;
    return true;
  }

  /// <summary>Takes a person whose age is given otherwise, as a twin's.</summary>
  public void Take(int sex, int age) => owed[sex - 1][age]--;
}
