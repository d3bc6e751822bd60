using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Linkage;
using SoGoc.Places;
using SoGoc.Quality.Duplicates;

namespace SoGoc.Quality.Matching;

/// <summary>Rows of a list that no number has found: whom of the register they are like. What is nearly certain and stands out is taken; what is not is left to people.</summary>
internal sealed class LikePersons(Session session, IPlaces places)
{
    /// <summary>Bits by which the likeliest has to stand out from the next.</summary>
    private const double StandsOut = 5;

    private const int MostOthers = 5;

    public async Task Find(Guid list, DateOnly today, CancellationToken stop)
    {
        var rows = await session.Rows("select row_no, given, cardinality(others) > 0 from quality.match_row where list_id = $1 and person_id is null and given[2] <> '' order by row_no", r => (No: r.GetInt32(0), Given: r.Get<string[]>(1), Named: r.GetBoolean(2)), list);
        var expected = await session.Value<long>("select count(*) from population.report_person p where p.merged_into is null and p.status <> 'cancelled'");
        if (rows.Count == 0 || expected == 0)
        {
            return;
        }

        var table = new LinkTable(RegisterModel.ForLists(await RegisterModel.Of(session), expected, rows.Count).Without(Absent(rows.Select(r => r.Given))));
        List<Guid> keys;
        await session.Execute("set local work_mem = '256MB'");
        await using (var command = await session.Command(RegisterRows.Sql, today))
        {
            command.CommandTimeout = 0;
            await using var reader = await command.ExecuteReaderAsync(stop);
            var register = new RegisterRows(reader, expected);
            table.Read(register, RegisterRows.Heads, stop: stop);
            keys = register.Keys;
        }

        table.BeginSecondList();
        table.Read(new GivenRows([.. rows.Select(r => Cells(r.Given, today))]), RegisterRows.Heads, stop: stop);
        await Keep(list, rows.ConvertAll(r => (r.No, r.Named)), keys, Linker.Run(table, new LinkRunOptions(Floor: 0), stop: stop));
        await CountNamesakes(list, rows.ConvertAll(r => (r.No, r.Given)));
    }

    /// <summary>A name that many bear, and no day of birth with it: none of them stands out, and yet it may be one of them.</summary>
    private async Task CountNamesakes(Guid list, List<(int No, string[] Given)> rows)
    {
        var vague = rows.Select(r => (r.No, Name: r.Given[MatchField.At(MatchField.Name)], Born: DateWriting.TryRead(r.Given[MatchField.At(MatchField.Born)], out var born) ? born : PartialDate.Unknown))
            .Where(r => r.Born.Precision != DatePrecision.Day).ToList();
        await session.Execute("""
            update quality.match_row r set namesakes = n.many
              from (select v.row_no, count(*) as many from unnest($2, $3, $4) v(row_no, name, year) join population.report_person p on lower(p.full_name) = lower(v.name)
                     where p.merged_into is null and p.status <> 'cancelled' and (v.year = 0 or p.born_earliest is null or v.year between extract(year from p.born_earliest) and extract(year from p.born_latest)) group by v.row_no) n
             where r.list_id = $1 and r.row_no = n.row_no and r.person_id is null and r.others = '{}'
            """, list, vague.Select(v => v.No).ToArray(), vague.Select(v => v.Name).ToArray(), vague.Select(v => v.Born.Year ?? 0).ToArray());
    }

    /// <summary>Fields of which no row says anything.</summary>
    private static string[] Absent(IEnumerable<string[]> given)
    {
        var told = given.Aggregate(new bool[MatchField.All.Length], (told, row) => [.. told.Zip(row, (is_, cell) => is_ || cell.Length > 0)]);
        return [.. MatchField.All.Where((f, at) => !told[at] && f != MatchField.Number)];
    }

    /// <param name="rows">Each with whether its number has named somebody whom it cannot be about: then people choose.</param>
    private async Task Keep(Guid list, List<(int No, bool Named)> rows, List<Guid> keys, LinkResult result)
    {
        foreach (var some in result.Pairs.Where(p => result.BandOf(p) != LinkBand.No).GroupBy(p => p.B - keys.Count).Chunk(2000))
        {
            var found = some.Select(g => (Row: rows[g.Key].No, rows[g.Key].Named, Pairs: g.OrderByDescending(p => p.Weight).ThenBy(p => p.A).ToList())).Select(g => (g.Row, Sure: !g.Named && result.BandOf(g.Pairs[0]) == LinkBand.Sure && (g.Pairs.Count == 1 || g.Pairs[0].Weight - g.Pairs[1].Weight >= StandsOut),
                Persons: g.Pairs.Take(MostOthers).Select(p => keys[p.A]).ToArray())).ToList();
            await session.Execute("update quality.match_row r set person_id = n.person from unnest($2, $3) n(row_no, person) where r.list_id = $1 and r.row_no = n.row_no",
                list, found.Where(f => f.Sure).Select(f => f.Row).ToArray(), found.Where(f => f.Sure).Select(f => f.Persons[0]).ToArray());
            var others = found.Where(f => !f.Sure).SelectMany(f => f.Persons.Select(p => (f.Row, Person: p))).ToList();
            await session.Execute("update quality.match_row r set others = n.persons || array(select o from unnest(r.others) o where not o = any(n.persons)) from (select row_no, array_agg(person order by at) as persons from unnest($2, $3) with ordinality x(row_no, person, at) group by row_no) n where r.list_id = $1 and r.row_no = n.row_no",
                list, others.Select(o => o.Row).ToArray(), others.Select(o => o.Person).ToArray());
        }
    }

    /// <summary>A row in the order of the register's columns.</summary>
    private string[] Cells(string[] given, DateOnly today)
    {
        string Of(string field) => given[MatchField.At(field)];
        var sex = MatchField.SexOf(Of(MatchField.Sex)) is > 0 and var told ? $"{told}" : "";
        return [Of(MatchField.Name), DateWriting.TryRead(Of(MatchField.Born), out var born) ? RegisterRows.Written(born) : "", sex, Of(MatchField.Mother), Of(MatchField.Phone), Of(MatchField.Address), Unit(Of(MatchField.Place), today), "", ""];
    }

    /// <summary>A place, as a list writes it, as the unit of today.</summary>
    private string Unit(string place, DateOnly today) => place.Length > 0 && places.Book.Match(null, place, null, null, today).Area is { } area ? area.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";

    private sealed class GivenRows(IReadOnlyList<string[]> rows) : IRowReader
    {
        private int at = -1;

        public double Progress => rows.Count == 0 ? 1 : (double)(at + 1) / rows.Count;

        public bool Next() => ++at < rows.Count;

        public ReadOnlySpan<char> Cell(int column) => rows[at][column];
    }
}
