namespace SoGoc.Invented;

/// <summary>A name in its parts; Own is what a Chăm child takes from the father's name.</summary>
internal readonly record struct PersonName(string? Surname, string? Middle, string Given, string Own)
{
  public string Full => Surname is null ? Middle is null ? Given : $"{Middle} {Given}"
    : Middle is null ? $"{Surname} {Given}" : $"{Surname} {Middle} {Given}";
}

/// <summary>Parents who are not in the register: only their names are known, and siblings share them.</summary>
internal sealed class Roots
{
  public PersonName? Father, Mother;
}

/// <summary>Builds names by ethnic group, sex and generation from the name tables.</summary>
internal sealed class Names
{
  private enum Era { Old, Mid, Young }

  private readonly Dictionary<(string Group, int Sex, Era), Weighted<string[]>> patterns = [];
  private readonly Dictionary<(string Group, int Sex, Era), Weighted<string>> given = [];
  private readonly Dictionary<(string Group, int Sex, string Province), Weighted<string>> surnames = [];
  private readonly Dictionary<(int Sex, int Position), Weighted<string>> middles = [];

  public Names(string folder)
  {
    foreach (var g in new ReferenceTable(folder, "name_patterns").Rows.GroupBy(r => (r["ethnic_code"], SexOf(r["gender"]), r["era"])))
      foreach (var era in g.Key.Item3 switch { "old" => [Era.Old], "mid" => [Era.Mid], "young" => [Era.Young], _ => Enum.GetValues<Era>() })
        patterns[(g.Key.Item1, g.Key.Item2, era)] = new(g.Select(r => (Tokens(r["pattern"]), r.Whole("share"))));
    foreach (var g in new ReferenceTable(folder, "given_names").Rows.GroupBy(r => (r["ethnic_code"], SexOf(r["gender"]))))
      foreach (var (era, column) in new[] { (Era.Old, "weight_old"), (Era.Mid, "weight_mid"), (Era.Young, "weight_young") })
        given[(g.Key.Item1, g.Key.Item2, era)] = new(g.Select(r => (r["name"], r.Whole(column))));
    var families = new ReferenceTable(folder, "surnames").Rows.Where(r => r["surname"].Length > 0).ToList();
    foreach (var group in new[] { "01", "05", "06", "14" })
      foreach (var province in new[] { "89", "91" })
        foreach (var sex in new[] { 1, 2 })
          surnames[(group, sex, province)] = new(families
            .Where(r => r["ethnic_code"] == group && (r["gender"].Length == 0 || SexOf(r["gender"]) == sex)
              && (r["province_code"].Length == 0 || r["province_code"] == province) && !IsMark(r["surname"]))
            .Select(r => (r["surname"], r.Whole("weight"))));
    foreach (var g in new ReferenceTable(folder, "middle_names").Rows.GroupBy(r => (SexOf(r["gender"]), r.Whole("position"))))
      middles[g.Key] = new(g.Where(r => r["middle"] is not ("Văn" or "Thị")).Select(r => (r["middle"], r.Whole("count_sample_a"))));
  }

  /// <summary>A name for a child of this father (null: unknown father, the mother's surname or a new one).</summary>
  public PersonName Make(Dice dice, string ethnicity, int sex, int bornYear, string province, PersonName? father, string? motherSurname = null)
  {
    var group = ethnicity is "05" or "06" or "14" ? ethnicity : "01";
    var era = bornYear < 1970 ? Era.Old : bornYear < 1995 ? Era.Mid : Era.Young;
    var pattern = patterns[(group, sex, era)].Draw(dice);
    var inherited = father?.Surname ?? motherSurname;
    if (group == "05" && father is { Surname: { } family })
    {
      // Father Chau: son Chau, daughter Neáng. Father with a hereditary surname: the child bears it.
      var marked = IsMark(family);
      for (var tries = 0; tries < 40 && (pattern[0] == "{họ}") == marked; tries++) pattern = patterns[(group, sex, era)].Draw(dice);
    }
    if (inherited is null || IsMark(inherited)) inherited = surnames[(group, sex, province)].Draw(dice);
    return Compose(dice, pattern, group, sex, era, province, inherited, father);
  }

  /// <summary>A southern by-name: order of birth in the family and the given name.</summary>
  public static string ByName(Dice dice, string given) => dice.Pick(Order) + " " + given;

  private static readonly string[] Order = ["Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Út"];

  private PersonName Compose(Dice dice, string[] pattern, string group, int sex, Era era, string province, string inherited, PersonName? father)
  {
    string? surname = null, middle = null, name = null, own = null;
    foreach (var token in pattern)
    {
      // A Khmer pattern begins with a surname or with the word that stands in its place.
      var first = group == "05" && ReferenceEquals(token, pattern[0]);
      var word = token switch
      {
        "{họ}" => inherited,
        "{đệm1}" => middles[(sex, 1)].Draw(dice),
        "{đệm2}" => middles[(sex, 2)].Draw(dice),
        "{tên}" or "{tên Kinh}" => own = given[("01", sex, era)].Draw(dice),
        "{tên Khmer}" or "{tên Chăm}" => own = given[(group, sex, era)].Draw(dice),
        "{tên cha}" => father?.Own ?? given[(group, 1, Era.Old)].Draw(dice),
        "Chau" or "Neáng" when province == "91" => sex == 1 || dice.Chance(0.55) ? "Danh" : "Thị",
        "Neáng" when dice.Chance(0.05) => "Néang",
        _ => token,
      };
      if (token[0] == '{' && token.StartsWith("{tên", StringComparison.Ordinal) || token == "Mohamad") name = name is null ? word : name == word ? name : $"{name} {word}";
      else if (token == "{họ}" || first) surname = word;
      else middle = middle is null ? word : middle == word ? middle : $"{middle} {word}";
    }
    return new(surname, middle, name!, own!);
  }

  /// <summary>Words that stand in the place of a surname and tell the sex, so are not handed down to every child.</summary>
  private static bool IsMark(string surname) => surname is "Chau" or "Neáng" or "Néang" or "Danh" or "Thị";

  private static int SexOf(string gender) => gender == "nam" ? 1 : 2;

  private static string[] Tokens(string pattern)
  {
    var tokens = new List<string>();
    for (var i = 0; i < pattern.Length;)
    {
      var end = pattern[i] == '{' ? pattern.IndexOf('}', i) + 1 : pattern.IndexOf(' ', i) is var space && space < 0 ? pattern.Length : space;
      tokens.Add(pattern[i..end]);
      i = end + 1;
    }
    return [.. tokens];
  }
}
