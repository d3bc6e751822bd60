using SoGoc.Kernel.Time;

namespace SoGoc.Kernel.Text;

/// <summary>Numbers and dates in Vietnamese words, as papers of civil status write them beside the figures.</summary>
public static class NumberWords
{
    private static readonly string[] Digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

    /// <summary>0 to 9999.</summary>
    public static string Of(int number) => number switch
    {
        < 0 or > 9999 => throw new ArgumentOutOfRangeException(nameof(number)),
        < 10 => Digits[number],
        < 100 => Tens(number),
        < 1000 => $"{Digits[number / 100]} trăm{After(number % 100)}",
        _ => $"{Digits[number / 1000]} nghìn{(number % 1000 == 0 ? "" : $" {Digits[number % 1000 / 100]} trăm{After(number % 100)}")}",
    };

    /// <summary>Ngày mười lăm tháng tư năm hai nghìn không trăm hai mươi sáu; what is not known is left out.</summary>
    public static string Of(PartialDate date)
    {
        string[] parts = [.. new[] { date.Day is { } d ? $"ngày {Of(d)}" : null, date.Month is { } m ? $"tháng {(m == 4 ? "tư" : Of(m))}" : null, date.Year is { } y ? $"năm {Of(y)}" : null }.OfType<string>()];
        var text = string.Join(' ', parts);
        return text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string After(int rest) => rest == 0 ? "" : rest < 10 ? $" linh {Digits[rest]}" : $" {Tens(rest)}";

    private static string Tens(int number)
    {
        var (tens, ones) = (number / 10, number % 10);
        var head = tens == 1 ? "mười" : $"{Digits[tens]} mươi";
        return ones switch { 0 => head, 1 when tens > 1 => $"{head} mốt", 5 => $"{head} lăm", _ => $"{head} {Digits[ones]}" };
    }
}
