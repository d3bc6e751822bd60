namespace SoGoc.Kernel.Access;

/// <summary>Somebody of the same office to whom work can be given.</summary>
/// <param name="Reference">As the journal names him, official:&lt;id&gt;; whoever stands in for him works on it under the same name.</param>
/// <param name="Name">As shown.</param>
/// <param name="StandIn">Who does his work while he is away; null: he is there.</param>
public sealed record Colleague(string Reference, string Name, string? StandIn);

/// <summary>The colleagues of who asks. Given by the Staff module.</summary>
public interface IColleagues
{
    /// <summary>Those of his agency, without himself, who may do a work today in all of these areas: who are there, or away with a stand-in other than himself.</summary>
    /// <param name="work">What they have to be allowed to do.</param>
    /// <param name="areas">Keys of <c>places.area</c>, any versions.</param>
    Task<IReadOnlyList<Colleague>> WhoMay(Permission work, IReadOnlyCollection<int> areas);
}
