using System.Buffers.Binary;
using System.Text;

namespace SoGoc.Lists;

/// <summary>One file in the ZIP: where its packed bytes are, and what the directory says they become.</summary>
internal sealed record ZipPart(string Name, long Header, long Packed, long Unpacked, bool Deflated, uint Crc);

/// <summary>The directory of a ZIP, read with bounds before anything is unpacked (the platform's own reader would first load a directory of any size).</summary>
internal sealed class ZipParts
{
    const int MaxParts = 10_000, MaxDirectory = 8 << 20, EndBytes = 22, LongestComment = 0xFFFF;

    readonly Stream _file;
    readonly Dictionary<string, ZipPart> _parts = new(StringComparer.OrdinalIgnoreCase);
    readonly ListLimits _limits;
    long _unpacked;

    public ZipParts(Stream file, ListLimits limits)
    {
        (_file, _limits) = (file, limits);
        var (at, length) = FindDirectory();
        if (length > MaxDirectory || at < 0 || at + length > file.Length) throw ListException.NotAList("zip");
        var directory = ReadAt(at, (int)length);
        long declared = 0;
        for (var rest = directory.AsSpan(); rest.Length >= 46 && Int(rest) == 0x02014B50;)
        {
            var part = Entry(ref rest);
            if (!_parts.TryAdd(part.Name, part) || _parts.Count > MaxParts) throw ListException.NotAList("zip");
            declared += part.Unpacked;
            if (part.Unpacked < 0 || declared < 0 || declared > limits.MaxInflatedBytes) throw Bomb();
        }
    }

    /// <summary>The unpacked part; null if there is none of that name.</summary>
    public PartStream? Open(string name)
    {
        if (!_parts.TryGetValue(name, out var part)) return null;
        var header = ReadAt(part.Header, 30);
        if (Int(header) != 0x04034B50) throw ListException.NotAList("zip");
        var start = part.Header + 30 + Short(header.AsSpan(26)) + Short(header.AsSpan(28));
        if (part.Packed < 0 || start + part.Packed > _file.Length) throw ListException.NotAList("zip");
        return new(_file, part, start, this);
    }

    /// <summary>Counts what all parts together became.</summary>
    public void Spend(int bytes)
    {
        _unpacked += bytes;
        if (_unpacked > _limits.MaxInflatedBytes) throw Bomb();
    }

    public ListException Bomb() => new("lists.bomb", null, $"{_limits.MaxInflatedBytes}");

    ZipPart Entry(ref Span<byte> rest)
    {
        var (flags, method) = (Short(rest[8..]), Short(rest[10..]));
        var (name, extra, comment) = (Short(rest[28..]), Short(rest[30..]), Short(rest[32..]));
        if (rest.Length < 46 + name + extra + comment) throw ListException.NotAList("zip");
        if ((flags & 1) != 0 || method is not (0 or 8)) throw ListException.NotAList("zip, encrypted or of an unknown method");
        long unpacked = Int(rest[24..]), packed = Int(rest[20..]), header = Int(rest[42..]);
        // Sizes beyond 32 bits stand in extra field 1, only those that did not fit, in this order.
        for (var field = rest.Slice(46 + name, extra); field.Length >= 4; field = field[Math.Min(field.Length, 4 + Short(field[2..]))..])
        {
            if (Short(field) != 1) continue;
            var values = field.Slice(4, Math.Min(Short(field[2..]), field.Length - 4));
            if (unpacked == uint.MaxValue) unpacked = Take(ref values);
            if (packed == uint.MaxValue) packed = Take(ref values);
            if (header == uint.MaxValue) header = Take(ref values);
        }
        var part = new ZipPart(Encoding.UTF8.GetString(rest.Slice(46, name)).Replace('\\', '/'), header, packed, unpacked, method == 8, Int(rest[16..]));
        rest = rest[(46 + name + extra + comment)..];
        return part;
    }

    (long At, long Length) FindDirectory()
    {
        var tail = ReadAt(Math.Max(0, _file.Length - EndBytes - LongestComment), (int)Math.Min(_file.Length, EndBytes + LongestComment));
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || tail.Length - end < EndBytes) throw ListException.NotAList("zip without its end");
        var record = tail.AsSpan(end);
        var (length, at) = ((long)Int(record[12..]), (long)Int(record[16..]));
        if (at != uint.MaxValue && length != uint.MaxValue) return (at, length);
        if (end < 20 || Int(tail.AsSpan(end - 20)) != 0x07064B50) throw ListException.NotAList("zip");
        var large = ReadAt(Long(tail.AsSpan(end - 12)), 56);
        return Int(large) == 0x06064B50 ? (Long(large.AsSpan(48)), Long(large.AsSpan(40))) : throw ListException.NotAList("zip");
    }

    byte[] ReadAt(long position, int count)
    {
        if (position < 0 || position > _file.Length - count) throw ListException.NotAList("zip");
        var bytes = new byte[count];
        _file.Position = position;
        if (_file.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count) throw ListException.NotAList("zip");
        return bytes;
    }

    static long Take(ref Span<byte> values)
    {
        if (values.Length < 8) throw ListException.NotAList("zip");
        var value = Long(values);
        values = values[8..];
        return value;
    }

    static int Short(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    static uint Int(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    static long Long(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);
}
