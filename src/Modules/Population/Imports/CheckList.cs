using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Laws;
using SoGoc.Lists;
using SoGoc.Places;

namespace SoGoc.Population.Imports;

/// <summary>The dry run: looks at every row by itself, against the register and against the other rows, and notes the faults. The register is not touched.
/// Each batch is one transaction that also notes how far it came, so a killed check goes on there.</summary>
internal sealed class CheckList(Session session, ListBook lists, RowChecks checks, AmongRows among, Database database, IPlaces places, Codes.Codes codes) : IJob
{
    public static string Kind => "population.check-list";

    public async Task Run(JobRun run, CancellationToken stop)
    {
        if (await lists.Hold(run.Subject) is not { State: "received" or "checking" or "cancelled" } list)
        {
            return;
        }

        var rows = new RowReader(list.Mapping, places.Book, await codes.Book(), await LawBook.Read(session), list.LawDay);
        await lists.SetState(list.Id, "checking");
        await session.Commit(stop);
        try
        {
            await foreach (var batch in DraftBatches.Read(database, list, rows, list.CheckedRow, stop))
            {
                await Check(list, batch.Drafts);
                await run.Progress(batch.Rows, batch.RowsInAll);
            }

            await among.Run(list.Id);
            await lists.SetState(list.Id, "checked");
            await session.Commit(stop);
        }
        catch (ListException e)
        {
            await session.Rollback();
            await session.Execute("update population.list set refusal = $2, refusal_data = $3 where id = $1", list.Id, e.Code, SendList.DataOf(e));
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

    private async Task Check(SentList list, IReadOnlyList<Draft> batch)
    {
        await checks.AgainstRegister(batch);
        await among.Note(list.Id, batch);
        await lists.AddFaults(list.Id, batch.SelectMany(d => d.Faults));
        await session.Execute("update population.list set checked_row = $2, rows = rows + $3 where id = $1", list.Id, batch[^1].Row, batch.Count);
        await session.Commit();
    }
}
