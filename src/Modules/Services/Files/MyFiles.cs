using System.Text.Json;
using NpgsqlTypes;
using SoGoc.Identity;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Services.Payment;
using SoGoc.Services.Complaints;
using SoGoc.Services.Procedures;
using SoGoc.Services.Store;

namespace SoGoc.Services.Files;

/// <summary>The citizen's files: those he handed in, and those about him or whom he acts for.</summary>
internal sealed class MyFiles(Session session, ProcedureBook procedures, CurrentActor actor, TimeProvider clock)
{
    private const int Most = 100;

    internal sealed record Request;

    internal sealed record Line(string Code, string Name, FileStatus Status, DateTimeOffset SubmittedAt, DateTimeOffset? Due, string Office);

    internal sealed record Draft(string Procedure, string Name, DateTimeOffset SavedAt);

    internal sealed record Listed(IReadOnlyList<Line> Files, IReadOnlyList<Draft> Drafts);

    public async Task<Outcome<Listed>> Run(Request _)
    {
        var mine = actor.Value.Persons.ToArray();
        var (files, kept) = (new List<ServiceFile>(), new List<(string Procedure, DateTimeOffset SavedAt)>());
        await session.Each([$"select {ServiceFile.Columns} from services.file f where f.applicant_id = any($1) or f.subject_id = any($1) order by f.submitted_at desc limit {Most}",
            "select procedure, saved_at from services.draft where account_id = any($1) and saved_at > $2 order by saved_at desc"], (question, r) =>
        {
            if (question == 0)
            {
                files.Add(ServiceFile.Read(r));
            }
            else
            {
                kept.Add((r.GetString(0), r.Get<DateTimeOffset>(1)));
            }
        }, mine, clock.GetUtcNow() - DraftBook.Kept);
        var lines = new List<Line>();
        foreach (var f in files)
        {
            lines.Add(new Line(f.Code, English.Of((await procedures.Of(f.Procedure, f.Version)).Procedure).Name, f.Status, f.SubmittedAt, f.Clock?.Due, f.Office));
        }

        var names = kept.Count == 0 ? [] : (await procedures.Published()).ToDictionary(p => p.Procedure.Code, p => English.Of(p.Procedure).Name);
        return new Listed(lines, [.. kept.Where(k => names.ContainsKey(k.Procedure)).Select(k => new Draft(k.Procedure, names[k.Procedure], k.SavedAt))]);
    }
}

/// <summary>A file for the citizen whose it is: where it is, who has it, until when, and the result.</summary>
internal sealed class ShowMyFile(FileBook files, FilePartsBook parted, ProcedureBook procedures, IPopulation population)
{
    internal sealed record Request(string Code);

    /// <param name="Conditions">What was answered and what the register knows, by which it is settled what is asked.</param>
    /// <param name="Fees">What is to be paid.</param>
    internal sealed record Shown(ServiceFile File, Procedure Procedure, IReadOnlyList<FileStep> Steps, IReadOnlyDictionary<string, string> Conditions, IReadOnlyList<Complaint> Complaints, IReadOnlyList<StoredPaper> Papers, IReadOnlyList<FeeLine> Fees);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var found = await files.Own(r.Code);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        var procedure = (await procedures.Of(file.Procedure, file.Version)).Procedure;
        // Only where something can still be changed or sent does it matter what the register knows.
        var conditions = file.Status is FileStatus.Submitted or FileStatus.Supplement && await population.Find(file.Subject) is { } subject ? FormCheck.Conditions(procedure, subject, file.Answers) : file.Answers;
        var parts = await parted.Of(file);
        return new Shown(file, procedure, parts.Steps, conditions, parts.Complaints, parts.Papers, parts.Fees);
    }
}

/// <summary>The citizen opens his result: with that it is handed over.</summary>
internal sealed class OpenResult(FileSteps steps, FileBook files, ReturnResult handing)
{
    internal sealed record Request(string Code);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var found = await files.Own(r.Code, hold: true);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        return file.Status is FileStatus.Decided ? await handing.Hand(await steps.Of(file), "online") : file.Status is FileStatus.Returned ? Done.It : Problem.Conflict("services.no-result-yet");
    }
}

/// <summary>How the citizen was served: one tap, once, after the result (Thông tư 01/2018/TT-VPCP).</summary>
internal sealed class RateFile(FileSteps steps, FileBook files)
{
    private const int Longest = 500;

    /// <param name="Stars">1 to 5.</param>
    internal sealed record Request(string Code, short Stars, string? Text = null);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if (r.Stars is < 1 or > 5 || r.Text?.Length > Longest)
        {
            return Problem.Invalid("stars", "services.no-stars");
        }

        var found = await files.Own(r.Code, hold: true);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        if (!file.Status.IsOver() || file.Stars is not null)
        {
            return Problem.Conflict(file.Stars is null ? "services.no-result-yet" : "services.rated-once");
        }

        var (h, text) = (await steps.Of(file), string.IsNullOrWhiteSpace(r.Text) ? null : r.Text.Trim());
        var with = new Statements();
        with.Add("update services.file set stars = $2, stars_text = $3 where id = $1", file.Id, r.Stars, text.As(NpgsqlDbType.Text));
        await steps.Write(h, with, new FileRated(file.Code, r.Stars, text), null);
        return Done.It;
    }
}

/// <summary>Forms that a citizen has begun: kept at each step, gone when they are handed in or nobody goes on with them.</summary>
internal sealed class DraftBook(Session session, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(60);

    /// <summary>What was filled in, and the mark that makes the form one file however often it is sent.</summary>
    internal sealed record Draft(Guid Once, IReadOnlyDictionary<string, string> Answers);

    public async Task<Draft?> Find(Guid account, string procedure, Guid subject) => await session.Row("select once, answers::text from services.draft where account_id = $1 and procedure = $2 and subject_id = $3 and saved_at > $4",
        r => new Draft(r.GetGuid(0), JsonSerializer.Deserialize<Dictionary<string, string>>(r.GetString(1), Journal.Json)!), account, procedure, subject, clock.GetUtcNow() - Kept);

    /// <summary>For whom else the form is begun.</summary>
    public Task<List<Guid>> Others(Guid account, string procedure, Guid subject) => session.Rows("select subject_id from services.draft where account_id = $1 and procedure = $2 and subject_id <> $3 and saved_at > $4 order by saved_at desc", r => r.GetGuid(0), account, procedure, subject, clock.GetUtcNow() - Kept);

    public async Task Keep(Guid account, string procedure, Guid subject, Guid once, IReadOnlyDictionary<string, string?> answers)
    {
        await session.Execute("""
            insert into services.draft (account_id, procedure, subject_id, once, answers, saved_at) values ($1, $2, $3, $4, $5, $6)
            on conflict (account_id, procedure, subject_id) do update set once = excluded.once, answers = excluded.answers, saved_at = excluded.saved_at
            """, account, procedure, subject, once, JsonSerializer.Serialize(answers.Where(a => !string.IsNullOrWhiteSpace(a.Value)).ToDictionary(a => a.Key, a => a.Value), Journal.Json).As(NpgsqlDbType.Jsonb), clock.GetUtcNow());
        await session.Execute("delete from services.draft where account_id = $1 and saved_at < $2", account, clock.GetUtcNow() - Kept);
    }
}
