using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Civil.OldBooks;

/// <summary>How far the old books are: of each, entries expected, keyed, checked and linked; how fast it goes, when it will be done at that pace, and who has done how much. Tells of no person.</summary>
internal sealed class ShowCoverage(Session session, IDuty duty, IPlaces places, OldShelf shelf, TimeProvider clock)
{
    private const int Fortnight = 14, Month = 30;

    /// <param name="Book">One book; all within the duty without it.</param>
    internal sealed record Request(Guid? Book = null);

    /// <param name="Commune">Unit of then.</param>
    /// <param name="Office">The office of then, and what its territory is now.</param>
    /// <param name="Keyed">Brought by a file, or typed once at least.</param>
    /// <param name="Checked">Taken in: sound by the rules, and where typed, typed alike by two or settled.</param>
    /// <param name="Linked">Of which it is decided who everybody is.</param>
    /// <param name="Apart">In quarantine.</param>
    internal sealed record BookCovered(Guid Book, int Area, string Commune, string Office, string Kind, string Number, string Years, int Expected, long Keyed, long Checked, long Linked, long Apart);

    /// <param name="Step">checked, linked (persons of entries decided on).</param>
    /// <param name="Last14">In the last 14 days.</param>
    /// <param name="Last30">In the last 30 days.</param>
    /// <param name="Left">Entries that are missing.</param>
    /// <param name="DoneOn">When none will be missing at the pace of the last 14 days, or of 30 where nothing was done in these; null: nothing was done.</param>
    /// <param name="NeededADay">How many a day it takes to be done by the deadline; null where there is none or it is over.</param>
    internal sealed record Pace(string Step, long Last14, long Last30, long Left, DateOnly? DoneOn, long? NeededADay);

    /// <param name="Keyed">Entries brought or typed.</param>
    internal sealed record Worker(string Name, long Keyed, long Checked, long Linked);

    /// <param name="Deadline">When it is to be done; null where no rule says it.</param>
    /// <param name="DeadlineBy">Who says so.</param>
    internal sealed record Coverage(IReadOnlyList<BookCovered> Books, IReadOnlyList<Pace> Paces, IReadOnlyList<Worker> Workers, DateOnly? Deadline, string? DeadlineBy);

    public async Task<Outcome<Coverage>> Run(Request r)
    {
        var books = new List<BookCovered>();
        foreach (var (book, counts) in await session.Rows("""
            select b.id, b.area_id, b.office, b.kind, b.number, b.year_from, b.year_to, b.expected, coalesce(e.taken, 0), coalesce(e.done, 0), coalesce(q.apart, 0), coalesce(e.filed, 0) + coalesce(q.filed, 0) + coalesce(t.typed, 0)
              from civil.old_book b
              left join (select book_id, count(*) as taken, count(*) filter (where undecided = 0) as done, count(*) filter (where image_id is null) as filed from civil.old_entry group by 1) e on e.book_id = b.id
              left join (select book_id, count(*) as apart, count(*) filter (where image_id is null) as filed from civil.old_row where settled_at is null group by 1) q on q.book_id = b.id
              left join (select i.book_id, count(*) as typed from civil.old_typing t join civil.old_image i on i.id = t.image_id where t.turn = 1 group by 1) t on t.book_id = b.id
             where $1::uuid is null or b.id = $1 order by b.year_from, b.kind, b.number
            """, x => (OldShelf.Read(x), (Taken: x.GetInt64(8), Done: x.GetInt64(9), Apart: x.GetInt64(10), Keyed: x.GetInt64(11))), r.Book.As(NpgsqlTypes.NpgsqlDbType.Uuid)))
        {
            if (await duty.Covers(book.Area))
            {
                books.Add(new BookCovered(book.Id, book.Area, places.Book[book.Area]?.FullName ?? "", shelf.Named(book), book.KindName, book.Number, book.Years, book.Expected, counts.Keyed, counts.Taken, counts.Done, counts.Apart));
            }
        }

        if (r.Book is not null && books.Count == 0)
        {
            return Problem.Missing("civil.no-old-book");
        }

        var ids = books.Select(b => b.Book).ToArray();
        var rule = (await LawBook.Read(session)).Find("civil.old-books-deadline", clock.Today());
        var deadline = PartialDate.TryParse(rule?.Value, out var day) ? day.Latest : null;
        long Left(Func<BookCovered, long> done) => books.Sum(b => Math.Max(0, b.Expected - done(b)));
        return new Coverage([.. books.OrderBy(b => b.Commune, StringComparer.CurrentCulture).ThenBy(b => b.Kind, StringComparer.Ordinal).ThenBy(b => b.Years, StringComparer.Ordinal)],
            [await PaceOf("checked", Left(b => b.Checked), ids, deadline), await PaceOf("linked", Left(b => b.Linked), ids, deadline)], await Workers(ids), deadline, rule?.Citation);
    }

    private async Task<Pace> PaceOf(string step, long left, Guid[] books, DateOnly? deadline)
    {
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        var done = await session.Row("select coalesce(sum(entries) filter (where at > $3), 0)::bigint, coalesce(sum(entries), 0)::bigint from civil.old_work where book_id = any($1) and kind = $2 and at > $4",
            r => Tuple.Create(r.GetInt64(0), r.GetInt64(1)), books, step, now.AddDays(-Fortnight), now.AddDays(-Month));
        var (last14, last30) = (done?.Item1 ?? 0, done?.Item2 ?? 0);
        var aDay = last14 > 0 ? (double)last14 / Fortnight : (double)last30 / Month;
        var days = aDay > 0 ? Math.Ceiling(left / aDay) : double.PositiveInfinity;
        return new Pace(step, last14, last30, left, left == 0 ? today : days < 36_500 ? today.AddDays((int)days) : null,
            deadline is { } end && end > today && left > 0 ? (long)Math.Ceiling((double)left / (end.DayNumber - today.DayNumber)) : null);
    }

    private Task<List<Worker>> Workers(Guid[] books) => session.Rows("""
        select max(name), coalesce(sum(entries) filter (where kind = 'keyed'), 0)::bigint, coalesce(sum(entries) filter (where kind = 'checked'), 0)::bigint, coalesce(sum(entries) filter (where kind = 'linked'), 0)::bigint
          from civil.old_work where book_id = any($1) group by actor order by sum(entries) desc, 1 limit 100
        """, r => new Worker(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3)), books);
}
