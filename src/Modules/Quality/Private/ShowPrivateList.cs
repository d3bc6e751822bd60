using System.Globalization;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;
using SoGoc.Lists;

namespace SoGoc.Quality.Private;

/// <summary>How a list that was compared by digests came out: how many rows how. Nobody is named.</summary>
internal sealed class ShowPrivateList(PrivateLists lists, JobBook jobs)
{
    internal sealed record Request(Guid Id);

    /// <param name="Share">How far the comparison is, 0 to 1.</param>
    /// <param name="Counts">How many rows by outcome.</param>
    internal sealed record Shown(Guid Id, string Name, DateTimeOffset AskedAt, string State, int Rows, string Case, double Share, IReadOnlyDictionary<string, int> Counts);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var found = await lists.Find(r.Id);
        return !found.Ok(out var list) ? found.Problems.ToList()
            : new Shown(list.Id, list.Name, list.AskedAt, list.State, list.Rows, list.Case, list.State == PrivateList.Matching ? (await jobs.Latest(list.Id))?.Share ?? 0 : 1, await lists.Counts(list.Id));
    }
}

/// <summary>The outcome of each row, to be laid beside the list that its owner has.</summary>
internal sealed class WritePrivateMatched(PrivateLists lists, Session session, Sentences say)
{
    internal sealed record Request(Guid Id);

    internal sealed record Written(byte[] File, string Name);

    public async Task<Outcome<Written>> Run(Request r)
    {
        var found = await lists.Find(r.Id);
        if (!found.Ok(out var list))
        {
            return found.Problems.ToList();
        }

        using var to = new MemoryStream();
        using (var writer = ListWriter.Csv(to))
        {
            writer.Row([ListDigest.Heads[0], "outcome", say["quality.column-outcome"]]);
            foreach (var (row, outcome) in await session.Rows("select row_no, outcome from quality.private_row where list_id = $1 order by row_no", x => (x.GetInt32(0), x.GetString(1)), list.Id))
            {
                writer.Row([row.ToString(CultureInfo.InvariantCulture), outcome, say["quality.private-row-" + outcome]]);
            }
        }

        return new Written(to.ToArray(), $"{Path.GetFileNameWithoutExtension(list.Name)}.doi-soat-kin.csv");
    }
}
