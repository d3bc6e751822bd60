using System.Globalization;

namespace SoGoc.Lists;

/// <summary>Rows of one sheet, straight from its XML. Formulas are never looked at, only the value that the spreadsheet stored beside them.</summary>
internal sealed class SheetRows : RowSource
{
    const long LastRow = 100_000_000;

    readonly Workbook _book;
    readonly ListLimits _limits;
    readonly PartXml _xml;
    readonly CellBuffer _chars = new();
    readonly (int Start, int Length)[] _cells;
    long _row;
    int _count;

    public SheetRows(Workbook book, Sheet sheet, ListLimits limits)
    {
        (_book, _limits, _cells) = (book, limits, new (int, int)[limits.MaxColumns]);
        _xml = book.OpenSheet(sheet);
    }

    public override long RowNumber => _row;

    public override int Count => _count;

    public override double Progress => _xml.Progress;

    public override bool Next()
    {
        try
        {
            while (_xml.Next())
            {
                if (!_xml.IsStart || _xml.Name != "row") continue;
                ReadRow();
                return true;
            }
            return false;
        }
        catch (Exception fault) when (Workbook.IsBroken(fault))
        {
            throw _row == 0 ? ListException.NotAList("xlsx", fault) : Damaged(fault);
        }
    }

    public override ReadOnlySpan<char> Raw(int column) => _chars.At(_cells[column]);

    public override void Dispose() => _xml.Dispose();

    ListException Damaged(Exception? fault = null) => new("lists.damaged", _row, null, fault);

    void ReadRow()
    {
        var number = _row + 1;
        if (_xml["r"] is { } told && (!long.TryParse(told, CultureInfo.InvariantCulture, out number) || number <= _row || number > LastRow)) throw Damaged();
        _row = number;
        _chars.Clear();
        Array.Clear(_cells, 0, _count);
        _count = 0;
        if (_xml.IsEmpty) return;
        var (depth, column) = (_xml.Depth, 0);
        while (_xml.Next() && _xml.Depth > depth)
        {
            if (!_xml.IsStart || _xml.Name != "c") continue;
            if (_xml["r"] is { } place) column = ColumnOf(place);
            ReadCell();
            if (_chars.CurrentLength > 0) Keep(column);
            column++;
        }
    }

    void Keep(int column)
    {
        if (column >= _limits.MaxColumns) throw ListException.TooManyColumns(_row, _limits);
        _cells[column] = _chars.Place;
        _count = Math.Max(_count, column + 1);
    }

    void ReadCell()
    {
        var (type, style, depth) = (_xml["t"], _xml["s"], _xml.Depth);
        _chars.StartCell();
        if (_xml.IsEmpty) return;
        var fits = true;
        while (_xml.Next() && _xml.Depth > depth)
        {
            if (!_xml.IsStart || _xml.Depth != depth + 1) continue;
            if (_xml.Name == "v") fits &= _xml.AppendTextTo(_chars, _limits.MaxCellChars);
            else if (_xml.Name == "is") fits &= RichText.Read(_xml, _chars, _limits.MaxCellChars);
        }
        if (!fits) throw ListException.CellTooLong(_row, _limits);
        if (_chars.CurrentLength > 0) Convert(type, style);
    }

    void Convert(string? type, string? style)
    {
        switch (type)
        {
            case "s":
                if (!_book.Texts.Copy(_chars.Current.Trim(), _chars, _row)) throw Damaged();
                break;
            case "str" or "inlineStr":
                if (_chars.Current.Contains("_x", StringComparison.OrdinalIgnoreCase)) _chars.Replace(CellEscapes.Undo(_chars.Current));
                break;
            case "b":
                _chars.Replace(_chars.Current is "1" ? "TRUE" : "FALSE");
                break;
            case "d":
                _chars.Replace(CellFormats.IsoDate(_chars.Current.ToString()));
                break;
            case null or "n":
                _chars.Replace(_book.Formats.Text(_chars.Current.ToString(), style));
                break;
        }
    }

    // "AB12" is column 27. Three letters at most, as in any spreadsheet.
    int ColumnOf(string place)
    {
        var (column, i) = (0, 0);
        while (i < place.Length && i < 4 && char.IsAsciiLetter(place[i])) column = (column * 26) + (place[i++] & 0x1F);
        return i is > 0 and < 4 ? column - 1 : throw Damaged();
    }
}
