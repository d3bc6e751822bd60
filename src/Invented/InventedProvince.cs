namespace SoGoc.Invented;

/// <summary>A whole invented population, household by household, commune by commune. The same settings give the same people on every machine.</summary>
public sealed class InventedProvince
{
  private readonly InventedSettings settings;
  private readonly Territory territory;
  private readonly Demography demography;
  private readonly Names names;

  public InventedProvince(InventedSettings settings)
  {
    ArgumentOutOfRangeException.ThrowIfLessThan(settings.People, 0);
    this.settings = settings;
    territory = new(settings.ReferenceFolder, settings.AsOf);
    Share(territory.Settlements, settings.People);
    demography = new(settings.ReferenceFolder, territory.Settlements);
    names = new(settings.ReferenceFolder);
  }

  /// <summary>Communes on the settings' day that get people.</summary>
  public int Communes => territory.Settlements.Where(s => s.People > 0).Select(s => s.Group).Distinct().Count();

  internal Territory Territory => territory;

  internal InventedSettings Settings => settings;

  public IEnumerable<InventedHousehold> Households()
  {
    var dice = new Dice(settings.Seed);
    var pool = new AgePool();
    var lives = new Lives(dice, territory, demography, names, new(settings.Seed), settings.AsOf);
    var ordinal = 0;
    foreach (var s in territory.Settlements.Where(s => s.People > 0))
    {
      pool.Add(demography.Expected(s));
      var families = new Families(dice, demography, pool, s, settings.AsOf);
      var sizes = demography.Sizes(s);
      for (var left = s.People; left > 0;)
      {
        var drawn = sizes.Draw(dice);
        var size = Math.Min(left, drawn == 7 ? dice.Between(7, 9) : drawn);
        left -= size;
        yield return lives.Settle(s, families.Compose(size), ++ordinal);
      }
    }
  }

  /// <summary>Shares the people out by inhabitants, largest remainders last, so that the sum is exact.</summary>
  private static void Share(IReadOnlyList<Settlement> settlements, int people)
  {
    var all = settlements.Sum(s => s.Inhabitants);
    var wanted = settlements.Select(s => (Settlement: s, Exact: s.Inhabitants / all * people)).ToList();
    foreach (var (s, exact) in wanted) s.People = (int)exact;
    foreach (var (s, _) in wanted.OrderByDescending(w => w.Exact - (int)w.Exact).ThenBy(w => w.Settlement.OldCode, StringComparer.Ordinal).Take(people - settlements.Sum(x => x.People))) s.People++;
  }
}
