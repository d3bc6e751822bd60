using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Civil.OldBooks;

/// <summary>Keeps an entry as an official typed it from the picture. It is typed by two people who do not see each other's; where they agree it is taken in at once, else somebody settles it.</summary>
internal sealed class TypeOldEntry(OldShelf shelf, OldDesk desk, Session session, CurrentActor actor, TimeProvider clock)
{
    /// <param name="Image">Which page.</param>
    /// <param name="Place">Which entry of it, from the top, from 1.</param>
    /// <param name="Fields">By field of the book's kind.</param>
    internal sealed record Request(Guid Image, int Place, IReadOnlyDictionary<string, string>? Fields);

    /// <param name="Turn">1 or 2.</param>
    /// <param name="Agreed">Both have typed the same, and the entry was taken in or kept apart; null: the other has still to type; false: they differ.</param>
    internal sealed record Typed(int Turn, bool? Agreed);

    public async Task<Outcome<Typed>> Run(Request r)
    {
        var found = await desk.Page(r.Image, r.Place, hold: true);
        if (!found.Ok(out var page))
        {
            return found.Problems.ToList();
        }

        var draft = new OldReading(page.Book.Kind, page.Book.YearFrom, page.Book.YearTo, await LawBook.Read(session)).Read(f => r.Fields?.GetValueOrDefault(f) ?? "");
        // What cannot be read is a slip of the one who types; what contradicts itself may stand in the book, and is told when both have typed.
        if (draft.Faults.Where(f => !f.Contradicts).Select(f => Problem.Invalid(f.Field, f.Code, [.. f.Data ?? []])).ToList() is { Count: > 0 } problems)
        {
            return problems;
        }

        var turn = 1 + await session.Value<long>("select count(*) from civil.old_typing where image_id = $1 and place = $2", r.Image, (short)r.Place);
        await session.Execute("insert into civil.old_typing (image_id, place, turn, typed_by, typed_at, fields) values ($1, $2, $3, $4, $5, $6)",
            r.Image, (short)r.Place, (short)turn, actor.Value.Reference, clock.GetUtcNow(), OldShelf.Json(draft.Fields).As(NpgsqlTypes.NpgsqlDbType.Json));
        if (turn == 1)
        {
            await shelf.Worked(page.Book.Id, "keyed", 1);
            return new Typed(1, null);
        }

        var both = await desk.Typings(r.Image, r.Place);
        if (OldDesk.Differing(page.Book.Kind, both).Any())
        {
            return new Typed(2, false);
        }

        await desk.Accept(page, r.Place, both[0].Fields, both, []);
        return new Typed(2, true);
    }
}
