using System.Text;

namespace SoGoc.Invented;

/// <summary>What goes wrong between what a person says and what a clerk writes.</summary>
internal sealed class Slips(Dice dice)
{
  private static readonly (string, string)[] ByEar = [("nh", "n"), ("ng", "n"), ("n", "ng"), ("c", "t"), ("t", "c"), ("ả", "ã"), ("ã", "ả"), ("ẻ", "ẽ"), ("ỉ", "ĩ"), ("ủ", "ũ"), ("ử", "ữ"), ("ễ", "ể"), ("ổ", "ỗ")];
  private static readonly (string, string)[] Onsets = [("S", "X"), ("X", "S"), ("Tr", "Ch"), ("Ch", "Tr"), ("V", "D"), ("D", "V"), ("Gi", "D"), ("R", "G"), ("Qu", "W")];
  private static readonly (string, string)[] Regional = [("Hoàng", "Huỳnh"), ("Huỳnh", "Hoàng"), ("Vũ", "Võ"), ("Võ", "Vũ"), ("Phúc", "Phước"), ("Phước", "Phúc"), ("Nhật", "Nhựt"), ("Bảo", "Bửu"), ("Cảnh", "Kiểng"), ("Chu", "Châu")];
  private static readonly (string, string)[] Spelling = [("y", "i"), ("i", "y"), ("ý", "í"), ("í", "ý"), ("ỹ", "ĩ"), ("ĩ", "ỹ"), ("oà", "òa"), ("òa", "oà"), ("uý", "úy"), ("uỳ", "ùy")];

  /// <summary>A full name as it comes out; <paramref name="worse"/> multiplies every chance.</summary>
  public string Name(string name, int sex, double worse)
  {
    var words = name.Split(' ').ToList();
    if (dice.Chance(0.025 * worse)) TypeWrong(words);
    if (dice.Chance(0.02 * worse)) Change(words, dice.Below(words.Count), ByEar);
    if (dice.Chance(0.008 * worse)) Change(words, dice.Below(words.Count), Onsets);
    if (dice.Chance(0.02 * worse)) Change(words, words.Count - 1, Spelling);
    if (dice.Chance(0.006 * worse)) words[0] = Regional.FirstOrDefault(r => r.Item1 == words[0], (words[0], words[0])).Item2;
    if (dice.Chance(0.015 * worse)) Particle(words, sex);
    if (dice.Chance(0.012 * worse) && words.Count > 3) words.RemoveAt(1 + dice.Below(words.Count - 2));
    if (dice.Chance(0.006 * worse) && words.Count > 1) words = [.. words.Skip(1), words[0]];
    if (dice.Chance(0.004 * worse)) words[^1] = words[0];
    var text = string.Join(' ', words);
    if (dice.Chance(0.02 * worse)) text = Unmarked(text);
    else if (dice.Chance(0.01 * worse)) text = text.Normalize(NormalizationForm.FormD);
    return text;
  }

  /// <summary>A date of birth: old people often know the year only, clerks turn day and month, hit the wrong key and count the years differently.</summary>
  public string Date(InventedDate born, double worse)
  {
    if (dice.Chance(0.02 * worse)) return "";
    var (y, m, d) = (born.Year, born.Month, born.Day);
    if (m == 0) return dice.Chance(0.5) ? Text.Four(y) : $"01/01/{Text.Four(y)}";
    var yearOnly = y < 1955 ? 0.12 : y < 1980 ? 0.03 : 0.004;
    if (dice.Chance(yearOnly * worse)) return dice.Chance(0.7) ? $"01/01/{Text.Four(y)}" : Text.Four(y);
    if (dice.Chance(0.012 * worse)) y += dice.Below(8) switch { 0 => -10, 1 => 10, 2 => 12, 3 or 4 => 1, _ => -1 };
    if (dice.Chance(0.012 * worse) && d <= 12) (m, d) = (d, m);
    if (dice.Chance(0.015 * worse)) d = 1 + dice.Below(28);
    if (dice.Chance(0.01 * worse)) m = 1 + dice.Below(12);
    if (dice.Chance(0.006 * worse)) (m, d) = (Math.Max(1, m - 1), Math.Min(28, d + 2));
    d = Math.Min(d, DateTime.DaysInMonth(y, m));
    return $"{Text.Two(d)}/{Text.Two(m)}/{Text.Four(y)}";
  }

  public string Address(string address, double worse)
  {
    if (dice.Chance(0.1 * worse)) address = address.Replace("Số ", "", StringComparison.Ordinal);
    if (dice.Chance(0.05 * worse)) address = address.Replace("tổ ", "T.", StringComparison.Ordinal);
    if (dice.Chance(0.05 * worse)) address = address.Replace(", tổ", " tổ", StringComparison.Ordinal);
    if (dice.Chance(0.04 * worse)) address = Unmarked(address);
    return dice.Chance(0.03 * worse) ? Digit(address) : address;
  }

  /// <summary>One digit is another one.</summary>
  public string Digit(string text)
  {
    var at = dice.Below(Math.Max(1, text.Length));
    while (at < text.Length && !char.IsAsciiDigit(text[at])) at++;
    return at >= text.Length ? text : text[..at] + Text.Digit(dice.Below(10)) + text[(at + 1)..];
  }

  /// <summary>Thị or Văn comes in, or is left out.</summary>
  private void Particle(List<string> words, int sex)
  {
    if (words.Count > 2 && words[1] is "Thị" or "Văn") words.RemoveAt(1);
    else words.Insert(Math.Min(1, words.Count), sex == 2 ? "Thị" : "Văn");
  }

  private void Change(List<string> words, int at, (string, string)[] table)
  {
    var start = dice.Below(table.Length);
    for (var n = 0; n < table.Length; n++)
    {
      var (from, to) = table[(start + n) % table.Length];
      if (words[at].Length <= from.Length || !words[at].Contains(from, StringComparison.Ordinal)) continue;
      var found = words[at].LastIndexOf(from, StringComparison.Ordinal);
      words[at] = words[at][..found] + to + words[at][(found + from.Length)..];
      return;
    }
  }

  /// <summary>A letter lost, doubled, exchanged with its neighbour, or another one; or the keystroke of a tone that stayed (Telex).</summary>
  private void TypeWrong(List<string> words)
  {
    var at = dice.Below(words.Count);
    var w = words[at];
    if (w.Length < 2) return;
    var i = 1 + dice.Below(w.Length - 1);
    words[at] = dice.Below(5) switch
    {
      0 => w[..i] + w[(i + 1)..],
      1 => w[..i] + w[i] + w[i..],
      2 when i + 1 < w.Length => w[..i] + w[i + 1] + w[i] + w[(i + 2)..],
      3 => w[..i] + (char)('a' + dice.Below(26)) + w[(i + 1)..],
      _ => Unmarked(w) + "sfrxj"[dice.Below(5)],
    };
  }

  private static string Unmarked(string text) => string.Concat(text.Normalize(NormalizationForm.FormD).Where(c => char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark)).Replace('đ', 'd').Replace('Đ', 'D');
}
