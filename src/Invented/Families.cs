namespace SoGoc.Invented;

/// <summary>
/// Composes the households of one settlement: who lives together, who is whose parent and spouse, how old and of which sex.
/// Parents are 17 to 48 years older than their children; brothers and sisters are at least a year apart, or twins.
/// </summary>
internal sealed class Families(Dice dice, Demography demography, AgePool pool, Settlement settlement, DateOnly asOf)
{
  private enum Shape { Solo, Couple, LoneParent, Nuclear, WithElders, ThreeGenerations, SkippedGeneration, Siblings }

  private static readonly double[] Anyone = Wish(_ => 1);
  private static readonly double[] Living = Wish(a => a < 60 ? 0.4 : 1.6);
  private static readonly double[] Head = Wish(a => a < 28 ? 0.35 : a < 65 ? 1 : 0.5);
  private static readonly double[] AtHome = Wish(a => a < 20 ? 1 : a < 25 ? 0.8 : a < 31 ? 0.5 : a < 41 ? 0.22 : 0.08);

  private readonly List<InventedPerson> members = [];
  private readonly Elsewhere elsewhere = new();
  private string ethnicity = "01";

  /// <summary>A household of exactly that many persons, head first.</summary>
  public List<InventedPerson> Compose(int size)
  {
    members.Clear();
    ethnicity = demography.Ethnicity(settlement, dice);
    switch (ShapeFor(size))
    {
      case Shape.Solo: Adult("01", 0, 19, 99, Living); break;
      case Shape.Couple: Couple("01", 20, 88, Living); break;
      case Shape.LoneParent: LoneParent(size); break;
      case Shape.Nuclear: Nuclear(size); break;
      case Shape.WithElders: WithElders(size); break;
      case Shape.ThreeGenerations: ThreeGenerations(size); break;
      case Shape.SkippedGeneration: Grandchildren(size); break;
      default: Siblings(size); break;
    }
    while (members.Count < size) OtherMember();
    var head = members.FindIndex(m => m.Relation == "01");
    (members[0], members[head]) = (members[head], members[0]);
    elsewhere.Remember(members);
    return [.. members];
  }

  private Shape ShapeFor(int size)
  {
    var p = dice.Below(100);
    return size switch
    {
      1 => Shape.Solo,
      2 => p < 58 ? Shape.Couple : p < 84 ? Shape.LoneParent : p < 91 ? Shape.SkippedGeneration : Shape.Siblings,
      3 => p < 68 ? Shape.Nuclear : p < 79 ? Shape.LoneParent : p < 87 ? Shape.WithElders : p < 91 ? Shape.SkippedGeneration : p < 96 ? Shape.ThreeGenerations : Shape.Siblings,
      4 => p < 64 ? Shape.Nuclear : p < 70 ? Shape.LoneParent : p < 83 ? Shape.WithElders : p < 97 ? Shape.ThreeGenerations : Shape.Siblings,
      5 => p < 36 ? Shape.Nuclear : p < 39 ? Shape.LoneParent : p < 66 ? Shape.WithElders : Shape.ThreeGenerations,
      6 => p < 16 ? Shape.Nuclear : p < 48 ? Shape.WithElders : Shape.ThreeGenerations,
      _ => p < 8 ? Shape.Nuclear : p < 40 ? Shape.WithElders : Shape.ThreeGenerations,
    };
  }

  private void Nuclear(int size)
  {
    var (husband, wife) = Couple("01", Math.Min(22 + 2 * (size - 2), 40), 74, Head);
    Children(husband, wife, size, "10");
  }

  private void LoneParent(int size)
  {
    var sex = dice.Chance(0.74) ? 2 : 1;
    var parent = Adult("01", sex, Math.Min(22 + 2 * size, 40), 86, Head);
    parent.Marital = dice.Chance(0.9) ? 3 : 1;
    Children(sex == 1 ? parent : null, sex == 2 ? parent : null, size, "10");
  }

  private void WithElders(int size)
  {
    var elders = size >= 4 && dice.Chance(0.5) ? 2 : 1;
    var (husband, wife) = Couple("01", 23, 58, Head);
    // The house passes to a son more often than to a daughter.
    var heir = dice.Chance(0.75) ? husband : wife;
    var ofHead = heir.Relation == "01";
    (heir.FatherHere, heir.MotherHere) = (null, null);
    InventedPerson? father = null, mother = null;
    if (elders == 2 || dice.Chance(0.28)) father = Parent(heir, 1, ofHead ? "04" : "06");
    if (elders == 2 || father is null) mother = Parent(heir, 2, ofHead ? "05" : "07");
    if (father is not null && mother is not null && Math.Abs(father.Age - mother.Age) < 16) Marry(father, mother);
    Children(husband, wife, size, "10");
  }

  private InventedPerson? Parent(InventedPerson child, int sex, string relation)
  {
    if (!pool.TryDraw(dice, ref sex, child.Age + 18, Math.Min(child.Age + 46, 98), Anyone, 0, out var age)) return null;
    var parent = Add(sex, age, relation, child.Ethnicity);
    parent.Marital = 3;
    if (sex == 1) child.FatherHere = parent; else child.MotherHere = parent;
    return parent;
  }

  private void ThreeGenerations(int size)
  {
    InventedPerson? old = null, oldWife = null;
    if (size >= 5 && dice.Chance(0.6)) (old, oldWife) = Couple("01", 45, 84, Living);
    else
    {
      var sex = dice.Chance(0.7) ? 2 : 1;
      var alone = Adult("01", sex, 44, 90, Living);
      alone.Marital = 3;
      if (sex == 1) old = alone; else oldWife = alone;
    }
    var (low, high) = ChildAges(old, oldWife);
    var heirSex = dice.Chance(0.68) ? 1 : 2;
    if (!pool.TryDraw(dice, ref heirSex, Math.Max(low, 21), Math.Min(high, 58), Anyone, 0, out var age)) return;
    var heir = Add(heirSex, age, "10", (old ?? oldWife!).Ethnicity);
    (heir.FatherHere, heir.MotherHere) = (old, oldWife);
    InventedPerson? partner = null;
    if (size - members.Count >= 2 && dice.Chance(0.85)) partner = Partner(heir, "13");
    if (partner is null) heir.Marital = 3;
    var (father, mother) = heir.Sex == 1 ? (heir, partner) : (partner, heir);
    var grandchildren = Math.Min(size - members.Count, dice.Chance(0.7) ? 2 : 3);
    Children(father, mother, members.Count + grandchildren, "21");
    if (members.Count < size && dice.Chance(0.8)) Children(old, oldWife, members.Count + 1, "10");
  }

  private void Grandchildren(int size)
  {
    var head = Adult("01", dice.Chance(0.7) ? 2 : 1, 48, 85, Living);
    head.Marital = 3;
    while (members.Count < size)
    {
      var sex = 0;
      if (!pool.TryDraw(dice, ref sex, 0, Math.Min(17, head.Age - 38), AtHome, Near(members.Where(m => m.Relation == "21")), out var age)) return;
      Add(sex, age, "21", head.Ethnicity).Roots = members.Find(m => m.Relation == "21")?.Roots ?? new();
    }
  }

  private void Siblings(int size)
  {
    var head = Adult("01", 0, 19, 60, Head);
    while (members.Count < size && Sibling(head)) { }
  }

  private bool Sibling(InventedPerson head)
  {
    if (head.FatherHere is not null || head.MotherHere is not null) return false;
    var sex = 0;
    var near = Near(members.Where(m => m == head || m.Relation is "14" or "15" or "16"));
    if (!pool.TryDraw(dice, ref sex, Math.Max(16, head.Age - 18), head.Age + 18, AtHome, near, out var age)) return false;
    var person = Add(sex, age, age < head.Age ? "16" : sex == 1 ? "14" : "15", head.Ethnicity);
    person.Marital = Unmarried(age);
    person.Roots = head.Roots ??= new();
    return true;
  }

  /// <summary>Fills a household with whoever else lives under the roof.</summary>
  private void OtherMember()
  {
    var head = members.Find(m => m.Relation == "01")!;
    var p = dice.Below(100);
    if (p < 35 && head.Age is > 18 and < 62 && Sibling(head)) return;
    var spouse = head.SpouseHere;
    var relation = p < 52 && head.Age > 34 ? "25" : p < 64 && spouse is not null ? "17" : p < 80 ? "28" : p < 97 ? "30" : "31";
    var sex = relation == "31" ? 2 : 0;
    var (low, high) = relation switch
    {
      "25" => (1, head.Age - 20),
      "17" => (Math.Max(16, spouse!.Age - 15), spouse.Age + 15),
      "28" => (12, 85),
      _ => (18, 60),
    };
    if (!pool.TryDraw(dice, ref sex, low, high, relation == "25" ? AtHome : Anyone, 0, out var age)
      && !pool.TryDraw(dice, ref sex, 18, 70, Anyone, 0, out age)) throw new InvalidOperationException("Nobody left to draw.");
    var person = Add(sex, age, relation, relation is "30" or "31" ? demography.Ethnicity(settlement, dice) : relation == "17" ? spouse!.Ethnicity : head.Ethnicity);
    person.Marital = Unmarried(age);
    if (relation == "17" && spouse!.FatherHere is null && spouse.MotherHere is null) person.Roots = spouse.Roots ??= new();
  }

  private (InventedPerson Husband, InventedPerson Wife) Couple(string relation, int low, int high, double[] wish)
  {
    while (true)
    {
      var husband = Adult(relation, 1, low, high, wish);
      if (Partner(husband, "02") is { } wife)
      {
        if (dice.Chance(0.2)) (husband.Relation, wife.Relation) = ("03", "01");
        return (husband, wife);
      }
      members.Remove(husband);
    }
  }

  private InventedPerson? Partner(InventedPerson one, string relation)
  {
    var sex = 3 - one.Sex;
    // Husbands are three years older on average.
    var gap = dice.Below(8) + dice.Below(9) - 4;
    var middle = one.Sex == 1 ? one.Age - gap : one.Age + gap;
    if (!pool.TryDraw(dice, ref sex, Math.Max(19, middle - 2), Math.Max(21, middle + 2), Anyone, 0, out var age)) return null;
    var mixed = one.Ethnicity != "01" && one.Ethnicity != "14" && dice.Chance(0.06);
    var other = Add(sex, age, relation, mixed ? "01" : one.Ethnicity);
    if (dice.Chance(0.3)) elsewhere.GiveParents(dice, other);
    // Brother and sister do not marry.
    if (other.FatherHere is not null && other.FatherHere == one.FatherHere) (other.FatherHere, other.MotherHere) = (null, null);
    Marry(one, other);
    return other;
  }

  private static void Marry(InventedPerson one, InventedPerson other)
  {
    (one.SpouseHere, other.SpouseHere) = (other, one);
    (one.Marital, other.Marital) = (2, 2);
  }

  private void Children(InventedPerson? father, InventedPerson? mother, int upTo, string relation)
  {
    var (low, high) = ChildAges(father, mother);
    var brothers = members.Where(m => m != father && m != mother && (father is not null && m.FatherHere == father || mother is not null && m.MotherHere == mother)).ToList();
    var roots = brothers.Find(b => b.Roots is not null)?.Roots ?? new();
    while (members.Count < upTo)
    {
      int sex = 0, age;
      var twin = brothers.Count > 0 && brothers[^1].Relation == relation && brothers[^1].Age < 20 && dice.Chance(0.008);
      if (twin)
      {
        (sex, age) = (dice.Chance(0.5) ? 1 : 2, brothers[^1].Age);
        pool.Take(sex, age);
      }
      else if (!pool.TryDraw(dice, ref sex, low, high, AtHome, Near(brothers), out age)) return;
      var child = Add(sex, age, relation, (father ?? mother!).Ethnicity);
      if (twin) child.BornOn = brothers[^1].BornOn;
      (child.FatherHere, child.MotherHere, child.Roots) = (father, mother, roots);
      child.Marital = Unmarried(age);
      if (relation == "10" && !twin) AdoptedOrStep(child);
      brothers.Add(child);
    }
  }

  private void AdoptedOrStep(InventedPerson child)
  {
    var p = dice.Unit();
    if (p < 0.008) child.Relation = "11";
    else if (p < 0.018 && child.FatherHere is not null && child.MotherHere is not null)
    {
      // The spouse's child: the head is not the parent.
      child.Relation = "12";
      if (child.FatherHere.Relation == "01") child.FatherHere = null; else child.MotherHere = null;
      child.Roots = new();
    }
  }

  private static (int Low, int High) ChildAges(InventedPerson? father, InventedPerson? mother)
  {
    int low = 0, high = 60;
    if (father is not null) (low, high) = (Math.Max(low, father.Age - 47), Math.Min(high, father.Age - 18));
    if (mother is not null) (low, high) = (Math.Max(low, mother.Age - 44), Math.Min(high, mother.Age - 18));
    return (low, high);
  }

  private InventedPerson Adult(string relation, int sex, int low, int high, double[] wish)
  {
    if (sex == 0) sex = dice.Chance(0.55) ? 1 : 2;
    if (!pool.TryDraw(dice, ref sex, low, high, wish, 0, out var age)) throw new InvalidOperationException("Nobody left to draw.");
    var person = Add(sex, age, relation, ethnicity);
    person.Marital = Unmarried(age);
    if (dice.Chance(0.42)) elsewhere.GiveParents(dice, person);
    return person;
  }

  private InventedPerson Add(int sex, int age, string relation, string group)
  {
    var person = new InventedPerson
    {
      Sex = sex, Age = age, Relation = relation, Ethnicity = group,
      BornOn = asOf.AddYears(-age).AddDays(-dice.Below(365)),
    };
    members.Add(person);
    return person;
  }

  private int Unmarried(int age) => age < 20 ? 1 : dice.Chance(age < 30 ? 0.95 : age < 45 ? 0.75 : age < 60 ? 0.45 : 0.2) ? 1 : 3;

  /// <summary>The ages that a further brother or sister cannot have.</summary>
  private static UInt128 Near(IEnumerable<InventedPerson> siblings)
  {
    UInt128 near = 0;
    foreach (var s in siblings) near |= s.Age == 0 ? 3 : (UInt128)7 << (s.Age - 1);
    return near;
  }

  private static double[] Wish(Func<int, double> at) => [.. Enumerable.Range(0, Demography.Oldest + 1).Select(at)];
}
