using System.Buffers.Binary;
using System.Text;
using Npgsql;
using SoGoc.Kernel.Time;

namespace SoGoc.Kernel.Data;

/// <summary>Writes rows by PostgreSQL's binary COPY in its own encoding: the fastest way in (the managed importer, not the server, is the slow part otherwise).
/// Columns come in the order of the table list given at the start.</summary>
public sealed class CopyWriter : Cells, IAsyncDisposable
{
    private static readonly DateOnly Epoch = new(2000, 1, 1);
    private static readonly DateTimeOffset InstantEpoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Head = [.. "PGCOPY\n"u8, 0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly NpgsqlRawCopyStream stream;
    private readonly short columns;
    private byte[] buffer = new byte[1 << 17];
    private int length;
    private bool completed;

    private CopyWriter(NpgsqlRawCopyStream stream, short columns)
    {
        this.stream = stream;
        this.columns = columns;
        Head.CopyTo(buffer, 0);
        length = Head.Length;
    }

    public long Count { get; private set; }

    /// <param name="connection">Must not be used for anything else until the writer is completed.</param>
    /// <param name="table">Schema-qualified.</param>
    /// <param name="columns">Comma-separated, in the order in which they will be written.</param>
    /// <param name="stop">Cancels the wait for the server.</param>
    public static async Task<CopyWriter> Begin(NpgsqlConnection connection, string table, string columns, CancellationToken stop = default)
    {
        var stream = await connection.BeginRawBinaryCopyAsync($"copy {table} ({columns}) from stdin (format binary)", stop);
        stream.ReadTimeout = Timeout.Infinite;      // the server answers when every row stands and every foreign key is looked up
        return new(stream, (short)columns.Split(',').Length);
    }

    public CopyWriter Row()
    {
        if (length > buffer.Length - 4096)
        {
            stream.Write(buffer, 0, length);
            length = 0;
        }

        BinaryPrimitives.WriteInt16BigEndian(Space(2), columns);
        Count++;
        return this;
    }

    public override CopyWriter Null() => Length(-1);

    public CopyWriter Bool(bool value)
    {
        Length(1);
        Space(1)[0] = value ? (byte)1 : (byte)0;
        return this;
    }

    public override CopyWriter Short(short? value)
    {
        if (value is not { } v)
        {
            return Null();
        }

        Length(2);
        BinaryPrimitives.WriteInt16BigEndian(Space(2), v);
        return this;
    }

    public override CopyWriter Int(int? value)
    {
        if (value is not { } v)
        {
            return Null();
        }

        Length(4);
        BinaryPrimitives.WriteInt32BigEndian(Space(4), v);
        return this;
    }

    public CopyWriter Long(long? value)
    {
        if (value is not { } v)
        {
            return Null();
        }

        Length(8);
        BinaryPrimitives.WriteInt64BigEndian(Space(8), v);
        return this;
    }

    public override CopyWriter Uuid(Guid? value)
    {
        if (value is not { } v)
        {
            return Null();
        }

        Length(16);
        v.TryWriteBytes(Space(16), bigEndian: true, out _);
        return this;
    }

    public override CopyWriter Text(string? value)
    {
        if (value is null)
        {
            return Null();
        }

        var size = Encoding.UTF8.GetByteCount(value);
        Length(size);
        Encoding.UTF8.GetBytes(value, Space(size));
        return this;
    }

    public CopyWriter Utf8(ReadOnlySpan<byte> value)
    {
        Length(value.Length);
        value.CopyTo(Space(value.Length));
        return this;
    }

    public override CopyWriter TextArray(IReadOnlyList<string>? values)
    {
        if (values is null)
        {
            return Null();
        }

        const int textOid = 25;
        var size = values.Count == 0 ? 12 : 20 + values.Sum(v => 4 + Encoding.UTF8.GetByteCount(v));
        Length(size);
        var space = Space(size);
        BinaryPrimitives.WriteInt32BigEndian(space, values.Count == 0 ? 0 : 1);
        BinaryPrimitives.WriteInt32BigEndian(space[4..], 0);
        BinaryPrimitives.WriteInt32BigEndian(space[8..], textOid);
        if (values.Count == 0)
        {
            return this;
        }

        BinaryPrimitives.WriteInt32BigEndian(space[12..], values.Count);
        BinaryPrimitives.WriteInt32BigEndian(space[16..], 1);
        var at = 20;
        foreach (var value in values)
        {
            var written = Encoding.UTF8.GetBytes(value, space[(at + 4)..]);
            BinaryPrimitives.WriteInt32BigEndian(space[at..], written);
            at += 4 + written;
        }

        return this;
    }

    public override CopyWriter Date(DateOnly? value) => Int(value is { } v ? v.DayNumber - Epoch.DayNumber : null);

    /// <summary>timestamptz: microseconds since 2000.</summary>
    public CopyWriter Instant(DateTimeOffset value) => Long((value - InstantEpoch).Ticks / 10);

    public override CopyWriter Period(Period period)
    {
        const byte lowerIncluded = 0x02, lowerInfinite = 0x08, upperInfinite = 0x10, empty = 0x01;
        if (period.IsEmpty)
        {
            Length(1);
            Space(1)[0] = empty;
            return this;
        }

        var flags = (period.From is null ? lowerInfinite : lowerIncluded) | (period.Until is null ? upperInfinite : 0);
        Length(1 + (period.From is null ? 0 : 8) + (period.Until is null ? 0 : 8));
        Space(1)[0] = (byte)flags;
        if (period.From is not null)
        {
            Date(period.From);
        }

        return period.Until is null ? this : Date(period.Until);
    }

    /// <summary>Ends the copy; the number of rows. Without it, disposing cancels.</summary>
    public async Task<long> Complete()
    {
        BinaryPrimitives.WriteInt16BigEndian(Space(2), -1);
        await stream.WriteAsync(buffer.AsMemory(0, length));
        length = 0;
        completed = true;
        await stream.DisposeAsync();
        return Count;
    }

    public async ValueTask DisposeAsync()
    {
        if (!completed)
        {
            completed = true;
            await stream.CancelAsync();
        }
    }

    private CopyWriter Length(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Space(4), value);
        return this;
    }

    private Span<byte> Space(int size)
    {
        if (length + size > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + size));
        }

        var span = buffer.AsSpan(length, size);
        length += size;
        return span;
    }
}
