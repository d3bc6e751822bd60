using System.Text;
using System.Text.Unicode;

namespace SoGoc.Lists;

/// <summary>How the bytes of a text file become characters.</summary>
/// <param name="BomBytes">Bytes to skip at the start.</param>
/// <param name="Else">One byte per character: for lines that are no UTF-8, in a file that has some. Null: all of it is of one kind.</param>
internal sealed record Charset(string Name, int BomBytes, string? Else = null)
{
    const int Chunk = 1 << 20, Sample = 1 << 16;

    /// <summary>
    /// By the mark at the start, else UTF-8 if the whole file is (nearly) valid, else one byte per character. The whole file is looked at, because a list may be
    /// unaccented for a million rows and legacy after that; it costs less than a tenth of reading. Lists are put together from those of several offices:
    /// once a line is no UTF-8, each is read by itself.
    /// </summary>
    public static Charset Of(Stream file)
    {
        var head = new byte[4];
        var length = ReadAt(file, 0, head);
        if (length >= 2 && head is [0xFF, 0xFE, ..]) return new("utf-16le", 2);
        if (length >= 2 && head is [0xFE, 0xFF, ..]) return new("utf-16be", 2);
        var bom = head is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        if (FirstOther(file, bom) is not var (utf8, lines)) return new("utf-8", bom);
        var other = SingleByteKind(lines);
        return new(utf8 || bom > 0 ? "utf-8" : other, bom, other);
    }

    /// <summary>Whether a line of a file that mixes both is UTF-8: a few wrong bytes in it are damage of those cells, no reason to misread all others.</summary>
    public static bool IsUtf8Line(ReadOnlySpan<byte> line)
    {
        if (Utf8.IsValid(line)) return true;
        var (good, bad) = Count(line);
        return good > bad;
    }

    /// <summary>The decoder for the multi-byte charsets; null for one byte per character.</summary>
    public Decoder? Decoder() => Name switch
    {
        "utf-8" => Encoding.UTF8.GetDecoder(),
        "utf-16le" => Encoding.Unicode.GetDecoder(),
        "utf-16be" => Encoding.BigEndianUnicode.GetDecoder(),
        _ => null,
    };

    static int ReadAt(Stream file, long position, Span<byte> into)
    {
        file.Position = position;
        return file.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
    }

    // Where lines begin that are no UTF-8: whether the file is mostly UTF-8 all the same, and some of those lines. Null: there are none.
    static (bool Utf8, byte[] Lines)? FirstOther(Stream file, int bom)
    {
        var (buffer, kept, proven) = (new byte[Chunk], 0, false);
        file.Position = bom;
        while (true)
        {
            var read = file.ReadAtLeast(buffer.AsSpan(kept), Chunk - kept, throwOnEndOfStream: false);
            var bytes = buffer.AsSpan(0, kept + read);
            if (bytes.Contains((byte)0)) throw ListException.NotAList("binary");
            var last = bytes.Length < Chunk;
            var whole = last ? bytes : bytes[..^CutOff(bytes)];
            if (!Utf8.IsValid(whole))
            {
                var (good, bad) = Count(whole);
                return (bad * 20 <= good + (proven ? 1000 : 0), OtherLines(whole));
            }
            if (last) return null;
            proven |= !Ascii.IsValid(whole);
            kept = bytes.Length - whole.Length;
            bytes[whole.Length..].CopyTo(buffer);
        }
    }

    static byte[] OtherLines(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<byte>(Sample);
        foreach (var range in bytes.Split((byte)'\n'))
            if (lines.Count < Sample && !Utf8.IsValid(bytes[range])) lines.AddRange([.. bytes[range], (byte)'\n']);
        return [.. lines];
    }

    // Bytes of an unfinished character at the end.
    public static int CutOff(ReadOnlySpan<byte> bytes)
    {
        for (var n = 1; n <= 3; n++)
            if (bytes[^n] >= 0xC0) return n;
            else if (bytes[^n] < 0x80) return 0;
        return 0;
    }

    // Characters beyond ASCII that are whole, and bytes that are none.
    static (int Good, int Bad) Count(ReadOnlySpan<byte> bytes)
    {
        var (good, bad) = (0, 0);
        while (!bytes.IsEmpty)
        {
            var ascii = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (ascii < 0) break;
            bytes = bytes[ascii..];
            if (Rune.DecodeFromUtf8(bytes, out _, out var used) == System.Buffers.OperationStatus.Done) good++;
            else bad++;
            bytes = bytes[used..];
        }
        return (good, bad);
    }

    // Excel on a Vietnamese Windows saves CSV in windows-1258 (letters and separate tones); everything else of one byte is read as windows-1252.
    static string SingleByteKind(ReadOnlySpan<byte> lines) => Worth(lines, "windows-1258") > Worth(lines, "windows-1252") ? "windows-1258" : "windows-1252";

    static int Worth(ReadOnlySpan<byte> sample, string name)
    {
        var text = new char[sample.Length];
        SingleByte.Decode(sample, text, name);
        var guess = EncodingGuess.Of([new string(text)]);
        return name == "windows-1258" && guess.Encoding is not (VietnameseEncoding.Unicode or VietnameseEncoding.UnicodeDecomposed) ? int.MinValue : guess.Worth;
    }
}
