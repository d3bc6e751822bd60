using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Web;
using SoGoc.Places;

namespace SoGoc.Population.Imports;

/// <summary>Puts the sound rows of a checked list into the register. Each batch is one transaction with its journal entries and with the mark how far the list is:
/// after a crash the next worker goes on behind the mark, and nothing is entered twice.</summary>
internal sealed class ApplyList(Session session, ListBook lists, ApplyRows apply, Database database, IPlaces places, Codes.Codes codes) : IJob
{
    private const long OneListAtATime = 0x656E746572; // "enter"
    private const int FaultsOfEntering = 200;

    public static string Kind => "population.apply-list";

    public async Task Run(JobRun run, CancellationToken stop)
    {
        if (await lists.Hold(run.Subject) is not { State: "checked" or "applying" } list)
        {
            return;
        }

        var rows = new RowReader(list.Mapping, places.Book, await codes.Book(), await LawBook.Read(session), list.LawDay);
        await lists.SetState(list.Id, "applying");
        await session.Commit(stop);
        try
        {
            await foreach (var batch in DraftBatches.Read(database, list, rows, list.AppliedRow, stop))
            {
                await Batch(list, batch.Drafts);
                await run.Progress(batch.Rows, list.Rows);
            }

            await lists.SetState(list.Id, "done");
            await session.Commit(stop);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // What is in stays in; the rest can be entered another time, from the mark on.
            await session.Rollback();
            await lists.SetState(list.Id, "checked");
            await session.Commit(CancellationToken.None);
            throw;
        }
    }

    /// <summary>A batch that the database refuses is halved until the one row stands alone that it refuses: only that stays behind.</summary>
    private async Task Batch(SentList list, IReadOnlyList<Draft> batch)
    {
        try
        {
            await Write(list, batch);
        }
        catch (PostgresException e) when (Refusals.Of(e) is { } problem)
        {
            await session.Rollback();
            if (batch is [var draft])
            {
                await Leave(list, draft, problem.Code);
                return;
            }

            var half = batch.Count / 2;
            await Batch(list, [.. batch.Take(half)]);
            await Batch(list, [.. batch.Skip(half)]);
        }
    }

    private async Task Write(SentList list, IReadOnlyList<Draft> batch)
    {
        // Lists go in one after another, batch by batch: two that bring the same people at once would stand in each other's way.
        await session.Execute("select pg_advisory_xact_lock($1)", OneListAtATime);
        var held = (await session.Rows("select distinct row_no from population.list_fault where list_id = $1 and not warning and row_no between $2 and $3",
            r => r.GetInt64(0), list.Id, batch[0].Row, batch[^1].Row)).ToHashSet();
        var open = batch.Where(d => !held.Contains(d.Row)).ToLookup(d => d.IsSound);
        var result = await apply.Run(list, [.. open[true]]);

        // A rule that changed since the dry run can find faults that it did not.
        await lists.AddFaults(list.Id, open[false].SelectMany(d => d.Faults.Where(f => !f.Warning)).Concat(result.Refused), FaultsOfEntering);
        await session.Execute("update population.list set applied_row = $2, entered = entered + $3, completed = completed + $4, unchanged = unchanged + $5 where id = $1",
            list.Id, batch[^1].Row, result.Entered, result.Completed, result.Unchanged);
        await session.Commit();
    }

    private async Task Leave(SentList list, Draft draft, string code)
    {
        await lists.AddFaults(list.Id, [new RowFault(draft.Row, "", code, "")], FaultsOfEntering);
        await session.Execute("update population.list set applied_row = $2 where id = $1", list.Id, draft.Row);
        await session.Commit();
    }
}
