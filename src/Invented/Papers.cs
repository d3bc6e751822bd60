namespace SoGoc.Invented;

/// <summary>Names, numbers, cards, kin: everything about a person that is not home or family structure.</summary>
internal sealed class Papers(Dice dice, Settlement home, Territory territory, Demography demography, Names names, Numbers numbers, DateOnly asOf)
{
  private static readonly DateOnly ChipCards = new(2021, 1, 4), Law2023 = new(2024, 7, 1);
  private static readonly int[] Milestones = [14, 25, 40, 60];

  /// <summary>The birth date as it is known: of the old often the year only.</summary>
  public void KnowBirth(InventedPerson p)
  {
    var year = p.BornOn.Year;
    var yearOnly = year < 1945 ? 0.55 : year < 1960 ? 0.35 : year < 1975 ? 0.1 : year < 1985 ? 0.01 : 0;
    p.Born = yearOnly > 0 && dice.Chance(yearOnly) ? new(year, 0, 0) : new(p.BornOn);
  }

  /// <summary>Names parents before children, for a name is built from theirs.</summary>
  public void Christen(InventedPerson p)
  {
    if (p.FullName.Length > 0) return;
    if (p.FatherHere is not null) Christen(p.FatherHere);
    if (p.MotherHere is not null) Christen(p.MotherHere);
    var roots = p.Roots ??= new();
    var year = p.BornOn.Year;
    if (p.FatherHere is null) roots.Father ??= names.Make(dice, p.Ethnicity, 1, year - 28, home.Province, null);
    if (p.MotherHere is null) roots.Mother ??= names.Make(dice, p.Ethnicity, 2, year - 25, home.Province, null);
    var name = names.Make(dice, p.Ethnicity, p.Sex, year, home.Province, p.FatherHere?.Name ?? roots.Father);
    (p.Name, p.Surname, p.Middle, p.Given, p.FullName) = (name, name.Surname, name.Middle, name.Given, name.Full);
    if (p.Age > 30 && dice.Chance(0.05)) p.OtherNames = [Names.ByName(dice, name.Given)];
  }

  public void Fill(InventedPerson p, string religion)
  {
    p.Religion = dice.Chance(0.03) ? demography.Religion(p.Ethnicity, home.Province, dice) : religion;
    Origins(p);
    var unnumbered = p.Age < 1 ? 0.26 : p.Age > 74 ? 0.05 : 0.0003;
    if (!dice.Chance(unnumbered)) p.Number = numbers.Take(p.PinPlace, p.Sex, p.BornOn.Year);
    if (p.Relation != "01") Fate(p);
    if (p.Number.Length > 0) p.Card = Card(p);
    if (p.BornOn.Year < 2005 && dice.Chance(p.BornOn.Year < 1999 ? 0.9 : 0.6)) p.OldIdNumbers = OldIds();
    if (dice.Chance(0.24)) p.BloodGroup = dice.Below(100) switch { < 21 => "01", < 51 => "02", < 58 => "03", _ => "04" };
    if (p.Age > 17 && dice.Chance(0.012)) p.Marital = 0;
    if (p.Age is > 14 and < 80 && dice.Chance(0.72)) p.Phone = "0900" + Text.Six(dice.Below(1_000_000));
    if (p.Age is > 17 and < 60 && dice.Chance(0.06)) p.Email = Text.Ascii(p.Given) + Text.Four(dice.Below(10_000)) + "@dan.example";
  }

  /// <summary>After everybody has a name, an identifier and a number.</summary>
  public void LinkKin(InventedPerson p, InventedPerson head)
  {
    if (p.FatherHere is not null) p.Father = Kin(p.FatherHere);
    else if (p.Roots?.Father is { } father && dice.Chance(0.93)) p.Father = new(null, father.Full, "", "", "VN");
    if (p.MotherHere is not null) p.Mother = Kin(p.MotherHere);
    else if (p.Roots?.Mother is { } mother && dice.Chance(0.95)) p.Mother = new(null, mother.Full, "", "", "VN");
    if (p.SpouseHere is { } spouse)
    {
      if (spouse.Died is null || p.Died is not null) p.Spouse = Kin(spouse);
      else p.Marital = 3;
    }
    if (p.Age < 18 && p.FatherHere is null && p.MotherHere is null && p != head && head.Age > 19) p.Representative = Kin(head);
  }

  private static InventedKin Kin(InventedPerson p) =>
    new(p.Id, p.FullName, p.Number, p.OldIdNumbers.Length > 0 ? p.OldIdNumbers[0] : "", p.Nationality);

  private void Origins(InventedPerson p)
  {
    var registered = p.BornOn.AddDays(dice.Between(3, 60));
    if (registered > asOf) registered = asOf;
    var here = Territory.On(home, registered);
    var at = p.Native || p.Past.Count == 0 ? here : p.Past[0].Commune;
    p.BirthRegisteredAt = at;
    p.PinPlace = "0" + (p.Native ? home.Province : territory.OldProvince(at) ?? (at.Code == here.Code ? home.Province : territory.PlaceOfNew(at)));
    if (p.BornOn.Year >= 1975 || dice.Chance(0.5)) p.BirthPlace = at;
    if (p.BirthPlace is { } unit && p.BornOn.Year > 1974 && dice.Chance(0.6)) p.BirthPlaceText = Facility(unit);
    p.Hometown = p.FatherHere?.Hometown ?? (dice.Chance(0.98) ? at : null);
  }

  private string Facility(UnitRef unit) => dice.Below(10) switch
  {
    < 4 => "Trạm y tế " + territory.Name(unit),
    < 7 when territory.DistrictName(unit) is { Length: > 0 } district => "Trung tâm Y tế " + district,
    < 9 => "Bệnh viện đa khoa " + territory.ProvinceName(unit),
    _ => "Nhà bảo sanh Vạn An",
  };

  /// <summary>Some of the last years' dead are still in the register, and a very few are missing.</summary>
  private void Fate(InventedPerson p)
  {
    var dead = demography.DeadPerLiving(p.Sex, p.Age);
    // Heads are spared, so that no household is without one; the others make up for most of it.
    if (dice.Chance(Math.Min(0.7, 1.8 * dead / (1 + dead))))
    {
      var first = asOf.AddYears(-Demography.YearsOfDead);
      if (p.ResidentSince > first) first = p.ResidentSince;
      if (p.YoungestChild > first) first = p.YoungestChild;
      p.Died = new(dice.Day(first, asOf));
    }
    else if (p.Age > 17 && dice.Chance(0.0003)) p.Missing = true;
  }

  private InventedCard? Card(InventedPerson p)
  {
    var born = p.Born.Latest;
    var last = p.Died?.Latest ?? asOf;
    var fourteen = born.AddYears(14);
    var child = fourteen > last;
    if (!dice.Chance(child ? 0.1 : asOf.Year < 2023 ? 0.8 : 0.97)) return null;
    var first = child ? Later(Law2023, born.AddDays(60)) : Later(ChipCards, fourteen);
    if (first > last) return null;
    var (one, other) = (dice.Day(first, last), dice.Day(first, last));
    var issued = one < other ? one : other;
    var expires = Expiry(born, issued);
    if (expires < last && dice.Chance(0.85))
    {
      issued = dice.Day(Later(issued, expires.Value.AddDays(-60)), last);
      expires = Expiry(born, issued);
    }
    return new(issued, expires, issued < Law2023 ? "Cục Cảnh sát quản lý hành chính về trật tự xã hội" : "Bộ Công an");
  }

  /// <summary>Valid to the next milestone birthday; a card issued in the last two years before one is valid to the one after it.</summary>
  internal static DateOnly? Expiry(DateOnly born, DateOnly issued)
  {
    for (var i = 0; i < Milestones.Length; i++)
    {
      var birthday = born.AddYears(Milestones[i]);
      if (birthday <= issued) continue;
      if (issued < birthday.AddYears(-2)) return birthday;
      return i + 1 < Milestones.Length ? born.AddYears(Milestones[i + 1]) : null;
    }
    return null;
  }

  private string[] OldIds()
  {
    var series = home.Province == "89" ? "35" : "37";
    return dice.Chance(0.06) ? [numbers.TakeOldId(series), numbers.TakeOldId(series)] : [numbers.TakeOldId(series)];
  }

  private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
