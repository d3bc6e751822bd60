using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Files;

/// <summary>Says something about a file, inside (ý kiến trao đổi): for the office that has it and those that have had it, never for the citizen. It is an entry of the journal: nobody changes it or takes it back, and who inspects the file reads it there.</summary>
internal sealed class CommentFile(FileBook files, Session session, Journal journal, FileSteps steps, CurrentActor actor)
{
    private const int Least = 2, Longest = 2000;

    /// <param name="Text">As it is read.</param>
    internal sealed record Request([MaxLength(60)] string Code, string? Text);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var text = (r.Text ?? "").Trim();
        if (text.Length is < Least or > Longest)
        {
            return Problem.Invalid("text", "services.say-comment");
        }

        var found = await files.Discuss(r.Code);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        var who = actor.Value;
        var with = new Statements();
        journal.Add(with, file.Id, new CommentMade(file.Code, text, who.Signature), (await steps.Of(file)).Ground);
        await session.Execute(with);
        if (file.Holder is { } holder && holder != who.Holder && holder != who.Reference)
        {
            // It is his to know who has the file, whichever office has said it.
            await session.BeyondDuty(() => session.Execute("""
                insert into services.notice (file_id, kind, for_head, holder, at) values ($1, 'comment', false, $2, $3)
                on conflict (file_id, kind, for_head) do update set holder = excluded.holder, at = excluded.at, seen_at = null
                """, file.Id, holder, steps.Now));
        }

        return Done.It;
    }
}

/// <summary>What was said about a file, inside. An office that has handed it over reads this, and nothing else of it.</summary>
internal sealed class ListComments(FileBook files, Session session, ProcedureBook procedures)
{
    internal sealed record Request([MaxLength(60)] string Code);

    /// <param name="By">Name and office of who said it.</param>
    internal sealed record Line(DateTimeOffset At, string By, string Text);

    /// <param name="Office">Who has the file.</param>
    /// <param name="Has">This office.</param>
    internal sealed record Listed(string Code, string Name, FileStatus Status, string Office, bool Has, IReadOnlyList<Line> Comments);

    public async Task<Outcome<Listed>> Run(Request r)
    {
        var found = await files.Discuss(r.Code);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        var said = (await FileStory.Of(session, file.Id, inside: true)).Where(s => s.Kind == CommentMade.Kind).Select(s => new Line(s.At, s.By ?? "", s.Text ?? ""));
        return new Listed(file.Code, (await procedures.Of(file.Procedure, file.Version)).Procedure.Name, file.Status, file.Office, (await files.See(r.Code)).IsGood, [.. said]);
    }
}
