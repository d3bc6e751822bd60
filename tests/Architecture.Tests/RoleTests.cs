using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;

namespace SoGoc.Architecture.Tests;

/// <summary>A permission that no role has opens a door for nobody, and one that nobody may hand on stays where it is.</summary>
public sealed class RoleTests
{
    private static readonly ILookup<string, string> Roles = ReferenceTable.Read(House.Full("reference/roles.csv")).ToLookup(r => r["permission"], r => r["role"]);

    private static readonly List<string> Named = [.. Spoken.Assemblies.SelectMany(a => a.GetTypes()).Where(t => t.IsEnum && t.Name.EndsWith("Permission", StringComparison.Ordinal)).SelectMany(Permission.All).Select(p => p.Code)];

    [Fact]
    public void Each_permission_stands_in_a_role_and_whoever_manages_officials_can_grant_it()
    {
        Assert.True(Named.Count > 15, "The permissions were not found.");
        Wall.Stands("No role of reference/roles.csv has this permission.", Named.Where(p => Roles[p].All(r => r == "staff-admin") && !p.StartsWith("staff.", StringComparison.Ordinal)));
        Wall.Stands("The role staff-admin lacks it, to use or only to grant: nobody could give it.", Named.Where(p => !Roles[p].Contains("staff-admin")));
    }

    [Fact]
    public void A_role_has_no_permission_that_nothing_asks_for() =>
        Wall.Stands("reference/roles.csv names a permission that no module has.", Roles.Select(r => r.Key).Except(Named));
}
