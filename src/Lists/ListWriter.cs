namespace SoGoc.Lists;

/// <summary>Writes a list: the heads first, then rows. Cells are text, never formulas. Streams; leaves the stream open; <see cref="Dispose"/> finishes the file.</summary>
/// <remarks>What <see cref="ListReader"/> reads back is what was written, but for white space it folds and capitals that <see cref="VietnameseEncoding.Tcvn3"/> cannot hold.</remarks>
public sealed class ListWriter : IDisposable
{
    /// <summary>Media type of .xlsx.</summary>
    public const string SpreadsheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    readonly IRowSink _sink;
    readonly VietnameseEncoding _encoding;

    ListWriter(IRowSink sink, VietnameseEncoding encoding) => (_sink, _encoding) = (sink, encoding);

    /// <summary>A CSV: UTF-8 (marked, so that spreadsheets see it), one byte per character for TCVN3 and VNI, plain ASCII for VIQR.</summary>
    /// <remarks>A cell that a spreadsheet would run as a formula (= + - @ tab, line end) gets a leading apostrophe, which reading takes away again.</remarks>
    public static ListWriter Csv(Stream s, VietnameseEncoding e = VietnameseEncoding.Unicode, char separator = ',') => new(new CsvSink(s, e, separator), e);

    /// <summary>A workbook of one sheet, all cells text (leading zeros stay), heads bold and frozen.</summary>
    public static ListWriter Xlsx(Stream s, VietnameseEncoding e = VietnameseEncoding.Unicode, string sheet = "Danh sách") => new(new XlsxSink(s, e, sheet), e);

    /// <summary>Writes one row; the first is the heads.</summary>
    /// <exception cref="ListException"><c>lists.too-many-rows</c>: a sheet holds 1,048,576.</exception>
    public void Row(IReadOnlyList<string> cells)
    {
        var coded = new string[cells.Count];
        for (var i = 0; i < coded.Length; i++) coded[i] = VietnameseText.Encode(cells[i] ?? "", _encoding);
        _sink.Row(coded);
    }

    /// <summary>Writes one row whose numbers and days a spreadsheet reckons with; in a CSV they are text.</summary>
    /// <exception cref="ListException"><c>lists.too-many-rows</c>: a sheet holds 1,048,576.</exception>
    public void Values(IReadOnlyList<ListValue> cells)
    {
        var coded = new ListValue[cells.Count];
        for (var i = 0; i < coded.Length; i++) coded[i] = cells[i] with { Text = VietnameseText.Encode(cells[i].Text, _encoding) };
        _sink.Values(coded);
    }

    public void Dispose() => _sink.Dispose();
}

/// <summary>What a cell holds: text, or what is reckoned with.</summary>
public enum ListValueKind { Text, Head, Whole, Decimal, Share, Day }

/// <summary>A cell of a sheet that is reckoned with further.</summary>
/// <param name="Text">As it is written: a number with a point, a day as days since 30 December 1899.</param>
public readonly record struct ListValue(ListValueKind Kind, string Text)
{
    public static ListValue Of(string text) => new(ListValueKind.Text, text);

    /// <summary>Text in bold: what the cells below or beside it are.</summary>
    public static ListValue Head(string text) => new(ListValueKind.Head, text);

    public static ListValue Of(long number) => new(ListValueKind.Whole, number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static ListValue Of(double number) => new(ListValueKind.Decimal, number.ToString("R", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>0 to 1, shown in percent.</summary>
    public static ListValue Share(double share) => new(ListValueKind.Share, share.ToString("R", System.Globalization.CultureInfo.InvariantCulture));

    public static ListValue Of(DateOnly day) => new(ListValueKind.Day, (day.DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>Takes rows whose letters are coded already.</summary>
internal interface IRowSink : IDisposable
{
    void Row(string[] cells);

    /// <summary>The same with numbers and days where the format knows them.</summary>
    void Values(ListValue[] cells) => Row([.. cells.Select(c => c.Text)]);
}
