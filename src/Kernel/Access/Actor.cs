namespace SoGoc.Kernel.Access;

/// <summary>Who acts: an official at a post of an office, a citizen for himself, an agency's system under an agreement, or the register itself for a named work.</summary>
/// <param name="Reference">As written into the journal: official:&lt;id&gt;, citizen:&lt;account&gt;, client:&lt;system&gt; or system:&lt;work&gt;.</param>
/// <param name="Name">As shown.</param>
/// <param name="Office">The office he acts for.</param>
/// <param name="Permissions">Codes module.kebab-name that his roles give him.</param>
/// <param name="Areas">Commune or province codes of his duty, each on the day it was given; empty means none, <see cref="WholeProvince"/> all.</param>
public sealed record Actor(string Reference, string Name, string Office, IReadOnlySet<string> Permissions, IReadOnlyList<int> Areas, bool WholeProvince)
{
    /// <summary>A citizen's own record; null for officials and the system.</summary>
    public Guid? Person { get; init; }

    /// <summary>Records that are within reach beside those of the areas: a citizen's own and his account's, those of whom he acts for, the one that was agreed to.</summary>
    public IReadOnlyList<Guid> Persons { get; init; } = [];

    /// <summary>A citizen's level of assurance in this session, 1 or 2 (NĐ 69/2024, article 7); 0 for officials.</summary>
    public int Level { get; init; }

    /// <summary>The official at whose posts this one acts while he is away, as the journal names him; null: at his own.</summary>
    public string? StandsInFor { get; init; }

    /// <summary>An official's own personal number, where it is known: he is refused what is about himself.</summary>
    public string? OwnNumber { get; init; }

    /// <summary>Codes of the roles of his posts, with commas between, as his signature names them; null for people without a post, and for systems.</summary>
    public string? Posts { get; init; }

    /// <summary>How far an agency's system may read by itself; null for people, and for the register.</summary>
    public Agreement? Agreement { get; init; }

    /// <summary>Whose the cases are that he opens: his office's, so that colleagues go on with them; a system's are its own.</summary>
    public string Desk => Agreement is null ? Office : Reference;

    /// <summary>Name and office, for a second person who decides about what this one proposed.</summary>
    public string Signature => $"{Name}, {Office}";

    /// <summary>Who holds the cases that he opens: who is away finds them when he is back.</summary>
    public string Holder => StandsInFor ?? Reference;

    /// <summary>A citizen at home: no permissions and no duty but his own record.</summary>
    public static Actor Citizen(Guid account, string name, Guid person, int level) => new($"citizen:{account}", name, "", new HashSet<string>(), [], false) { Person = person, Level = level, Persons = [person, account] };

    public static Actor System(string work) => new($"system:{work}", work, "Sổ Gốc", new HashSet<string>(), [], true);

    public bool May(Permission permission) => Permissions.Contains(permission.Code);
}

/// <summary>What was agreed with an agency about its system: what for and how much of a person it may read by itself. In which areas, and until when, stands with the system.</summary>
/// <param name="Purposes">Codes of the list of purposes.</param>
/// <param name="Classes">Classes of fields.</param>
public sealed record Agreement(IReadOnlySet<string> Purposes, IReadOnlySet<string> Classes);

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
