namespace SoGoc.Lists;

/// <summary>Reads a list of people row by row, with memory that does not grow with the file. Not safe for several threads; leaves the stream open.</summary>
public sealed class ListReader : IDisposable
{
    readonly RowSource _source;
    readonly Queue<SampleRow> _ahead;
    readonly DecodedCells? _legacy;
    SampleRow? _current;
    string?[] _cells = [], _above = [];

    internal ListReader(RowSource source, ListShape shape, Queue<SampleRow> ahead)
    {
        _source = source;
        Shape = shape;
        _ahead = ahead;
        if (shape.Encoding != VietnameseEncoding.Unicode || source.IsMixed) _legacy = new(shape.Encoding, source.IsMixed);
    }

    /// <summary>What was found out about the list.</summary>
    public ListShape Shape { get; }

    /// <summary>The row as a spreadsheet counts it, from 1; rows without text are skipped but counted.</summary>
    public long RowNumber { get; private set; }

    /// <summary>Cells of this row; may be more or fewer than the heads.</summary>
    public int CellCount { get; private set; }

    /// <summary>Share of the file that is read, 0 to 1.</summary>
    public double Progress => _source.Progress;

    /// <summary>The cell in Unicode (normal form C), trimmed, white space folded, invisible characters removed; "" where the row has none.</summary>
    public string this[int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(column);
            return column >= CellCount ? "" : _cells[column] ??= Cell(column);
        }
    }

    /// <summary>The same cell without making a string of it; valid until the next row. For who reads millions of rows and keeps none.</summary>
    public ReadOnlySpan<char> Text(int column)
    {
        if (_legacy is not null || _current is not null || column >= CellCount || column < 0) return this[column];
        var raw = _source.Raw(column);
        return CellText.IsClean(raw) ? raw : this[column];
    }

    /// <summary>Opens a list: format, charset, separator, letters and head row are found by looking at the content.</summary>
    /// <param name="seekable">The file; is read more than once and left open.</param>
    /// <param name="fileName">As its owner calls it. The content decides what it is, never the name.</param>
    /// <exception cref="ListException">It is no list, or too much of one.</exception>
    public static ListReader Open(Stream seekable, string fileName, ListLimits limits)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        if (!seekable.CanSeek) throw new ArgumentException("The stream must be seekable.", nameof(seekable));
        return ListOpening.Open(seekable, limits);
    }

    /// <summary>The first rows, a cell for each head, without taking them: to see what a list holds before it is read. Some hundred, or all of a shorter list.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Ahead(int most) => [.. _ahead.Take(most).Select(row => (string[])[.. Shape.Heads.Select((_, i) => i < row.Cells.Length ? Decoded(row.Cells[i]) : "")])];

    /// <summary>Moves to the next row with text.</summary>
    /// <exception cref="ListException">The structure of the file is broken here.</exception>
    public bool Read()
    {
        (_cells, _above) = (_above, _cells);
        if (_ahead.TryDequeue(out _current))
        {
            (RowNumber, CellCount) = (_current.Row, _current.Cells.Length);
            Clear();
            return true;
        }
        while (_source.Next())
        {
            if (!HasText(_source)) continue;
            (RowNumber, CellCount) = (_source.RowNumber, _source.Count);
            Clear();
            return true;
        }
        CellCount = 0;
        return false;
    }

    public void Dispose() => _source.Dispose();

    internal static bool HasText(RowSource source)
    {
        for (var i = 0; i < source.Count; i++)
            if (CellText.HasText(source.Raw(i))) return true;
        return false;
    }

    void Clear()
    {
        if (_cells.Length < CellCount) Array.Resize(ref _cells, CellCount);
        if (_above.Length < CellCount) Array.Resize(ref _above, CellCount);
        Array.Clear(_cells);
    }

    string Cell(int column)
    {
        var raw = _current is { } row ? row.Cells[column] : _source.Raw(column);
        // In half the columns of a list the cell repeats the one above ("Kinh", "Không", the commune): the same string serves again.
        return _legacy is null && _above[column] is { } above && raw.SequenceEqual(above) ? above : Decoded(raw);
    }

    string Decoded(ReadOnlySpan<char> raw) => raw.IsEmpty ? "" : _legacy is not null ? _legacy[raw] : CellText.Clean(raw.ToString());
}

/// <summary>A row that was read ahead to find heads and letters; its cells as written.</summary>
internal sealed record SampleRow(long Row, string[] Cells);
