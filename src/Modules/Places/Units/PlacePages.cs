using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;

namespace SoGoc.Places;

/// <summary>A unit's hexagon in the tile map.</summary>
internal sealed record Tile(Area Area, double X, double Y);

/// <summary>The province on a day: tile map and list of units.</summary>
[Needs(PlacesPermission.ReadPlaces)]
internal sealed class ProvincePage(IPlaces places, Session session, TimeProvider clock) : OfficePage
{
    [BindProperty(SupportsGet = true, Name = "ngay")]
    public DateOnly? Day { get; set; }

    public DateOnly On => Day ?? clock.Today();

    public Area? Home { get; private set; }

    public IReadOnlyList<(Area? District, IReadOnlyList<Area> Communes)> Groups { get; private set; } = [];

    public IReadOnlyList<Tile> Tiles { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var book = places.Book;
        Home = book.Home(On);
        if (Home is null)
        {
            return;
        }

        var below = book.Children(Home, On).ToList();
        Groups = below.Exists(a => a.Level == AreaLevel.District)
            ? [.. below.Where(a => a.Level == AreaLevel.District).Select(d => ((Area?)d, (IReadOnlyList<Area>)[.. book.Children(d, On)]))]
            : [(null, [.. below.OrderBy(a => a.Name, StringComparer.CurrentCulture)])];
        var tiles = await session.Rows("select code, col, line from places.tile", r => (Code: r.GetString(0), Col: r.GetInt16(1), Line: r.GetInt16(2)));
        Tiles = [.. from t in tiles
                    let area = book.Find(t.Code, On)
                    where area is { Level: AreaLevel.Commune } && book.Province(area)?.Id == Home.Id && Groups is [(null, _)]
                    select new Tile(area, t.Col + (t.Line % 2 == 1 ? 0.5 : 0), t.Line * 0.87)];
    }
}

/// <summary>A unit: its versions, where its territory came from and where it went.</summary>
[Needs(PlacesPermission.ReadPlaces)]
internal sealed class PlacePage(IPlaces places, TimeProvider clock) : OfficePage
{
    public IReadOnlyList<Area> Versions { get; private set; } = [];

    public PlaceBook Book => places.Book;

    public DateOnly Today => clock.Today();

    public IActionResult OnGet(string code)
    {
        Versions = [.. places.Book.Versions(code).Reverse()];
        return Versions.Count > 0 ? Page() : Refuse([Problem.Missing("places.no-area", code, Today.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture))]);
    }
}
