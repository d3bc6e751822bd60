using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using SoGoc.Kernel.Data;

namespace SoGoc.Kernel.Sealing;

/// <summary>What both trees were at a time, signed. The note is the signed text; everything else can be read from it.</summary>
/// <param name="Note">Lines: <c>sogoc-head/1</c>, the register's id, the instant, <c>entry</c> size root, <c>disclosure</c> size root (roots in Base64), each ended by a line feed.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256 over the note, r and s (IEEE P1363), as WebCrypto takes it.</param>
public sealed record SignedHead(long No, DateTimeOffset At, long EntrySize, byte[] EntryRoot, long DisclosureSize, byte[] DisclosureRoot, string Note, string KeyId, byte[] PublicKey, byte[] Signature)
{
    private const string Columns = "h.no, h.at, h.entry_size, h.entry_root, h.disclosure_size, h.disclosure_root, h.note, h.key_id, k.public_key, h.signature from seal.head h join seal.head_key k on k.id = h.key_id";

    internal long SizeOf(LeafLog log) => log == LeafLog.Entry ? EntrySize : DisclosureSize;

    internal byte[] RootOf(LeafLog log) => log == LeafLog.Entry ? EntryRoot : DisclosureRoot;

    /// <summary>Whether the signature fits the note and the note says what the other fields say.</summary>
    public bool IsRight()
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(PublicKey, out _);
        var lines = Note.Split('\n');
        return key.VerifyData(System.Text.Encoding.UTF8.GetBytes(Note), Signature, HashAlgorithmName.SHA256)
            && lines.Length == 6 && lines[0] == "sogoc-head/1"
            && lines[3] == Line("entry", EntrySize, EntryRoot) && lines[4] == Line("disclosure", DisclosureSize, DisclosureRoot);
    }

    internal static string Written(string register, DateTimeOffset at, long entries, byte[] root, long disclosures, byte[] disclosureRoot) =>
        $"sogoc-head/1\n{register}\n{at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)}\n{Line("entry", entries, root)}\n{Line("disclosure", disclosures, disclosureRoot)}\n";

    private static string Line(string log, long size, byte[] root) => string.Create(CultureInfo.InvariantCulture, $"{log} {size} {Convert.ToBase64String(root)}");

    /// <summary>The id of this register, made at the founding: heads of two registers can never be taken for each other.</summary>
    internal static async Task<string> Register(NpgsqlConnection connection)
    {
        await using var command = connection.CreateCommand("select value from kernel.setting where name = 'register'");
        return (string?)await command.ExecuteScalarAsync() ?? "unfounded";
    }

    internal static Task<SignedHead?> Latest(NpgsqlConnection connection) => One(connection, "order by h.no desc limit 1");

    /// <summary>The first head in which a leaf is.</summary>
    internal static Task<SignedHead?> With(NpgsqlConnection connection, LeafLog log, long leaf) => One(connection, $"where h.{log.Name}_size > $1 order by h.no limit 1", leaf);

    internal static Task<SignedHead?> Find(NpgsqlConnection connection, long no) => One(connection, "where h.no = $1", no);

    internal static async Task<List<SignedHead>> After(NpgsqlConnection connection, long no, int most)
    {
        await using var command = connection.CreateCommand($"select {Columns} where h.no > $1 order by h.no limit $2", no, most);
        await using var reader = await command.ExecuteReaderAsync();
        var heads = new List<SignedHead>();
        while (await reader.ReadAsync())
        {
            heads.Add(Read(reader));
        }

        return heads;
    }

    internal static async Task Keep(NpgsqlConnection connection, string note, DateTimeOffset at, (long Size, byte[] Root) entry, (long Size, byte[] Root) disclosure, IHeadSigner signer)
    {
        await using (var key = connection.CreateCommand("insert into seal.head_key (id, public_key, since) values ($1, $2, $3) on conflict do nothing", signer.KeyId, signer.PublicKey, at))
        {
            await key.ExecuteNonQueryAsync();
        }

        await using var head = connection.CreateCommand("""
            insert into seal.head (at, entry_size, entry_root, disclosure_size, disclosure_root, note, key_id, signature) values ($1, $2, $3, $4, $5, $6, $7, $8)
            """, at, entry.Size, entry.Root, disclosure.Size, disclosure.Root, note, signer.KeyId, signer.Sign(System.Text.Encoding.UTF8.GetBytes(note)));
        await head.ExecuteNonQueryAsync();
    }

    private static async Task<SignedHead?> One(NpgsqlConnection connection, string which, params object?[] values)
    {
        await using var command = connection.CreateCommand($"select {Columns} {which}", values);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? Read(reader) : null;
    }

    private static SignedHead Read(NpgsqlDataReader r) => new(r.GetInt64(0), r.Get<DateTimeOffset>(1), r.GetInt64(2), r.Get<byte[]>(3), r.GetInt64(4), r.Get<byte[]>(5),
        r.GetString(6), r.GetString(7), r.Get<byte[]>(8), r.Get<byte[]>(9));
}
