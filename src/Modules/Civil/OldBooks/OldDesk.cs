using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Civil.OldBooks;

/// <summary>A page with its book.</summary>
internal sealed record OldPage(Guid Image, int No, int Entries, string Name, OldBook Book);

/// <summary>What one official typed.</summary>
internal sealed record OldTyping(int Turn, string TypedBy, IReadOnlyDictionary<string, string> Fields);

/// <summary>Entries that are typed from pictures: what is there to type, what was typed, and what is taken in.</summary>
internal sealed class OldDesk(OldShelf shelf, Session session, Journal journal, CurrentActor actor, TimeProvider clock)
{
    /// <param name="hold">Nobody else types from the page before the transaction has ended.</param>
    public async Task<Outcome<OldPage>> Page(Guid image, int place, bool hold = false)
    {
        var row = await session.Row($"select book_id, no, entries, name from civil.old_image where id = $1{(hold ? " for update" : "")}", r => (Book: r.GetGuid(0), No: r.GetInt32(1), Entries: r.GetInt16(2), Name: r.GetString(3)).ToTuple(), image);
        if (row is null || place < 1 || place > row.Item3)
        {
            return Problem.Missing("civil.no-old-page");
        }

        var found = await shelf.Find(row.Item1);
        return found.Ok(out var book) ? new OldPage(image, row.Item2, row.Item3, row.Item4, book) : found.Problems.ToList();
    }

    /// <summary>The next entry of the book that waits for this official: he has not typed it, and nobody, or one other, has. What another has begun comes first.</summary>
    public Task<Tuple<Guid, int>?> Next(Guid book) => session.Row("""
        select i.id, p.place from civil.old_image i cross join lateral generate_series(1, i.entries) p(place)
         cross join lateral (select count(*) as times, coalesce(bool_or(t.typed_by = $2), false) as his from civil.old_typing t where t.image_id = i.id and t.place = p.place) t
         where i.book_id = $1 and t.times < 2 and not t.his order by t.times desc, i.no, p.place limit 1
        """, r => Tuple.Create(r.GetGuid(0), r.GetInt32(1)), book, actor.Value.Reference);

    /// <summary>The next entry that two have typed differently.</summary>
    public Task<Tuple<Guid, int>?> NextToSettle(Guid book) => session.Row("""
        select t.image_id, t.place from civil.old_typing t join civil.old_image i on i.id = t.image_id
         where i.book_id = $1 and t.turn = 2 and not exists (select from civil.old_entry e where e.image_id = t.image_id and e.place = t.place)
           and not exists (select from civil.old_row q where q.image_id = t.image_id and q.place = t.place)
         order by i.no, t.place limit 1
        """, r => Tuple.Create(r.GetGuid(0), (int)r.GetInt16(1)), book);

    /// <summary>His own, or both once both are there; the database keeps the other's back until then.</summary>
    public Task<List<OldTyping>> Typings(Guid image, int place) => session.Rows("select turn, typed_by, fields::text from civil.old_typings($1, $2, $3)",
        r => new OldTyping(r.GetInt16(0), r.GetString(1), OldShelf.Fields(r.GetString(2))), image, (short)place, actor.Value.Reference);

    /// <summary>The fields in which two typings differ. Spaces and capitals make a difference: the book has them one way.</summary>
    public static IEnumerable<OldField> Differing(OldKind kind, IReadOnlyList<OldTyping> both) => kind.Fields.Where(f => both[0].Fields.GetValueOrDefault(f.Key) != both[1].Fields.GetValueOrDefault(f.Key));

    /// <summary>Takes in what both typed, or keeps it apart where it contradicts itself or its number is there already.</summary>
    public async Task<bool> Accept(OldPage page, int place, IReadOnlyDictionary<string, string> fields, IReadOnlyList<OldTyping> both, IReadOnlyList<string> differed)
    {
        var book = page.Book;
        var draft = new OldReading(book.Kind, book.YearFrom, book.YearTo, await LawBook.Read(session)).Read(f => fields.GetValueOrDefault(f) ?? "");
        await session.Execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", $"civil.old_book {book.Id}");
        if (draft.Faults.Count == 0 && draft.No is { } no && await shelf.Has(book.Id, no))
        {
            draft = draft.With(new OldFault("no", "civil.old-entry-repeated", no, false));
        }

        var (id, source, sound) = (Guid.CreateVersion7(clock.GetUtcNow()), new OldSource(null, null, page.Image, (short)place), draft.Faults.Count == 0);
        await (sound ? shelf.Take(book, [(draft, source)], id: id) : shelf.Quarantine(book, [(draft, source)], id));
        await shelf.Worked(book.Id, "checked", sound ? 1 : 0);
        await journal.Add(id, new OldEntryChecked(book.Id, page.Image, place, [.. both.Select(b => b.TypedBy)], differed, !sound), OldShelf.Ground);
        return sound;
    }
}
