using System.IO.Compression;

namespace SoGoc.Lists;

/// <summary>Unpacks one part and watches it: size in all, ratio, checksum, and that tags keep coming (so that no parser must hold a huge one).</summary>
internal sealed class PartStream : Stream
{
    const int MaxRatio = 200, RatioMattersAbove = 10 << 20, MaxBytesWithoutTag = 1 << 20;

    static readonly uint[] CrcTable = MakeCrcTable();

    readonly ZipPart _part;
    readonly ZipParts _zip;
    readonly Slice _packed;
    readonly Stream _source;
    long _unpacked, _sinceTag;
    uint _crc = uint.MaxValue;
    bool _checked;

    public PartStream(Stream file, ZipPart part, long start, ZipParts zip)
    {
        (_part, _zip) = (part, zip);
        if (IsBomb(part.Unpacked, part.Packed)) throw zip.Bomb();
        _packed = new(file, start, part.Packed);
        _source = part.Deflated ? new DeflateStream(_packed, CompressionMode.Decompress) : _packed;
    }

    /// <summary>Share of the packed bytes that is read.</summary>
    public double Progress => _part.Packed == 0 ? 1 : (double)_packed.Position / _part.Packed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _part.Unpacked;

    public override long Position { get => _unpacked; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        var read = _source.Read(buffer);
        if (read == 0) Finish();
        else Watch(buffer[..read]);
        return read;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _part.Deflated) _source.Dispose();
        base.Dispose(disposing);
    }

    static bool IsBomb(long unpacked, long packed) => unpacked > RatioMattersAbove && unpacked / MaxRatio > packed;

    void Watch(ReadOnlySpan<byte> bytes)
    {
        _unpacked += bytes.Length;
        _zip.Spend(bytes.Length);
        if (IsBomb(_unpacked, _part.Packed)) throw _zip.Bomb();
        var tag = bytes.LastIndexOf((byte)'<');
        _sinceTag = tag < 0 ? _sinceTag + bytes.Length : bytes.Length - tag;
        if (_sinceTag > MaxBytesWithoutTag) throw ListException.NotAList("xml");
        var crc = _crc;
        foreach (var b in bytes) crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        _crc = crc;
    }

    void Finish()
    {
        if (_checked) return;
        _checked = true;
        if (~_crc != _part.Crc || _unpacked != _part.Unpacked) throw new InvalidDataException("The part is not what the directory promises.");
    }

    static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[i] = value;
        }
        return table;
    }

    /// <summary>The packed bytes inside the file.</summary>
    sealed class Slice(Stream file, long start, long length) : Stream
    {
        long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            file.Position = start + _position;
            var read = file.Read(buffer[..(int)Math.Min(buffer.Length, length - _position)]);
            _position += read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
