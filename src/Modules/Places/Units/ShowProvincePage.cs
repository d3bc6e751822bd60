using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places.Founding;

namespace SoGoc.Places.Units;

/// <summary>The home province as it is on a day: its map, and its communes by district, or by kind where there is no district. A name typed in finds
/// units of any time, because people go on calling a place by the name it had.</summary>
[Needs(PlacesPermission.ReadPlaces)]
internal sealed class ShowProvincePage(IPlaces places, GroundRows ground, IEnumerable<UnitLink> links, IEnumerable<IUnitFigures> figures, TimeProvider clock) : OfficePage
{
    internal sealed record Group(string Head, string? Code, IReadOnlyList<Area> Units);

    /// <param name="Now">What became of a unit that is no longer in force; null for one that is.</param>
    internal sealed record Hit(Area Unit, string Address, Resolution? Now);

    private const int MostHits = 30;

    /// <summary>The day, as people write it; today where none, or none that any calendar knows.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Ngay { get; set; }

    /// <summary>A name, or a part of it, with or without marks.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Ten { get; set; }

    public IReadOnlyList<Hit> Hits { get; private set; } = [];

    /// <summary>Pages of other modules about the province.</summary>
    public IEnumerable<UnitLink> Links => Province is null ? [] : links.Where(l => Actor.May(l.Needs));

    public DateOnly Day { get; private set; }

    public bool Today { get; private set; }

    public Area? Province { get; private set; }

    public ProvinceMap? Map { get; private set; }

    /// <summary>What the map counts, for those who may see it.</summary>
    public IUnitFigures? Figures => figures.FirstOrDefault(f => Actor.May(f.Needs));

    public IReadOnlyList<Group> Groups { get; private set; } = [];

    /// <summary>The kinds that are few enough to stand beside the map.</summary>
    public IEnumerable<Group> Beside => Groups.Where(g => g.Code is null && g.Units.Count <= 20);

    public async Task OnGetAsync()
    {
        var book = places.Book;
        Day = DayOf(Ngay) ?? clock.Today();
        if (!string.IsNullOrWhiteSpace(Ngay) && DayOf(Ngay) is null)
        {
            ModelState.AddModelError(nameof(Ngay), Say["places.day-unreadable", Ngay]);
        }

        Today = Day == clock.Today();
        Province = book.Home(Day);
        Hits = Find(book, NameKey.Of(Ten ?? ""));
        if (Province is null)
        {
            return;
        }

        var children = book.Children(Province, Day).ToList();
        Groups = children.Exists(c => c.Level == AreaLevel.District)
            ? [.. children.Select(d => new Group(d.FullName, d.Code, ByName(book.Children(d, Day))))]
            : [.. children.GroupBy(c => c.Kind).OrderBy(g => g.Count()).Select(g => new Group(Kinds.Word(g.Key), null, ByName(g)))];
        var map = await Draw(book, Province, [.. Groups.SelectMany(g => g.Units)]);
        Map = Figures is { } counted ? map.With(await counted.Of(Province, Day)) : map;
    }

    private async Task<ProvinceMap> Draw(PlaceBook book, Area province, List<Area> communes)
    {
        var sameGround = communes.SelectMany(c => Ground.Of(book, c).Select(id => (Id: id, Area: c))).ToDictionary(p => p.Id, p => p.Area);
        var boundaries = await ground.Boundaries(sameGround.Keys);
        // A few boundaries make no map: the tiles show every unit.
        return boundaries.Count * 2 >= communes.Count && boundaries.Count > 0
            ? ProvinceMap.Of(boundaries.Select(b => (sameGround[b.Area], b.Geometry)))
            : ProvinceMap.Of(book, province, Day, await ground.Tiles());
    }

    internal static DateOnly? DayOf(string? text) => DateWriting.TryRead(text ?? "", out var date) && date.Precision == DatePrecision.Day ? date.Earliest : null;

    /// <summary>Units of any time by name: those of the home province first, then those whose name begins so, the newest first.</summary>
    private List<Hit> Find(PlaceBook book, string key)
    {
        if (key.Length == 0)
        {
            return [];
        }

        var today = clock.Today();
        var home = book.Home(today) is { } province ? book.Within(province, today) : new HashSet<int>();
        var units = from a in book.All
                    let name = NameKey.Of(a.FullName)
                    where name.Contains(key, StringComparison.Ordinal)
                    orderby home.Contains(a.Id) descending, NameKey.Of(a.Name).StartsWith(key, StringComparison.Ordinal) descending, name, a.Valid.Holds(today) descending, a.Code
                    select a;
        return [.. units.Take(MostHits).Select(a => new Hit(a, book.Write(a), a.Valid.Holds(today) ? null : book.Resolve(a, today)))];
    }

    private static IReadOnlyList<Area> ByName(IEnumerable<Area> areas) => [.. areas.OrderBy(a => a.Name, StringComparer.Create(CultureInfo.GetCultureInfo("vi-VN"), ignoreCase: true))];
}
