using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Civil.OldBooks;

/// <summary>Takes an entry out of quarantine: mended, or as the book has it where it contradicts itself and an official has looked. What was kept apart stays to be seen.</summary>
internal sealed class MendOldRow(OldShelf shelf, Session session, Journal journal, CurrentActor actor, TimeProvider clock)
{
    /// <param name="Row">Which one.</param>
    /// <param name="Fields">Those that are mended; an empty text empties one.</param>
    /// <param name="AsWritten">The official has looked: the book has it so, although it contradicts itself.</param>
    internal sealed record Request(Guid Row, IReadOnlyDictionary<string, string>? Fields = null, bool AsWritten = false);

    internal sealed record Mended(Guid Entry);

    public async Task<Outcome<Mended>> Run(Request r)
    {
        var row = await session.Row("select book_id, batch_id, row_no, image_id, place, fields::text, settled_at is not null from civil.old_row where id = $1 for update",
            x => new { Book = x.GetGuid(0), Source = new OldSource(x.Maybe<Guid>(1), x.Maybe<long>(2), x.Maybe<Guid>(3), x.Maybe<short>(4)), Given = OldShelf.Fields(x.GetString(5)), Settled = x.GetBoolean(6) }, r.Row);
        var found = row is null ? Problem.Missing("civil.no-old-row") : await shelf.Find(row.Book);
        if (!found.Ok(out var book) || row!.Settled)
        {
            return found.IsGood ? Problem.Conflict("civil.old-settled-before") : found.Problems.ToList();
        }

        var draft = new OldReading(book.Kind, book.YearFrom, book.YearTo, await LawBook.Read(session)).Read(f => r.Fields?.GetValueOrDefault(f) ?? row.Given.GetValueOrDefault(f, ""));
        await session.Execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", $"civil.old_book {book.Id}");
        if (draft.No is { } no && await shelf.Has(book.Id, no))
        {
            draft = draft.With(new OldFault("no", "civil.old-entry-repeated", no, false));
        }

        if (draft.Faults.Where(f => !f.Contradicts || !r.AsWritten).Select(f => Problem.Invalid(f.Field, f.Code, [.. f.Data ?? []])).ToList() is { Count: > 0 } problems)
        {
            return problems;
        }

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await shelf.Take(book, [(draft, row.Source)], draft.Faults.Count > 0, id);
        await session.Execute("update civil.old_row set settled_at = $2, settled_by = $3 where id = $1", r.Row, clock.GetUtcNow(), actor.Value.Reference);
        await shelf.Worked(book.Id, "checked", 1);
        await journal.Add(id, new OldRowSettled(book.Id, r.Row, [.. book.Kind.Fields.Select(f => f.Key).Where(f => draft.Given.GetValueOrDefault(f) != row.Given.GetValueOrDefault(f))], draft.Faults.Count > 0), OldShelf.Ground);
        return new Mended(id);
    }
}
