using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Services.Files;

namespace SoGoc.Services.Complaints;

/// <summary>A citizen has said how he was dealt with. The subject is the file.</summary>
internal sealed record ComplaintMade(string Code, DateTimeOffset Due) : IEntry
{
    public static string Kind => "services.complaint-made";
}

/// <summary>He was answered.</summary>
internal sealed record ComplaintAnswered(string Code, string Text, bool Late) : IEntry
{
    public static string Kind => "services.complaint-answered";
}

/// <summary>What a citizen has to say about how his file was dealt with (phản ánh, kiến nghị), and the answer.</summary>
internal sealed record Complaint(string Said, DateTimeOffset MadeAt, DateTimeOffset DueAt, string? Answer, DateTimeOffset? AnsweredAt)
{
    /// <summary>Working days for the answer (NĐ 61/2018/NĐ-CP, article 32).</summary>
    public static readonly Term Term = new(10, false);

    /// <summary>Those of file $1.</summary>
    public const string OfFile = "select c.said, c.made_at, c.due_at, c.answer, c.answered_at from services.complaint c where c.file_id = $1 order by c.made_at";

    public static Complaint Read(NpgsqlDataReader r) => new(r.GetString(0), r.Get<DateTimeOffset>(1), r.Get<DateTimeOffset>(2), r.Text(3), r.Maybe<DateTimeOffset>(4));

    public static Task<List<Complaint>> Of(Session session, Guid file) => session.Rows(OfFile, Read, file);
}

/// <summary>The citizen says what was not right; also long after the result. One at a time, and the office has ten working days.</summary>
internal sealed class Complain(FileSteps steps, FileBook files, Session session)
{
    private const int Shortest = 10, Longest = 2000;

    internal sealed record Request(string Code, string? Said);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var said = (r.Said ?? "").Trim();
        if (said.Length is < Shortest or > Longest)
        {
            return Problem.Invalid("said", "services.say-complaint");
        }

        var found = await files.Own(r.Code, hold: true);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        if ((await Complaint.Of(session, file.Id)).Any(c => c.AnsweredAt is null))
        {
            return Problem.Conflict("services.complaint-open");
        }

        var h = await steps.Of(file);
        var (due, with) = (h.Days.Due(h.Days.Begins(h.Now), Complaint.Term), new Statements());
        with.Add("insert into services.complaint (id, file_id, said, made_at, due_at) values ($1, $2, $3, $4, $5)", Guid.CreateVersion7(h.Now), file.Id, said, h.Now, due);
        await steps.Write(h, with, new ComplaintMade(file.Code, due), null);
        return Done.It;
    }
}

/// <summary>The office answers; the citizen is told, and reads it with his file.</summary>
internal sealed class AnswerComplaint(FileSteps steps, FileBook files, Session session)
{
    private const int Shortest = 10, Longest = 4000;

    internal sealed record Request(string Code, string? Answer);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var answer = (r.Answer ?? "").Trim();
        if (answer.Length is < Shortest or > Longest)
        {
            return Problem.Invalid("answer", "services.say-answer");
        }

        var found = await files.Take(r.Code);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        var h = await steps.Of(file);
        if ((await Complaint.Of(session, file.Id)).FirstOrDefault(c => c.AnsweredAt is null) is not { } open)
        {
            return Problem.Conflict("services.no-complaint");
        }

        var with = new Statements();
        with.Add("update services.complaint set (answer, answered_at, answered_by) = ($2, $3, $4) where file_id = $1 and answered_at is null", file.Id, answer, h.Now, steps.Who);
        await steps.Write(h, with, new ComplaintAnswered(file.Code, answer, h.Now > open.DueAt), "services.told-answered", h.Procedure.Name);
        return Done.It;
    }
}

/// <summary>Complaints that wait for an answer of the official's desks, the nearest end first.</summary>
internal sealed class ListComplaints(Session session, Kernel.Access.CurrentActor actor)
{
    private const int Most = 100;

    internal sealed record Request;

    internal sealed record Line(string Code, DateTimeOffset MadeAt, DateTimeOffset DueAt);

    internal sealed record Listed(IReadOnlyList<Line> Open);

    public async Task<Outcome<Listed>> Run(Request _) => new Listed(await session.Rows($"""
        select f.code, c.made_at, c.due_at from services.complaint c join services.file f on f.id = c.file_id where c.answered_at is null and {Desks.Served} order by c.due_at limit {Most}
        """, r => new Line(r.GetString(0), r.Get<DateTimeOffset>(1), r.Get<DateTimeOffset>(2)), Desks.Of(actor.Value), Desks.Agency(actor.Value)));
}
