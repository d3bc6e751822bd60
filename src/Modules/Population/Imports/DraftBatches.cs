using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SoGoc.Kernel.Data;
using SoGoc.Lists;

namespace SoGoc.Population.Imports;

/// <summary>Rows of a list as drafts, some at a time, with how far the list is read.</summary>
/// <param name="Drafts">Never empty, in the order of the list.</param>
/// <param name="Rows">Rows with text up to the last draft.</param>
/// <param name="Share">Share of the file that is read, 0 to 1.</param>
internal sealed record DraftBatch(IReadOnlyList<Draft> Drafts, long Rows, double Share)
{
    /// <summary>How many rows the list may have, judged by what they took so far.</summary>
    public long RowsInAll => Share > 0 ? Math.Max(Rows, (long)(Rows / Share)) : 0;
}

/// <summary>Reads a list in batches. One batch is read ahead while the database works on the one before, so that both cores have something to do; no more, so that memory does not grow with the file.</summary>
internal static class DraftBatches
{
    private const int Size = 2000;

    /// <param name="database">Where the file is kept.</param>
    /// <param name="list">Which list.</param>
    /// <param name="rows">Makes drafts of its rows; used by one reading at a time.</param>
    /// <param name="behind">Rows up to this one are passed over.</param>
    /// <param name="stop">Ends the reading.</param>
    public static async IAsyncEnumerable<DraftBatch> Read(Database database, SentList list, RowReader rows, long behind, [EnumeratorCancellation] CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var ahead = Channel.CreateBounded<DraftBatch>(1);
        var reading = Task.Run(() => Fill(ahead.Writer, database, list, rows, behind, enough.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in ahead.Reader.ReadAllAsync(stop))
            {
                yield return batch;
            }
        }
        finally
        {
            await enough.CancelAsync();
            await reading;
        }
    }

    private static async Task Fill(ChannelWriter<DraftBatch> ahead, Database database, SentList list, RowReader rows, long behind, CancellationToken stop)
    {
        try
        {
            await using var file = await ListFile.Open(database, list);
            using var reader = ListReader.Open(file, list.Name, ListLimits.Default);
            var drafts = new List<Draft>(Size);
            long read = 0;
            while (reader.Read())
            {
                read++;
                if (reader.RowNumber <= behind)
                {
                    continue;
                }

                drafts.Add(rows.Read(reader, reader.Shape.Heads.Count));
                if (drafts.Count == Size)
                {
                    await ahead.WriteAsync(new DraftBatch(drafts, read, reader.Progress), stop);
                    drafts = new List<Draft>(Size);
                }
            }

            if (drafts.Count > 0)
            {
                await ahead.WriteAsync(new DraftBatch(drafts, read, 1), stop);
            }

            ahead.Complete();
        }
        catch (Exception e)
        {
            // Whatever it is, it is told where the batches are taken.
            ahead.Complete(e);
        }
    }
}
