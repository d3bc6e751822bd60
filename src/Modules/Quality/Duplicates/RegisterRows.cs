using System.Globalization;
using Npgsql;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Linkage;
using SoGoc.Places;

namespace SoGoc.Quality.Duplicates;

/// <summary>The records of the register as rows of a list, and which record each row is.</summary>
internal sealed class RegisterRows(NpgsqlDataReader reader, long expected) : IRowReader
{
    /// <summary>The columns of <see cref="Sql"/> behind the key.</summary>
    public static readonly string[] Heads = ["name", "born", "sex", "mother", "phone", "address", "place", "ethnicity", "number"];

    /// <summary>Records that are of somebody, in an order that does not change: $1 is the day.</summary>
    public const string Sql = Columns + " order by p.id";

    /// <summary>Some of them: $2 are their keys.</summary>
    public const string Some = Columns + " and p.id = any($2)";

    private const string Columns = """
        select p.id, p.full_name,
               case p.born_precision when 3 then to_char(p.born_earliest, 'DD/MM/YYYY') when 2 then to_char(p.born_earliest, 'MM/YYYY') when 1 then to_char(p.born_earliest, 'YYYY') else '' end,
               case p.sex when 1 then '1' when 2 then '2' else '' end, coalesce(k.name, m.full_name, ''), coalesce(p.phone, ''), coalesce(h.detail, ''), coalesce(coalesce(u.today_id, h.area_id)::text, ''),
               coalesce(p.ethnicity, ''), '', p.number is not null, p.number
          from population.report_person p
          left join population.report_kin k on k.person_id = p.id and k.kind = 'mother'
          left join population.report_person m on m.id = k.kin_id and k.name is null
          left join population.report_residence h on h.person_id = p.id and h.kind = 'permanent' and h.valid @> $1
          left join quality.unit u on u.area_id = h.area_id
         where p.merged_into is null and p.status <> 'cancelled'
        """;

    public List<Guid> Keys { get; } = [];

    /// <summary>For each row whether the register has given it a number.</summary>
    public List<bool> Numbered { get; } = [];

    public double Progress => expected == 0 ? 0 : Math.Min(1, (double)Keys.Count / expected);

    public bool Next()
    {
        if (!reader.Read())
        {
            return false;
        }

        Keys.Add(reader.GetGuid(0));
        Numbered.Add(reader.GetBoolean(Heads.Length + 1));
        return true;
    }

    /// <summary>A birth as the rows have it.</summary>
    public static string Written(PartialDate born) => born.Precision switch
    {
        DatePrecision.Day => born.Earliest!.Value.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        DatePrecision.Month => born.Earliest!.Value.ToString("MM/yyyy", CultureInfo.InvariantCulture),
        DatePrecision.Year => born.Year!.Value.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>A cell as people read it.</summary>
    public static string Text(string field, string cell, IPlaces places, Sentences say) => field switch
    {
        "sex" when cell.Length > 0 => say["quality.sex-" + cell],
        "place" when int.TryParse(cell, CultureInfo.InvariantCulture, out var area) => places.Book[area]?.FullName ?? "",
        _ => cell,
    };

    public ReadOnlySpan<char> Cell(int column) => reader.GetString(column + 1);
}
