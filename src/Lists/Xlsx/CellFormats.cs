using System.Globalization;

namespace SoGoc.Lists;

/// <summary>What a number in a cell shows: how far a date is known, or a plain number.</summary>
internal enum NumberShape { Number, Year, Month, Day }

/// <summary>Number formats of a workbook. A cell that shows only month or year is read as that: "7/1962" typed into Excel becomes 1 July, which nobody said.</summary>
internal sealed class CellFormats
{
    const int MostFormats = 100_000;
    const double LastDay = 2958465;

    readonly List<NumberShape> _shapes = [];
    readonly bool _from1904;

    public CellFormats(PartXml? styles, bool from1904)
    {
        _from1904 = from1904;
        var (codes, inCells) = (new Dictionary<string, NumberShape>(), false);
        while (styles?.Next() == true)
        {
            if (styles.Name == "cellXfs") inCells = styles.IsStart && !styles.IsEmpty;
            if (!styles.IsStart) continue;
            if (styles.Name == "numFmt" && styles["numFmtId"] is { } id && codes.Count < MostFormats) codes[id] = ShapeOf(styles["formatCode"] ?? "");
            if (!inCells || styles.Name != "xf" || _shapes.Count >= MostFormats) continue;
            var format = styles["numFmtId"] ?? "0";
            _shapes.Add(codes.TryGetValue(format, out var shape) ? shape : BuiltIn(format));
        }
    }

    /// <summary>The number as text: a date as dd/MM/yyyy (or MM/yyyy, yyyy), anything else in digits without exponent.</summary>
    public string Text(string value, string? style)
    {
        if (value.Length <= 15 && value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && ShapeFor(style) == NumberShape.Number) return value;
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return value;
        return ShapeFor(style) is not NumberShape.Number and var shape && DateText(number, shape) is { } date ? date : NumberText(number, value);
    }

    /// <summary>A date that the file holds as ISO text.</summary>
    public static string IsoDate(string value) =>
        value.Length >= 10 && DateOnly.TryParseExact(value.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)
            : value;

    NumberShape ShapeFor(string? style) =>
        int.TryParse(style, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < _shapes.Count ? _shapes[index] : NumberShape.Number;

    // Excel holds 15 digits, and so does the conversion to decimal: 0.1 is not shown as 0.1000000000000000055.
    static string NumberText(double number, string value) =>
        Math.Abs(number) < 1e28 ? ((decimal)number).ToString("0.############################", CultureInfo.InvariantCulture) : value;

    string? DateText(double number, NumberShape shape)
    {
        if (number < (_from1904 ? 0 : 1) || number >= LastDay + 1) return null;
        var serial = (int)number;
        // The system of 1900 counts a 29 February 1900 that never was: day 60. It is given as written there, to be refused as a date later.
        if (!_from1904 && serial == 60) return shape switch { NumberShape.Day => "29/02/1900", NumberShape.Month => "02/1900", _ => "1900" };
        var start = _from1904 ? new DateOnly(1904, 1, 1) : serial < 60 ? new DateOnly(1899, 12, 31) : new DateOnly(1899, 12, 30);
        if (serial > DateOnly.MaxValue.DayNumber - start.DayNumber) return null;
        return start.AddDays(serial).ToString(shape switch { NumberShape.Day => "dd/MM/yyyy", NumberShape.Month => "MM/yyyy", _ => "yyyy" }, CultureInfo.InvariantCulture);
    }

    // The built-in codes that every version of Excel knows; 27 to 36 and 50 to 58 are dates of East Asian versions.
    static NumberShape BuiltIn(string id) => int.TryParse(id, CultureInfo.InvariantCulture, out var n) && n is 14 or 15 or 16 or 22 or (>= 27 and <= 31) or 34 or 35 or 36 or (>= 50 and <= 58)
        ? NumberShape.Day
        : n == 17 ? NumberShape.Month : NumberShape.Number;

    static NumberShape ShapeOf(string code)
    {
        var (day, month, year, time) = (false, false, false, false);
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '"': i = Closing(code, i, '"'); break;
                case '[': i = Closing(code, i, ']'); break;
                case '\\' or '_' or '*': i++; break;
                case ';': i = code.Length; break;
                case 'd' or 'D': day = true; break;
                case 'm' or 'M': month = true; break;
                case 'y' or 'Y': year = true; break;
                case 'h' or 'H' or 's' or 'S': time = true; break;
            }
        }
        return day ? NumberShape.Day : !year ? NumberShape.Number : month && !time ? NumberShape.Month : time ? NumberShape.Day : NumberShape.Year;
    }

    static int Closing(string code, int from, char sign) => code.IndexOf(sign, from + 1) is >= 0 and var end ? end : code.Length;
}
