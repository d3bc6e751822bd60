using System.Globalization;
using SoGoc.Lists;

namespace SoGoc.Invented;

/// <summary>How the records of several offices about the same people are to be written.</summary>
/// <param name="File">Where to; made anew.</param>
/// <param name="Again">Share of rows that are a second or third record of somebody, 0 to 0.5.</param>
/// <param name="Verified">Share of the people who have several records and whose personal number each of them carries, 0 to 1; nobody else's record has one.</param>
public sealed record RecordSettings(string File, double Again = 0.1, double Verified = 0.1);

/// <summary>
/// Writes one CSV as it comes together when offices put their books in one heap: some people twice or three times, each record with slips, gaps and ages of its own.
/// The column <c>person</c> tells the truth: rows with the same value are one person.
/// </summary>
public static class InventedRecords
{
  public static readonly IReadOnlyList<string> Heads = ["id", "person", "Nguồn", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Xã/phường", "Địa chỉ", "Điện thoại", "Họ tên mẹ", "Số định danh"];

  /// <summary>Writes about as many rows as the province has people; returns rows and people.</summary>
  public static (long Rows, long People) Write(InventedProvince province, RecordSettings wish)
  {
    ArgumentOutOfRangeException.ThrowIfGreaterThan(wish.Again, 0.5);
    var dice = new Dice(Dice.Branch(province.Settings.Seed, "records"));
    var clerk = new RecordClerk(dice, province);
    using var file = System.IO.File.Create(wish.File);
    using var list = ListWriter.Csv(file);
    list.Row([.. Heads]);
    long rows = 0, people = 0;
    var late = new List<string[]>();
    void Put(string[] row)
    {
      row[0] = (++rows).ToString(CultureInfo.InvariantCulture);
      list.Row(row);
    }

    // A first record for each; one in six of those who come again comes a third time.
    var twice = wish.Again / (1 - wish.Again) / (7.0 / 6);
    foreach (var home in province.Households())
      foreach (var p in home.Members)
      {
        if (rows + late.Count >= province.Settings.People) break;
        var again = dice.Chance(twice) ? dice.Chance(1.0 / 6) ? 2 : 1 : 0;
        var verified = again > 0 && p.Number != "" && dice.Chance(wish.Verified);
        var name = (people++).ToString(CultureInfo.InvariantCulture);
        Put(clerk.Record(home, p, name, 0, verified));
        for (var n = 1; n <= again; n++) late.Add(clerk.Record(home, p, name, n, verified));
        if (late.Count > 0 && dice.Chance(0.12)) Put(Take(late, dice));
      }
    while (late.Count > 0) Put(Take(late, dice));
    return (rows, people);
  }

  private static string[] Take(List<string[]> late, Dice dice)
  {
    var at = dice.Below(late.Count);
    var row = late[at];
    late[at] = late[^1];
    late.RemoveAt(late.Count - 1);
    return row;
  }
}

/// <summary>Writes one record about a person as an office would: what it asks, what it left out, what it misheard.</summary>
internal sealed class RecordClerk(Dice dice, InventedProvince province)
{
  private static readonly string[] Sources = ["sổ khai sinh", "sổ hộ khẩu", "bảo hiểm", "y tế"];

  private readonly Dictionary<string, string> ethnicities = new ReferenceTable(province.Settings.ReferenceFolder, "ethnic_groups").Rows.ToDictionary(r => r["code"], r => r["name"], StringComparer.Ordinal);
  private readonly Slips slips = new(dice);

  /// <summary>The nth record (0 the first) of a person; later ones are from other offices and other years, and further from the truth.</summary>
  public string[] Record(InventedHousehold home, InventedPerson p, string person, int nth, bool verified)
  {
    var worse = nth == 0 ? 1.2 : 2.2;
    var moved = nth > 0 && dice.Chance(0.25);
    var other = moved ? dice.Pick(province.Territory.Settlements) : null;
    var commune = dice.Chance(0.02) ? "" : other is { } o ? province.Territory.Name(new(o.NewCode, province.Settings.AsOf)) : province.Territory.Name(home.CommuneToday);
    var address = dice.Chance(0.16 * worse) ? "" : moved || dice.Chance(0.05) ? Elsewhere(home) : slips.Address(home.Detail, worse);
    return ["", person, Sources[nth == 0 ? dice.Below(2) : 1 + dice.Below(3)], Name(p, worse), slips.Date(p.Born, worse), Sex(p), ethnicities[p.Ethnicity],
      commune, address, Phone(home, p, worse), Mother(p, worse), verified ? p.Number : ""];
  }

  private string Name(InventedPerson p, double worse)
  {
    var name = slips.Name(p.FullName, p.Sex, p.Ethnicity is "05" or "14" ? 2 * worse : worse);
    return dice.Chance(0.15) ? name.ToUpperInvariant() : name;
  }

  private string Mother(InventedPerson p, double worse) => p.Mother is not { } m || dice.Chance(0.24 * worse) ? "" : slips.Name(m.Name, 2, worse * 0.8);

  private string Sex(InventedPerson p) => dice.Below(1000) switch { < 10 => "", < 14 => p.Sex == 1 ? "Nữ" : "Nam", _ => p.Sex == 1 ? "Nam" : "Nữ" };

  private string Elsewhere(InventedHousehold home) => $"Số {Text.Plain(1 + dice.Below(900))}, tổ {Text.Plain(1 + dice.Below(30))}, {home.Hamlet}";

  /// <summary>Children are under the telephone of the house, half of the others too; numbers begin with 010, which nobody has had since 2018.</summary>
  private string Phone(InventedHousehold home, InventedPerson p, double worse)
  {
    if (dice.Chance(0.3 * worse)) return "";
    var owner = p.Age < 16 || (Dice.Branch(1, p.Id.ToString()) & 1) == 0 ? home.Members[0] : p;
    var digits = dice.Chance(0.1 * worse) ? dice.Next() : Dice.Branch(province.Settings.Seed, owner.Id.ToString());
    var number = "010" + Text.Plain(10_000_000 + (int)(digits % 10_000_000))[1..];
    return dice.Below(20) switch { 0 => "+84" + number[1..], 1 => $"{number[..4]} {number[4..7]} {number[7..]}", 2 => $"{number[..4]}.{number[4..7]}.{number[7..]}", _ => dice.Chance(0.01 * worse) ? slips.Digit(number) : number };
  }
}
