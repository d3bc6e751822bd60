using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population.Imports;

/// <summary>How far a list is, for the page and for scripts.</summary>
internal sealed class ShowList(ListBook lists, JobBook jobs)
{
    internal sealed record Request(Guid Id);

    internal sealed record Shown(SentList List, JobState? Job, IReadOnlyList<FaultCount> Faults, long Quarantined)
    {
        /// <summary>A job waits for a worker, or one is at it.</summary>
        public bool Working => Job is { Waits: true };

        /// <summary>The work stands still although it is not done: it was stopped, or has failed.</summary>
        public bool Stands => !Working && List.State is "checking" or "cancelled" or "applying";

        /// <summary>Sound rows that are not in yet.</summary>
        public long ToEnter => Math.Max(0, List.Rows - Quarantined - List.Taken);
    }

    public async Task<Outcome<Shown>> Run(Request r) => await lists.Find(r.Id) is { } list
        ? new Shown(list, await jobs.Latest(r.Id), await lists.FaultCounts(r.Id), await lists.QuarantinedRows(r.Id))
        : Problem.Missing("population.no-list");
}
