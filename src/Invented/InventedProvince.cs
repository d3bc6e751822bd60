namespace SoGoc.Invented;

/// <summary>A whole invented population, household by household and commune by commune, in flat memory.</summary>
public sealed class InventedProvince
{
  private readonly Demography demography;
  private readonly Names names;

  /// <summary>Reads the reference tables and shares the people out over the communes by the census of 2019.</summary>
  /// <exception cref="ArgumentOutOfRangeException">Nobody is asked for, or the day is before the tables begin.</exception>
  public InventedProvince(InventedSettings s)
  {
    ArgumentOutOfRangeException.ThrowIfNegativeOrZero(s.People);
    ArgumentOutOfRangeException.ThrowIfLessThan(s.AsOf, Territory.First);
    Settings = s;
    Territory = new(s.ReferenceFolder, s.AsOf);
    ShareOut(s.People);
    demography = new(s.ReferenceFolder, Territory.Settlements);
    names = new(s.ReferenceFolder);
    Communes = Territory.Settlements.Select(x => x.Group).Distinct(StringComparer.Ordinal).Count();
  }

  public InventedSettings Settings { get; }

  /// <summary>Communes on the settings' day: 156 in 2022, 102 since 2025-07-01.</summary>
  public int Communes { get; }

  internal Territory Territory { get; }

  /// <summary>All households, grouped by their commune of today. May be enumerated again: the same people come.</summary>
  public IEnumerable<InventedHousehold> Households()
  {
    var numbers = new Numbers(Settings.Seed);
    var pool = new AgePool();
    var files = new Dictionary<string, int>(StringComparer.Ordinal);
    long made = 0;
    foreach (var settlement in Territory.Settlements)
    {
      if (settlement.People == 0) continue;
      var dice = new Dice(Dice.Branch(Settings.Seed, settlement.OldCode + settlement.NewCode));
      pool.Add(demography.Expected(settlement));
      var families = new Families(dice, demography, pool, settlement, Settings.AsOf);
      var residences = new Residences(dice, Territory, settlement, Settings.AsOf);
      var papers = new Papers(dice, settlement, Territory, demography, names, numbers, Settings.AsOf);
      var sizes = demography.Sizes(settlement);
      for (var left = settlement.People; left > 0;)
      {
        var members = families.Compose(Math.Min(left, Size(sizes.Draw(dice), dice)));
        left -= members.Count;
        var file = files[settlement.OldCode] = files.GetValueOrDefault(settlement.OldCode) + 1;
        yield return Dress(members, $"{settlement.OldCode}-{Text.Six(file)}", papers, residences, dice, settlement, ref made);
      }
    }
  }

  private InventedHousehold Dress(List<InventedPerson> members, string file, Papers papers, Residences residences, Dice dice, Settlement settlement, ref long made)
  {
    foreach (var p in members)
    {
      p.Id = Identifier(made++);
      papers.KnowBirth(p);
    }
    foreach (var p in members) papers.Christen(p);
    foreach (var child in members)
    {
      if (child.FatherHere is { } father && father.YoungestChild < child.BornOn) father.YoungestChild = child.BornOn;
      if (child.MotherHere is { } mother && mother.YoungestChild < child.BornOn) mother.YoungestChild = child.BornOn;
    }
    var household = residences.Settle(members, file);
    var religion = demography.Religion(members[0].Ethnicity, settlement.Province, dice);
    foreach (var p in members.OrderByDescending(m => m.Age)) papers.Fill(p, p.Ethnicity == members[0].Ethnicity ? religion : demography.Religion(p.Ethnicity, settlement.Province, dice));
    foreach (var p in members)
    {
      residences.Away(p);
      papers.LinkKin(p, members[0]);
    }
    return household;
  }

  /// <summary>"Seven and more" of the census is spread over seven to ten.</summary>
  private static int Size(int size, Dice dice) => size < 7 ? size : dice.Below(100) switch { < 60 => 7, < 85 => 8, < 95 => 9, _ => 10 };

  /// <summary>The layout of a version 7 UUID: the settings' day as time, then the running number, then seeded bits.</summary>
  private Guid Identifier(long index)
  {
    var time = (ulong)(Settings.AsOf.DayNumber - new DateOnly(1970, 1, 1).DayNumber) * 86_400_000 + (ulong)(index >> 12);
    var high = time << 16 | 0x7000 | (ulong)index & 0xFFF;
    var low = Dice.Mix(Settings.Seed ^ Dice.Mix((ulong)index + 1)) >> 2 | 0x8000_0000_0000_0000;
    Span<byte> bytes = stackalloc byte[16];
    System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
    System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
    return new(bytes, bigEndian: true);
  }

  /// <summary>Largest remainders: the parts add up to the whole exactly.</summary>
  private void ShareOut(int people)
  {
    var all = Territory.Settlements.Sum(s => s.Inhabitants);
    var quotas = Territory.Settlements.Select(s => (Settlement: s, Quota: s.Inhabitants * people / all)).ToList();
    foreach (var (settlement, quota) in quotas) settlement.People = (int)quota;
    var rest = people - Territory.Settlements.Sum(s => s.People);
    foreach (var (settlement, _) in quotas.OrderByDescending(q => q.Quota - (int)q.Quota).ThenBy(q => q.Settlement.OldCode + q.Settlement.NewCode, StringComparer.Ordinal).Take(rest))
      settlement.People++;
  }
}
