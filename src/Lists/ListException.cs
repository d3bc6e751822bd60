using System.Globalization;

namespace SoGoc.Lists;

/// <summary>A fault of a whole list, not of one row in it: nothing after it can be trusted.</summary>
/// <remarks>
/// Codes: <c>lists.not-a-list</c> (empty, binary, HTML, PDF, a ZIP that is no workbook), <c>lists.old-excel</c> (.xls, or protected by a password),
/// <c>lists.too-large</c>, <c>lists.bomb</c>, <c>lists.damaged</c> (broken in the middle), <c>lists.no-heads</c> (with a row: its columns bear one name), <c>lists.broken-quote</c>,
/// <c>lists.cell-too-long</c>, <c>lists.too-many-columns</c>, <c>lists.too-many-texts</c> (shared strings of an .xlsx), <c>lists.too-many-rows</c> (only when writing .xlsx).
/// </remarks>
public sealed class ListException : Exception
{
    internal ListException(string code, long? row = null, string? detail = null, Exception? cause = null)
        : base(Sentence(code, row, detail), cause) => (Code, Row, Detail) = (code, row, detail);

    /// <summary>Stable code, <c>lists.kebab-name</c>.</summary>
    public string Code { get; }

    /// <summary>The row as a spreadsheet counts, from 1; null when no single row is to blame.</summary>
    public long? Row { get; }

    /// <summary>Short data for the reader, such as the limit that was passed; never contents of the list.</summary>
    public string? Detail { get; }

    internal static ListException NotAList(string detail, Exception? cause = null) => new("lists.not-a-list", null, detail, cause);

    internal static ListException CellTooLong(long row, ListLimits limits) =>
        new("lists.cell-too-long", row, limits.MaxCellChars.ToString(CultureInfo.InvariantCulture));

    internal static ListException TooManyColumns(long row, ListLimits limits) =>
        new("lists.too-many-columns", row, limits.MaxColumns.ToString(CultureInfo.InvariantCulture));

    static string Sentence(string code, long? row, string? detail) =>
        code + (row is null ? "" : $" in row {row}") + (detail is null ? "" : $" ({detail})");
}
