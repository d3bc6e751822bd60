using System.Text;

namespace SoGoc.Lists;

/// <summary>The characters of a text file, decoded in blocks. Refuses NUL: no list holds it, and every binary file does.</summary>
internal sealed class ListText : TextReader
{
    readonly Stream _file;
    readonly string? _else;
    readonly Decoder? _decoder;
    readonly byte[] _bytes = new byte[1 << 16];
    readonly char[] _chars = new char[(1 << 16) + 4];
    int _next, _end, _kept;
    bool _finished;

    public ListText(Stream file, Charset charset)
    {
        (_file, _else, _decoder) = (file, charset.Else, charset.Decoder());
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
        var read = _file.Read(_bytes.AsSpan(_kept));
        _finished = read == 0;
        _next = 0;
        _end = _else is null ? _decoder!.GetChars(_bytes.AsSpan(0, read), _chars, flush: _finished) : FillByLines(_bytes.AsSpan(0, _kept + read));
        if (_chars.AsSpan(0, _end).Contains('\0')) throw ListException.NotAList("binary");
    }

    // Whole lines, each as what it is; the begun one waits for its rest.
    int FillByLines(ReadOnlySpan<byte> bytes)
    {
        var whole = _finished ? bytes.Length : bytes.LastIndexOf((byte)'\n') + 1;
        if (whole == 0 && bytes.Length == _bytes.Length) whole = bytes.Length - Charset.CutOff(bytes);
        var filled = 0;
        for (var rest = bytes[..whole]; !rest.IsEmpty;)
        {
            var line = rest[..(rest.IndexOf((byte)'\n') is >= 0 and var at ? at + 1 : rest.Length)];
            if (Charset.IsUtf8Line(line)) filled += Encoding.UTF8.GetChars(line, _chars.AsSpan(filled));
            else
            {
                SingleByte.Decode(line, _chars.AsSpan(filled), _else!);
                filled += line.Length;
            }
            rest = rest[line.Length..];
        }
        _kept = bytes.Length - whole;
        bytes[whole..].CopyTo(_bytes);
        return filled;
    }
}
