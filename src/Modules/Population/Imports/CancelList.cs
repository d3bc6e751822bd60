using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population.Imports;

/// <summary>Stops the work on a list after the batch that is being done. What was entered stays; the rest can go on another time.</summary>
internal sealed class CancelList(ListBook lists, JobBook jobs)
{
    internal sealed record Request(Guid Id);

    public async Task<Outcome<Done>> Run(Request r) =>
        await lists.Find(r.Id) is null ? Problem.Missing("population.no-list")
        : await jobs.Cancel(r.Id) == 0 ? Problem.Conflict("population.list-not-working")
        : Done.It;
}
