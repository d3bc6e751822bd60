using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Places.Boundaries;
using SoGoc.Places.Decrees;

namespace SoGoc.Places.Units;

/// <summary>The commands, each a transaction of its own.</summary>
internal sealed class PlacesOffice(Runner runner, Snapshot snapshot) : IPlacesOffice
{
    public async Task<Outcome<DecreeApplied>> Apply(string csvPath, CancellationToken stop = default)
    {
        var outcome = await runner.Run<ApplyDecree, DecreeApplied>(f => f.Run(new ApplyDecree.Request(csvPath)));
        if (outcome.IsGood)
        {
            snapshot.Refresh();
        }

        return outcome;
    }

    public Task<Outcome<BoundariesLoaded>> LoadBoundaries(string geoJsonPath, DateOnly? on = null, CancellationToken stop = default) =>
        runner.Run<LoadBoundaries, BoundariesLoaded>(f => f.Run(new LoadBoundaries.Request(geoJsonPath, on), stop));
}
