using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population.Imports;

/// <summary>Says that the sound rows of a checked list go into the register; of one whose entering was stopped, the rest.</summary>
internal sealed class EnterList(ListBook lists, JobBook jobs)
{
    internal sealed record Request(Guid Id);

    public async Task<Outcome<Done>> Run(Request r)
    {
        switch ((await lists.Hold(r.Id))?.State)
        {
            case null:
                return Problem.Missing("population.no-list");
            case "checked" or "applying":
                await jobs.Ask<ApplyList>(r.Id);
                return Done.It;
            case "done":
                return Done.It;
            default:
                return Problem.Conflict("population.list-not-checked");
        }
    }
}
