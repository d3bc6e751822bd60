using System.Text.Json;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.OldBooks;

/// <summary>One old book: its files and pages, what was kept apart and why, and what waits to be typed, settled and linked.</summary>
internal sealed class ShowOldBook(OldShelf shelf, OldDesk desk, Session session, Sentences say)
{
    private const int MostApart = 200;

    internal sealed record Request(Guid Book);

    internal sealed record BatchSent(Guid Batch, string Name, DateTimeOffset SentAt, int Rows, int Quarantined);

    /// <param name="Faults">Which field, which code, and its sentence.</param>
    internal sealed record Apart(Guid Row, long? RowNo, int? Page, string? File, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<Fault> Faults, bool OnlyContradicts);

    /// <param name="Pages">Pictures.</param>
    /// <param name="ToType">Entries on pages that wait for this official: to be typed first, or by a second one.</param>
    /// <param name="ToSettle">Entries that two have typed differently.</param>
    /// <param name="ToLink">Persons of entries who are not decided on.</param>
    internal sealed record Shown(Guid Book, string Kind, string Office, string Number, string Years, int Expected, IReadOnlyList<BatchSent> Batches, int Pages, bool ToType, bool ToSettle, long ToLink, IReadOnlyList<Apart> Quarantine);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var found = await shelf.Find(r.Book);
        if (!found.Ok(out var book))
        {
            return found.Problems.ToList();
        }

        var batches = await session.Rows("select id, name, sent_at, rows, quarantined from civil.old_batch where book_id = $1 order by sent_at desc, id limit 100",
            x => new BatchSent(x.GetGuid(0), x.GetString(1), x.Get<DateTimeOffset>(2), x.GetInt32(3), x.GetInt32(4)), book.Id);
        return new Shown(book.Id, book.KindName, shelf.Named(book), book.Number, book.Years, book.Expected, batches, (int)await session.Value<long>("select count(*) from civil.old_image where book_id = $1", book.Id),
            await desk.Next(book.Id) is not null, await desk.NextToSettle(book.Id) is not null, await session.Value<long>("select count(*) from civil.old_party where book_id = $1 and state in ('open', 'later')", book.Id), await Rows(book.Id, null));
    }

    /// <summary>What was kept apart, or one of it.</summary>
    public Task<List<Apart>> Rows(Guid? book, Guid? row) => session.Rows($"""
        select q.id, q.row_no, i.no, b.name, q.fields::text, q.faults::text from civil.old_row q left join civil.old_image i on i.id = q.image_id left join civil.old_batch b on b.id = q.batch_id
         where q.settled_at is null and (q.book_id = $1 or q.id = $2) order by q.came_at, q.row_no, q.id limit {MostApart}
        """, x =>
    {
        var faults = JsonSerializer.Deserialize<List<OldFault>>(x.GetString(5), Journal.Json)!;
        return new Apart(x.GetGuid(0), x.Maybe<long>(1), x.Maybe<int>(2), x.Text(3), OldShelf.Fields(x.GetString(4)), [.. faults.Select(f => new Fault(f.Code, say[f.Code, [.. f.Data ?? []]], f.Field))], faults.All(f => f.Contradicts));
    }, book.As(NpgsqlTypes.NpgsqlDbType.Uuid), row.As(NpgsqlTypes.NpgsqlDbType.Uuid));
}
