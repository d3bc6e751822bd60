using NpgsqlTypes;
using SoGoc.Kernel.Data;

namespace SoGoc.Population.Papers;

/// <summary>Of how many residents a card was entered in a week.</summary>
internal sealed class CardFigures(BeyondDuty reads) : IWeekFigures
{
    public async Task<IReadOnlyDictionary<string, double>> Of(int[]? areas, DateTimeOffset begin, DateTimeOffset end) => new Dictionary<string, double>
    {
        ["cards-made"] = (await reads.Rows("""
            select count(distinct e.subject) from journal.entry e
             where e.at >= $1 and e.at < $2 and e.kind = 'population.paper-issued' and ($3::integer[] is null or exists (select from population.residence h where h.person_id = e.subject and h.kind = 'permanent' and upper_inf(h.valid) and h.area_id = any($3)))
            """, r => r.GetInt64(0), begin, end, areas.As(NpgsqlDbType.Array | NpgsqlDbType.Integer)))[0],
    };
}
