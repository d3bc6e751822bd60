using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;

namespace SoGoc.Places.Units;

/// <summary>All that bore one code: its versions over time, where each came from, where its territory went.</summary>
[Needs(PlacesPermission.ReadPlaces)]
internal sealed class ShowUnitPage(IPlaces places, GroundRows ground, IEnumerable<UnitLink> links, TimeProvider clock) : OfficePage
{
    /// <summary>One version with its changes; <see cref="Open"/>: its territory was divided, and the choice for a record is open.</summary>
    internal sealed record Step(Area Area, string Address, IReadOnlyList<(Succession Change, Area Unit)> Before, IReadOnlyList<(Succession Change, Area Unit)> After, bool Open, bool Lost);

    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Ngay { get; set; }

    /// <summary>Pages of other modules about the unit.</summary>
    public IEnumerable<UnitLink> Links => InForce ? links.Where(l => Actor.May(l.Needs)) : [];

    public DateOnly Day { get; private set; }

    /// <summary>The version of the day; the last one where the code is no longer in force.</summary>
    public Area Unit { get; private set; } = null!;

    public bool InForce { get; private set; }

    public string Address { get; private set; } = "";

    public IReadOnlyList<Step> Steps { get; private set; } = [];

    public Resolution? Now { get; private set; }

    public IReadOnlyList<Area> Below { get; private set; } = [];

    public IReadOnlyList<Figure> Figures { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        var book = places.Book;
        Day = ShowProvincePage.DayOf(Ngay) ?? clock.Today();
        var versions = book.Versions(Code ?? "");
        if (versions.Count == 0)
        {
            return Refuse([Problem.Missing("places.no-code", Code ?? "")]);
        }

        Unit = book.Find(Code!, Day) ?? versions.LastOrDefault(v => v.Valid.Until <= Day) ?? versions[0];
        InForce = Unit.Valid.Holds(Day);
        Address = book.Write(Unit);
        Steps = [.. versions.Reverse().Select(v => StepOf(book, v))];
        Now = InForce ? null : book.Resolve(Unit, Day);
        Below = [.. book.Children(Unit, InForce ? Day : Unit.Valid.Until?.AddDays(-1) ?? Day)];
        var order = new[] { "population-2019", "households-2019", "population-registered", "area-km2" };
        Figures = [.. (await ground.Figures(Ground.Of(book, Unit))).OrderBy(f => Array.IndexOf(order, f.Name))];
        return Page();
    }

    private static Step StepOf(PlaceBook book, Area area)
    {
        var (before, after) = book.Changes(area);
        return new Step(area, book.Write(area), [.. before.Select(c => (c, book[c.From]!))], [.. after.Select(c => (c, book[c.To]!))],
            Open: after.Count > 1, Lost: after.Count == 0 && area.Valid.Until is not null);
    }
}
