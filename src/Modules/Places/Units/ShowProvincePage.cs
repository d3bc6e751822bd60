using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places.Founding;

namespace SoGoc.Places.Units;

/// <summary>The home province as it is on a day: its map, and its communes by district, or by kind where there is no district.</summary>
[Needs(PlacesPermission.ReadPlaces)]
internal sealed class ShowProvincePage(IPlaces places, GroundRows ground, TimeProvider clock) : OfficePage
{
    internal sealed record Group(string Head, string? Code, IReadOnlyList<Area> Units);

    /// <summary>The day, yyyy-MM-dd; today where none, or none that any calendar knows.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Ngay { get; set; }

    public DateOnly Day { get; private set; }

    public bool Today { get; private set; }

    public Area? Province { get; private set; }

    public ProvinceMap? Map { get; private set; }

    public IReadOnlyList<Group> Groups { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var book = places.Book;
        Day = DayOf(Ngay) ?? clock.Today();
        Today = Day == clock.Today();
        Province = book.Home(Day);
        if (Province is null)
        {
            return;
        }

        var children = book.Children(Province, Day).ToList();
        Groups = children.Exists(c => c.Level == AreaLevel.District)
            ? [.. children.Select(d => new Group(d.FullName, d.Code, ByName(book.Children(d, Day))))]
            : [.. children.GroupBy(c => c.Kind).OrderBy(g => g.Count()).Select(g => new Group(Kinds.Word(g.Key), null, ByName(g)))];
        Map = await Draw(book, Province, [.. Groups.SelectMany(g => g.Units)]);
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

    internal static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static IReadOnlyList<Area> ByName(IEnumerable<Area> areas) => [.. areas.OrderBy(a => a.Name, StringComparer.Create(CultureInfo.GetCultureInfo("vi-VN"), ignoreCase: true))];
}
