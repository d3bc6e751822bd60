using System.Security.Cryptography;
using System.Text;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Outcomes;
using SoGoc.Staff.Officials;

namespace SoGoc.Staff.Roles;

/// <summary>What a role may do was written anew.</summary>
internal sealed record RoleWritten(string Role, string Name, IReadOnlyList<string> Added, IReadOnlyList<string> Removed) : IEntry
{
    public static string Kind => "staff.role-written";
}

/// <summary>Whether a role asks for a second factor was said anew.</summary>
internal sealed record RoleSecondFactor(string Role, bool Asked) : IEntry
{
    public static string Kind => "staff.role-second-factor";
}

/// <summary>Makes a role, or says anew what one may do. It holds in the whole province, so only those may whose duty that is; and each adds and takes away only what he holds, in roles he has not himself.</summary>
internal sealed class WriteRole(Session session, Authority authority, Journal journal, IEnumerable<IModule> modules)
{
    internal sealed record Request(string? Role, string? Name, string? NameEn, IReadOnlyList<string>? May, bool Second, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var problems = new List<Problem>();
        FormText.Ground(r.Ground, problems);
        var (role, wanted) = ((r.Role ?? "").Trim(), (r.May ?? []).ToHashSet(StringComparer.Ordinal));
        var all = Permissions(modules, await session.Rows("select distinct permission from staff.role_permission", x => x.GetString(0)));
        if (wanted.Except(all).Any())
        {
            problems.Add(Problem.Invalid("may", "staff.no-permission"));
        }

        if (problems.Count == 0 && await authority.Over(null) is { } outside)
        {
            problems.Add(outside);
        }

        if (problems.Count == 0 && await authority.HasRole(role))
        {
            problems.Add(Problem.Forbidden("staff.own-role"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        await session.Execute("insert into staff.role (role, name, name_en) values ($1, $2, $3) on conflict (role) do update set name = excluded.name, name_en = excluded.name_en", role, (r.Name ?? "").Trim(), (r.NameEn ?? "").Trim());
        var second = await session.Value<bool>("select second_factor from staff.role where role = $1 for update", role);
        var has = (await session.Rows("select permission from staff.role_permission where role = $1 and not only_to_grant", x => x.GetString(0), role)).ToHashSet(StringComparer.Ordinal);
        string[] added = [.. wanted.Except(has).Order(StringComparer.Ordinal)], removed = [.. has.Except(wanted).Order(StringComparer.Ordinal)];
        if (await authority.ToGive([.. added, .. removed, .. second == r.Second ? [] : has.Union(wanted)]) is { } lacking)
        {
            return lacking;
        }

        await session.Execute("delete from staff.role_permission where role = $1 and permission = any($2) and not only_to_grant", role, removed);
        await session.Execute("insert into staff.role_permission (role, permission) select $1, p from unnest($2) p on conflict (role, permission) do update set only_to_grant = false", role, added);
        if (second != r.Second)
        {
            await session.Execute("update staff.role set second_factor = $2 where role = $1", role, r.Second);
            await journal.Add(Subject(role), new RoleSecondFactor(role, r.Second), r.Ground!);
        }

        await journal.Add(Subject(role), new RoleWritten(role, (r.Name ?? "").Trim(), added, removed), r.Ground!);
        return Done.It;
    }

    /// <summary>The record under which a role's changes stand in the journal.</summary>
    public static Guid Subject(string role) => new(SHA256.HashData(Encoding.UTF8.GetBytes("staff.role " + role)).AsSpan(0, 16));

    /// <summary>All that can be permitted: what the modules name, and what roles have beside it.</summary>
    public static IReadOnlyList<string> Permissions(IEnumerable<IModule> modules, IEnumerable<string> had) =>
        [.. modules.Select(m => m.Permissions).OfType<Type>().SelectMany(Permission.All).Select(p => p.Code).Concat(had).Distinct().Order(StringComparer.Ordinal)];
}
