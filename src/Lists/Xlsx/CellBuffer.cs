namespace SoGoc.Lists;

/// <summary>The characters of one row's cells in one growing block.</summary>
internal sealed class CellBuffer
{
    char[] _chars = new char[4096];
    int _start, _end;

    public int CurrentLength => _end - _start;

    public ReadOnlySpan<char> Current => _chars.AsSpan(_start, _end - _start);

    public void Clear() => _start = _end = 0;

    public void StartCell() => _start = _end;

    /// <summary>Where the cell in work lies; stays right when the block grows.</summary>
    public (int Start, int Length) Place => (_start, _end - _start);

    public ReadOnlySpan<char> At((int Start, int Length) place) => _chars.AsSpan(place.Start, place.Length);

    public ArraySegment<char> Space(int atLeast)
    {
        if (_chars.Length - _end < atLeast) Array.Resize(ref _chars, Math.Max(_chars.Length * 2, _end + atLeast));
        return new(_chars, _end, _chars.Length - _end);
    }

    public void Grow(int chars) => _end += chars;

    public void Replace(ReadOnlySpan<char> text)
    {
        _end = _start;
        text.CopyTo(Space(text.Length));
        _end += text.Length;
    }
}
