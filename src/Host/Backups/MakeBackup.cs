using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;

namespace SoGoc.Host.Backups;

/// <summary>Writes the whole register, as of one moment, into one file: a ZIP of the tables in PostgreSQL's binary COPY, beside a running Host. The key that signs heads
/// is not in it: who has the backup must not be able to sign.</summary>
internal static class MakeBackup
{
    public static async Task<BackupManifest> Run(Database database, TimeProvider clock, string path, Action<string, long>? tell, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var draft = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 20 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        BackupManifest manifest;
        await using (var file = new FileStream(draft, options))
        {
            using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                var parts = new List<BackupPart>();
                foreach (var table in await BackupTables.Read(connection))
                {
                    parts.Add(await Table(connection, table, zip, tell, stop));
                }

                manifest = new BackupManifest(clock.GetUtcNow(), await BackupTables.Migrations(connection), parts);
                await using var entry = zip.CreateEntry(BackupTables.Manifest).Open();
                await JsonSerializer.SerializeAsync(entry, manifest, Journal.Json, stop);
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        return manifest;
    }

    private static async Task<BackupPart> Table(Npgsql.NpgsqlConnection connection, BackupTable table, ZipArchive zip, Action<string, long>? tell, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var entry = zip.CreateEntry(table.Name, CompressionLevel.Fastest).Open();
        await using var rows = await connection.BeginRawBinaryCopyAsync($"copy {table.Name} ({table.Columns}) to stdout (format binary)", stop);
        rows.ReadTimeout = Timeout.Infinite;
        var buffer = new byte[1 << 18];
        long bytes = 0;
        for (int read; (read = await rows.ReadAsync(buffer, stop)) > 0; bytes += read)
        {
            hash.AppendData(buffer, 0, read);
            await entry.WriteAsync(buffer.AsMemory(0, read), stop);
            tell?.Invoke(table.Name, bytes);
        }

        return new BackupPart(table.Name, table.Columns, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
