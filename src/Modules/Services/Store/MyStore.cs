using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Store;

/// <summary>The citizen's electronic store (kho dữ liệu điện tử; NĐ 107/2021/NĐ-CP, NĐ 118/2025/NĐ-CP): results of his files, papers that an official has compared, and what he has sent himself.</summary>
internal sealed class MyStore(Session session, ProcedureBook procedures, CurrentActor actor)
{
    private const int Most = 400;

    internal sealed record Request;

    /// <summary>The result of a file.</summary>
    /// <param name="HasPaper">It opens as the signed file.</param>
    internal sealed record Result(string Code, string Name, string No, string Office, DateTimeOffset At, bool HasPaper);

    /// <param name="What">What kind of paper, in words.</param>
    /// <param name="Own">He sent it himself.</param>
    /// <param name="Files">How many files have it.</param>
    internal sealed record Line(StoredPaper Paper, string What, bool Own, int Files);

    internal sealed record Listed(IReadOnlyList<Result> Results, IReadOnlyList<Line> Papers);

    /// <summary>His own, and those about him that a file has; what another has sent about him and not handed in is not his to see.</summary>
    private const string His = "(p.account_id = any($1) or (p.person_id = any($1) and exists (select from services.file_paper fp where fp.paper_id = p.id)))";

    public async Task<Outcome<Listed>> Run(Request _)
    {
        var mine = actor.Value.Persons.ToArray();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var paper in (await procedures.Published()).SelectMany(e => e.Procedure.Papers))
        {
            names.TryAdd(paper.Code, paper.Name);
        }

        var papers = await session.Rows($"""
            select {StoredPaper.Columns}, coalesce(p.account_id = any($1), false), (select count(*)::int from services.file_paper fp where fp.paper_id = p.id) from services.paper p where {His}
             order by p.checked_at desc nulls last, p.given_at desc limit {Most}
            """, r => new Line(StoredPaper.Read(r), names.GetValueOrDefault(r.GetString(1), r.GetString(1)), r.GetBoolean(11), r.GetInt32(12)), (object)mine);
        var files = await session.Rows($"select {ServiceFile.Columns} from services.file f where f.status = 10 and (f.applicant_id = any($1) or f.subject_id = any($1)) order by f.decided_at desc limit {Most}", ServiceFile.Read, (object)mine);
        var results = new List<Result>();
        foreach (var file in files)
        {
            results.Add(new Result(file.Code, (await procedures.Of(file.Procedure, file.Version)).Procedure.Result.Name, file.ResultNo!, file.Office, file.DecidedAt!.Value, file.HasPaper));
        }

        return new Listed(results, papers);
    }

    /// <summary>One of his papers.</summary>
    public Task<StoredPaper?> Find(Guid paper) => session.Row($"select {StoredPaper.Columns} from services.paper p where p.id = $2 and {His}", StoredPaper.Read, actor.Value.Persons.ToArray(), paper);
}

/// <summary>A citizen deletes a paper that he has sent himself. What a file has stays: the database refuses to let it go.</summary>
internal sealed class RemovePaper(MyStore store, Session session, Journal journal, CurrentActor actor)
{
    /// <summary>NĐ 118/2025/NĐ-CP: the store is its holder's.</summary>
    private const string Ground = "Chủ kho dữ liệu điện tử yêu cầu (NĐ 118/2025/NĐ-CP)";

    internal sealed record Request(Guid Paper);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if (await store.Find(r.Paper) is not { } paper)
        {
            return Problem.Missing("services.store-no-paper");
        }

        var with = new Statements();
        journal.Add(with, paper.Id, new PaperRemoved(paper.Kind, paper.Digest), Ground);
        with.Add("delete from services.paper where id = $1 and account_id = any($2)", paper.Id, actor.Value.Persons.ToArray());
        return await session.Execute(with) > 0 ? Done.It : Problem.Forbidden("services.store-not-yours");
    }
}
