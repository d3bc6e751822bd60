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
public sealed class SignedInAttribute : Attribute
{
    /// <summary>Where those are led who have never sat at a desk with this browser; null: to the sign-in, as all who are not signed in.</summary>
    public string? Strangers { get; init; }
}

/// <summary>Marks a page or route that anybody may use.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublicAttribute : Attribute;

/// <summary>Marks a route that agencies' systems may use too, within their agreement. Every other one is closed to them, whatever they hold.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForSystemsAttribute : Attribute;

/// <summary>Marks a page of citizens, where an official's session counts for nothing: somebody has to be signed in at this level of assurance or a higher one. 0 beside the mark
/// for everybody: nobody need be.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CitizenAttribute(int atLeast = 1) : Attribute
{
    public int AtLeast { get; } = atLeast;
}
