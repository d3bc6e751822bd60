using System.Buffers.Binary;

namespace SoGoc.Invented;

/// <summary>Gives the persons of a composed household all the rest: names, dates, numbers, kin, papers, homes of the past.</summary>
internal sealed class Lives(Dice dice, Territory territory, Demography demography, Names names, Numbers numbers, DateOnly asOf)
{
  private static readonly int[] Milestones = [14, 25, 40, 60];
  private static readonly string[] Blood = ["01", "02", "03", "04", "04"];
  private static readonly string[] Neighbours = ["87", "92", "79", "74", "96", "80"];
  private long made;

  /// <summary>The household of these members, head first; numbered in order of output.</summary>
  public InventedHousehold Settle(Settlement s, List<InventedPerson> members, int ordinal)
  {
    var head = members[0];
    var since = Day(head.BornOn.AddYears(19), asOf.AddDays(-20), new DateOnly(1994, 1, 1));
    var hamlet = $"{(s.Urban ? "khóm" : "ấp")} {HamletName(s)}";
    // Elders first: children take their names from parents who have theirs.
    foreach (var person in members.OrderBy(m => m.BornOn)) Born(person, s);
    foreach (var person in members)
    {
      person.Id = NextId();
      Number(person);
    }
    foreach (var person in members) Kin(person);
    foreach (var person in members) Grown(person, s, since, person == head);
    return new()
    {
      FileNumber = $"{s.OldCode}-{Text.Six(ordinal)}", Commune = Territory.On(s, since), CommuneToday = Territory.On(s, asOf), Hamlet = hamlet,
      Detail = $"Số {dice.Between(1, 899)}, tổ {dice.Between(1, 24)}, {hamlet}", Since = since, Members = members,
    };
  }

  private static readonly string[] Hamlets = ["Mỹ Thuận", "An Hòa", "Bình Phú", "Tân Lợi", "Vĩnh Thạnh", "Phú Hòa", "Trung Thạnh", "Đông Bình", "Long Quới", "Hòa Tân", "Thị 1", "Thị 2"];

  private string HamletName(Settlement s) => Hamlets[(int)(Dice.Mix((ulong)dice.Below(6) + Dice.Branch(1, s.OldCode)) % (ulong)Hamlets.Length)];

  private void Born(InventedPerson p, Settlement s)
  {
    var yearOnly = p.BornOn.Year < 1966 && dice.Chance(0.22);
    p.Born = yearOnly ? new(p.BornOn.Year, 0, 0) : new(p.BornOn);
    p.Roots ??= p.FatherHere is null || p.MotherHere is null ? new() : null;
    if (p.FatherHere is null && p.Roots is { } roots)
      roots.Father ??= names.Make(dice, p.Ethnicity, 1, p.BornOn.Year - 27, s.Province, null);
    if (p.MotherHere is null && p.Roots is { } far)
      far.Mother ??= names.Make(dice, p.Ethnicity, 2, p.BornOn.Year - 25, s.Province, null);
    var father = p.FatherHere?.Name ?? p.Roots?.Father;
    p.Name = names.Make(dice, p.Ethnicity, p.Sex, p.BornOn.Year, s.Province, father);
    (p.FullName, p.Surname, p.Middle, p.Given) = (p.Name.Full, p.Name.Surname, p.Name.Middle, p.Name.Given);
    if (dice.Chance(0.03)) p.OtherNames = [Names.ByName(dice, p.Given)];
    p.Religion = demography.Religion(p.Ethnicity, s.Province, dice);
    p.Native = dice.Chance(0.94);
    var day = p.BornOn;
    p.BirthRegisteredAt = p.Native ? Territory.On(s, day) : territory.Elsewhere(dice, dice.Pick(Neighbours), day);
    p.PinPlace = "0" + (territory.OldProvince(p.BirthRegisteredAt.Value) ?? s.Province);
    p.BirthPlace = dice.Chance(0.8) ? p.BirthRegisteredAt : null;
    if (p.BirthPlace is { } at && p.BornOn.Year > 1985 && dice.Chance(0.6)) p.BirthPlaceText = $"Trạm y tế {territory.Name(at)}";
    p.Hometown = dice.Chance(0.9) ? p.FatherHere?.Hometown ?? p.BirthRegisteredAt : null;
    p.BloodGroup = dice.Chance(0.25) ? dice.Pick(Blood) : "";
  }

  private void Number(InventedPerson p)
  {
    var without = p.Age == 0 ? 0.12 : p.Age > 84 ? 0.03 : 0.002;
    if (!dice.Chance(without)) p.Number = numbers.Take(p.PinPlace, p.Sex, p.BornOn.Year);
    if (p.Age >= 30 && p.Native && dice.Chance(0.8)) p.OldIdNumbers = [numbers.TakeOldId(p.PinPlace == "091" ? "37" : "35")];
  }

  private static void Kin(InventedPerson p)
  {
    p.Father = Named(p.FatherHere, p.Roots?.Father);
    p.Mother = Named(p.MotherHere, p.Roots?.Mother);
    p.Spouse = Named(p.SpouseHere, null);
  }

  private static InventedKin? Named(InventedPerson? here, PersonName? far) =>
    here is not null ? new(here.Id, here.FullName, here.Number, here.OldIdNumbers.Length > 0 ? here.OldIdNumbers[0] : "", "VN")
    : far is { } name ? new(null, name.Full, "", "", "VN") : null;

  private void Grown(InventedPerson p, Settlement s, DateOnly since, bool isHead)
  {
    p.ResidentSince = p.BornOn > since ? Day(p.BornOn.AddDays(5), p.BornOn.AddDays(55), p.BornOn) : dice.Chance(0.85) ? since : Day(since, asOf.AddDays(-10), since);
    if (p.ResidentSince >= asOf) p.ResidentSince = p.BornOn > asOf.AddDays(-1) ? p.BornOn : asOf.AddDays(-1);
    p.Commune = Territory.On(s, p.ResidentSince);
    if (p.Age >= 16)
    {
      if (dice.Chance(0.7)) p.Phone = "0900" + Text.Six(dice.Below(1_000_000));
      if (dice.Chance(0.06)) p.Email = $"{Text.Ascii(p.Given)}.{Text.Ascii(p.Surname ?? "x")}{dice.Below(100000)}@vi-du.example";
    }
    if (p.Age >= 14 && dice.Chance(0.93)) p.Card = Card(p);
    Moves(p);
    var u = demography.DeadPerLiving(p.Sex, p.Age);
    if (!isHead && dice.Chance(u / (1 + u)))
    {
      var earliest = asOf.AddYears(-Demography.YearsOfDead);
      var died = Day(earliest > p.ResidentSince ? earliest : p.ResidentSince.AddDays(1), asOf.AddDays(-1), p.BornOn);
      if (died > p.ResidentSince && died < asOf) p.Died = new(died);
    }
    else if (p.Age > 16 && dice.Chance(0.0004)) p.Missing = true;
  }

  private InventedCard Card(InventedPerson p)
  {
    var first = new DateOnly(2021, 3, 1);
    var birthday14 = p.BornOn.AddYears(14);
    var issued = Day(first > birthday14 ? first : birthday14, asOf.AddDays(-8), birthday14);
    DateOnly? expires = null;
    var next = Array.FindIndex(Milestones, m => p.BornOn.AddYears(m) > issued);
    if (next >= 0 && issued >= p.BornOn.AddYears(Milestones[next] - 2)) next++;
    if (next >= 0 && next < Milestones.Length) expires = p.BornOn.AddYears(Milestones[next]);
    return new(issued, expires, issued >= new DateOnly(2024, 7, 1) ? "Bộ Công an" : "Cục trưởng Cục Cảnh sát quản lý hành chính về trật tự xã hội");
  }

  private void Moves(InventedPerson p)
  {
    if (p.Age >= 18 && dice.Chance(0.12))
    {
      var from = dice.Pick(territory.Settlements);
      var began = p.BornOn.AddDays(dice.Between(10, 60));
      if (began.AddDays(400) < p.ResidentSince)
        p.Past = [new(Territory.On(from, began), $"Số {dice.Between(1, 400)}, ấp {dice.Pick(Hamlets)}", began, p.ResidentSince.AddDays(-1))];
    }
    if (p.Age >= 16 && dice.Chance(0.03))
    {
      var began = Day(asOf.AddDays(-600), asOf.AddDays(-40), p.ResidentSince);
      var at = territory.Elsewhere(dice, dice.Pick(Neighbours), began);
      if (began > p.ResidentSince) p.Temporary = new(at, $"Nhà trọ số {dice.Between(1, 90)}, {territory.Written(at)}", began, began.AddYears(2));
    }
  }

  /// <summary>A day between two, but not before a floor.</summary>
  private DateOnly Day(DateOnly first, DateOnly last, DateOnly floor) => dice.Day(first < floor ? floor : first, last < floor ? floor : last);

  /// <summary>A version 7 layout: a counter in the place of the milliseconds, so that ids rise in order of output on every machine.</summary>
  private Guid NextId()
  {
    Span<byte> bytes = stackalloc byte[16];
    BinaryPrimitives.WriteInt64BigEndian(bytes, (1_600_000_000_000 + made++) << 16);
    BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Dice.Mix((ulong)made * 0x9E3779B97F4A7C15));
    bytes[6] = (byte)(0x70 | bytes[6] & 0x0F);
    bytes[8] = (byte)(0x80 | bytes[8] & 0x3F);
    return new Guid(bytes, bigEndian: true);
  }
}
