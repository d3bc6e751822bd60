using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population.Imports;

/// <summary>Goes on with a list whose work was stopped or has failed, behind the last row that was done.</summary>
internal sealed class ResumeList(ListBook lists, JobBook jobs)
{
    internal sealed record Request(Guid Id);

    public async Task<Outcome<Done>> Run(Request r)
    {
        switch (await lists.Hold(r.Id))
        {
            case null:
                return Problem.Missing("population.no-list");
            case { State: "received" or "checking" or "cancelled" } list when ColumnMap.Missing(list.Mapping) is { Count: > 0 } missing:
                return ColumnMap.MissingProblems(missing, list.Shape.Heads);
            case { State: "received" or "checking" or "cancelled" }:
                await jobs.Ask<CheckList>(r.Id);
                return Done.It;
            case { State: "applying" }:
                await jobs.Ask<ApplyList>(r.Id);
                return Done.It;
            default:
                return Done.It;
        }
    }
}
