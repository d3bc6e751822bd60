using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;

namespace SoGoc.Host.Backups;

/// <summary>Fills an empty register from a backup, all or nothing. Every key, constraint and foreign key is checked when it is built again behind the rows; the journal
/// goes on in a new era, because the transaction ids of a new cluster begin anew.</summary>
internal static class RestoreBackup
{
    public static async Task<BackupManifest> Run(Database database, string path, Action<string, long>? tell, CancellationToken stop)
    {
        await using var file = File.OpenRead(path);
        using var zip = Open(file);
        var manifest = await Manifest(zip, stop);
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await Refuse(connection, manifest);
        var tables = await BackupTables.Read(connection);
        foreach (var table in tables)
        {
            await Do(connection, $"alter table {table.Name} disable trigger user");
        }

        await Do(connection, $"truncate {string.Join(", ", tables.Select(t => t.Name))}; set local synchronous_commit = off");
        await BulkLoad.WithIndexesAside(connection, [.. tables.Select(t => t.Name)], async () =>
        {
            foreach (var part in manifest.Tables)
            {
                await Table(connection, zip, part, tell, stop);
            }
        }, index => tell?.Invoke(index, 0));
        foreach (var table in tables)
        {
            await Do(connection, $"alter table {table.Name} enable trigger user");
        }

        await GoOn(connection);
        await transaction.CommitAsync(stop);
        await Do(connection, "analyze");
        return manifest;
    }

    private static ZipArchive Open(FileStream file)
    {
        try
        {
            return new ZipArchive(file, ZipArchiveMode.Read);
        }
        catch (InvalidDataException)
        {
            throw new UsageException("Tệp này không phải bản sao lưu của Sổ Gốc, hoặc chưa ghi xong. / This file is no backup of Sổ Gốc, or was not written to its end.");
        }
    }

    private static async Task<BackupManifest> Manifest(ZipArchive zip, CancellationToken stop)
    {
        if (zip.GetEntry(BackupTables.Manifest) is not { } entry)
        {
            throw new UsageException("Tệp này không phải bản sao lưu của Sổ Gốc. / This file is no backup of Sổ Gốc.");
        }

        await using var stream = entry.Open();
        return (await JsonSerializer.DeserializeAsync<BackupManifest>(stream, Journal.Json, stop))!;
    }

    private static async Task Refuse(NpgsqlConnection connection, BackupManifest manifest)
    {
        await using var some = connection.CreateCommand("select exists (select from journal.entry) or exists (select from population.person)");
        if (await some.ExecuteScalarAsync() is true)
        {
            throw new UsageException("Sổ đã có dữ liệu: chỉ phục hồi vào sổ trống (đặt SOGOC_DATA sang thư mục khác). / The register is not empty: set SOGOC_DATA to another folder.");
        }

        var here = await BackupTables.Migrations(connection);
        if (!manifest.Migrations.SequenceEqual(here))
        {
            var other = manifest.Migrations.Except(here).Concat(here.Except(manifest.Migrations)).First().Split(' ')[0];
            throw new UsageException($"Bản sao lưu thuộc phiên bản khác ({other}): hãy phục hồi bằng đúng phiên bản đã tạo ra nó rồi nâng cấp. / The backup is of another version ({other}): restore it with the version that made it, then update.");
        }
    }

    private static async Task Table(NpgsqlConnection connection, ZipArchive zip, BackupPart part, Action<string, long>? tell, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var entry = (zip.GetEntry(part.Table) ?? throw Damaged(part.Table)).Open();
        await using (var rows = await connection.BeginRawBinaryCopyAsync($"copy {part.Table} ({part.Columns}) from stdin (format binary)", stop))
        {
            rows.ReadTimeout = Timeout.Infinite;
            var buffer = new byte[1 << 18];
            long bytes = 0;
            for (int read; (read = await entry.ReadAsync(buffer, stop)) > 0; bytes += read)
            {
                hash.AppendData(buffer, 0, read);
                await rows.WriteAsync(buffer.AsMemory(0, read), stop);
                tell?.Invoke(part.Table, bytes);
            }
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != part.Sha256)
        {
            throw Damaged(part.Table);
        }
    }

    private static UsageException Damaged(string table) => new($"Bản sao lưu bị hỏng ở {table}; chưa phục hồi gì. / The backup is damaged at {table}; nothing was restored.");

    /// <summary>Running numbers go on behind the highest that is there, and the journal in a new era.</summary>
    private static async Task GoOn(NpgsqlConnection connection)
    {
        await Do(connection, """
            do $$ declare c record; begin
              for c in select table_schema, table_name, column_name from information_schema.columns where is_identity = 'YES' and table_schema in ('kernel', 'journal', 'seal', 'places', 'staff', 'population') loop
                execute format('select setval(pg_get_serial_sequence(%L, %L), (select coalesce(max(%I), 0) + 1 from %I.%I), false)',
                  format('%I.%I', c.table_schema, c.table_name), c.column_name, c.column_name, c.table_schema, c.table_name);
              end loop;
            end $$
            """);
        await using var next = connection.CreateCommand("update kernel.setting set value = (value::int + 1)::text where name = 'era' returning value::int");
        var era = ((int)(await next.ExecuteScalarAsync())!).ToString(CultureInfo.InvariantCulture);
        await Do(connection, $"alter table journal.entry alter column era set default {era}; alter table journal.disclosure alter column era set default {era}");
    }

    private static async Task Do(NpgsqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
