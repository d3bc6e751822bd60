using System.Security.Cryptography;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Lists;

namespace SoGoc.Civil.OldBooks;

/// <summary>Takes a file of entries of one book in (docs/old-books.md): sound ones into the book, the others into quarantine with the reason at each field. The same file again is the same batch.</summary>
internal sealed class SendOldBatch(OldShelf shelf, Session session, Journal journal, CurrentActor actor, TimeProvider clock) : IRunsOnce
{
    /// <summary>32 MiB: far more than a book.</summary>
    public const long MostBytes = 32 << 20;

    public const int MostRows = 100_000;

    private const int Together = 2000;

    internal sealed record Request(Stream File, string Name, Guid Book);

    /// <param name="Rows">Rows with any text.</param>
    /// <param name="Quarantined">Rows that were kept apart.</param>
    /// <param name="Again">The file had been sent before: nothing was done.</param>
    internal sealed record Sent(Guid Batch, int Rows, int Quarantined, bool Again);

    public async Task<Outcome<Sent>> Run(Request r)
    {
        var found = await shelf.Find(r.Book);
        if (!found.Ok(out var book))
        {
            return found.Problems.ToList();
        }

        // Held to the end: of two files at once the second sees which numbers the first has brought.
        await session.Execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", $"civil.old_book {book.Id}");
        r.File.Position = 0;
        var hash = await SHA256.HashDataAsync(r.File);
        if (await session.Row("select id, rows, quarantined from civil.old_batch where book_id = $1 and sha256 = $2", x => new Sent(x.GetGuid(0), x.GetInt32(1), x.GetInt32(2), true), book.Id, hash) is { } before)
        {
            return before;
        }

        try
        {
            using var reader = ListReader.Open(r.File, r.Name, ListLimits.Default with { MaxFileBytes = MostBytes });
            return await Read(reader, book, r, hash);
        }
        catch (ListException e)
        {
            return new Problem(e.Code == "lists.too-large" ? ProblemKind.TooLarge : ProblemKind.Invalid, e.Code, "file", e.Row?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", e.Detail ?? "");
        }
    }

    private async Task<Outcome<Sent>> Read(ListReader reader, OldBook book, Request r, byte[] hash)
    {
        var mapping = book.Kind.Guess(reader.Shape.Heads);
        var missing = book.Kind.Fields.Where(f => f.Required && !mapping.Contains(f.Key)).ToList();
        if (missing.Count > 0)
        {
            return missing.Select(f => Problem.Invalid("file", "civil.old-column-missing", f.Key, string.Join(", ", reader.Shape.Heads))).ToList();
        }

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var name = Arrival.NameOf(r.Name, "so-cu");
        await session.Execute("insert into civil.old_batch (id, book_id, name, sha256, sent_at, sent_by) values ($1, $2, $3, $4, $5, $6)", id, book.Id, name, hash, clock.GetUtcNow(), actor.Value.Reference);
        var counted = await Shelve(reader, book, id, mapping);
        if (!counted.Ok(out var counts))
        {
            return counted.Problems.ToList();
        }

        await session.Execute("update civil.old_batch set rows = $2, quarantined = $3 where id = $1", id, counts.Rows, counts.Apart);
        await shelf.Worked(book.Id, "keyed", counts.Rows);
        await shelf.Worked(book.Id, "checked", counts.Rows - counts.Apart);
        await journal.Add(book.Id, new OldBatchTaken(id, name, Convert.ToHexStringLower(hash), counts.Rows, counts.Apart), OldShelf.Ground);
        return new Sent(id, counts.Rows, counts.Apart, false);
    }

    private async Task<Outcome<(int Rows, int Apart)>> Shelve(ListReader reader, OldBook book, Guid batch, string[] mapping)
    {
        var columns = mapping.Select((field, column) => (field, column)).Where(m => m.field.Length > 0).ToDictionary(m => m.field, m => m.column, StringComparer.Ordinal);
        var reading = new OldReading(book.Kind, book.YearFrom, book.YearTo, await LawBook.Read(session));
        var taken = (await session.Rows("select no from civil.old_entry where book_id = $1 and no is not null", x => x.GetString(0), book.Id)).ToHashSet(StringComparer.Ordinal);
        var (sound, apart, rows, quarantined) = (new List<(OldDraft, OldSource)>(), new List<(OldDraft, OldSource)>(), 0, 0);
        async Task Flush()
        {
            await shelf.Take(book, sound);
            await shelf.Quarantine(book, apart);
            sound.Clear();
            apart.Clear();
        }

        while (reader.Read())
        {
            if (++rows > MostRows)
            {
                return new Problem(ProblemKind.TooLarge, "civil.old-too-many-rows", "file", MostRows.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            var draft = reading.Read(field => columns.TryGetValue(field, out var column) ? reader[column] : "");
            if (draft.Faults.Count == 0 && draft.No is { } no && !taken.Add(no))
            {
                draft = draft.With(new OldFault("no", "civil.old-entry-repeated", no, false));
            }

            (draft.Faults.Count == 0 ? sound : apart).Add((draft, new OldSource(batch, reader.RowNumber, null, null)));
            quarantined += draft.Faults.Count == 0 ? 0 : 1;
            if (sound.Count + apart.Count == Together)
            {
                await Flush();
            }
        }

        await Flush();
        return rows == 0 ? Problem.Invalid("file", "lists.no-rows") : (rows, quarantined);
    }
}
