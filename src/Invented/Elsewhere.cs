namespace SoGoc.Invented;

/// <summary>Parents in other households of the commune whose children have moved out; a short memory keeps it small.</summary>
internal sealed class Elsewhere
{
  private const int Memory = 96;
  private readonly List<(InventedPerson Father, InventedPerson Mother, List<int> ChildAges)> couples = [];
  private int oldest;

  public void Remember(List<InventedPerson> members)
  {
    foreach (var mother in members)
    {
      if (mother.Sex != 2 || mother.Age < 42 || mother.SpouseHere is not { } father) continue;
      var entry = (father, mother, members.Where(m => m.MotherHere == mother || m.FatherHere == father).Select(m => m.Age).ToList());
      if (couples.Count < Memory) couples.Add(entry);
      else couples[oldest++ % Memory] = entry;
    }
  }

  public void GiveParents(Dice dice, InventedPerson child)
  {
    if (couples.Count == 0) return;
    for (var tries = 0; tries < 12; tries++)
    {
      var (father, mother, ages) = couples[dice.Below(couples.Count)];
      if (father.Ethnicity != child.Ethnicity || ages.Count >= 6) continue;
      if (father.Age - child.Age is < 18 or > 47 || mother.Age - child.Age is < 18 or > 44) continue;
      if (ages.Exists(a => Math.Abs(a - child.Age) < 2)) continue;
      ages.Add(child.Age);
      (child.FatherHere, child.MotherHere) = (father, mother);
      return;
    }
  }
}
