using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Quality.Rules;

/// <summary>What has become of the units that records name, as rows that rules can ask; and what they are told of the day.</summary>
internal sealed class Units(Session session, IPlaces places)
{
    /// <summary>Since then numbers have been given with the birth, and their head tells where it was registered (Luật Căn cước công dân 59/2014/QH13).</summary>
    private static readonly DateOnly NumbersAtBirth = new(2016, 1, 1);

    /// <summary>$1, $2 and $3 of <see cref="Bases"/>.</summary>
    public object[] Asked(DateOnly day) => [day, places.Book.PlaceCodes.ToArray(), NumbersAtBirth];

    /// <summary>Writes them anew for a day.</summary>
    public async Task Renew(DateOnly day)
    {
        var (book, law) = (places.Book, await LawBook.Read(session));
        var all = book.All.Select(a => (Area: a, Today: a.Valid.Holds(day) ? a.Id : book.Resolve(a, day).Area?.Id)).ToList();
        await session.Execute("delete from quality.unit");
        await session.Execute("insert into quality.unit (area_id, today_id, in_force, code) select * from unnest($1, $2, $3, $4)",
            all.Select(a => a.Area.Id).ToArray(), all.Select(a => a.Today).ToArray(), all.Select(a => a.Area.Valid.Holds(day)).ToArray(), all.Select(a => PersonalNumber.PlaceCodeOf(a.Area, book, law, day)).ToArray());
    }
}
