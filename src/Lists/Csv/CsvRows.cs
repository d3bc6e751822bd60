using Sylvan.Data.Csv;

namespace SoGoc.Lists;

/// <summary>Rows of a CSV. Sylvan does the parsing; this class adds what lists need: row numbers of faults, limits, no comments, guarded cells opened.</summary>
/// <remarks>
/// Sylvan finds a quote that never closes and text after a closing quote, but counts rows differently before the first record, and takes "#" for a comment
/// unless told otherwise: hence our own count, and NUL (which <see cref="ListText"/> refuses) as the comment sign. A quote inside an unquoted cell is text.
/// </remarks>
internal sealed class CsvRows : RowSource
{
    readonly ListLimits _limits;
    readonly Stream _file;
    readonly CsvDataReader _csv;
    readonly long _length;
    readonly Func<bool> _read;
    long _row;

    public CsvRows(Stream file, Charset charset, char separator, ListLimits limits)
    {
        (_file, _limits, _length, IsMixed) = (file, limits, Math.Max(1, file.Length), charset.Else is not null);
        var text = new ListText(file, charset);
        _row = SeparatorLine.Skip(text) ? 1 : 0;
        _csv = Guard(() => CsvDataReader.Create(text, OptionsFor(separator, limits)));
        _read = _csv.Read;
    }

    public override bool IsMixed { get; }

    public override long RowNumber => _row;

    public override int Count => Math.Min(_csv.RowFieldCount, _limits.MaxColumns);

    public override double Progress => Math.Min(1, (double)_file.Position / _length);

    // No record can be longer than all its cells at their longest, so a quote that never closes stops early.
    public static CsvDataReaderOptions OptionsFor(char separator, ListLimits limits) => new()
    {
        Delimiter = separator,
        HasHeaders = false,
        Comment = '\0',
        BufferSize = 1 << 16,
        MaxBufferSize = Math.Max(1 << 17, limits.MaxColumns * (Math.Min(limits.MaxCellChars, 1 << 20) + 3)),
    };

    public override bool Next()
    {
        if (!Guard(_read)) return false;
        _row++;
        // A row shorter than the longest cell holds none that is too long.
        if (_csv.RowFieldCount <= _limits.MaxColumns && _csv.GetRawRecordSpan().Length <= _limits.MaxCellChars) return true;
        for (var i = 0; i < _csv.RowFieldCount; i++)
        {
            var length = _csv.GetFieldSpan(i).Length;
            if (length > _limits.MaxCellChars) throw ListException.CellTooLong(_row, _limits);
            if (i >= _limits.MaxColumns && length > 0) throw ListException.TooManyColumns(_row, _limits);
        }
        return true;
    }

    public override ReadOnlySpan<char> Raw(int column) => FormulaGuard.Remove(_csv.GetFieldSpan(column));

    public override void Dispose() => _csv.Dispose();

    T Guard<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (CsvRecordTooLargeException fault)
        {
            throw new ListException("lists.cell-too-long", _row + 1, $"{_limits.MaxCellChars}", fault);
        }
        catch (CsvFormatException fault)
        {
            throw new ListException("lists.broken-quote", _row + 1, null, fault);
        }
    }
}
