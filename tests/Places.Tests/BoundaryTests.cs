using System.Text;
using SoGoc.Places.Boundaries;
using SoGoc.Places.Units;
using static SoGoc.Places.Tests.Given;

namespace SoGoc.Places.Tests;

/// <summary>Invented boundaries: squares in the delta.</summary>
public sealed class BoundaryTests
{
    private const string Square = "[[105.1,10.5],[105.2,10.5],[105.2,10.6],[105.1,10.6],[105.1,10.5]]";

    private static string Feature(string code, string geometry) => $$"""{"type":"Feature","properties":{"code":"{{code}}"},"geometry":{{geometry}}}""";

    private static string Polygon(string ring) => $$"""{"type":"Polygon","coordinates":[{{ring}}]}""";

    private static string Collection(params string[] features) => $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""";

    private static async Task<(List<Boundary>? Found, List<string> Faults)> Read(string json)
    {
        var outcome = await GeoJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), TestContext.Current.CancellationToken);
        return (outcome.Value, [.. outcome.Problems.Select(p => p.Code)]);
    }

    [Fact]
    public async Task Polygons_and_groups_of_polygons_are_read()
    {
        var (found, _) = await Read(Collection(Feature("30337", Polygon(Square)), Feature("31108", $$"""{"type":"MultiPolygon","coordinates":[[{{Square}}],[{{Square}}]]}""")));
        Assert.Equal(["30337", "31108"], found!.Select(b => b.Code));
        var map = ProvinceMap.Of(found!.Select(b => (Unit(b.Code, Now), b.Geometry)));
        Assert.False(map.Tiled);
        Assert.Equal("Xã An Phú", map.Shapes[0].Title);
        Assert.StartsWith("M0 1000", map.Shapes[0].Path, StringComparison.Ordinal);
        Assert.Equal(2, map.Shapes[1].Path.Count(c => c == 'Z'));
    }

    [Theory]
    [InlineData("[[105.1,10.5],[105.2,10.5],[105.2,10.6],[105.1,10.6]]", "places.boundary-open")]
    [InlineData("[[105.1,10.5],[105.2,10.5],[105.1,10.5]]", "places.boundary-open")]
    [InlineData("[[10.5,105.1],[10.5,105.2],[10.6,105.2],[10.5,105.1]]", "places.boundary-outside")]
    [InlineData("[[523000,1161000],[524000,1161000],[524000,1162000],[523000,1161000]]", "places.boundary-outside")]
    [InlineData("[[105.1,\"x\"],[105.2,10.5],[105.2,10.6],[105.1,10.5]]", "places.boundary-no-area")]
    [InlineData("[[105.1],[105.2,10.5],[105.2,10.6],[105.1]]", "places.boundary-no-area")]
    public async Task A_ring_must_be_closed_and_lie_in_the_country(string ring, string fault) =>
        Assert.Equal([fault], (await Read(Collection(Feature("30337", Polygon(ring))))).Faults);

    [Fact]
    public async Task All_faults_of_a_file_are_told_at_once()
    {
        var (_, faults) = await Read(Collection(
            Feature("30337", Polygon(Square)), Feature("30337", Polygon(Square)), Feature("", Polygon(Square)),
            Feature("30341", """{"type":"Point","coordinates":[105.1,10.5]}"""), """{"type":"Feature","properties":null,"geometry":null}""", "7"));
        Assert.Equal(["places.boundary-twice", "places.boundary-no-code", "places.boundary-no-area", "places.boundary-no-code", "places.boundary-no-code"], faults);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{\"type\":\"Topology\"}")]
    [InlineData("{\"type\":\"FeatureCollection\"}")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[]}")]
    public async Task Anything_else_is_refused(string text) => Assert.Single((await Read(text)).Faults);

    [Fact]
    public void The_tile_map_shows_102_units_of_today_and_the_ground_of_old_An_Giang_before()
    {
        var tiles = Table("angiang_tiles_2025.csv").Select(r => new Tile(Unit(r["code"], GreatChange).Id, int.Parse(r["tile_col"]), int.Parse(r["tile_row"]))).ToList();
        var now = ProvinceMap.Of(Book, Book.Home(Now)!, Now, tiles);
        Assert.Equal(102, now.Shapes.Count);
        Assert.Equal(102, now.Shapes.Select(s => (s.X, s.Y)).Distinct().Count());
        var then = ProvinceMap.Of(Book, Book.Home(Article)!, Article, tiles);
        Assert.Equal(54, then.Shapes.Count);
        Assert.Contains("Phường Đông Xuyên", then.Shapes.Single(s => s.Code == "30307").Title, StringComparison.Ordinal);
    }

    [Fact]
    public void A_unit_that_only_changed_its_name_stands_on_the_same_ground()
    {
        Assert.Contains(Unit("26248", GreatChange).Id, Ground.Of(Book, Unit("26248", Now)));
        Assert.DoesNotContain(Unit("30307", Article).Id, Ground.Of(Book, Unit("30307", Now)));
    }
}
