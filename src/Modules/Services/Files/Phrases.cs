using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Services.Files;

/// <summary>A sentence that the office uses again (mẫu câu).</summary>
/// <param name="Kind">supplement, refusal or apology.</param>
internal sealed record Phrase(Guid Id, string Kind, string Text)
{
    public static readonly string[] Kinds = ["supplement", "refusal", "apology"];

    internal const int Least = 10, Longest = 2000;

    /// <summary>SQL: those of the desk of a file for its procedure, $1 to $3.</summary>
    internal const string OfFile = "area_id is not distinct from $1 and desk = $2 and procedure = $3 and gone_at is null";

    internal static object?[] Desk(ServiceFile f) => [f.Area.As(NpgsqlDbType.Integer), f.Desk, f.Procedure];
}

/// <summary>The sentences of the office for the procedure of a file: what is mostly missing, why it refuses, why it is late.</summary>
internal sealed class ListPhrases(Session session, FileBook files)
{
    internal sealed record Request([MaxLength(60)] string Code);

    internal sealed record Listed(IReadOnlyList<Phrase> Phrases);

    public async Task<Outcome<Listed>> Run(Request r)
    {
        var found = await files.Take(r.Code);
        return found.Ok(out var file)
            ? new Listed(await session.Rows($"select id, kind, text from services.phrase where {Phrase.OfFile} order by kind, text", x => new Phrase(x.GetGuid(0), x.GetString(1), x.GetString(2)), Phrase.Desk(file)))
            : found.Problems.ToList();
    }
}

/// <summary>Keeps a sentence that an official has written, for his desk and the procedure of a file. It goes to nobody by itself: who uses it reads and sends it.</summary>
internal sealed class KeepPhrase(Session session, FileBook files, FileSteps steps, Journal journal)
{
    private const int Most = 30;

    /// <param name="Kind">supplement, refusal or apology.</param>
    internal sealed record Request([MaxLength(60)] string Code, [Required, MaxLength(20)] string? Kind, string? Text);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var text = (r.Text ?? "").Trim();
        if (!Phrase.Kinds.Contains(r.Kind))
        {
            return Problem.Invalid("kind", "services.no-phrase");
        }

        if (text.Length is < Phrase.Least or > Phrase.Longest)
        {
            return Problem.Invalid("text", "services.say-phrase");
        }

        var found = await files.Take(r.Code);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        if (await session.Value<long>($"select count(*) from services.phrase where {Phrase.OfFile} and kind = $4", [.. Phrase.Desk(file), r.Kind]) >= Most)
        {
            return Problem.Conflict("services.phrases-full");
        }

        var id = Guid.CreateVersion7(steps.Now);
        if (await session.Execute("insert into services.phrase (id, area_id, desk, procedure, kind, text, made_at, made_by) values ($4, $1, $2, $3, $5, $6, $7, $8) on conflict do nothing", [.. Phrase.Desk(file), id, r.Kind, text, steps.Now, steps.Who]) > 0)
        {
            await journal.Add(id, new PhraseKept(file.Area, file.Desk, file.Procedure, r.Kind!, text), "Mẫu câu của cơ quan");
        }

        return Done.It;
    }
}

/// <summary>A sentence is offered no more.</summary>
internal sealed class DropPhrase(Session session, FileBook files, FileSteps steps, Journal journal)
{
    /// <param name="Code">A file of the desk and procedure for which it is offered.</param>
    internal sealed record Request([MaxLength(60)] string Code, Guid Phrase);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var found = await files.Take(r.Code);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        var text = await session.Row($"update services.phrase set gone_at = $5 where {Phrase.OfFile} and id = $4 returning text", x => x.GetString(0), [.. Phrase.Desk(file), r.Phrase, steps.Now]);
        if (text is null)
        {
            return Problem.Missing("services.no-phrase");
        }

        await journal.Add(r.Phrase, new PhraseDropped(text), "Mẫu câu của cơ quan");
        return Done.It;
    }
}
