using System.Text.Json;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;

namespace SoGoc.Staff.Roles;

/// <summary>Roles and permissions that came with a newer program than the one that founded the register. A permission that somebody took from a role by hand stays away: the journal tells of it.</summary>
internal static class BringRoles
{
    private const string Ground = "vai trò và quyền của phiên bản mới";

    internal readonly record struct Permission(string Role, string Code, bool OnlyToGrant);

    public static async Task Run(NpgsqlConnection connection, string folder, DateTimeOffset now, CancellationToken stop)
    {
        await Names(connection, folder, stop);
        var known = (await Rows(connection, "select role || ' ' || permission from staff.role_permission", stop)).ToHashSet(StringComparer.Ordinal);
        var roles = await Rows(connection, "select role from staff.role", stop);
        // By their subjects: the journal of a full province is long, and this stands before every start.
        known.UnionWith(await Rows(connection, "select (body ->> 'role') || ' ' || p from journal.entry, json_array_elements_text(body -> 'removed') p where subject = any($1) and kind = 'staff.role-written'", stop, [.. roles.Select(WriteRole.Subject)]));
        var brought = new List<Permission>();
        foreach (var row in Permissions(folder).Where(r => !known.Contains($"{r.Role} {r.Code}")))
        {
            brought.AddRange(await Add(connection, row, stop) ? [row] : []);
        }

        foreach (var role in brought.GroupBy(p => p.Role))
        {
            await using var name = connection.CreateCommand("select name from staff.role where role = $1", role.Key);
            var entry = new RoleWritten(role.Key, (string)(await name.ExecuteScalarAsync(stop))!, [.. role.Select(p => p.Code)], []);
            await using var tell = connection.CreateCommand("insert into journal.entry (at, actor, office, ground, subject, kind, body) values ($1, 'system:program', 'Sổ Gốc', $2, $3, $4, $5::json)",
                now, Ground, WriteRole.Subject(role.Key), RoleWritten.Kind, JsonSerializer.Serialize(entry, Journal.Json));
            await tell.ExecuteNonQueryAsync(stop);
        }
    }

    /// <summary>Roles that there are not yet; those that there are keep the names that they have.</summary>
    public static async Task Names(NpgsqlConnection connection, string folder, CancellationToken stop)
    {
        foreach (var row in ReferenceTable.Read(Path.Combine(folder, "role_names.csv")))
        {
            await using var command = connection.CreateCommand("insert into staff.role (role, name, name_en) values ($1, $2, $3) on conflict do nothing", row["role"], row["name"], row["name_en"]);
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    public static IEnumerable<Permission> Permissions(string folder) =>
        ReferenceTable.Read(Path.Combine(folder, "roles.csv")).Select(r => new Permission(r["role"], r["permission"], r["only_to_grant"].Length > 0));

    public static async Task<bool> Add(NpgsqlConnection connection, Permission row, CancellationToken stop)
    {
        await using var command = connection.CreateCommand("insert into staff.role_permission (role, permission, only_to_grant) values ($1, $2, $3) on conflict do nothing", row.Role, row.Code, row.OnlyToGrant);
        return await command.ExecuteNonQueryAsync(stop) == 1;
    }

    private static async Task<List<string>> Rows(NpgsqlConnection connection, string sql, CancellationToken stop, Guid[]? subjects = null)
    {
        await using var command = subjects is null ? connection.CreateCommand(sql) : connection.CreateCommand(sql, (object)subjects);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new List<string>();
        while (await reader.ReadAsync(stop))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
