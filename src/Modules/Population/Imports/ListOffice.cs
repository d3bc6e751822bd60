using System.Security.Cryptography;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Lists;

namespace SoGoc.Population.Imports;

/// <summary>Lists by the command line, over the same features as the page.</summary>
internal sealed class ListOffice(Session session, Runner runner, ListBook lists, JobBook jobs, Quarantine quarantine) : IListOffice
{
    public async Task<Outcome<Guid>> Send(string path, IReadOnlyDictionary<string, string> mapping)
    {
        await using var file = File.OpenRead(path);
        var begun = file.Length > ListLimits.Default.MaxFileBytes ? Guid.Empty : await Begun(path, await SHA256.HashDataAsync(file));
        return begun == Guid.Empty ? await Take(file, path, mapping) : await GoOn(begun, mapping);
    }

    public async Task<ListReport?> Report(Guid id)
    {
        if (await lists.Find(id) is not { } list)
        {
            return null;
        }

        var quarantined = await lists.QuarantinedRows(id);
        var faults = await lists.FaultCounts(id);
        var job = await jobs.Latest(id);
        await session.Rollback();
        return new ListReport(id, list.Name, list.State, list.Shape.Format.ToString(), list.Shape.Encoding.ToString(), [.. list.Shape.Heads.Select((h, i) => (h, list.Mapping[i]))],
            list.Rows, list.Rows - quarantined, quarantined, list.Entered, list.Completed, list.Unchanged, [.. faults.Select(f => (f.Code, f.Field, f.Warning, f.Rows))],
            list.Refusal is { } code ? new Problem(ProblemKind.Invalid, code, "file", list.RefusalData)
            : job is { State: "failed" } ? Problem.Conflict("lists.failed")
            : job is { State: "cancelled" } ? Problem.Conflict("lists.stopped") : null);
    }

    public async Task<JobState?> Progress(Guid list)
    {
        var job = await jobs.Latest(list);
        await session.Rollback();
        return job;
    }

    public Task<Outcome<Done>> Enter(Guid list) => runner.Run<EnterList, Done>(f => f.Run(new EnterList.Request(list)));

    public async Task<long> WriteQuarantine(Guid id, string path)
    {
        if (await lists.Find(id) is not { } list)
        {
            return 0;
        }

        await session.Rollback();
        await using var file = File.Create(path);
        return await quarantine.Write(list, file, path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? ListFormat.Xlsx : ListFormat.Csv);
    }

    /// <summary>The same file, sent before and not done.</summary>
    private async Task<Guid> Begun(string path, byte[] hash)
    {
        var id = await session.Value<Guid>("""
            select id from population.list where sha256 = $1 and name = $2 and state in ('received', 'checking', 'checked', 'applying', 'cancelled') order by sent_at desc limit 1
            """, hash, Arrival.NameOf(path, "danh-sach"));
        await session.Rollback();
        return id;
    }

    /// <summary>A list whose columns are not all known is not kept: at the keyboard it is sent again, with the columns told.</summary>
    private async Task<Outcome<Guid>> Take(FileStream file, string path, IReadOnlyDictionary<string, string> mapping) =>
        await runner.Run<SendList, Guid>(async f =>
        {
            var sent = await f.Run(new SendList.Request(file, path, mapping));
            return !sent.Ok(out var kept) ? sent.Problems.ToList()
                : kept.MissingFields.Count > 0 ? ColumnMap.MissingProblems(kept.MissingFields, (await lists.Find(kept.Id))!.Shape.Heads)
                : kept.Id;
        });

    private async Task<Outcome<Guid>> GoOn(Guid id, IReadOnlyDictionary<string, string> mapping)
    {
        var list = (await lists.Find(id))!;
        await session.Rollback();
        var told = ColumnMap.Told(list.Shape.Heads, list.Mapping, mapping);
        if (!told.Ok(out var columns))
        {
            return told.Problems.ToList();
        }

        var next = columns.SequenceEqual(list.Mapping)
            ? await runner.Run<ResumeList, Done>(f => f.Run(new ResumeList.Request(id)))
            : await runner.Run<MapList, Done>(f => f.Run(new MapList.Request(id, columns)));
        return next.IsGood ? id : next.Problems.ToList();
    }
}
