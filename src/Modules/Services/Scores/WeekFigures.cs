using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Population;

namespace SoGoc.Services.Scores;

/// <summary>Of the files that were handed in in a week: which were online, and how many want an identity card.</summary>
internal sealed class WeekFigures(BeyondDuty reads) : IWeekFigures
{
    public async Task<IReadOnlyDictionary<string, double>> Of(int[]? areas, DateTimeOffset begin, DateTimeOffset end)
    {
        var files = (await reads.Rows("""
            select count(*) filter (where p.body ->> 'sector' = 'id-card'), count(*) filter (where p.body ->> 'sector' = 'residence'), count(*) filter (where p.body ->> 'sector' = 'residence' and f.channel = 2),
                   count(*) filter (where p.body -> 'programmes' @> '[{"code":"de-an-06-25"}]'), count(*) filter (where p.body -> 'programmes' @> '[{"code":"de-an-06-25"}]' and f.channel = 2)
              from services.file f join services.procedure p on p.code = f.procedure and p.version = f.version
             where f.submitted_at >= $1 and f.submitted_at < $2 and ($3::integer[] is null or f.area_id = any($3))
            """, r => (Cards: r.GetInt64(0), Residence: r.GetInt64(1), ResidenceOnline: r.GetInt64(2), Services: r.GetInt64(3), ServicesOnline: r.GetInt64(4)), begin, end, areas.As(NpgsqlDbType.Array | NpgsqlDbType.Integer)))[0];
        var figures = new Dictionary<string, double> { ["cards-asked"] = files.Cards };
        foreach (var (line, online, all) in new[] { ("residence-online", files.ResidenceOnline, files.Residence), ("services-online", files.ServicesOnline, files.Services) })
        {
            if (all > 0)
            {
                figures[line] = (double)online / all;
            }
        }

        return figures;
    }
}
