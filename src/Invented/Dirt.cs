namespace SoGoc.Invented;

/// <summary>A planted error: the fault a rule can see (or a name for one that none can), the column and what now stands there.</summary>
internal sealed record Planted(string Code, bool Visible, int Column, string Given);

/// <summary>Plants errors into rows, each row at most one, so that exactly that fault follows from it and no other.</summary>
internal sealed class Dirt(Dice dice, double share, DateOnly asOf)
{
  private static readonly string[] Kinds = ["name-missing", "name-not-a-name", "number-length", "number-not-digits", "number-lost-zero", "number-place-never-existed", "number-disagrees-sex",
    "number-disagrees-birth", "birth-missing", "birth-not-a-date", "birth-in-future", "birth-too-long-ago", "sex-unknown", "ethnicity-unknown", "religion-unknown",
    "marital-unknown", "relation-unknown", "area-unknown", "household-two-heads", "parent-not-older", "own-parent", "old-id-malformed", "died-before-born",
    "phone-malformed", "residence-before-birth", "number-repeated", "slip-name", "slip-ethnicity", "slip-phone"];

  private int next;
  private (InventedPerson Person, bool Clean)? before;

  /// <summary>Changes the row, or leaves it; "number-repeated" means that the row is to be written a second time.</summary>
  public Planted? Plant(string[] row, InventedPerson p)
  {
    Planted? planted = null;
    if (dice.Chance(share))
      for (var tries = 0; tries < Kinds.Length && planted is null; tries++) planted = Try(Kinds[next++ % Kinds.Length], row, p);
    if (planted is { Column: >= 0 }) row[planted.Column] = planted.Given;
    before = (p, planted is null);
    return planted;
  }

  private Planted? Try(string kind, string[] row, InventedPerson p)
  {
    var n = p.Number;
    var day = p.Born.Month > 0;
    Planted? Visible(bool can, int column, Func<string> given) => can ? new("population." + kind, true, column, given()) : null;
    Planted? Hidden(bool can, int column, Func<string> given) => can ? new(kind, false, column, given()) : null;
    return kind switch
    {
      "name-missing" => Visible(true, ListRows.Name, () => ""),
      "name-not-a-name" => Visible(true, ListRows.Name, () => row[ListRows.Name] + " 8"),
      "number-length" => Visible(n != "", ListRows.Number, () => n + "7"),
      "number-not-digits" => Visible(n != "", ListRows.Number, () => n[..11] + "O"),
      "number-lost-zero" => Visible(n != "", ListRows.Number, () => n[1..]),
      "number-place-never-existed" => Visible(n != "", ListRows.Number, () => "003" + n[3..]),
      "number-disagrees-sex" => Visible(n != "", ListRows.Number, () => n[..3] + (char)(n[3] ^ 1) + n[4..]),
      "number-disagrees-birth" => Visible(n != "", ListRows.Number, () => n[..4] + Text.Two((p.Born.Year + 1) % 100) + n[6..]),
      "birth-missing" => Visible(true, ListRows.Born, () => ""),
      "birth-not-a-date" => Visible(true, ListRows.Born, () => dice.Chance(0.5) ? "31/02/1980" : "abc"),
      "birth-in-future" => Visible(true, ListRows.Born, () => ListRows.Written(new InventedDate(asOf.AddDays(400)))),
      "birth-too-long-ago" => Visible(true, ListRows.Born, () => "1850"),
      "sex-unknown" => Visible(true, ListRows.Sex, () => "Nm"),
      "ethnicity-unknown" => Visible(true, ListRows.Ethnicity, () => "Kinnh"),
      "religion-unknown" => Visible(true, ListRows.Religion, () => "Phật giáoo"),
      "marital-unknown" => Visible(true, ListRows.Marital, () => "Có vợi"),
      "relation-unknown" => Visible(p.Relation != "01", ListRows.Relation, () => "Con nuooi"),
      "area-unknown" => Visible(true, ListRows.CommuneCode, () => "99999"),
      "household-two-heads" => Visible(p.Relation != "01", ListRows.Relation, () => "Chủ hộ"),
      "parent-not-older" => Visible(before is { Clean: true } b && b.Person.Number != "" && n != "" && b.Person.Born.Year >= p.Born.Year - 9 && p.Relation is not "01", ListRows.FatherNumber, () => before!.Value.Person.Number),
      "own-parent" => Visible(n != "", ListRows.FatherNumber, () => n),
      "old-id-malformed" => Visible(true, ListRows.OldId, () => "12345678"),
      "died-before-born" => Visible(day && p.Died is null && p.Born.Year > 1905, ListRows.Died, () => ListRows.Written(new InventedDate(p.Born.Earliest.AddYears(-2)))),
      "phone-malformed" => Visible(true, ListRows.Phone, () => "0900 12"),
      "residence-before-birth" => Visible(day && p.Died is null, ListRows.Since, () => ListRows.Written(new InventedDate(p.Born.Earliest.AddDays(-300)))),
      "number-repeated" => Visible(n != "" && p.Relation != "01", -1, () => n),
      "slip-name" => Hidden(p.FullName.Length > 6, ListRows.Name, () => row[ListRows.Name][..^1]),
      "slip-ethnicity" => Hidden(p.Ethnicity == "01", ListRows.Ethnicity, () => "Hoa"),
      "slip-phone" => Hidden(p.Phone is not null, ListRows.Phone, () => ""),
      _ => null,
    };
  }
}
