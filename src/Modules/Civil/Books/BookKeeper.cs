using System.Text.Json;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;

namespace SoGoc.Civil.Books;

/// <summary>What an act is entered with.</summary>
/// <param name="Kind">The kind of book: birth.</param>
/// <param name="Area">The commune, in the version of today.</param>
/// <param name="Person">Whose act it is.</param>
/// <param name="Notification">Of a birth, number of the birth notification.</param>
internal sealed record NewEntry(string Kind, int Area, Guid Person, string? Notification = null);

/// <summary>The books of the communes. An entry gets the next number of its book when it is written and is not free before the commit: what comes last in an act, so that nobody waits longer than he must.</summary>
internal sealed class BookKeeper(Session session, Journal journal, CurrentActor actor, TimeProvider clock)
{
    /// <summary>Enters an act in the book of the year, begins the book where there is none, and writes the act's own journal entry; the number as it is shown, 01/2026.</summary>
    public async Task<string> Enter<T>(NewEntry e, Func<string, T> body, string ground) where T : IEntry
    {
        var (id, on) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.Today());
        await session.Execute("insert into civil.book (id, area_id, office, kind, year) values ($1, $2, $3, $4, $5) on conflict on constraint \"civil.book-exists\" do nothing",
            Guid.CreateVersion7(clock.GetUtcNow()), e.Area, actor.Value.Office, e.Kind, (short)on.Year);
        // Held from here to the commit; the database gives the number, and would refuse any other.
        var last = await session.Value<int>("select last_no from civil.book where area_id = $1 and kind = $2 and year = $3 for update", e.Area, e.Kind, (short)on.Year);
        var number = Shown(last + 1, on.Year);
        var act = body(number);
        await session.Execute("""
            insert into civil.entry (id, book_id, no, registered_on, decided_by, person_id, notification, body)
            select $1, b.id, $5, $6, $7, $8, $9, $10 from civil.book b where b.area_id = $2 and b.kind = $3 and b.year = $4
            """, id, e.Area, e.Kind, (short)on.Year, last + 1, on, actor.Value.Reference, e.Person, e.Notification.As(NpgsqlDbType.Text), JsonSerializer.Serialize(act, Journal.Json).As(NpgsqlDbType.Json));
        await journal.Add(id, act, ground);
        return number;
    }

    /// <summary>Whether a birth notification has served before, in whatever office.</summary>
    public Task<bool> Served(string notification) => session.Value<bool>("select civil.notification_served($1)", notification);

    /// <summary>Number and year, the number with two digits at least.</summary>
    private static string Shown(int no, int year) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{no:00}/{year}");
}
