using System.Text;

namespace SoGoc.Invented;

/// <summary>Text forms that must not depend on the machine's culture.</summary>
internal static class Text
{
  public static string Digit(int n) => ((char)('0' + n)).ToString();
  public static string Two(int n) => string.Create(2, n, static (s, v) => Digits(s, v));
  public static string Four(int n) => string.Create(4, n, static (s, v) => Digits(s, v));
  public static string Six(int n) => string.Create(6, n, static (s, v) => Digits(s, v));
  public static string Plain(int n) => n.ToString(System.Globalization.CultureInfo.InvariantCulture);
  public static string Iso(DateOnly d) => string.Create(10, d, static (s, v) =>
  {
    Digits(s[..4], v.Year);
    s[4] = s[7] = '-';
    Digits(s.Slice(5, 2), v.Month);
    Digits(s[8..], v.Day);
  });

  public static void Digits(Span<char> target, long value)
  {
    for (var i = target.Length - 1; i >= 0; i--, value /= 10) target[i] = (char)('0' + value % 10);
  }

  /// <summary>Lower-case letters a to z only: for e-mail addresses.</summary>
  public static string Ascii(string name)
  {
    var plain = new StringBuilder(name.Length);
    foreach (var c in name.Normalize(NormalizationForm.FormD))
    {
      var low = c is >= 'A' and <= 'Z' ? (char)(c + 32) : c is 'đ' or 'Đ' ? 'd' : c;
      if (low is >= 'a' and <= 'z') plain.Append(low);
    }
    return plain.ToString();
  }
}
