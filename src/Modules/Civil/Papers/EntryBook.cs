using Npgsql;
using NpgsqlTypes;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Data;
using SoGoc.Places;

namespace SoGoc.Civil.Papers;

/// <summary>What is written beside an entry.</summary>
/// <param name="Body">As the journal has it.</param>
internal sealed record KeptNote(Guid Id, DateOnly On, string DecidedBy, string Note, string Text, string Body);

/// <summary>A paper that was issued.</summary>
/// <param name="Of">The entry, or the decision, that it is made of.</param>
/// <param name="Kind">certificate, extract, notice.</param>
/// <param name="EndedAs">replaced, void; null: valid.</param>
/// <param name="ReplacedBy">Number of the paper in its place.</param>
internal sealed record KeptPaper(Guid Id, Guid Of, string Code, string Kind, string No, int Area, string Office, DateTimeOffset IssuedAt, string Signer, DateTimeOffset? EndedAt, string? EndedAs, string? EndedReason, string? ReplacedBy, byte[] Sha256);

/// <summary>Reads the books: entries by office, notes, papers. Row-level security says which.</summary>
internal sealed class EntryBook(Session session, IPlaces places)
{
    private const string PaperColumns = """
        p.id, coalesce(p.entry_id, p.decision_id), p.code, p.kind, p.shown_no, p.area_id, p.office, p.issued_at, p.signer, p.ended_at, p.ended_as, p.ended_reason, (select n.shown_no from civil.paper n where n.id = p.replaced_by), p.sha256
        """;

    /// <summary>Entries of the books of a commune and of those it came from, the newest first.</summary>
    /// <param name="commune">In the version of today; null: all that can be seen.</param>
    /// <param name="no">Number in the book.</param>
    /// <param name="after">The last entry of the page before.</param>
    public Task<List<KeptEntry>> Entries(Area? commune, DateOnly today, string? kind, int? year, int? no, Guid? after, int most) => session.Rows($"""
        select {BookKeeper.Columns} from civil.entry e join civil.book b on b.id = e.book_id
         where ($1::integer[] is null or b.area_id = any($1)) and ($2 is null or b.kind = $2) and ($3 is null or b.year = $3) and ($4 is null or e.no = $4) and ($5 is null or e.id < $5)
         order by e.id desc limit $6
        """, BookKeeper.Read, (commune is null ? null : places.Book.Within(commune, today).ToArray()).As(NpgsqlDbType.Array | NpgsqlDbType.Integer), kind.As(NpgsqlDbType.Text), year.As(NpgsqlDbType.Integer), no.As(NpgsqlDbType.Integer),
        after.As(NpgsqlDbType.Uuid), most);

    public Task<List<KeptNote>> Notes(Guid entry) => session.Rows("select id, noted_on, decided_by, kind, body->>'text', body::text from civil.annotation where entry_id = $1 order by no",
        r => new KeptNote(r.GetGuid(0), r.Get<DateOnly>(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5)), entry);

    public async Task<string> DecidedBy(Guid entry) => await session.Value<string>("select decided_by from civil.entry where id = $1", entry) ?? "";

    /// <summary>What was made of an entry or a decision, the newest first.</summary>
    public Task<List<KeptPaper>> Papers(Guid of) => session.Rows($"select {PaperColumns} from civil.paper p where p.entry_id = $1 or p.decision_id = $1 order by p.issued_at desc, p.id desc", ReadPaper, of);

    public Task<KeptPaper?> Paper(Guid id) => session.Row($"select {PaperColumns} from civil.paper p where p.id = $1", ReadPaper, id);

    /// <summary>Keys of all whom an entry is about.</summary>
    public async Task<Guid?[]> Parties(Guid entry) => [.. await session.Rows("select civil.parties_of($1)", r => (Guid?)r.GetGuid(0), entry)];

    private static KeptPaper ReadPaper(NpgsqlDataReader r) => new(r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt32(5), r.GetString(6), r.Get<DateTimeOffset>(7), r.GetString(8),
        r.Maybe<DateTimeOffset>(9), r.Text(10), r.Text(11), r.Text(12), r.Get<byte[]>(13));
}
