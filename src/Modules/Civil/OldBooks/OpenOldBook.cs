using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Civil.OldBooks;

/// <summary>Begins the digitisation of an old book: whose it was, of which kind and years, and how many entries it should have, so that it can be told what is missing.</summary>
internal sealed class OpenOldBook(Session session, Journal journal, IDuty duty, IPlaces places, CurrentActor actor, TimeProvider clock)
{
    private const int FirstYear = 1900;

    /// <param name="Area">The commune, as it was in the first year: key of a version of a unit.</param>
    /// <param name="Kind">birth, marriage, death, recognition, guardianship, adoption, marital-status.</param>
    /// <param name="YearFrom">First year of its entries.</param>
    /// <param name="Expected">How many entries it holds, by its closing page.</param>
    /// <param name="YearTo">Last year; the first where it is left out.</param>
    /// <param name="Number">Number on the cover; without it the book has none.</param>
    /// <param name="Office">What the office was called then; the commune's people's committee where it is left out.</param>
    internal sealed record Request(int Area, [Required] string? Kind, int YearFrom, int Expected, int? YearTo = null, [MaxLength(30)] string? Number = null, [MaxLength(200)] string? Office = null);

    internal sealed record Opened(Guid Book);

    public async Task<Outcome<Opened>> Run(Request r)
    {
        var problems = new List<Problem>();
        var to = r.YearTo ?? r.YearFrom;
        if (OldKind.Find(r.Kind) is null)
        {
            problems.Add(Problem.Invalid("kind", "civil.old-kind-unknown"));
        }

        if (r.YearFrom < FirstYear || to > clock.Today().Year || to < r.YearFrom || to > r.YearFrom + 30)
        {
            problems.Add(Problem.Invalid("yearFrom", "civil.old-years"));
        }

        if (r.Expected is < 1 or > 100_000)
        {
            problems.Add(Problem.Invalid("expected", "civil.old-expected"));
        }

        if (r.Number?.Length > 30 || r.Office?.Length > 200 || (r.Number + r.Office).Any(char.IsControl))
        {
            problems.Add(Problem.Invalid("number", "civil.old-too-long"));
        }

        var area = places.Book[r.Area];
        if (area is not { Level: AreaLevel.Commune } || (problems.Count == 0 && !area.Valid.Overlaps(new Period(new DateOnly(r.YearFrom, 1, 1), new DateOnly(r.YearFrom, 12, 31)))))
        {
            problems.Add(Problem.Invalid("area", "civil.old-area-not-then"));
        }

        return problems.Count > 0 ? problems : await duty.Covers(area!.Id) ? await Open(r, to, area) : Problem.Forbidden("civil.old-book-elsewhere");
    }

    private async Task<Outcome<Opened>> Open(Request r, int to, Area area)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var (number, office) = (r.Number?.Trim() ?? "", string.IsNullOrWhiteSpace(r.Office) ? OldShelf.Office(area) : r.Office.Trim());
        await session.Execute("insert into civil.old_book (id, area_id, office, kind, number, year_from, year_to, expected, opened_at, opened_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            id, area.Id, office, r.Kind, number, (short)r.YearFrom, (short)to, r.Expected, clock.GetUtcNow(), actor.Value.Reference);
        await journal.Add(id, new OldBookOpened(area.Id, office, r.Kind!, number, r.YearFrom, to, r.Expected), OldShelf.Ground);
        return new Opened(id);
    }
}
