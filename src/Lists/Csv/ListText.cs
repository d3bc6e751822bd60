using System.Text;

namespace SoGoc.Lists;

/// <summary>The characters of a text file, decoded in blocks. Refuses NUL: no list holds it, and every binary file does.</summary>
internal sealed class ListText : TextReader
{
    readonly Stream _file;
    readonly Charset _charset;
    readonly Decoder? _decoder;
    readonly byte[] _bytes = new byte[1 << 16];
    readonly char[] _chars = new char[(1 << 16) + 4];
    int _next, _end;
    bool _finished;

    public ListText(Stream file, Charset charset)
    {
        (_file, _charset, _decoder) = (file, charset, charset.Decoder());
        file.Position = charset.BomBytes;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        while (_next == _end && !_finished) Fill();
        var count = Math.Min(buffer.Length, _end - _next);
        _chars.AsSpan(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }

    public override int Peek()
    {
        while (_next == _end && !_finished) Fill();
        return _next == _end ? -1 : _chars[_next];
    }

    public override int Read()
    {
        var c = Peek();
        if (c >= 0) _next++;
        return c;
    }

    /// <summary>Whether the first line is a spreadsheet's "sep=;". To be asked before anything is read.</summary>
    public bool StartsWithSeparatorLine()
    {
        _ = Peek();
        return _chars.AsSpan(_next, _end - _next) is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', not ('\r' or '\n'), '\r' or '\n', ..];
    }

    void Fill()
    {
        var read = _file.Read(_bytes);
        _finished = read == 0;
        _next = 0;
        if (_decoder is not null) _end = _decoder.GetChars(_bytes.AsSpan(0, read), _chars, flush: _finished);
        else
        {
            SingleByte.Decode(_bytes.AsSpan(0, read), _chars, _charset.Name);
            _end = read;
        }
        if (_chars.AsSpan(0, _end).Contains('\0')) throw ListException.NotAList("binary");
    }
}
