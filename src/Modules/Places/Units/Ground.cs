using SoGoc.Kernel.Data;

namespace SoGoc.Places.Units;

/// <summary>What is drawn and counted on the ground hangs on one version; a unit that only got another name or superior stands on the same ground.</summary>
internal static class Ground
{
    private static readonly string[] SameGround = ["rename", "type", "move", "above"];

    /// <summary>The version and those before and after it with the same territory.</summary>
    public static IReadOnlyList<int> Of(PlaceBook book, Area area)
    {
        var ids = new List<int> { area.Id };
        for (var at = area; book.Changes(at).Before is [{ } edge] && SameGround.Contains(edge.Kind); at = book[edge.From]!)
        {
            ids.Add(edge.From);
        }

        for (var at = area; book.Changes(at).After is [{ } edge] && SameGround.Contains(edge.Kind); at = book[edge.To]!)
        {
            ids.Add(edge.To);
        }

        return ids;
    }
}

internal sealed record Tile(int Area, int Column, int Row);

internal sealed record Drawn(int Area, string Geometry);

internal sealed record Figure(int Area, string Name, decimal Value);

/// <summary>What the pages read besides the book.</summary>
internal sealed class GroundRows(Session session)
{
    public Task<List<Tile>> Tiles() => session.Rows("select area_id, col, row from places.tile order by row, col", r => new Tile(r.GetInt32(0), r.GetInt16(1), r.GetInt16(2)));

    public Task<List<Drawn>> Boundaries(IEnumerable<int> areas) =>
        session.Rows("select area_id, geometry::text from places.boundary where area_id = any($1) order by area_id", r => new Drawn(r.GetInt32(0), r.GetString(1)), areas.ToArray());

    public Task<List<Figure>> Figures(IEnumerable<int> areas) =>
        session.Rows("select area_id, name, value from places.figure where area_id = any($1)", r => new Figure(r.GetInt32(0), r.GetString(1), r.GetDecimal(2)), areas.ToArray());
}
