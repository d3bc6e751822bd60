using System.Globalization;
using System.Text.Json;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Places.Boundaries;

/// <summary>The boundary of one feature, as it was written.</summary>
internal sealed record Boundary(int Feature, string Code, string Geometry);

/// <summary>Reads boundaries from GeoJSON (RFC 7946): a collection of features with a property <c>code</c>, polygons only, closed rings, within Vietnam.</summary>
internal static class GeoJson
{
    private const int MostFaults = 100;

    // From Apa Chải to Trường Sa, with the islands; whatever lies outside is another projection, or longitude and latitude the wrong way round.
    private const double West = 102, East = 118, South = 6, North = 24;

    public static async Task<Outcome<List<Boundary>>> Read(Stream stream, CancellationToken stop)
    {
        JsonDocument document;
        try
        {
            document = await JsonDocument.ParseAsync(stream, new JsonDocumentOptions { MaxDepth = 16 }, stop);
        }
        catch (JsonException)
        {
            return Problem.Invalid(null, "places.not-geojson");
        }

        using (document)
        {
            var root = document.RootElement;
            if (Text(root, "type") != "FeatureCollection" || !Has(root, "features", JsonValueKind.Array, out var features))
            {
                return Problem.Invalid(null, "places.not-geojson");
            }

            var problems = new List<Problem>();
            var found = new List<Boundary>();
            var codes = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (no, feature) in features.EnumerateArray().Index())
            {
                if (problems.Count >= MostFaults)
                {
                    break;
                }

                var (boundary, fault) = Feature(feature, no + 1);
                if (fault is not null)
                {
                    problems.Add(fault);
                }
                else if (!codes.Add(boundary!.Code))
                {
                    problems.Add(Fault(no + 1, "places.boundary-twice", boundary.Code));
                }
                else
                {
                    found.Add(boundary);
                }
            }

            return problems.Count > 0 ? problems : found.Count > 0 ? found : Problem.Invalid(null, "places.no-boundaries");
        }
    }

    private static Problem Fault(int feature, string code, params string[] data) =>
        Problem.Invalid("features", code, [feature.ToString(CultureInfo.InvariantCulture), .. data]);

    private static (Boundary?, Problem?) Feature(JsonElement feature, int no)
    {
        if (!Has(feature, "properties", JsonValueKind.Object, out var properties) || Text(properties, "code") is not { Length: > 0 } code)
        {
            return (null, Fault(no, "places.boundary-no-code"));
        }

        if (!Has(feature, "geometry", JsonValueKind.Object, out var geometry) || !Has(geometry, "coordinates", JsonValueKind.Array, out var coordinates))
        {
            return (null, Fault(no, "places.boundary-no-area", code));
        }

        var polygons = Text(geometry, "type") switch
        {
            "Polygon" => [coordinates],
            "MultiPolygon" => coordinates.EnumerateArray().ToArray(),
            _ => [],
        };
        if (polygons.Length == 0 || polygons.Any(p => p.ValueKind != JsonValueKind.Array || p.GetArrayLength() == 0))
        {
            return (null, Fault(no, "places.boundary-no-area", code));
        }

        var fault = polygons.SelectMany(p => p.EnumerateArray()).Select(Ring).FirstOrDefault(f => f is not null);
        return fault is null ? (new Boundary(no, code, geometry.GetRawText()), null) : (null, Fault(no, fault, code));
    }

    /// <summary>The fault of a ring, or null.</summary>
    private static string? Ring(JsonElement ring)
    {
        if (ring.ValueKind != JsonValueKind.Array || ring.GetArrayLength() < 4)
        {
            return "places.boundary-open";
        }

        (double, double)? first = null, last = null;
        foreach (var point in ring.EnumerateArray())
        {
            if (point.ValueKind != JsonValueKind.Array || point.GetArrayLength() < 2 || !Number(point[0], out var lon) || !Number(point[1], out var lat))
            {
                return "places.boundary-no-area";
            }

            if (lon is < West or > East || lat is < South or > North)
            {
                return "places.boundary-outside";
            }

            last = (lon, lat);
            first ??= last;
        }

        return first == last ? null : "places.boundary-open";
    }

    private static bool Number(JsonElement e, out double value)
    {
        value = double.NaN;
        return e.ValueKind == JsonValueKind.Number && e.TryGetDouble(out value) && double.IsFinite(value);
    }

    private static string? Text(JsonElement e, string name) => Has(e, name, JsonValueKind.String, out var value) ? value.GetString() : null;

    private static bool Has(JsonElement e, string name, JsonValueKind kind, out JsonElement value)
    {
        value = default;
        return e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out value) && value.ValueKind == kind;
    }
}
