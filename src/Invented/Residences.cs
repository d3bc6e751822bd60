namespace SoGoc.Invented;

/// <summary>Where people of one settlement live and lived: addresses, moves, temporary residence, absence.</summary>
internal sealed class Residences
{
  private static readonly string[] Firsts = ["Mỹ", "Tân", "Long", "Bình", "An", "Phú", "Hòa", "Vĩnh", "Thạnh", "Đông", "Tây", "Trung", "Phước", "Hưng"];
  private static readonly string[] Seconds = ["Thuận", "Hòa", "An", "Lợi", "Thành", "Phú", "Bình", "Hưng", "Thạnh", "Lộc", "Quới", "Thới", "Tiến", "Khánh"];

  /// <summary>Provinces that people of An Giang move to and from; the numbers are an own estimate.</summary>
  private static readonly Weighted<string> Provinces = new([("79", 34), ("74", 24), ("92", 14), ("87", 10), ("75", 8), ("80", 4), ("94", 3), ("86", 3)]);

  private readonly Dice dice;
  private readonly Territory territory;
  private readonly Settlement home;
  private readonly IReadOnlyList<Settlement> district;
  private readonly DateOnly asOf;
  private readonly string[] hamlets;

  public Residences(Dice dice, Territory territory, Settlement home, DateOnly asOf)
  {
    (this.dice, this.territory, this.home, this.asOf) = (dice, territory, home, asOf);
    district = [.. territory.Settlements.Where(s => s.District == home.District && s.OldCode != home.OldCode)];
    if (district.Count == 0) district = [.. territory.Settlements.Where(s => s.OldCode != home.OldCode)];
    hamlets = [.. Enumerable.Range(0, dice.Between(4, 9)).Select(_ => Hamlet()).Distinct(StringComparer.Ordinal)];
  }

  public InventedHousehold Settle(List<InventedPerson> members, string fileNumber)
  {
    var head = members[0];
    var grown = head.Born.Latest.AddYears(Math.Min(19, head.Age));
    var first = grown < new DateOnly(1976, 1, 1) ? new(1976, 1, 1) : grown;
    var (one, other) = (dice.Day(first, asOf), dice.Day(first, asOf));
    var since = one < other ? one : other;
    var hamlet = dice.Pick(hamlets);
    var household = new InventedHousehold
    {
      FileNumber = fileNumber, Commune = Territory.On(home, since), CommuneToday = Territory.On(home, asOf),
      Hamlet = hamlet, Detail = Address(hamlet), Since = since, Members = members,
    };
    foreach (var person in members) Live(person, head, since);
    return household;
  }

  /// <summary>Temporary residence, absence, present place: only for the living.</summary>
  public void Away(InventedPerson p)
  {
    if (p.Age is < 16 or > 62 || p.Died is not null) return;
    var u = dice.Unit();
    if (u < 0.044)
    {
      var from = dice.Day(Max(p.ResidentSince, asOf.AddDays(-700)), asOf.AddDays(-5));
      if (from >= p.ResidentSince && from <= asOf) p.Temporary = new(Somewhere(from, 0.72), Address(Hamlet()), from, from.AddYears(2).AddDays(-1));
    }
    else if (u < 0.048) p.Current = new(Somewhere(Max(p.ResidentSince, asOf.AddDays(-200)), 0.4), Address(Hamlet()), Max(p.ResidentSince, asOf.AddDays(-200)), null);
    else if (u < 0.052)
    {
      var from = Max(p.ResidentSince, asOf.AddDays(-dice.Between(5, 300)));
      p.Absence = new(from, dice.Chance(0.6) ? from.AddMonths(18) : null, dice.Pick(["Đi làm ăn xa", "Đi học", "Thăm thân nhân ở nước ngoài", "Đi lao động theo hợp đồng"]));
    }
  }

  private void Live(InventedPerson p, InventedPerson head, DateOnly since)
  {
    var registered = Min(p.Born.Latest.AddDays(p.Age < 20 ? dice.Between(10, 60) : 30), asOf);
    p.ResidentSince = Max(since, registered);
    var withHead = p != head && head.Past.Count > 0 && p.Born.Latest < since.AddDays(-400) && p.Relation is "02" or "03" or "10" or "12" && dice.Chance(0.7);
    var moves = withHead ? 1 : Moves(p.Relation);
    if (moves > 0 && !withHead && p.Relation is not ("01" or "10" or "21"))
      p.ResidentSince = dice.Day(Max(p.ResidentSince, Min(p.Born.Latest.AddYears(19), asOf)), asOf);
    p.Past = moves == 0 ? [] : Chain(p, moves, withHead ? head.Past[^1] : null);
    p.Native = p.Past.Count == 0;
    p.Commune = Territory.On(home, p.ResidentSince);
  }

  private int Moves(string relation)
  {
    var p = relation switch { "01" => 0.13, "02" or "03" or "13" => 0.28, "30" or "31" => 0.6, "10" or "21" => 0.03, _ => 0.1 };
    return !dice.Chance(p) ? 0 : dice.Chance(0.82) ? 1 : dice.Chance(0.8) ? 2 : 3;
  }

  /// <summary>Residences from birth to the day before the present one, each at least half a year.</summary>
  private List<InventedResidence> Chain(InventedPerson p, int moves, InventedResidence? last)
  {
    var from = p.Born.Latest.AddDays(1);
    var span = p.ResidentSince.DayNumber - from.DayNumber;
    moves = Math.Min(moves, span / 400);
    var chain = new List<InventedResidence>(moves);
    for (var left = moves; left > 0; left--)
    {
      var longest = p.ResidentSince.DayNumber - from.DayNumber - 200 * (left - 1);
      var to = left == 1 ? p.ResidentSince.AddDays(-1) : from.AddDays(dice.Between(199, Math.Max(199, longest - 1)));
      chain.Add(left == 1 && last is not null && last.From <= to ? last with { From = Max(from, last.From), To = to } : new(Somewhere(from, 0.3), Address(Hamlet()), from, to));
      from = to.AddDays(1);
    }
    return chain;
  }

  private UnitRef Somewhere(DateOnly day, double farShare)
  {
    if (dice.Chance(farShare)) return territory.Elsewhere(dice, Provinces.Draw(dice), day);
    return Territory.On(dice.Chance(0.65) ? dice.Pick(district) : dice.Pick(territory.Settlements), day);
  }

  private string Hamlet()
  {
    var kind = !home.Urban ? "ấp" : home.Province == "91" ? "khu phố" : "khóm";
    if (dice.Chance(0.2)) return kind + " " + Text.Plain(dice.Between(1, 9));
    var (a, b) = (dice.Pick(Firsts), dice.Pick(Seconds));
    return a == b ? $"{kind} {a} Thuận" : $"{kind} {a} {b}";
  }

  private string Address(string hamlet)
  {
    var group = $"tổ {Text.Plain(dice.Between(1, 24))}, {hamlet}";
    return dice.Chance(0.85) ? $"Số {Text.Plain(dice.Between(1, 980))}, {group}" : char.ToUpperInvariant(group[0]) + group[1..];
  }

  private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;
  private static DateOnly Min(DateOnly a, DateOnly b) => a < b ? a : b;
}
