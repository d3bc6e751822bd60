using System.Security.Cryptography;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Lists;

namespace SoGoc.Population.Imports;

/// <summary>Lists by the command line, over the same features as the page.</summary>
internal sealed class ListOffice(Session session, Runner runner, ListBook lists, Quarantine quarantine) : IListOffice
{
    public async Task<Outcome<Guid>> Send(string path, IReadOnlyDictionary<string, string> mapping)
    {
        await using var file = File.OpenRead(path);
        var hash = file.Length > ListLimits.Default.MaxFileBytes ? [] : await SHA256.HashDataAsync(file);
        var begun = await session.Value<Guid>("""
            select id from population.list where sha256 = $1 and name = $2 and state in ('received', 'checking', 'checked', 'applying') order by sent_at desc limit 1
            """, hash, Path.GetFileName(path));
        if (begun != Guid.Empty)
        {
            await session.Rollback();
            return begun;
        }

        var sent = await runner.Run<SendList, SendList.Sent>(f => f.Run(new SendList.Request(file, path)));
        if (!sent.Ok(out var kept))
        {
            return sent.Problems.ToList();
        }

        if (mapping.Count > 0 && await lists.Find(kept.Id) is { } list)
        {
            var columns = list.Shape.Heads.Select((h, i) => mapping.TryGetValue(h, out var field) ? field : list.Mapping[i]).ToList();
            var mapped = await runner.Run<MapList, Done>(f => f.Run(new MapList.Request(kept.Id, columns)));
            if (!mapped.IsGood)
            {
                return mapped.Problems.ToList();
            }
        }
        else if (kept.MissingFields.Count > 0)
        {
            return kept.MissingFields.Select(m => Problem.Invalid("mapping", "population.column-missing", m)).ToList();
        }

        return kept.Id;
    }

    public async Task<ListReport?> Report(Guid id)
    {
        if (await lists.Find(id) is not { } list)
        {
            return null;
        }

        var quarantined = await lists.QuarantinedRows(id);
        var faults = await lists.FaultCounts(id);
        await session.Rollback();
        return new ListReport(id, list.Name, list.State, list.Shape.Format.ToString(), list.Shape.Encoding.ToString(), [.. list.Shape.Heads.Select((h, i) => (h, list.Mapping[i]))],
            list.Rows, list.Rows - quarantined, quarantined, list.Entered, list.Completed, list.Unchanged, [.. faults.Select(f => (f.Code, f.Field, f.Warning, f.Rows))],
            list.Refusal is { } code ? new Problem(ProblemKind.Invalid, code, "file", list.RefusalData) : null);
    }

    public Task<Outcome<Done>> Enter(Guid list) => runner.Run<EnterList, Done>(f => f.Run(new EnterList.Request(list)));

    public async Task<long> WriteQuarantine(Guid id, string path)
    {
        if (await lists.Find(id) is not { } list)
        {
            return 0;
        }

        await using var file = File.Create(path);
        var rows = await quarantine.Write(list, file, path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? ListFormat.Xlsx : ListFormat.Csv);
        await session.Rollback();
        return rows;
    }
}
