using System.Text;
using System.Text.Unicode;

namespace SoGoc.Lists;

/// <summary>How the bytes of a text file become characters.</summary>
/// <param name="BomBytes">Bytes to skip at the start.</param>
internal sealed record Charset(string Name, int BomBytes)
{
    const int Chunk = 1 << 20, Sample = 1 << 16;

    /// <summary>
    /// By the mark at the start, else UTF-8 if the whole file is (nearly) valid, else one byte per character. The whole file is looked at, because a list may be
    /// unaccented for a million rows and legacy after that; it costs less than a tenth of reading.
    /// </summary>
    public static Charset Of(Stream file)
    {
        var head = new byte[4];
        var length = ReadAt(file, 0, head);
        if (head is [0xEF, 0xBB, 0xBF, ..]) return new("utf-8", 3);
        if (length >= 2 && head is [0xFF, 0xFE, ..]) return new("utf-16le", 2);
        if (length >= 2 && head is [0xFE, 0xFF, ..]) return new("utf-16be", 2);
        return IsUtf8(file) ? new("utf-8", 0) : new(SingleByteKind(file), 0);
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

    // A few wrong bytes in a long UTF-8 file are damage of those cells, no reason to misread all others.
    static bool IsUtf8(Stream file)
    {
        var (buffer, kept, proven) = (new byte[Chunk], 0, false);
        file.Position = 0;
        while (true)
        {
            var read = file.ReadAtLeast(buffer.AsSpan(kept), Chunk - kept, throwOnEndOfStream: false);
            var bytes = buffer.AsSpan(0, kept + read);
            if (bytes.Contains((byte)0)) throw ListException.NotAList("binary");
            var last = bytes.Length < Chunk;
            var whole = last ? bytes : bytes[..^CutOff(bytes)];
            if (!Utf8.IsValid(whole)) return MostlyUtf8(whole, proven);
            if (last) return true;
            proven |= !Ascii.IsValid(whole);
            kept = bytes.Length - whole.Length;
            bytes[whole.Length..].CopyTo(buffer);
        }
    }

    // Bytes of an unfinished character at the end.
    static int CutOff(ReadOnlySpan<byte> bytes)
    {
        for (var n = 1; n <= 3; n++)
            if (bytes[^n] >= 0xC0) return n;
            else if (bytes[^n] < 0x80) return 0;
        return 0;
    }

    static bool MostlyUtf8(ReadOnlySpan<byte> bytes, bool proven)
    {
        var (good, bad) = (proven ? 1000 : 0, 0);
        while (!bytes.IsEmpty)
        {
            var ascii = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (ascii < 0) break;
            bytes = bytes[ascii..];
            if (Rune.DecodeFromUtf8(bytes, out _, out var used) == System.Buffers.OperationStatus.Done) good++;
            else bad++;
            bytes = bytes[used..];
        }
        return bad * 20 <= good;
    }

    // Excel on a Vietnamese Windows saves CSV in windows-1258 (letters and separate tones); everything else of one byte is read as windows-1252.
    static string SingleByteKind(Stream file)
    {
        var bytes = new byte[Sample];
        var sample = bytes.AsSpan(0, ReadAt(file, FirstForeign(file), bytes));
        return Worth(sample, "windows-1258") > Worth(sample, "windows-1252") ? "windows-1258" : "windows-1252";
    }

    static int Worth(ReadOnlySpan<byte> sample, string name)
    {
        var text = new char[sample.Length];
        SingleByte.Decode(sample, text, name);
        var guess = EncodingGuess.Of([new string(text)]);
        return name == "windows-1258" && guess.Encoding is not (VietnameseEncoding.Unicode or VietnameseEncoding.UnicodeDecomposed) ? int.MinValue : guess.Worth;
    }

    static long FirstForeign(Stream file)
    {
        var buffer = new byte[Chunk];
        for (long position = 0; ReadAt(file, position, buffer) is > 0 and var read; position += read)
            if (buffer.AsSpan(0, read).IndexOfAnyInRange((byte)0x80, (byte)0xFF) is >= 0 and var at) return position + at;
        return 0;
    }
}
