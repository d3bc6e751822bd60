using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Web;
using SoGoc.Lists;
using SoGoc.Places;

namespace SoGoc.Population.Imports;

/// <summary>Puts the sound rows of a checked list into the register. Each batch is one transaction with its journal entries and with the mark how far the list is:
/// after a crash the next worker goes on behind the mark, and nothing is entered twice.</summary>
internal sealed class ApplyList(Session session, ListBook lists, ApplyRows apply, Database database, IPlaces places, Codes.Codes codes) : IJob
{
    public static string Kind => "population.apply-list";

    public async Task Run(JobRun run, CancellationToken stop)
    {
        if (await lists.Find(run.Subject) is not { State: "checked" or "applying" } list)
        {
            return;
        }

        var rows = new RowReader(list.Mapping, places.Book, await codes.Book(), await LawBook.Read(session), list.LawDay);
        await lists.SetState(list.Id, "applying");
        await session.Commit(stop);
        await using var file = await ListFile.Open(database, list);
        using var reader = ListReader.Open(file, list.Name, ListLimits.Default);
        var done = list.AppliedRow == 0 ? 0 : -1L;
        await foreach (var batch in CheckList.Batches(reader, rows, list.AppliedRow, stop))
        {
            await Batch(list, batch);
            done = done < 0 ? batch[^1].Row : done + batch.Count;
            await run.Progress(Math.Min(done, list.Rows), list.Rows);
        }

        await session.Execute("delete from population.list_key where list_id = $1", list.Id);
        await lists.SetState(list.Id, "done");
        await session.Commit(stop);
    }

    public static string[] DataOf(ListException e) => [e.Row?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", e.Detail ?? ""];

    private async Task Batch(SentList list, List<Draft> batch)
    {
        try
        {
            await Write(list, batch);
        }
        catch (PostgresException e) when (Refusals.Of(e) is not null)
        {
            // The database refused something in the batch: row by row, so that only the row it refuses stays behind.
            await session.Rollback();
            foreach (var draft in batch)
            {
                await One(list, draft);
            }
        }
    }

    private async Task One(SentList list, Draft draft)
    {
        try
        {
            await Write(list, [draft]);
        }
        catch (PostgresException e) when (Refusals.Of(e) is { } problem)
        {
            await session.Rollback();
            draft.Fault("", problem.Code, "");
            await lists.AddFaults(list.Id, [draft.Faults[^1]]);
            await session.Execute("update population.list set applied_row = $2 where id = $1", list.Id, draft.Row);
            await session.Commit();
        }
    }

    private async Task Write(SentList list, List<Draft> batch)
    {
        var held = (await session.Rows("select distinct row_no from population.list_fault where list_id = $1 and not warning and row_no between $2 and $3",
            r => r.GetInt64(0), list.Id, batch[0].Row, batch[^1].Row)).ToHashSet();
        var sound = batch.Where(d => d.IsSound && !held.Contains(d.Row)).ToList();
        var result = await apply.Run(list, sound);
        await lists.AddFaults(list.Id, result.Refused);
        await session.Execute("update population.list set applied_row = $2, entered = entered + $3, completed = completed + $4, unchanged = unchanged + $5 where id = $1",
            list.Id, batch[^1].Row, result.Entered, result.Completed, result.Unchanged);
        await session.Commit();
    }
}
