using SoGoc.Kernel.Access;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Acts;

/// <summary>Which commune registers: where one of those whom the act is about resides, permanently or temporarily (Luật Hộ tịch 60/2014, articles 13, 17, 24, 32; NĐ 120/2025), or where something else of the act makes it so.
/// The hospital's commune does not count.</summary>
internal sealed class Competence(IPlaces places, CurrentActor actor, TimeProvider clock)
{
    /// <summary>The official's commune that is competent, or why none is, with those that are.</summary>
    /// <param name="people">Whose residence counts.</param>
    /// <param name="alsoHere">Something else makes his commune competent: a child lives there, the entry is in its book.</param>
    public Outcome<Area> Of(IEnumerable<PersonState> people, bool alsoHere)
    {
        var (book, today, mine) = (places.Book, clock.Today(), Mine);
        if (mine.Count == 0)
        {
            return Problem.Forbidden("civil.no-commune");
        }

        Area[] homes = [.. people.SelectMany(p => Homes(p, today)).Select(r => r.Area is { } id ? book[id] : null).OfType<Area>()];
        if (homes.Select(home => mine.FirstOrDefault(m => book.Covers(m, home, today))).FirstOrDefault(m => m is not null) is { } competent)
        {
            return competent;
        }

        return alsoHere ? mine[0] : Problem.Forbidden("civil.outside-competence", homes.Length == 0 ? "?"
            : string.Join("; ", homes.SelectMany(h => book.Resolve(h, today).Candidates.Select(c => c.Area).DefaultIfEmpty(h)).Select(book.Write).Distinct()));
    }

    /// <summary>Whether a commune, in whatever version, is the official's.</summary>
    public bool IsMine(int area) => places.Book[area] is { } there && Mine.Any(m => places.Book.Covers(m, there, clock.Today()));

    /// <summary>The communes of today in which the official decides; who only serves the whole province decides in none.</summary>
    public IReadOnlyList<Area> Mine => [.. actor.Value.Areas.Select(a => places.Book[a]).OfType<Area>().Select(a => places.Book.Resolve(a, clock.Today()).Area ?? a).Where(a => a.Level == AreaLevel.Commune).Distinct()];

    /// <summary>Permanent and temporary residences that are open on a day; who has neither resides where he lives (Luật Cư trú 68/2020, article 11).</summary>
    public static IReadOnlyList<Residence> Homes(PersonState person, DateOnly on)
    {
        Residence[] open = [.. person.Residences.Where(r => r.Until is null || r.Until > on).OrderBy(r => r.Kind)];
        Residence[] registered = [.. open.Where(r => r.Kind is ResidenceKind.Permanent or ResidenceKind.Temporary)];
        return registered.Length > 0 ? registered : [.. open.Where(r => r.Kind == ResidenceKind.Current)];
    }

    /// <summary>The three digits at the head of numbers of births that a commune registers.</summary>
    public string? PlaceCode(Area commune, LawBook law) => PersonalNumber.PlaceCodeOf(commune, places.Book, law, clock.Today());
}
