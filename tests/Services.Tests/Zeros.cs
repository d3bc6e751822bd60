namespace SoGoc.Services.Tests;

/// <summary>Zeros after the head of a part, as many as are asked for, and how many were.</summary>
internal sealed class Zeros(long length) : Stream
{
    private static readonly byte[] Head = "--x\r\nContent-Disposition: form-data; name=\"papers.health-certificate\"; filename=\"a.png\"\r\n\r\n"u8.ToArray();

    public long Given { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Given; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var give = (int)Math.Min(count, length - Given);
        buffer.AsSpan(offset, give).Clear();
        if (Given == 0)
        {
            Head.CopyTo(buffer, offset);
        }

        Given += give;
        return give;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
