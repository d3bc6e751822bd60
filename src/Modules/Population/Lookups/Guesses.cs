using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population.Lookups;

/// <summary>Yes or no may be asked of anybody, but not until a value is guessed: an official whose duty is an area asks ten times about one number, and once more every five minutes. Who may
/// read the whole province has nothing to guess; systems have a measure of their own.</summary>
internal sealed class Guesses(RateLimit limit, Reads reads, CurrentActor actor)
{
    private const int AtOnce = 10;
    private static readonly TimeSpan Each = TimeSpan.FromMinutes(5);

    /// <summary>Null if he may ask; it is taken before the answer is known, so that the measure tells nothing either.</summary>
    public Task<Problem?> Take(PersonalNumber number) =>
        reads.Limited && actor.Value.Agreement is null ? limit.Take($"claims {actor.Value.Reference} {number}", AtOnce, Each) : Task.FromResult<Problem?>(null);
}
