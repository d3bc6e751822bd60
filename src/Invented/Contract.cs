namespace SoGoc.Invented;

/// <summary>What to invent. The same settings give the same people, byte for byte, on every machine.</summary>
/// <param name="People">Number of persons, the dead who are still in the register included.</param>
/// <param name="Seed">Start of the pseudo-random sequence.</param>
/// <param name="AsOf">The day the province is seen on; not before 2022-04-12, the first day the reference tables describe.</param>
/// <param name="ReferenceFolder">Folder with the reference tables (surnames.csv, all_units_2022.csv …).</param>
public sealed record InventedSettings(int People, ulong Seed, DateOnly AsOf, string ReferenceFolder);

/// <summary>A date as people know it; Month and Day are 0 where only the year is known.</summary>
public readonly record struct InventedDate(int Year, int Month, int Day)
{
  /// <summary>A fully known day.</summary>
  public InventedDate(DateOnly day) : this(day.Year, day.Month, day.Day) { }

  /// <summary>The last day the date can mean.</summary>
  public DateOnly Latest => Month == 0 ? new(Year, 12, 31) : new(Year, Month, Day);

  /// <summary>The first day the date can mean.</summary>
  public DateOnly Earliest => Month == 0 ? new(Year, 1, 1) : new(Year, Month, Day);

  /// <summary>ISO 8601, cut off where the knowledge ends: <c>1962</c> or <c>1962-07-05</c>.</summary>
  public override string ToString() => Month == 0 ? Text.Four(Year) : Text.Iso(new(Year, Month, Day));
}

/// <summary>A commune: its code and a day on which the code has the meant meaning. Codes were reused in 2025, so never one without the other.</summary>
public readonly record struct UnitRef(string Code, DateOnly On);

/// <summary>A registered residence; <paramref name="To"/> is the last day, null while it lasts (or has no set end).</summary>
public sealed record InventedResidence(UnitRef Commune, string Detail, DateOnly From, DateOnly? To);

/// <summary>A declared absence from the permanent residence (Luật Cư trú 2020, article 31).</summary>
public sealed record InventedAbsence(DateOnly From, DateOnly? To, string Reason);

/// <summary>The identity card in force. Expires is null from the age of 60 on (Luật Căn cước 2023, article 21).</summary>
public sealed record InventedCard(DateOnly Issued, DateOnly? Expires, string Issuer);

/// <summary>
/// A relative as the person's record names him or her. Id is null for somebody who is not in the register; with an Id the
/// person stands earlier in the output or in the same household.
/// </summary>
public sealed record InventedKin(Guid? Id, string Name, string Number, string OldIdNumber, string Nationality);

/// <summary>Persons living at one registered dwelling under one residence file.</summary>
public sealed class InventedHousehold
{
  /// <summary>Residence file number (số hồ sơ cư trú), unique in the output.</summary>
  public required string FileNumber { get; init; }

  /// <summary>The commune as it was called when the household was registered.</summary>
  public required UnitRef Commune { get; init; }

  /// <summary>The same place as of the settings' day: the true successor, also where the old commune was divided.</summary>
  public required UnitRef CommuneToday { get; init; }

  /// <summary>Ấp or khóm, invented.</summary>
  public required string Hamlet { get; init; }

  /// <summary>Address below the commune: "Số 12, tổ 3, ấp Mỹ Thuận".</summary>
  public required string Detail { get; init; }

  /// <summary>Day of registration at this address.</summary>
  public required DateOnly Since { get; init; }

  /// <summary>All members; the head (relation 01) is the first and the only one.</summary>
  public required IReadOnlyList<InventedPerson> Members { get; init; }
}

/// <summary>Everything the population database keeps about a person (Luật Căn cước 2023, article 9), invented.</summary>
public sealed class InventedPerson
{
  /// <summary>Laid out as a version 7 UUID; increases in order of output.</summary>
  public Guid Id { get; internal set; }

  /// <summary>Personal number, 12 digits; empty for the few (some infants, some very old) who have none yet.</summary>
  public string Number { get; internal set; } = "";
  public string FullName { get; internal set; } = "";

  /// <summary>Null where the name has none, as most Chăm names.</summary>
  public string? Surname { get; internal set; }
  public string? Middle { get; internal set; }
  public string Given { get; internal set; } = "";
  public string[] OtherNames { get; internal set; } = [];
  public InventedDate Born { get; internal set; }

  /// <summary>1 male, 2 female.</summary>
  public int Sex { get; internal set; }

  /// <summary>Code of ethnic_groups.csv.</summary>
  public string Ethnicity { get; internal set; } = "01";

  /// <summary>Code of religions.csv, 99 none.</summary>
  public string Religion { get; internal set; } = "99";
  public string Nationality { get; internal set; } = "VN";
  public UnitRef? BirthRegisteredAt { get; internal set; }
  public UnitRef? BirthPlace { get; internal set; }

  /// <summary>Hospital or health station, invented.</summary>
  public string? BirthPlaceText { get; internal set; }
  public UnitRef? Hometown { get; internal set; }

  /// <summary>Nine-digit numbers of old identity papers.</summary>
  public string[] OldIdNumbers { get; internal set; } = [];
  public InventedCard? Card { get; internal set; }

  /// <summary>Code of relations.csv: what the person is to the head (01 the head).</summary>
  public string Relation { get; internal set; } = "99";

  /// <summary>0 unknown, 1 single, 2 married, 3 divorced or widowed.</summary>
  public int Marital { get; internal set; }

  /// <summary>Code of code_lists.csv, or empty.</summary>
  public string BloodGroup { get; internal set; } = "";

  /// <summary>In the range 0900xxxxxx, which no operator gives out.</summary>
  public string? Phone { get; internal set; }
  public string? Email { get; internal set; }
  public InventedKin? Father { get; internal set; }
  public InventedKin? Mother { get; internal set; }
  public InventedKin? Spouse { get; internal set; }

  /// <summary>Legal representative of a minor who lives without parents.</summary>
  public InventedKin? Representative { get; internal set; }

  /// <summary>Permanent resident at the household's address since this day.</summary>
  public DateOnly ResidentSince { get; internal set; }

  /// <summary>The permanent residence's commune as it was called on <see cref="ResidentSince"/>; may be a later version than the household's.</summary>
  public UnitRef Commune { get; internal set; }

  /// <summary>Earlier permanent residences, oldest first, never overlapping.</summary>
  public IReadOnlyList<InventedResidence> Past { get; internal set; } = [];
  public InventedResidence? Temporary { get; internal set; }

  /// <summary>Where the person really lives, if neither at the permanent nor at a temporary residence.</summary>
  public InventedResidence? Current { get; internal set; }
  public InventedAbsence? Absence { get; internal set; }
  public InventedDate? Died { get; internal set; }

  /// <summary>Declared missing.</summary>
  public bool Missing { get; internal set; }

  // What the making needs and nobody else.
  internal int Age;
  internal DateOnly BornOn;
  internal InventedPerson? FatherHere, MotherHere, SpouseHere;
  internal Roots? Roots;
  internal PersonName Name;
  internal string PinPlace = "";
  internal bool Native;
  internal DateOnly YoungestChild;
}
