using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SoGoc.Places.Units;

/// <summary>A unit on the map: its outline as an SVG path, where its name stands, and what is said of it.</summary>
/// <param name="Later">The unit is one of today: on the day of the map its ground was that of several.</param>
/// <param name="Figure">What is counted there; null if nothing is, or nobody asks.</param>
/// <param name="Step">Its fifth among the units, 1 (fewest) to 5.</param>
internal sealed record MapShape(string Code, string Name, string Title, string Kind, string Path, double X, double Y, bool Later = false, long? Figure = null, int Step = 0)
{
    private const int Widest = 6;
    private const double LineHeight = 11.5;

    /// <summary>The name in lines that fit into a tile, each with the height of its foot.</summary>
    public IEnumerable<(string Line, double Y)> Lines()
    {
        var lines = new List<string>();
        foreach (var word in Name.Split(' '))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= Widest)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        // A figure stands below the name and takes a line.
        return lines.Select((line, i) => (line, Y + 3.6 + ((i - ((lines.Count - (Figure is null ? 1 : 0)) / 2.0)) * LineHeight)));
    }
}

/// <summary>The map of a province as SVG: official boundaries where they have been loaded, else a map of hexagonal tiles.</summary>
internal sealed record ProvinceMap(string ViewBox, bool Tiled, IReadOnlyList<MapShape> Shapes)
{
    private const double Radius = 30;
    private const int Steps = 5;

    /// <summary>The same map with figures: each unit's own, and a shade for its fifth.</summary>
    public ProvinceMap With(IReadOnlyDictionary<string, long> figures)
    {
        var order = Shapes.Where(s => !s.Later && figures.ContainsKey(s.Code)).OrderBy(s => figures[s.Code]).Select((s, i) => (s.Code, i)).ToDictionary(x => x.Code, x => x.i, StringComparer.Ordinal);
        return this with
        {
            Shapes = [.. Shapes.Select(s => order.TryGetValue(s.Code, out var rank) ? s with { Figure = figures[s.Code], Step = 1 + (rank * Steps / order.Count) } : s)],
        };
    }

    /// <summary>The shades with the least and the largest figure of each.</summary>
    public IEnumerable<(int Step, long Least, long Most)> Shades =>
        Shapes.Where(s => s.Step > 0).GroupBy(s => s.Step).OrderBy(g => g.Key).Select(g => (g.Key, g.Min(s => s.Figure!.Value), g.Max(s => s.Figure!.Value)));

    /// <summary>One tile for each unit of the tile map; on an earlier day it shows the same ground with the names of then.</summary>
    public static ProvinceMap Of(PlaceBook book, Area province, DateOnly day, IEnumerable<Tile> tiles)
    {
        var shapes = new List<MapShape>();
        foreach (var tile in tiles)
        {
            var area = book[tile.Area]!;
            var then = book.Resolve(area, day);
            if (!then.Provinces.Any(p => p.Id == province.Id) || then.Candidates.Count == 0)
            {
                continue;
            }

            var unit = then.Area ?? area;
            var x = Radius * Math.Sqrt(3) * (tile.Column + (tile.Row % 2 * 0.5));
            var y = Radius * 1.5 * tile.Row;
            var title = then.Area is null ? $"{unit.FullName}: {string.Join(", ", then.Candidates.Select(c => c.Area.FullName))}" : unit.FullName;
            shapes.Add(new MapShape(unit.Code, unit.Name, title, unit.Kind, Hexagon(x, y), x, y, Later: then.Area is null));
        }

        var (west, north) = shapes.Count == 0 ? (0, 0) : (shapes.Min(s => s.X), shapes.Min(s => s.Y));
        var (east, south) = shapes.Count == 0 ? (0, 0) : (shapes.Max(s => s.X), shapes.Max(s => s.Y));
        return new ProvinceMap(Write($"{west - Radius:0.#} {north - Radius - 1:0.#} {east - west + (2 * Radius):0.#} {south - north + (2 * Radius) + 2:0.#}"), true, shapes);
    }

    /// <summary>By boundaries. A degree of longitude is shortened by the cosine of the latitude, which is all the projection a province needs.</summary>
    public static ProvinceMap Of(IEnumerable<(Area Area, string Geometry)> boundaries)
    {
        var units = boundaries.Select(b => (b.Area, Rings: Rings(b.Geometry))).ToList();
        var points = units.SelectMany(u => u.Rings).SelectMany(r => r).ToList();
        var (west, east, south, north) = (points.Min(p => p.Lon), points.Max(p => p.Lon), points.Min(p => p.Lat), points.Max(p => p.Lat));
        var narrow = Math.Cos((south + north) / 2 * Math.PI / 180);
        var scale = 1000 / Math.Max(Math.Max((east - west) * narrow, north - south), 1e-6);
        var shapes = units.ConvertAll(u =>
        {
            var rings = u.Rings.ConvertAll(r => r.ConvertAll(p => (X: (p.Lon - west) * narrow * scale, Y: (north - p.Lat) * scale)));
            var largest = rings.MaxBy(r => r.Count)!;
            return new MapShape(u.Area.Code, u.Area.Name, u.Area.FullName, u.Area.Kind, Path(rings), largest.Average(p => p.X), largest.Average(p => p.Y));
        });
        return new ProvinceMap(Write($"-5 -5 {((east - west) * narrow * scale) + 10:0.#} {((north - south) * scale) + 10:0.#}"), false, shapes);
    }

    private static string Hexagon(double x, double y)
    {
        var path = new StringBuilder("M");
        for (var corner = 0; corner < 6; corner++)
        {
            var angle = ((corner * 60) - 30) * Math.PI / 180;
            path.Append(Write($"{x + ((Radius - 1) * Math.Cos(angle)):0.#} {y + ((Radius - 1) * Math.Sin(angle)):0.#} "));
        }

        return path.Append('Z').ToString();
    }

    private static string Path(List<List<(double X, double Y)>> rings)
    {
        var path = new StringBuilder();
        foreach (var ring in rings)
        {
            var last = "";
            path.Append('M');
            foreach (var point in ring.Select(p => Write($"{p.X:0.#} {p.Y:0.#} ")).Where(p => p != last))
            {
                path.Append(point);
                last = point;
            }

            path.Append('Z');
        }

        return path.ToString();
    }

    private static List<List<(double Lon, double Lat)>> Rings(string geometry)
    {
        using var document = JsonDocument.Parse(geometry);
        var coordinates = document.RootElement.GetProperty("coordinates");
        IEnumerable<JsonElement> polygons = document.RootElement.GetProperty("type").GetString() == "Polygon" ? [coordinates] : [.. coordinates.EnumerateArray()];
        return [.. polygons.SelectMany(p => p.EnumerateArray()).Select(r => r.EnumerateArray().Select(p => (p[0].GetDouble(), p[1].GetDouble())).ToList())];
    }

    private static string Write(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
