using Npgsql;
using SoGoc.Kernel.Data;

namespace SoGoc.Host.Backups;

/// <summary>A table of the platform with the columns that are stored, in their order.</summary>
internal sealed record BackupTable(string Name, string Columns);

/// <summary>Which tables make up a register: all of the platform's schemas but the list of migrations, which a restored register makes itself.</summary>
internal static class BackupTables
{
    public const string Manifest = "manifest.json";

    public static string[] Schemas { get; } = [.. Platform.Modules.Select(m => m.Name).Prepend("seal").Prepend("journal").Prepend("kernel")];

    public static async Task<List<BackupTable>> Read(NpgsqlConnection connection)
    {
        await using var command = connection.CreateCommand("""
            select format('%I.%I', c.table_schema, c.table_name), string_agg(format('%I', c.column_name), ', ' order by c.ordinal_position)
              from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
             where t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER' and c.table_schema = any($1) and (c.table_schema, c.table_name) <> ('kernel', 'migration')
             group by c.table_schema, c.table_name order by 1
            """, (object)Schemas);
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<BackupTable>();
        while (await reader.ReadAsync())
        {
            tables.Add(new BackupTable(reader.GetString(0), reader.GetString(1)));
        }

        return tables;
    }

    /// <summary>The migrations that made the schema, with their hashes: a backup goes back only into the schema it came from.</summary>
    public static async Task<List<string>> Migrations(NpgsqlConnection connection)
    {
        await using var command = connection.CreateCommand("select module || '/' || name || ' ' || encode(hash, 'hex') from kernel.migration order by 1");
        await using var reader = await command.ExecuteReaderAsync();
        var all = new List<string>();
        while (await reader.ReadAsync())
        {
            all.Add(reader.GetString(0));
        }

        return all;
    }
}

/// <summary>What stands in a backup: when it was made, from which schema, and for each table its columns, size and hash.</summary>
internal sealed record BackupManifest(DateTimeOffset At, IReadOnlyList<string> Migrations, IReadOnlyList<BackupPart> Tables);

/// <param name="Sha256">Of the table's binary COPY, in hexadecimal digits.</param>
internal sealed record BackupPart(string Table, string Columns, long Bytes, string Sha256);
