namespace SoGoc.Lists;

/// <summary>windows-1252 and windows-1258, one byte per character. Undefined bytes stay the control characters they are in Latin-1.</summary>
internal static class SingleByte
{
    // Bytes 80..9F; a blank is undefined.
    const string C1 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    static readonly char[] To1252 = Table([]);

    static readonly char[] To1258 = Table(
    [
        (0x8A, '\x8A'), (0x8E, '\x8E'), (0x9A, '\x9A'), (0x9E, '\x9E'), (0xC3, 'Ă'), (0xCC, '\u0300'), (0xD0, 'Đ'), (0xD2, '\u0309'), (0xD5, 'Ơ'),
        (0xDD, 'Ư'), (0xDE, '\u0303'), (0xE3, 'ă'), (0xEC, '\u0301'), (0xF0, 'đ'), (0xF2, '\u0323'), (0xF5, 'ơ'), (0xFD, 'ư'), (0xFE, '₫'),
    ]);

    static readonly Dictionary<char, byte> From1252 = To1252.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => (byte)p.i);

    public static void Decode(ReadOnlySpan<byte> bytes, Span<char> chars, string name)
    {
        var table = name == "windows-1258" ? To1258 : To1252;
        for (var i = 0; i < bytes.Length; i++) chars[i] = table[bytes[i]];
    }

    /// <summary>windows-1252; what it cannot hold becomes the nearest plain letter or a question mark.</summary>
    public static byte[] Encode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++) bytes[i] = From1252.TryGetValue(text[i], out var b) ? b : (byte)Plain.Of(text[i]);
        return bytes;
    }

    static char[] Table((byte Byte, char Char)[] differences)
    {
        var table = new char[0x100];
        for (var i = 0; i < table.Length; i++) table[i] = i is >= 0x80 and <= 0x9F && C1[i - 0x80] != ' ' ? C1[i - 0x80] : (char)i;
        foreach (var (b, c) in differences) table[b] = c;
        return table;
    }
}
