using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Laws;
using SoGoc.Lists;
using SoGoc.Places;

namespace SoGoc.Population.Imports;

/// <summary>The dry run: looks at every row by itself, against the register and against the other rows, and notes the faults. The register is not touched.
/// Each batch is one transaction that also notes how far it came, so a killed check goes on there.</summary>
internal sealed class CheckList(Session session, ListBook lists, RowChecks checks, Database database, IPlaces places, Codes.Codes codes) : IJob
{
    public static string Kind => "population.check-list";

    public async Task Run(JobRun run, CancellationToken stop)
    {
        if (await lists.Find(run.Subject) is not { State: "received" or "checking" } list)
        {
            return;
        }

        var rows = new RowReader(list.Mapping, places.Book, await codes.Book(), await LawBook.Read(session), list.LawDay);
        await lists.SetState(list.Id, "checking");
        await session.Commit(stop);
        try
        {
            await using var file = await ListFile.Open(database, list);
            using var reader = ListReader.Open(file, list.Name, ListLimits.Default);
            await foreach (var batch in Batches(reader, rows, list.CheckedRow, stop))
            {
                await Check(list, batch);
                await run.Progress((long)(reader.Progress * list.Bytes), list.Bytes);
            }

            await AmongRows(list.Id);
            await lists.SetState(list.Id, "checked");
            await session.Commit(stop);
        }
        catch (ListException e)
        {
            await session.Rollback();
            await session.Execute("update population.list set refusal = $2, refusal_data = $3 where id = $1", list.Id, e.Code, ApplyList.DataOf(e));
            await lists.SetState(list.Id, "refused");
            await session.Commit(stop);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            await session.Rollback();
            await lists.SetState(list.Id, "cancelled");
            await session.Commit(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Rows behind a point of the list, in drafts, some thousand at a time.</summary>
    public static async IAsyncEnumerable<List<Draft>> Batches(ListReader reader, RowReader rows, long behind, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        const int size = 4000;
        var batch = new List<Draft>(size);
        while (reader.Read())
        {
            if (reader.RowNumber <= behind)
            {
                continue;
            }

            batch.Add(rows.Read(reader, reader.Shape.Heads.Count));
            if (batch.Count == size)
            {
                stop.ThrowIfCancellationRequested();
                yield return batch;
                batch = new List<Draft>(size);
                await Task.Yield();
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private async Task Check(SentList list, List<Draft> batch)
    {
        await checks.AgainstRegister(batch);
        var connection = await session.Open();
        await using (var copy = await CopyWriter.Begin(connection, "population.list_key",
            "list_id, row_no, number, fingerprint, file_number, head, father, mother, born_earliest, born_latest"))
        {
            foreach (var d in batch)
            {
                var born = d.IsSound ? d.Facts.Born : null;
                copy.Row().Uuid(list.Id).Long(d.Row).Text(d.Facts.Number?.ToString()).Uuid(d.IsSound && d.Facts.Number is null ? RowChecks.Fingerprint(d) : null)
                    .Text(d.FileNumber).Bool(d.Relation == "01").Text(d.NumberOf(KinKind.Father)).Text(d.NumberOf(KinKind.Mother)).Date(born?.Earliest).Date(born?.Latest);
            }

            await copy.Complete();
        }

        await lists.AddFaults(list.Id, batch.SelectMany(d => d.Faults));
        await session.Execute("update population.list set checked_row = $2, rows = rows + $3 where id = $1", list.Id, batch[^1].Row, batch.Count);
        await session.Commit();
    }

    /// <summary>What only shows between rows of the list: a number twice, a second head, a parent too young. The later row is the one held back.</summary>
    private Task AmongRows(Guid list) => session.Execute("""
        with k as (select * from population.list_key where list_id = $1),
        first as (select distinct on (number) number, row_no, born_earliest, born_latest from k where number is not null order by number, row_no),
        found(row_no, field, code, given, data) as (
          select k.row_no, 'number', 'population.number-repeated', k.number, array[first.row_no::text]
            from k join first using (number) where k.row_no > first.row_no
          union all
          select row_no, 'fullName', 'population.row-repeated', '', array[min_row::text]
            from (select row_no, min(row_no) over (partition by fingerprint) min_row from k where fingerprint is not null) r where row_no > min_row
          union all
          select row_no, 'relation', 'population.household-two-heads', file_number, array[file_number, min_row::text]
            from (select row_no, file_number, min(row_no) over (partition by file_number) min_row from k where head and file_number is not null) h where row_no > min_row
          union all
          select k.row_no, p.field, 'population.parent-not-older', p.number, array[first.row_no::text]
            from k cross join lateral (values ('fatherNumber', k.father), ('motherNumber', k.mother)) p(field, number)
            join first on first.number = p.number and first.row_no <> k.row_no
           where first.born_earliest > k.born_latest - interval '12 years')
        insert into population.list_fault (list_id, row_no, no, field, code, data, given, warning)
        select $1, row_no, 100 + row_number() over (partition by row_no order by code, field), field, code, data, given, false from found
         where not exists (select from population.list_fault f where f.list_id = $1 and (f.row_no, f.field, f.code) = (found.row_no, found.field, found.code))
        on conflict do nothing
        """, list);
}
