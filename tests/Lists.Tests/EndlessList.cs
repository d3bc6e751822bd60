using System.Text;

namespace SoGoc.Lists.Tests;

/// <summary>A long CSV that is never in memory: a prefix and then one line again and again, of exactly the length asked for.</summary>
sealed class EndlessList(long length, string prefix) : Stream
{
    readonly byte[] _prefix = Encoding.UTF8.GetBytes(prefix);
    readonly byte[] _line = Encoding.UTF8.GetBytes("12,Nguyễn Văn Hưởng,Kinh,01/07/1962,089062000017,ấp Bình Tấn,xã Bình Mỹ\n");

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, Math.Max(0, length - Position));
        for (var done = 0; done < count;)
        {
            var at = Position + done;
            var from = at < _prefix.Length ? _prefix.AsSpan((int)at) : _line.AsSpan((int)((at - _prefix.Length) % _line.Length));
            var take = Math.Min(from.Length, count - done);
            from[..take].CopyTo(buffer[done..]);
            done += take;
        }
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => length + offset };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
