using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using SoGoc.Civil.Papers;
using SoGoc.Civil.Signatures;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;

namespace SoGoc.Civil.Books;

/// <summary>What an act is entered with.</summary>
/// <param name="Kind">The kind of book: birth, marriage, death ….</param>
/// <param name="Area">The commune, in the version of today.</param>
/// <param name="Person">Whose act it is.</param>
/// <param name="Parties">All whom it is about and whom the register has, each with what he is in it.</param>
/// <param name="Notification">Of a birth, number of the birth notification.</param>
internal sealed record NewEntry(string Kind, int Area, Guid Person, IReadOnlyList<(Guid Person, string Part)> Parties, string? Notification = null);

/// <summary>An entry that was made.</summary>
/// <param name="No">As it is shown, 01/2026.</param>
/// <param name="Filing">Code of the linked filing that came with it.</param>
/// <param name="Follows">What has come of it that was not in the declaration, in sentences.</param>
internal sealed record BookEntry(Guid Id, string No, Guid Person, string? Filing = null, IReadOnlyList<string>? Follows = null);

/// <summary>An entry that is there already.</summary>
/// <param name="Body">What is registered, as the journal has it.</param>
internal sealed record KeptEntry(Guid Id, string Kind, string No, DateOnly RegisteredOn, int Area, string Office, Guid Person, string Body);

/// <summary>Something was written beside an entry.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Note">divorced, annulled, adopted, recognised, corrected ….</param>
/// <param name="Text">What is noted, as it is printed.</param>
/// <param name="Cause">The act from which it follows.</param>
/// <param name="Closes">The entry is closed to ordinary eyes from now on.</param>
internal sealed record EntryAnnotated(Guid Entry, string EntryNo, string Note, string Text, DateOnly On, Guid? Cause = null, bool Closes = false) : IEntry
{
    public static string Kind => "civil.entry-annotated";
}

/// <summary>The books of the communes. An entry gets the next number of its book when it is written and is not free before the commit: what comes last in an act, so that nobody waits longer than he must.</summary>
internal sealed class BookKeeper(Session session, Journal journal, Signing signing, PaperStates papers, CurrentActor actor, TimeProvider clock)
{
    /// <summary>Noted beside an entry that is not to hold any more.</summary>
    public const string Annulled = "annulled";

    internal const string Columns = "e.id, b.kind, e.no, b.year, e.registered_on, b.area_id, b.office, e.person_id, e.body::text";

    /// <summary>Enters an act in the book of the year, begins the book where there is none, and writes the act's own journal entry.</summary>
    public async Task<BookEntry> Enter<T>(NewEntry e, Func<string, T> body, string ground) where T : IEntry
    {
        var (id, on, sign) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.Today(), await signing.Pen());
        await session.Execute("insert into civil.book (id, area_id, office, kind, year) values ($1, $2, $3, $4, $5) on conflict on constraint \"civil.book-exists\" do nothing",
            Guid.CreateVersion7(clock.GetUtcNow()), e.Area, actor.Value.Office, e.Kind, (short)on.Year);
        // Held from here to the commit; the database gives the number, and would refuse any other.
        var last = await session.Value<int>("select last_no from civil.book where area_id = $1 and kind = $2 and year = $3 for update", e.Area, e.Kind, (short)on.Year);
        var number = Shown(last + 1, on.Year);
        var act = body(number);
        var (text, signature) = Signed(act, sign);
        var with = new Statements();
        with.Add("""
            with e as (
              insert into civil.entry (id, book_id, no, registered_on, decided_by, person_id, notification, body)
              select $1, b.id, $5, $6, $7, $8, $9, $10 from civil.book b where b.area_id = $2 and b.kind = $3 and b.year = $4)
            insert into civil.signature (entry_id, key_id, signed_at, jws) values ($1, $11, $12, $13)
            """, id, e.Area, e.Kind, (short)on.Year, last + 1, on, actor.Value.Reference, e.Person, e.Notification.As(NpgsqlDbType.Text), text.As(NpgsqlDbType.Json), signature.KeyId, signature.At, signature.Token);
        with.Add("insert into civil.party (entry_id, person_id, part) select $1, p, n from unnest($2, $3) as u(p, n)", id, e.Parties.Select(p => p.Person).ToArray(), e.Parties.Select(p => p.Part).ToArray());
        journal.Add(with, id, act, ground);
        await session.Execute(with);
        return new BookEntry(id, number, e.Person);
    }

    /// <summary>Writes something beside an entry, which itself is never changed. The papers that were made of it do not say so, and end.</summary>
    public async Task Annotate(KeptEntry entry, string note, string text, Guid? cause, string ground, bool closes = false)
    {
        var (id, noted) = (Guid.CreateVersion7(clock.GetUtcNow()), new EntryAnnotated(entry.Id, entry.No, note, text, clock.Today(), cause, closes));
        var (body, signature) = Signed(noted, await signing.Pen());
        await session.Execute("""
            with a as (
              insert into civil.annotation (id, entry_id, no, noted_on, decided_by, kind, cause_id, closes, body) values ($1, $2, civil.next_annotation($2), $3, $4, $5, $6, $7, $8))
            insert into civil.signature (annotation_id, key_id, signed_at, jws) values ($1, $9, $10, $11)
            """, id, entry.Id, noted.On, actor.Value.Reference, note, cause.As(NpgsqlDbType.Uuid), closes, body.As(NpgsqlDbType.Json), signature.KeyId, signature.At, signature.Token);
        await journal.Add(id, noted, ground);
        await (note == Annulled ? papers.AnnulledWith(entry.Id, ground) : papers.Replaced(entry.Id, ground));
    }

    /// <summary>The newest entry of a person's own act that can be seen: of a birth the child's and not its mother's, of a guardianship the ward's; of a marriage either's.</summary>
    public async Task<KeptEntry?> Newest(string kind, Guid person) => (await All(kind, person)).FirstOrDefault();

    /// <summary>All of them, the newest first.</summary>
    public Task<List<KeptEntry>> All(string kind, Guid person) => session.Rows($"""
        select {Columns} from civil.entry e join civil.book b on b.id = e.book_id
         where b.kind = $1 and (e.person_id = $2 or (b.kind = 'marriage' and exists (select from civil.party y where y.entry_id = e.id and y.person_id = $2)))
         order by e.registered_on desc, e.id desc
        """, Read, kind, person);

    /// <summary>All of a kind in which a person has any part, the newest first.</summary>
    public Task<List<KeptEntry>> About(string kind, Guid person) => session.Rows($"""
        select {Columns} from civil.entry e join civil.book b on b.id = e.book_id
         where b.kind = $1 and exists (select from civil.party y where y.entry_id = e.id and y.person_id = $2) order by e.registered_on desc, e.id desc
        """, Read, kind, person);

    /// <summary>All that hold in which a person has any part, of whatever kind.</summary>
    public Task<List<KeptEntry>> AllOf(Guid person) => session.Rows($"""
        select {Columns} from civil.entry e join civil.book b on b.id = e.book_id
         where exists (select from civil.party y where y.entry_id = e.id and y.person_id = $1) and not exists (select from civil.annotation a where a.entry_id = e.id and a.kind = $2) order by e.registered_on, e.id
        """, Read, person, Annulled);

    /// <summary>The other entries that were made in one act with this one.</summary>
    public Task<List<KeptEntry>> OfOneAct(Guid entry) => session.BeyondDuty(() => session.Rows($"""
        with of_act as materialized (select era, xid from journal.entry where subject = $1 order by position limit 1)
        select {Columns} from of_act o join journal.entry x on x.era = o.era and x.xid = o.xid join civil.entry e on e.id = x.subject join civil.book b on b.id = e.book_id where e.id <> $1
        """, Read, entry));

    /// <summary>Whether a birth notification has served before, in whatever office.</summary>
    public Task<bool> Served(string notification) => session.Value<bool>("select civil.notification_served($1)", notification);

    /// <summary>Whether this is noted beside an entry.</summary>
    public async Task<bool> Is(Guid entry, string note) => await session.Value<long>("select count(*) from civil.annotation where entry_id = $1 and kind = $2", entry, note) > 0;

    /// <summary>Acts on a person himself, for which he has to be alive, that were registered after a day; the last one's day.</summary>
    public Task<DateOnly?> LivedAt(Guid person, DateOnly after) => session.BeyondDuty(async () => await session.Value<DateTime?>("""
        select max(e.registered_on)::timestamp from civil.party y join civil.entry e on e.id = y.entry_id join civil.book b on b.id = e.book_id
         where y.person_id = $1 and e.registered_on > $2 and b.kind in ('marriage', 'marital-status', 'adoption', 'guardianship', 'recognition') and y.part <> 'child'
        """, person, after) is { } at ? DateOnly.FromDateTime(at) : (DateOnly?)null);

    /// <summary>An entry that can be seen.</summary>
    public Task<KeptEntry?> Find(Guid entry) => session.Row($"select {Columns} from civil.entry e join civil.book b on b.id = e.book_id where e.id = $1", Read, entry);

    /// <summary>The text as it stands in the book, and the signature on it.</summary>
    private static (string Text, Signature Signature) Signed<T>(T act, Func<byte[], Signature> sign)
    {
        var text = JsonSerializer.Serialize(act, Journal.Json);
        return (text, sign(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    internal static KeptEntry Read(NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), Shown(r.GetInt32(2), r.GetInt16(3)), r.Get<DateOnly>(4), r.GetInt32(5), r.GetString(6), r.GetGuid(7), r.GetString(8));

    /// <summary>Number and year, the number with two digits at least.</summary>
    private static string Shown(int no, int year) => string.Create(CultureInfo.InvariantCulture, $"{no:00}/{year}");
}
