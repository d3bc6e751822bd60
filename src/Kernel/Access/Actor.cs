namespace SoGoc.Kernel.Access;

/// <summary>Who acts: an official at a post of an office, or the system itself for a named work.</summary>
/// <param name="Reference">As written into the journal: official:&lt;id&gt; or system:&lt;work&gt;.</param>
/// <param name="Name">As shown.</param>
/// <param name="Office">The office he acts for.</param>
/// <param name="Permissions">Codes module.kebab-name that his roles give him.</param>
/// <param name="Areas">Commune or province codes of his duty, each on the day it was given; empty means none, <see cref="WholeProvince"/> all.</param>
public sealed record Actor(string Reference, string Name, string Office, IReadOnlySet<string> Permissions, IReadOnlyList<int> Areas, bool WholeProvince)
{
    public static Actor System(string work) => new($"system:{work}", work, "Sổ Gốc", new HashSet<string>(), [], true);

    public bool May(Permission permission) => Permissions.Contains(permission.Code);
}

/// <summary>The actor of this request or job; the gate or the job runner sets it once.</summary>
public sealed class CurrentActor
{
    private Actor? actor;

    public Actor Value => actor ?? throw new InvalidOperationException("Nobody acts: the gate has not let anyone in.");

    public bool IsKnown => actor is not null;

    public void Set(Actor value) => actor = value;
}

/// <summary>May the official act in this area? Given by the Staff module; follows mergers of units.</summary>
public interface IDuty
{
    /// <param name="area">Key of <c>places.area</c>, any version of it.</param>
    ValueTask<bool> Covers(int area);
}
