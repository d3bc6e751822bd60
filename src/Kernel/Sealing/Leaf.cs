using System.Buffers;
using System.Globalization;
using System.Text;
using Npgsql;
using SoGoc.Kernel.Data;

namespace SoGoc.Kernel.Sealing;

/// <summary>A row of the journal as a leaf. Its bytes are a zero and the fields as netstrings (<c>length:text,</c> in UTF-8, in a fixed order),
/// so that anybody can make them from what the interface shows.</summary>
internal sealed record LeafRow(short Era, ulong Xid, long Position, byte[] Hash);

/// <summary>Which columns make a leaf, for each of the two logs.</summary>
internal sealed record LeafLog(string Name, string[] Columns)
{
    public static LeafLog Entry { get; } = new("entry", ["actor", "office", "ground", "subject::text", "kind", "body::text"]);

    public static LeafLog Disclosure { get; } = new("disclosure", ["actor", "office", "subject::text", "array_to_string(fields, ',')", "purpose", "case_ref"]);

    public static IReadOnlyList<LeafLog> All { get; } = [Entry, Disclosure];

    public static LeafLog? Find(string? name) => All.FirstOrDefault(l => l.Name == name);

    /// <summary>The names of a leaf's fields, in their order.</summary>
    public IEnumerable<string> Names => ["log", "era", "xid", "position", "at", .. Columns.Select(c => c.Split("::")[0]).Select(c => c.StartsWith("array", StringComparison.Ordinal) ? "fields" : c)];

    public string Select => $"era, xid, position, at, {string.Join(", ", Columns)} from journal.{Name}";

    /// <summary>The texts of a row's fields.</summary>
    public string[] Texts(NpgsqlDataReader r) =>
    [
        Name, r.GetInt16(0).ToString(CultureInfo.InvariantCulture), r.Get<ulong>(1).ToString(CultureInfo.InvariantCulture), r.GetInt64(2).ToString(CultureInfo.InvariantCulture),
        r.Get<DateTime>(3).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), .. Columns.Select((_, i) => r.GetString(4 + i)),
    ];

    public LeafRow Read(NpgsqlDataReader r, ArrayBufferWriter<byte> buffer) => new(r.GetInt16(0), r.Get<ulong>(1), r.GetInt64(2), Hash(Texts(r), buffer));

    public static byte[] Hash(IEnumerable<string> texts, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        buffer.Write<byte>([0]);
        foreach (var text in texts)
        {
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(text)}:"), buffer);
            Encoding.UTF8.GetBytes(text, buffer);
            buffer.Write(","u8);
        }

        return MerkleTree.Leaf(buffer.WrittenSpan);
    }
}
