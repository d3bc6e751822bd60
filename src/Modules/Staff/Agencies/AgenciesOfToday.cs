using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Staff.Agencies;

/// <summary>The list of agencies, for other modules.</summary>
internal sealed class AgenciesOfToday(Reads reads, TimeProvider clock) : IAgencies
{
    public async Task<IReadOnlyList<string>> OfToday() => await reads.Rows("select name from staff.agency where valid @> $1 order by name", r => r.GetString(0), clock.Today());
}
