using System.Buffers;
using System.Text;

namespace SoGoc.Lists;

/// <summary>Writes a CSV with CR LF, quotes only where needed, and formulas made harmless.</summary>
internal sealed class CsvSink(Stream file, VietnameseEncoding encoding, char separator) : IRowSink
{
    const int Block = 1 << 16;

    readonly SearchValues<char> _quoted = SearchValues.Create([separator, '"', '\r', '\n']);
    readonly StringBuilder _text = new(encoding is VietnameseEncoding.Unicode or VietnameseEncoding.UnicodeDecomposed ? "\uFEFF" : "", Block + 8192);
    readonly bool _singleByte = encoding is VietnameseEncoding.Tcvn3 or VietnameseEncoding.Vni;

    public void Row(string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) _text.Append(separator);
            Cell(cells[i]);
        }
        _text.Append("\r\n");
        if (_text.Length >= Block) Flush();
    }

    public void Dispose() => Flush();

    void Cell(string cell)
    {
        var guard = FormulaGuard.Needed(cell) ? "'" : "";
        var quote = cell.AsSpan().ContainsAny(_quoted) || cell is [' ' or '\t', ..] or [.., ' ' or '\t'];
        if (quote) _text.Append('"').Append(guard).Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else _text.Append(guard).Append(cell);
    }

    void Flush()
    {
        var text = _text.ToString();
        file.Write(_singleByte ? SingleByte.Encode(text) : Encoding.UTF8.GetBytes(text));
        file.Flush();
        _text.Clear();
    }
}
