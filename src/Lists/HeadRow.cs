using System.Globalization;

namespace SoGoc.Lists;

/// <summary>Finds the row of the heads below the titles that communes put above their lists ("ỦY BAN NHÂN DÂN XÃ …", "DANH SÁCH NHÂN KHẨU").</summary>
internal static class HeadRow
{
    /// <summary>Rows with text that are looked at.</summary>
    public const int Within = 20;

    /// <summary>
    /// The place of the row with the most cells of words, the first of equals; cells of numbers and dates count against a row. It needs three different
    /// ones, or two where no row has more than two cells. Null if there is none.
    /// </summary>
    public static int? Find(IReadOnlyList<string[]> rows)
    {
        var (best, most, widest) = ((int?)null, 0, 0);
        for (var i = 0; i < rows.Count && i < Within; i++)
        {
            var filled = rows[i].Where(c => c.Length > 0).ToList();
            widest = Math.Max(widest, filled.Count);
            var words = filled.Where(IsWords).ToList();
            var credit = (2 * words.Count) - filled.Count;
            if (credit > most && words.Distinct(StringComparer.OrdinalIgnoreCase).Count() >= 2) (best, most) = (i, credit);
        }
        if (best is not { } found) return null;
        var different = rows[found].Where(IsWords).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        return different >= (widest == 2 ? 2 : 3) ? found : null;
    }

    /// <summary>Where no row has different heads: a first row of three words and more of which some are the same, with rows below it. Null: there is none.</summary>
    public static int? Repeated(IReadOnlyList<string[]> rows)
    {
        if (rows.Count < 2) return null;
        var words = rows[0].Where(c => c.Length > 0).ToList();
        return words.Count >= 3 && words.TrueForAll(IsWords) && words.Distinct(StringComparer.OrdinalIgnoreCase).Count() < words.Count ? 0 : null;
    }

    /// <summary>The cells as heads: trailing empty ones dropped, later ones of a name numbered "Họ tên (2)".</summary>
    public static string[] Heads(string[] cells)
    {
        var count = Array.FindLastIndex(cells, c => c.Length > 0) + 1;
        var (heads, taken) = (new string[count], new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        for (var i = 0; i < count; i++)
        {
            var head = cells[i];
            for (var n = 2; !taken.Add(head); n++) head = $"{cells[i]} ({n})".TrimStart();
            heads[i] = head;
        }
        return heads;
    }

    /// <summary>A row "(1) (2) (3) …" that forms have below the heads.</summary>
    public static bool IsColumnNumbers(string[] cells)
    {
        var filled = cells.Where(c => c.Length > 0).ToList();
        return filled.Count >= 3 && filled.Select((c, i) => c.Trim('(', ')', '[', ']') == (i + 1).ToString(CultureInfo.InvariantCulture)).All(same => same);
    }

    static bool IsWords(string cell) => cell.Count(char.IsLetter) is > 0 and var letters && letters >= cell.Count(char.IsDigit);
}
