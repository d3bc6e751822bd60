using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Staff.Agencies;

/// <summary>The list of agencies, for other modules.</summary>
internal sealed class AgenciesOfToday(Reads reads, TimeProvider clock) : IAgencies
{
    public async Task<IReadOnlyList<AgencyToday>> OfToday() => await reads.Rows("select code, name, eid_code from staff.agency where valid @> $1 order by name", r => new AgencyToday(r.GetString(0), r.GetString(1), r.GetString(2)), clock.Today());

    public async Task<AgencyToday?> Today(string code) => (await reads.Rows("""
        with recursive heir as (select a.*, 1 as step from staff.agency a where a.code = $1 union all select s.*, h.step + 1 from heir h join staff.agency s on s.code = h.successor where not h.valid @> $2 and h.step < 10)
        select code, name, eid_code from heir where valid @> $2
        """, r => new AgencyToday(r.GetString(0), r.GetString(1), r.GetString(2)), code, clock.Today())).FirstOrDefault();
}
