using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Services.Procedures;

/// <summary>A version of a procedure came into force: new files go by it. The subject is the procedure (<see cref="ProcedureEditions.KeyOf"/>).</summary>
/// <param name="Before">The version it replaces.</param>
/// <param name="Body">SHA-256 of its text.</param>
internal sealed record ProcedurePublished(string Code, int Version, int? Before, string Body) : IEntry
{
    public static string Kind => "services.procedure-published";
}

/// <summary>No new files go by the procedure; those that run keep their version.</summary>
internal sealed record ProcedureWithdrawn(string Code, int Version) : IEntry
{
    public static string Kind => "services.procedure-withdrawn";
}

/// <summary>Versions of procedures as their keepers see them.</summary>
internal sealed class ProcedureEditions(Session session)
{
    /// <param name="State">draft, published, replaced or withdrawn.</param>
    /// <param name="Files">How many files go by it.</param>
    internal sealed record Line(int Version, string State, string Origin, DateTimeOffset MadeAt, DateTimeOffset? PublishedAt, DateTimeOffset? EndedAt, string Ground, long Files);

    /// <summary>Key of a procedure in the journal: the head of the SHA-256 of its code.</summary>
    public static Guid KeyOf(string code) => new(SHA256.HashData(Encoding.UTF8.GetBytes(code)).AsSpan(0, 16));

    public Task<List<Line>> Of(string code) => session.Rows("""
        select p.version, p.state, p.origin, p.made_at, p.published_at, p.ended_at, p.ground, (select count(*) from services.file f where f.procedure = p.code and f.version = p.version)
          from services.procedure p where p.code = $1 order by p.version desc
        """, r => new Line(r.GetInt32(0), r.GetString(1), r.GetString(2), r.Get<DateTimeOffset>(3), r.Maybe<DateTimeOffset>(4), r.Maybe<DateTimeOffset>(5), r.GetString(6), r.GetInt64(7)), code);

    /// <summary>The text of a version, as it is edited.</summary>
    public async Task<string?> Text(string code, int version) => await session.Row("select body::text from services.procedure where code = $1 and version = $2", r => r.GetString(0), code, version) is { } body ? ProcedureText.Write(ProcedureText.Read(body)) : null;

    /// <summary>Puts a version into force in place of the one that is.</summary>
    /// <param name="put">The statement that does: $1 code, $2 version, $3 now, $4 by which decision, $5 by whom; it answers with version and text.</param>
    public async Task<int> Publish(Journal journal, string put, string code, int version, string ground, string by, DateTimeOffset now)
    {
        var before = await session.Row("update services.procedure set state = 'replaced', ended_at = $2 where code = $1 and state = 'published' returning version", r => (object)r.GetInt32(0), code, now);
        var (came, body) = (await session.Row(put + " returning version, body::text", r => (r.GetInt32(0), r.GetString(1)).ToTuple(), code, version, now, ground, by))!;
        await journal.Add(KeyOf(code), new ProcedurePublished(code, came, (int?)before, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))), ground);
        return came;
    }

    /// <summary>Writes a version that is not in force yet.</summary>
    public async Task<int> Draft(string code, Procedure procedure, string by, DateTimeOffset now) => await session.Value<int>("""
        insert into services.procedure (code, version, body, state, origin, made_at, made_by)
        select $1, coalesce((select max(version) from services.procedure where code = $1), 0) + 1, $2, 'draft', 'office', $3, $4
        on conflict (code) where state = 'draft' do update set body = excluded.body, made_at = excluded.made_at, made_by = excluded.made_by returning version
        """, code, ProcedureText.Write(procedure).As(NpgsqlDbType.Jsonb), now, by);
}

/// <summary>Keeps what was written of a procedure, whole or not: it is in force when it is published.</summary>
internal sealed class SaveDraft(ProcedureEditions editions, CurrentActor actor, TimeProvider clock)
{
    private const int Longest = 200_000;

    /// <param name="Text">JSON, as reference/procedures has it.</param>
    internal sealed record Request(string Code, string? Text);

    /// <param name="Faults">What stands against publishing it.</param>
    internal sealed record Saved(int Version, IReadOnlyList<Problem> Faults);

    public async Task<Outcome<Saved>> Run(Request r)
    {
        if (r.Text is not { Length: > 0 and <= Longest } text)
        {
            return Problem.Invalid("text", "services.procedure-text", "");
        }

        Procedure procedure;
        try
        {
            procedure = ProcedureText.Read(text);
        }
        catch (JsonException e)
        {
            return Problem.Invalid("text", "services.procedure-text", $"{(e.LineNumber is { } line ? line + 1 : 1)}: {e.Path}");
        }

        return procedure.Code != r.Code ? Problem.Invalid("text", "services.procedure-other-code", r.Code) : new Saved(await editions.Draft(r.Code, procedure, actor.Value.Reference, clock.GetUtcNow()), ProcedureCheck.Faults(procedure));
    }
}

/// <summary>Puts what was written into force: new files go by it, running ones keep theirs. Refused while anything stands against it, above all a question whose answer the register knows.</summary>
internal sealed class PublishDraft(Session session, ProcedureEditions editions, Journal journal, CurrentActor actor, TimeProvider clock)
{
    private const string Put = "update services.procedure set state = 'published', published_at = $3, ground = $4 where code = $1 and version = $2 and $5::text is not null";

    /// <param name="Ground">Decision by which it is published (quyết định công bố).</param>
    internal sealed record Request(string Code, string? Ground);

    internal sealed record Published(int Version);

    public async Task<Outcome<Published>> Run(Request r)
    {
        if (!Grounds.Good(r.Ground, out var ground))
        {
            return Problem.Invalid("ground", "services.procedure-decision");
        }

        // Two who publish at once come one after another.
        await session.Execute("select pg_advisory_xact_lock(hashtextextended($1, 1))", r.Code);
        if (await session.Row("select version, body::text from services.procedure where code = $1 and state = 'draft'", x => (Version: x.GetInt32(0), Body: x.GetString(1)).ToTuple(), r.Code) is not { } draft)
        {
            return Problem.Conflict("services.procedure-no-draft");
        }

        if (ProcedureCheck.Faults(ProcedureText.Read(draft.Item2)) is { Count: > 0 } faults)
        {
            return faults.ToList();
        }

        return new Published(await editions.Publish(journal, Put, r.Code, draft.Item1, ground, actor.Value.Reference, clock.GetUtcNow()));
    }
}

/// <summary>Goes back to an earlier version: it is written again as the newest, so that what was in force on which day stays told.</summary>
internal sealed class RollBack(Session session, ProcedureEditions editions, Journal journal, CurrentActor actor, TimeProvider clock)
{
    /// <summary>A draft that somebody writes meanwhile stays.</summary>
    private const string Put = """
        insert into services.procedure (code, version, body, state, origin, made_at, made_by, published_at, ground)
        select $1, (select max(version) + 1 from services.procedure where code = $1), body, 'published', 'office', $3, $5, $3, $4 from services.procedure where code = $1 and version = $2
        """;

    internal sealed record Request(string Code, int Version, string? Ground);

    public async Task<Outcome<PublishDraft.Published>> Run(Request r)
    {
        if (!Grounds.Good(r.Ground, out var ground))
        {
            return Problem.Invalid("ground", "services.procedure-decision");
        }

        await session.Execute("select pg_advisory_xact_lock(hashtextextended($1, 1))", r.Code);
        var versions = await editions.Of(r.Code);
        if (versions.FirstOrDefault(v => v.Version == r.Version) is not { State: "replaced" or "withdrawn" })
        {
            return Problem.Conflict("services.procedure-no-version");
        }

        return new PublishDraft.Published(await editions.Publish(journal, Put, r.Code, r.Version, ground, actor.Value.Reference, clock.GetUtcNow()));
    }
}

/// <summary>Takes a procedure out of force (bãi bỏ): no new files; those that run go on by their version.</summary>
internal sealed class WithdrawProcedure(Session session, Journal journal, TimeProvider clock)
{
    internal sealed record Request(string Code, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if (!Grounds.Good(r.Ground, out var ground))
        {
            return Problem.Invalid("ground", "services.procedure-decision");
        }

        if (await session.Row("update services.procedure set state = 'withdrawn', ended_at = $2 where code = $1 and state = 'published' returning version", x => (object)x.GetInt32(0), r.Code, clock.GetUtcNow()) is not int version)
        {
            return Problem.Missing("services.no-procedure");
        }

        await journal.Add(ProcedureEditions.KeyOf(r.Code), new ProcedureWithdrawn(r.Code, version), ground);
        return Done.It;
    }
}

/// <summary>The decision by which something is published.</summary>
internal static class Grounds
{
    private const int Shortest = 5, Longest = 300;

    public static bool Good(string? text, out string ground) => (ground = (text ?? "").Trim()).Length is >= Shortest and <= Longest;
}
