using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace SoGoc.Kernel.Access;

/// <summary>What may be done: a member of a module's permission enum. PopulationPermission.ReadPerson is "population.read-person".</summary>
public readonly partial record struct Permission(string Code)
{
    private static readonly ConcurrentDictionary<Enum, Permission> Known = new();

    public static Permission Of(Enum member) => Known.GetOrAdd(member, Named);

    private static Permission Named(Enum member)
    {
        var module = member.GetType().Name.Replace("Permission", "", StringComparison.Ordinal).ToLowerInvariant();
        return new Permission($"{module}.{Kebab().Replace(member.ToString(), "-$1").TrimStart('-').ToLowerInvariant()}");
    }

    public static IEnumerable<Permission> All(Type permissions) => Enum.GetValues(permissions).Cast<Enum>().Select(Of);

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Kebab();
}

/// <summary>Marks a page or route: the actor must hold this permission.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class NeedsAttribute(object permission) : Attribute
{
    public Permission Permission { get; } = Permission.Of((Enum)permission);
}

/// <summary>Marks a page or route that any signed-in official may use.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SignedInAttribute : Attribute;

/// <summary>Marks a page or route that anybody may use.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublicAttribute : Attribute;
