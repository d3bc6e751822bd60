using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Store;

/// <summary>A paper of a citizen, without its bytes.</summary>
/// <param name="Kind">As procedures call it.</param>
/// <param name="Name">File name.</param>
/// <param name="Type">By its content.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Digest">SHA-256, in hexadecimal digits.</param>
/// <param name="Scanned">By an official at a counter; else sent by the citizen.</param>
/// <param name="CheckedAt">When an official has compared it with the original.</param>
/// <param name="ValidUntil">The day included.</param>
internal sealed record StoredPaper(Guid Id, string Kind, string Name, string Type, int Size, string Digest, Scan State, bool Scanned, DateTimeOffset GivenAt, DateTimeOffset? CheckedAt, DateOnly? ValidUntil)
{
    internal const string Columns = "p.id, p.kind, p.name, p.type, p.size, p.digest, p.state, p.account_id is null, p.given_at, p.checked_at, p.valid_until";

    internal static StoredPaper Read(NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetInt32(4), Convert.ToHexStringLower(r.Get<byte[]>(5)), Enum.Parse<Scan>(r.GetString(6), ignoreCase: true), r.GetBoolean(7), r.Get<DateTimeOffset>(8), r.Maybe<DateTimeOffset>(9), r.Maybe<DateOnly>(10));

    /// <summary>Something a browser shows beside a form.</summary>
    public bool IsPicture() => Type is "image/jpeg" or "image/png" or "image/webp";
}

/// <summary>Where a paper goes: a form that is being filled in, or a file.</summary>
/// <param name="Person">Whom it is about.</param>
/// <param name="Account">Who sends; null: an official.</param>
/// <param name="Once">Mark of the form; null: it is a file.</param>
internal sealed record PaperPlace(Procedure Procedure, Guid Person, Guid? Account, Guid? Once, ServiceFile? File)
{
    /// <summary>The paper of the procedure that is meant; null: it wants none of this kind.</summary>
    public PaperNeed? Need(string? kind) => File?.Status == FileStatus.Supplement && kind == PaperNeed.Other.Code ? PaperNeed.Other : Procedure.Papers.FirstOrDefault(p => p.Code == kind && PaperShelf.IsHanded(p));
}

/// <summary>Keeps papers and finds them: bytes once by their digest, a row for each who holds them, and where each belongs.</summary>
internal sealed class PaperShelf(Session session, CurrentActor actor, TimeProvider clock)
{
    /// <summary>Held by all who bring bytes, so that none are swept away between; whoever sweeps holds it alone.</summary>
    internal const string Sweeping = "services.paper_bytes";

    /// <summary>The paper is handed in as a file, or taken from the store; others are in the register, or seen at the counter.</summary>
    public static bool IsHanded(PaperNeed need) => need.How is "upload" or "store";

    /// <summary>Papers of a file.</summary>
    public Task<List<StoredPaper>> Of(Guid file) => session.Rows(OfFile, StoredPaper.Read, file);

    /// <summary>Those of file $1.</summary>
    public const string OfFile = $"select {StoredPaper.Columns} from services.file_paper f join services.paper p on p.id = f.paper_id where f.file_id = $1 order by p.kind, f.put_at, p.id";

    /// <summary>Papers of a form that is being filled in.</summary>
    public Task<List<StoredPaper>> Of(Guid account, Guid once) => session.Rows($"select {StoredPaper.Columns} from services.draft_paper d join services.paper p on p.id = d.paper_id where d.account_id = $1 and d.once = $2 order by p.kind, d.put_at, p.id", StoredPaper.Read, account, once);

    public Task<List<StoredPaper>> At(PaperPlace place) => place.File is { } file ? Of(file.Id) : Of(place.Account!.Value, place.Once!.Value);

    /// <summary>What the store has of somebody that can be used again: whole, still valid, and either compared by an official or the citizen's own; for an office, what was compared.</summary>
    public Task<List<StoredPaper>> Usable(PaperPlace place) => session.Rows($"""
        select {StoredPaper.Columns} from services.paper p where p.person_id = $1 and p.kind = any($3) and p.state <> 'infected' and (p.valid_until is null or p.valid_until >= $4)
           and (p.account_id = $2 or p.checked_at is not null) order by p.checked_at desc nulls last, p.given_at desc
        """, StoredPaper.Read, place.Person, place.Account.As(NpgsqlDbType.Uuid), place.Procedure.Papers.Where(IsHanded).Select(p => p.Code).ToArray(), clock.Today());

    /// <summary>Whether so much more fits.</summary>
    public async Task<Problem?> Fits(PaperPlace place, int size, string field)
    {
        var there = await At(place);
        return there.Count >= PaperLimits.MostOfFile || there.Sum(p => (long)p.Size) + size > PaperLimits.MostBytesOfFile
            ? new Problem(ProblemKind.TooLarge, "services.store-file-full", field, $"{PaperLimits.MostOfFile}", PaperLimits.Size(PaperLimits.MostBytesOfFile)) : null;
    }

    /// <summary>Keeps a paper; the same one, sent twice by the same hand for the same person, is one.</summary>
    public async Task<Outcome<Guid>> Keep(PaperContent content, PaperPlace place, string kind, Scan scan, string field)
    {
        var (holder, now) = (place.Account ?? place.Person, clock.GetUtcNow());
        await session.Execute("select pg_advisory_xact_lock_shared(hashtextextended($1, 0)), pg_advisory_xact_lock(hashtextextended($2, 0))", Sweeping, $"services.paper {holder}");
        if (place.Account is { } account && await session.Value<long>("select count(*) from services.paper where account_id = $1", account) >= PaperLimits.MostOfAccount)
        {
            return Problem.Conflict("services.store-full", $"{PaperLimits.MostOfAccount}") with { Field = field };
        }

        var before = await session.Row($"select {StoredPaper.Columns} from services.paper p where p.person_id = $1 and coalesce(p.account_id, p.person_id) = $2 and p.kind = $3 and p.digest = $4", StoredPaper.Read, place.Person, holder, kind, content.Digest);
        if (before is not null)
        {
            return before.State is Scan.Infected ? Problem.Invalid(field, "services.store-infected") : before.Id;
        }

        var id = Guid.CreateVersion7(now);
        var with = new Statements();
        // Whether somebody else holds the same bytes is told to nobody.
        with.Add("insert into services.paper_bytes (digest, bytes, kept_at) values ($1, $2, $3) on conflict do nothing", content.Digest, content.Bytes, now);
        with.Add("insert into services.paper (id, person_id, account_id, kind, name, type, size, digest, state, given_at, given_by, scanned_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            id, place.Person, place.Account.As(NpgsqlDbType.Uuid), kind, content.Name, content.Type, content.Bytes.Length, content.Digest, Word(scan), now, actor.Value.Reference, (scan is Scan.Clean ? now : (DateTimeOffset?)null).As(NpgsqlDbType.TimestampTz));
        await session.Execute(with);
        return id;
    }

    /// <summary>Lays a paper into its place; false: it lies there already.</summary>
    public async Task<bool> Put(PaperPlace place, Guid paper) => await (place.File is { } file
        ? session.Execute("insert into services.file_paper (file_id, paper_id, put_at) values ($1, $2, $3) on conflict do nothing", file.Id, paper, clock.GetUtcNow())
        : session.Execute("insert into services.draft_paper (account_id, once, paper_id, put_at) values ($1, $2, $3, $4) on conflict do nothing", place.Account!.Value, place.Once!.Value, paper, clock.GetUtcNow())) > 0;

    internal static string Word(Scan scan) => scan.ToString().ToLowerInvariant();
}
