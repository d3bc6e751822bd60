using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>Who notified stays in a week (Luật Cư trú 68/2020, article 30).</summary>
internal sealed class StayFigures(BeyondDuty reads) : IWeekFigures
{
    public async Task<IReadOnlyDictionary<string, double>> Of(int[]? areas, DateTimeOffset begin, DateTimeOffset end) => new Dictionary<string, double>
    {
        ["stays-notified"] = (await reads.Rows("select count(distinct d.asked_by) from civil.residence_decision d where d.kind = 'stay' and d.decided_on >= $1 and d.decided_on < $2 and ($3::integer[] is null or d.area_id = any($3))",
            r => r.GetInt64(0), OfficeTime.DayOf(begin), OfficeTime.DayOf(end), areas.As(NpgsqlDbType.Array | NpgsqlDbType.Integer)))[0],
    };
}
