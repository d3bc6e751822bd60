using System.Globalization;
using System.Text.Json;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Civil.OldBooks;

/// <summary>An old book.</summary>
internal sealed record OldBook(Guid Id, int Area, string Office, string KindName, string Number, int YearFrom, int YearTo, int Expected)
{
    public OldKind Kind => OldKind.Of(KindName);

    public string Years => YearFrom == YearTo ? YearFrom.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{YearFrom}–{YearTo}");
}

/// <summary>Where an entry comes from: a row of a file, or a place on a page.</summary>
internal sealed record OldSource(Guid? Batch, long? Row, Guid? Image, short? Place);

/// <summary>The old books that an official works on: what is taken in, what is kept apart, and what was done. Everything in the caller's transaction.</summary>
internal sealed class OldShelf(Session session, IDuty duty, IPlaces places, CurrentActor actor, TimeProvider clock)
{
    /// <summary>On what the digitisation rests; for the journal.</summary>
    public const string Ground = "Số hóa sổ hộ tịch; QĐ 1437/QĐ-BTP";

    private const string Columns = "b.id, b.area_id, b.office, b.kind, b.number, b.year_from, b.year_to, b.expected";

    /// <summary>A book of a commune within the official's duty.</summary>
    public async Task<Outcome<OldBook>> Find(Guid id, bool hold = false)
    {
        var book = await session.Row($"select {Columns} from civil.old_book b where b.id = $1{(hold ? " for update" : "")}", Read, id);
        return book is null ? Problem.Missing("civil.no-old-book") : await duty.Covers(book.Area) ? book : Problem.Forbidden("civil.old-book-elsewhere");
    }

    /// <summary>The office of then, and what its territory is now: "UBND xã X (cũ), nay UBND xã Y"; old books keep the name of the office that kept them.</summary>
    public string Named(OldBook book) => OfficeNow(book.Area) is { } now ? $"{book.Office} (cũ), nay {now}" : book.Office;

    /// <summary>Number and years of a book, as they stand on its back: 2/1987.</summary>
    public static string Back(OldBook book) => book.Number.Length > 0 ? $"{book.Number}/{book.Years}" : book.Years;

    /// <summary>Takes sound entries in, with those they are about.</summary>
    public async Task Take(OldBook book, IReadOnlyList<(OldDraft Draft, OldSource Source)> entries, bool asWritten = false, Guid? id = null)
    {
        var now = clock.GetUtcNow();
        var roles = book.Kind.Roles.Where(r => r.Linked).ToList();
        var rows = entries.Select((e, i) => (Id: i == 0 && id is { } given ? given : Guid.CreateVersion7(now), e.Draft, e.Source)).ToList();
        await session.Execute("""
            insert into civil.old_entry (id, book_id, no, registered_on, fields, batch_id, row_no, image_id, place, as_written, came_at, undecided)
            select e.id, $1, e.no, e.day, e.fields, e.batch, e.row, e.image, e.place, $2, $3, $4 from unnest($5, $6, $7, $8, $9, $10, $11, $12) as e(id, no, day, fields, batch, row, image, place)
            """, book.Id, asWritten, now, (short)roles.Count, rows.Select(r => r.Id).ToArray(), rows.Select(r => r.Draft.No).ToArray(),
            rows.Select(r => r.Draft.Fields.GetValueOrDefault("registeredOn", "unknown")).ToArray(), rows.Select(r => Json(r.Draft.Fields)).ToArray().As(NpgsqlDbType.Array | NpgsqlDbType.Json),
            rows.Select(r => r.Source.Batch).ToArray(), rows.Select(r => r.Source.Row).ToArray(), rows.Select(r => r.Source.Image).ToArray(), rows.Select(r => r.Source.Place).ToArray());
        var parties = rows.SelectMany(r => roles.Select(role => (Entry: r.Id, role.Name, Written: r.Draft.Fields[OldKind.KeyOf(role.Name, "name")]))).ToList();
        await session.Execute("insert into civil.old_party (id, entry_id, book_id, role, name) select p.id, p.entry, $1, p.role, p.name from unnest($2, $3, $4, $5) with ordinality as p(id, entry, role, name, n) order by p.n", book.Id,
            parties.Select(_ => Guid.CreateVersion7(now)).ToArray(), parties.Select(p => p.Entry).ToArray(), parties.Select(p => p.Name).ToArray(), parties.Select(p => p.Written).ToArray());
    }

    /// <summary>Keeps entries apart, with what is wrong with each.</summary>
    public Task Quarantine(OldBook book, IReadOnlyList<(OldDraft Draft, OldSource Source)> rows, Guid? id = null) => session.Execute("""
        insert into civil.old_row (id, book_id, batch_id, row_no, image_id, place, fields, faults, came_at)
        select e.id, $1, e.batch, e.row, e.image, e.place, e.fields, e.faults, $2 from unnest($3, $4, $5, $6, $7, $8, $9) as e(id, batch, row, image, place, fields, faults)
        """, book.Id, clock.GetUtcNow(), rows.Select((_, i) => i == 0 && id is { } given ? given : Guid.CreateVersion7(clock.GetUtcNow())).ToArray(), rows.Select(r => r.Source.Batch).ToArray(), rows.Select(r => r.Source.Row).ToArray(),
        rows.Select(r => r.Source.Image).ToArray(), rows.Select(r => r.Source.Place).ToArray(), rows.Select(r => Json(r.Draft.Given)).ToArray().As(NpgsqlDbType.Array | NpgsqlDbType.Json),
        rows.Select(r => Json(r.Draft.Faults)).ToArray().As(NpgsqlDbType.Array | NpgsqlDbType.Json));

    /// <summary>Counts work done: keyed, checked, linked.</summary>
    public Task Worked(Guid book, string kind, int entries) => entries == 0 ? Task.CompletedTask : session.Execute(
        "insert into civil.old_work (book_id, at, actor, name, kind, entries) values ($1, $2, $3, $4, $5, $6)", book, clock.GetUtcNow(), actor.Value.Reference, actor.Value.Name, kind, entries);

    /// <summary>Whether the book has an entry of this number already.</summary>
    public Task<bool> Has(Guid book, string no) => session.Value<bool>("select exists (select from civil.old_entry where book_id = $1 and no = $2)", book, no);

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, Journal.Json);

    public static Dictionary<string, string> Fields(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json, Journal.Json)!;

    public static OldBook Read(Npgsql.NpgsqlDataReader r) => new(r.GetGuid(0), r.GetInt32(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt16(5), r.GetInt16(6), r.GetInt32(7));

    /// <summary>The office that has the territory today; null where it is the same unit still.</summary>
    private string? OfficeNow(int area)
    {
        if (places.Book[area] is not { } then || then.Valid.Holds(clock.Today()))
        {
            return null;
        }

        var now = places.Book.Resolve(then, clock.Today()).Candidates.Select(c => Office(c.Area)).ToList();
        return now.Count == 0 ? null : string.Join(" hoặc ", now);
    }

    /// <summary>"UBND xã Vĩnh Hậu".</summary>
    public static string Office(Area area) => $"UBND {char.ToLower(area.FullName[0], CultureInfo.InvariantCulture)}{area.FullName[1..]}";
}
