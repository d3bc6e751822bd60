using SoGoc.Kernel.Access;

namespace SoGoc.Kernel.Modules;

/// <summary>Something that waits for an official or a citizen, or that an official steers by.</summary>
/// <param name="Sentence">Code of the sentence; {0} is the figure.</param>
/// <param name="Figure">How many, or how far.</param>
/// <param name="Link">Where it is done or seen.</param>
/// <param name="Waits">It waits for a decision of his; false for what is only told.</param>
public sealed record WorkItem(string Sentence, string Figure, string Link, bool Waits);

/// <summary>What a module has at hand for an official; the first page shows it.</summary>
public interface IWorkAtHand
{
    Task<IReadOnlyList<WorkItem>> For(Actor who);
}

/// <summary>What a module has waiting for a citizen; his first page shows it.</summary>
public interface IWaitsForCitizen
{
    /// <param name="who">The citizen, with those for whom he acts.</param>
    Task<IReadOnlyList<WorkItem>> For(Actor who);
}
