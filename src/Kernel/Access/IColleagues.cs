namespace SoGoc.Kernel.Access;

/// <summary>Somebody of the same office to whom work can be given.</summary>
/// <param name="Reference">As the journal names him, official:&lt;id&gt;; whoever stands in for him works on it under the same name.</param>
/// <param name="Name">As shown.</param>
/// <param name="StandIn">Who does his work while he is away; null: he is there.</param>
public sealed record Colleague(string Reference, string Name, string? StandIn)
{
    /// <summary>The stand-in, as the journal names him, where he may do the work at a post of his own; null: he does it in the name of who is away.</summary>
    public string? StandInReference { get; init; }
}

/// <summary>The colleagues of who asks. Given by the Staff module.</summary>
public interface IColleagues
{
    /// <summary>Those of his agency, without himself, who may do a work today in all of these areas: who are there, or away with a stand-in other than himself.</summary>
    /// <param name="work">What they have to be allowed to do.</param>
    /// <param name="areas">Keys of <c>places.area</c>, any versions.</param>
    Task<IReadOnlyList<Colleague>> WhoMay(Permission work, IReadOnlyCollection<int> areas);

    /// <summary>Those of the named ones who may do a work today, whoever asks, in the order in which they are named: what comes in the night, or at a counter elsewhere, finds them too. Who is away, and nobody stands in, is not among them.</summary>
    /// <param name="references">As the journal names them.</param>
    /// <param name="work">What they have to be allowed to do.</param>
    /// <param name="area">Key of the area where; null: at the agency of the province.</param>
    /// <param name="office">Name of that agency.</param>
    Task<IReadOnlyList<Colleague>> Among(IReadOnlyCollection<string> references, Permission work, int? area, string office);

    /// <summary>Whom the official who asks stands in for today.</summary>
    Task<IReadOnlyList<Colleague>> StoodInFor();

    /// <summary>Names of officials, by how the journal names them.</summary>
    Task<IReadOnlyDictionary<string, string>> Names(IReadOnlyCollection<string> references);
}
