using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Places.Units;

/// <summary>A unit as the API tells it.</summary>
internal sealed record UnitTold(int Id, string Code, string Level, string FullName, string Address, DateOnly? From, DateOnly? Until)
{
    public static UnitTold Of(PlaceBook book, Area a) => new(a.Id, a.Code, a.Level.ToString().ToLowerInvariant(), a.FullName, book.Write(a), a.Valid.From, a.Valid.Until);
}

/// <summary>Where the territory of a unit (a code on a day) belongs on another day; today if none is told.</summary>
internal sealed class ResolvePlace(IPlaces places, TimeProvider clock)
{
    /// <param name="Code">Of the unit.</param>
    /// <param name="Day">The day on which the code has the meant meaning: codes were used again for other territory, so there is no default.</param>
    /// <param name="AsOf">The day asked for; today if none.</param>
    internal sealed record Request([Required] string? Code, [Required] DateOnly? Day, DateOnly? AsOf);

    internal sealed record Candidate(UnitTold Unit, decimal Share, bool Exact, bool Default, DateOnly On, string Decree);

    internal sealed record Answer(UnitTold Unit, DateOnly AsOf, bool Certain, IReadOnlyList<Candidate> Candidates, IReadOnlyList<UnitTold> Provinces);

    public Task<Outcome<Answer>> Run(Request r)
    {
        var book = places.Book;
        if (r.Day is not { } day)
        {
            return Task.FromResult<Outcome<Answer>>(Problem.Invalid("day", "places.day-missing"));
        }

        if (book.Find(r.Code ?? "", day) is not { } area)
        {
            return Task.FromResult<Outcome<Answer>>(Problem.Missing("places.no-unit", r.Code ?? "", day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)));
        }

        var then = book.Resolve(area, r.AsOf ?? clock.Today());
        return Task.FromResult<Outcome<Answer>>(new Answer(UnitTold.Of(book, area), then.On, then.Certain,
            [.. then.Candidates.Select(c => new Candidate(UnitTold.Of(book, c.Area), c.Share, c.Exact, c.Default, c.On, c.Decree))],
            [.. then.Provinces.Select(p => UnitTold.Of(book, p))]));
    }
}
