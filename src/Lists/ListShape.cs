namespace SoGoc.Lists;

/// <summary>The two kinds of file that communes send.</summary>
public enum ListFormat { Csv, Xlsx }

/// <summary>How Vietnamese letters are written in the cells. <see cref="Unicode"/> is normal form C, <see cref="UnicodeDecomposed"/> letters with separate marks.</summary>
public enum VietnameseEncoding { Unicode, UnicodeDecomposed, Tcvn3, Vni, Viqr }

/// <summary>What a list may cost. Sizes in bytes; columns and characters are counted before any decoding.</summary>
/// <param name="MaxFileBytes">Size of the file as sent.</param>
/// <param name="MaxInflatedBytes">Size of all unpacked parts of an .xlsx together.</param>
/// <param name="MaxColumns">Columns that hold text.</param>
/// <param name="MaxCellChars">Characters in one cell.</param>
public sealed record ListLimits(long MaxFileBytes, long MaxInflatedBytes, int MaxColumns, int MaxCellChars)
{
    /// <summary>1 GiB as sent, 8 GiB unpacked, 200 columns, 4000 characters in a cell.</summary>
    public static ListLimits Default { get; } = new(1L << 30, 8L << 30, 200, 4000);
}

/// <summary>What was found out about a list when it was opened.</summary>
/// <param name="Charset">"utf-8", "utf-16le", "utf-16be", "windows-1252" (also for the legacy fonts) or "windows-1258".</param>
/// <param name="Separator">Between the cells of a CSV; null for .xlsx.</param>
/// <param name="Sheet">Name of the sheet that is read; null for CSV.</param>
/// <param name="Heads">Heads of the columns, decoded and distinct; trailing empty ones are left out.</param>
/// <param name="HeadRow">Row of the heads, as a spreadsheet counts.</param>
public sealed record ListShape(
    ListFormat Format, VietnameseEncoding Encoding, string Charset, char? Separator, string? Sheet, IReadOnlyList<string> Heads, int HeadRow);
