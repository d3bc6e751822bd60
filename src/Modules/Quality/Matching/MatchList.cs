using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;
using SoGoc.Linkage;
using SoGoc.Lists;

namespace SoGoc.Quality.Matching;

/// <summary>Compares an agency's list with the register: by number first, then by name, birth, mother, telephone and home as the search for duplicates weighs them. Whoever was found is on the record of readings, in the name of
/// who sent the list. One transaction: a comparison that was cut off begins again.</summary>
internal sealed class MatchList(Session session, MatchBook lists, LikePersons like, DisclosureWriter disclosures, Journal journal, TimeProvider clock) : IJob
{
    private const int MostRows = 1_000_000, Batch = 2000;

    public static string Kind => "quality.match-list";

    public async Task Run(JobRun run, CancellationToken stop)
    {
        if (await lists.Any(run.Subject) is not { State: MatchedList.Matching } list)
        {
            return;
        }

        try
        {
            if (await Take(list, stop) is not { } rows)
            {
                await Refuse(list, "quality.list-too-long", stop);
                return;
            }

            await run.Progress(1, 4);
            var compare = new CompareRows(session);
            await ByNumber(list.Id);
            await compare.LetGo(list.Id);
            await run.Progress(2, 4);
            await like.Find(list.Id, clock.Today(), stop);
            await run.Progress(3, 4);
            await compare.All(list.Id);
            await Disclose(list);
            await journal.Add(list.Id, new ListMatched(list.Name, rows, await lists.Counts(list.Id)), "NĐ 278/2025/NĐ-CP");
            await session.Execute("update quality.match_list set (state, rows, matched_at) = ('matched', $2, $3) where id = $1", list.Id, rows, clock.GetUtcNow());
        }
        catch (Exception e) when (e is ListException or LinkException)
        {
            await Refuse(list, e is ListException l ? l.Code : ((LinkException)e).Code, stop);
            return;
        }

        await session.Commit(stop);
        await run.Progress(4, 4);
    }

    private async Task Refuse(MatchedList list, string code, CancellationToken stop)
    {
        await session.Rollback();
        await session.Execute("update quality.match_list set (state, refusal) = ('refused', $2) where id = $1", list.Id, code);
        await session.Commit(stop);
    }

    /// <summary>Keeps the mapped cells of each row; null: there are too many.</summary>
    private async Task<int?> Take(MatchedList list, CancellationToken stop)
    {
        await session.Execute("delete from quality.match_row where list_id = $1", list.Id);
        var columns = MatchField.All.Select(f => Array.IndexOf([.. list.Mapping], f)).ToArray();
        using var file = await lists.File(list.Id);
        using var reader = ListReader.Open(file, list.Name, SendMatchList.Limits);
        var (numbers, cells, all) = (new List<int>(), MatchField.All.Select(_ => new List<string>()).ToArray(), 0);
        async Task Write()
        {
            await session.Execute("insert into quality.match_row (list_id, row_no, given) select $1, n.row_no, array[n.a, n.b, n.c, n.d, n.e, n.f, n.g, n.h] from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10) n(row_no, a, b, c, d, e, f, g, h)",
                [list.Id, numbers.ToArray(), .. cells.Select(c => c.ToArray())]);
            numbers.Clear();
            Array.ForEach(cells, c => c.Clear());
        }

        while (reader.Read())
        {
            stop.ThrowIfCancellationRequested();
            if (++all > MostRows)
            {
                return null;
            }

            numbers.Add((int)reader.RowNumber);
            for (var field = 0; field < columns.Length; field++)
            {
                cells[field].Add(columns[field] < 0 ? "" : Short(reader[columns[field]]));
            }

            if (numbers.Count == Batch)
            {
                await Write();
            }
        }

        if (numbers.Count > 0)
        {
            await Write();
        }

        return all;
    }

    private static string Short(string cell) => cell.Length > 300 ? cell[..300] : cell;

    /// <summary>Who bears the number, bore it, or, of nine digits, alone has it as an old one.</summary>
    private async Task ByNumber(Guid list)
    {
        await session.Work("""
            with asked as materialized (select row_no, regexp_replace(given[1], '[^0-9]', '', 'g') as number from quality.match_row where list_id = $1 and given[1] <> ''),
                 found as (
                   select a.row_no, coalesce(p.merged_into, p.id) as person from asked a join population.report_person p on p.number = a.number where p.status <> 'cancelled'
                   union select a.row_no, coalesce(p.merged_into, p.id) from asked a join population.report_former_number f on f.number = a.number join population.report_person p on p.id = f.person_id
                   union select a.row_no, (array_agg(p.id))[1] from asked a join population.report_person p on length(a.number) = 9 and p.old_ids @> array[a.number] where p.merged_into is null and p.status <> 'cancelled' group by a.row_no having count(*) = 1)
            update quality.match_row r set person_id = f.person from (select row_no, (array_agg(person))[1] as person from found group by row_no having count(distinct person) = 1) f where r.list_id = $1 and r.row_no = f.row_no
            """, list);
    }

    private async Task Disclose(MatchedList list)
    {
        var persons = await session.Rows("select distinct x from quality.match_row r, unnest(array_append(r.others, r.person_id)) x where r.list_id = $1 and x is not null", r => r.GetGuid(0), list.Id);
        foreach (var some in persons.Chunk(5000))
        {
            await disclosures.Write(new Disclosure(clock.GetUtcNow(), list.SentBy, list.Office, some, "identity", SendMatchList.Purpose, list.Case));
        }
    }
}

/// <summary>A list was compared with the register. Subject: the list.</summary>
internal sealed record ListMatched(string Name, int Rows, IReadOnlyDictionary<string, int> Outcomes) : IEntry
{
    public static string Kind => "quality.list-matched";
}
