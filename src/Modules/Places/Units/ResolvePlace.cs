using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Places;

/// <summary>Where the unit that bore a code on a day belongs on another day: one answer, or all that are possible.</summary>
internal sealed class ResolvePlace(IPlaces places, TimeProvider clock)
{
    /// <param name="Code">Code of the unit.</param>
    /// <param name="Day">The day on which it bore the code; codes were used again.</param>
    /// <param name="AsOf">The day asked about; today when left out.</param>
    internal sealed record Request(string Code, DateOnly Day, DateOnly? AsOf = null);

    internal sealed record Candidate(string Code, string Name, string Written, decimal Share, bool Exact, bool Default, DateOnly? On, string Decree);

    internal sealed record Resolved(string From, DateOnly AsOf, bool Certain, IReadOnlyList<Candidate> Candidates);

    public Task<Outcome<Resolved>> Run(Request r)
    {
        var book = places.Book;
        var asOf = r.AsOf ?? clock.Today();
        if (book.Find(r.Code ?? "", r.Day) is not { } area)
        {
            return Task.FromResult<Outcome<Resolved>>(Problem.Missing("places.no-area", r.Code ?? "", r.Day.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture)));
        }

        var resolution = book.Resolve(area, asOf);
        return Task.FromResult<Outcome<Resolved>>(new Resolved(book.Write(area), asOf, resolution.Certain,
            [.. resolution.Candidates.Select(c => new Candidate(c.Area.Code, c.Area.FullName, book.Write(c.Area), c.Share, c.Exact, c.Default, c.On, c.Decree))]));
    }
}
