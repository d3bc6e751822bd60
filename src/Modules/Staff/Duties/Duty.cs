using System.Collections.Concurrent;
using System.Globalization;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Staff.Duties;

/// <summary>An official may act where one of his posts lies, by the units of today; a post for the whole province covers all.</summary>
internal sealed class Duty(CurrentActor actor, IPlaces places, TimeProvider clock) : IDuty
{
    public ValueTask<bool> Covers(int area)
    {
        var (who, book) = (actor.Value, places.Book);
        return ValueTask.FromResult(who.WholeProvince || (book[area] is { } place && who.Areas.Any(d => book[d] is { } duty && book.Covers(duty, place, clock.Today()))));
    }
}

/// <summary>The same for rows, as the database needs it: every version of every unit that a duty covers, of any time.</summary>
internal sealed class DutyReach(IPlaces places, TimeProvider clock) : IReach
{
    private const int Most = 2000;
    private volatile Known? known;

    /// <summary>An official's open cases widen his reach by whom they name; a system's do not, or it could name its way out of its agreement.</summary>
    public Reach? Of(Actor who) => who.WholeProvince ? null : new Reach(Written(who.Areas), who.Agreement is null ? who.Reference : "", string.Join(',', who.Persons),
        clock.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private string Written(IReadOnlyList<int> areas)
    {
        if (areas.Count == 0)
        {
            return "";
        }

        var (book, today) = (places.Book, clock.Today());
        if (known is not { } now || now.Book != book || now.Day != today || now.Written.Count > Most)
        {
            known = now = new Known(book, today);
        }

        return now.Written.GetOrAdd(Text(areas), _ => Text(areas.SelectMany(a => now.Covered.GetOrAdd(a, id => Covered(book, id, today))).Distinct()));
    }

    private static string Text(IEnumerable<int> areas) => string.Join(',', areas.Order().Select(a => a.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What lies in a unit of today is near at hand in the book; of one that is no more, every unit of the country is asked.</summary>
    private static int[] Covered(PlaceBook book, int area, DateOnly today) => book[area] is not { } duty ? []
        : [.. (book.Resolve(duty, today).Area is { } now ? book.Within(now, today).Select(id => book[id]!) : book.All).Where(a => book.Covers(duty, a, today)).Select(a => a.Id)];

    /// <summary>What was found out with one book on one day.</summary>
    private sealed record Known(PlaceBook Book, DateOnly Day)
    {
        public ConcurrentDictionary<int, int[]> Covered { get; } = new();

        public ConcurrentDictionary<string, string> Written { get; } = new(StringComparer.Ordinal);
    }
}
