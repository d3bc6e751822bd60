using System.Globalization;
using SoGoc.Kernel.Text;

namespace SoGoc.Services.Payment;

/// <summary>Đồng as people read them.</summary>
internal static class Money
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    private static readonly string[] Thousands = ["", " nghìn", " triệu", " tỷ"];

    /// <summary>25.000.</summary>
    public static string Figures(long amount) => amount.ToString("N0", Vietnamese);

    /// <summary>Hai mươi lăm nghìn đồng, as receipts have it. Below a million million.</summary>
    public static string Words(long amount)
    {
        var parts = new List<string>();
        for (var power = Thousands.Length - 1; power >= 0; power--)
        {
            var group = (int)(amount / (long)Math.Pow(1000, power) % 1000);
            if (group > 0)
            {
                parts.Add($"{(parts.Count > 0 && group < 100 ? $"không trăm {(group < 10 ? "linh " : "")}" : "")}{NumberWords.Of(group)}{Thousands[power]}");
            }
        }

        var text = string.Join(' ', parts.DefaultIfEmpty(NumberWords.Of(0)));
        return $"{char.ToUpper(text[0], Vietnamese)}{text[1..]} đồng";
    }
}
