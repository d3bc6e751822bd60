using Npgsql;
using SoGoc.Kernel.Data;

namespace SoGoc.Population.Imports;

/// <summary>The file of a list as a stream that can be read from any place: parts come from the database when they are needed, one at a time.</summary>
internal sealed class ListFile(NpgsqlConnection connection, Guid list, long bytes) : Stream
{
    private byte[] part = [];
    private int partNo = -1;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => bytes;
    public override long Position { get; set; }

    public static async Task<ListFile> Open(Database database, SentList list) => new(await database.App.OpenConnectionAsync(), list.Id, list.Bytes);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (Position >= bytes)
        {
            return 0;
        }

        var no = (int)(Position / ListBook.ChunkBytes);
        if (no != partNo)
        {
            using var command = connection.CreateCommand("select bytes from population.list_chunk where list_id = $1 and no = $2", list, no);
            part = (byte[]?)command.ExecuteScalar() ?? throw new EndOfStreamException("A part of the list is missing.");
            partNo = no;
        }

        var at = (int)(Position % ListBook.ChunkBytes);
        var n = Math.Min(buffer.Length, part.Length - at);
        part.AsSpan(at, n).CopyTo(buffer);
        Position += n;
        return n;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => bytes + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            connection.Dispose();
        }

        base.Dispose(disposing);
    }
}
