namespace SoGoc.Lists;

/// <summary>The apostrophe that keeps a spreadsheet from running a cell of a CSV as a formula.</summary>
/// <remarks>A text that already looks guarded gets one more apostrophe, so that taking one away always gives back what was written.</remarks>
internal static class FormulaGuard
{
    public static bool Needed(ReadOnlySpan<char> cell)
    {
        while (cell is ['\'', ..]) cell = cell[1..];
        return StartsFormula(cell);
    }

    public static ReadOnlySpan<char> Remove(ReadOnlySpan<char> cell) => cell is ['\'', ..] && Needed(cell) ? cell[1..] : cell;

    // Spreadsheets drop leading blanks before they look, so the first visible character decides; a tab or line end in front is dangerous by itself.
    // East Asian versions take the wide forms of the signs for the signs.
    static bool StartsFormula(ReadOnlySpan<char> cell) =>
        cell is ['\t' or '\r' or '\n', ..] || cell.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..];
}
