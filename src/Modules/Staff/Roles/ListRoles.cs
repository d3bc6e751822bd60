using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Staff.Roles;

/// <summary>Which role may what.</summary>
internal sealed class ListRoles(Session session)
{
    internal sealed record Request;

    /// <param name="SecondFactor">Whoever has it shows a second factor when he signs in.</param>
    /// <param name="Gives">Permissions it may hand on, and not use.</param>
    internal sealed record Role(string Code, string Name, string NameEn, IReadOnlySet<string> May, IReadOnlySet<string> Gives, bool SecondFactor);

    public async Task<Outcome<IReadOnlyList<Role>>> Run(Request _) => await session.Rows("""
        select r.role, r.name, r.name_en, coalesce(array_agg(p.permission) filter (where not p.only_to_grant), '{}'), coalesce(array_agg(p.permission) filter (where p.only_to_grant), '{}'), r.second_factor
          from staff.role r left join staff.role_permission p on p.role = r.role group by r.role order by r.name
        """, x => new Role(x.GetString(0), x.GetString(1), x.GetString(2), x.Get<string[]>(3).ToHashSet(StringComparer.Ordinal), x.Get<string[]>(4).ToHashSet(StringComparer.Ordinal), x.GetBoolean(5)));
}
