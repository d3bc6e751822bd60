using System.Text;

namespace SoGoc.Lists;

/// <summary>The texts that cells of a workbook point to, as UTF-8 in large blocks: a fifth of what strings would take.</summary>
internal sealed class SharedStrings
{
    // The one part of a workbook that must be in memory while rows are read.
    const int Block = 1 << 20;
    const long MostBytes = 256L << 20;
    const uint TooLong = uint.MaxValue;

    readonly List<byte[]> _blocks = [];
    readonly List<uint> _places = [];
    readonly ListLimits _limits;
    int _used = Block;

    public SharedStrings(PartXml? xml, ListLimits limits)
    {
        _limits = limits;
        if (xml is null) return;
        var cell = new CellBuffer();
        while (xml.Next())
        {
            if (!xml.IsStart || xml.Name != "si") continue;
            cell.Clear();
            var fits = RichText.Read(xml, cell, limits.MaxCellChars);
            Add(fits ? CellEscapes.Undo(cell.Current) : null);
        }
    }

    /// <summary>Puts text number <paramref name="index"/> into the cell in work; false if there is none.</summary>
    public bool Copy(ReadOnlySpan<char> index, CellBuffer cell, long row)
    {
        if (!int.TryParse(index, System.Globalization.CultureInfo.InvariantCulture, out var i) || i < 0 || i >= _places.Count) return false;
        if (_places[i] == TooLong) throw ListException.CellTooLong(row, _limits);
        var block = _blocks[(int)(_places[i] / Block)].AsSpan((int)(_places[i] % Block));
        var length = block[0] | (block[1] << 8) | (block[2] << 16);
        cell.Replace([]);
        cell.Grow(Encoding.UTF8.GetChars(block.Slice(3, length), cell.Space(length)));
        return true;
    }

    void Add(string? text)
    {
        if (text is null)
        {
            _places.Add(TooLong);
            return;
        }
        var length = Encoding.UTF8.GetByteCount(text);
        if (length + 3 > Block) throw new ListException("lists.too-many-texts", null, $"{MostBytes >> 20} MiB");
        if (_used + length + 3 > Block)
        {
            if ((_blocks.Count * (long)Block) + (_places.Count * 4L) > MostBytes) throw new ListException("lists.too-many-texts", null, $"{MostBytes >> 20} MiB");
            _blocks.Add(new byte[Block]);
            _used = 0;
        }
        var at = _blocks[^1].AsSpan(_used);
        (at[0], at[1], at[2]) = ((byte)length, (byte)(length >> 8), (byte)(length >> 16));
        Encoding.UTF8.GetBytes(text, at[3..]);
        _places.Add((uint)(((_blocks.Count - 1) * Block) + _used));
        _used += length + 3;
    }
}
