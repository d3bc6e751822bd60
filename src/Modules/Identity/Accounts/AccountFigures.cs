using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Population;

namespace SoGoc.Identity.Accounts;

/// <summary>How many residents have opened an account in a week.</summary>
internal sealed class AccountFigures(BeyondDuty reads) : IWeekFigures
{
    public async Task<IReadOnlyDictionary<string, double>> Of(int[]? areas, DateTimeOffset begin, DateTimeOffset end) => new Dictionary<string, double>
    {
        ["eid-activated"] = (await reads.Rows("""
            select count(*) from identity.account a
             where a.opened_at >= $1 and a.opened_at < $2 and ($3::integer[] is null or exists (select from population.report_residence h where h.person_id = a.person_id and h.kind = 'permanent' and upper_inf(h.valid) and h.area_id = any($3)))
            """, r => r.GetInt64(0), begin, end, areas.As(NpgsqlDbType.Array | NpgsqlDbType.Integer)))[0],
    };
}
