using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Places;

/// <summary>A unit changed by a decree; stands in the journal under a key made of the unit's code.</summary>
internal sealed record AreaChanged(string Code, string Kind, string FullName, string? Into, decimal Share, DateOnly On, string Decree) : IEntry
{
    public static string EntryKind => "places.area-changed";

    static string IEntry.Kind => EntryKind;
}

/// <summary>Changes of the units by a dated decree (CSV: effective_on, decree, kind, code, new_full_name, into_code, share), and official boundaries (GeoJSON).</summary>
internal sealed class PlacesOffice(Database database, IPlaces places, CurrentActor actor, TimeProvider clock) : IPlacesOffice
{
    private const long MostBytes = 64 << 20;
    private static readonly string[] DecreeColumns = ["effective_on", "decree", "kind", "code", "new_full_name", "into_code", "share"];

    private sealed record Line(int Row, string Kind, string Code, string NewName, string Into, decimal Share, Area? Area, Area? IntoArea);

    public async Task<Outcome<DecreeApplied>> Apply(string csvPath)
    {
        if (!File.Exists(csvPath))
        {
            return Problem.Missing("places.no-file", csvPath);
        }

        var rows = ReferenceTable.Read(csvPath).ToList();
        var problems = new List<Problem>();
        if (rows.Count == 0 || DecreeColumns.Any(c => !rows[0].Has(c)))
        {
            return Problem.Invalid(null, "places.decree-columns");
        }

        if (!DateOnly.TryParseExact(rows[0]["effective_on"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)
            || rows.Any(r => r["effective_on"] != rows[0]["effective_on"] || r["decree"] != rows[0]["decree"] || r["decree"].Length == 0))
        {
            return Problem.Invalid(null, "places.decree-day");
        }

        var lines = rows.Select((r, i) => Read(r, i + 2, on, problems)).ToList();
        foreach (var divided in lines.Where(l => l.Kind == "split").GroupBy(l => l.Code).Where(g => g.Sum(l => l.Share) != 1))
        {
            problems.Add(Problem.Invalid($"row {divided.First().Row}", "places.shares", divided.Key));
        }

        foreach (var twice in lines.Where(l => l.Kind != "split").GroupBy(l => l.Code).Where(g => g.Count() > 1))
        {
            problems.Add(Problem.Invalid($"row {twice.Last().Row}", "places.unit-twice", twice.Key));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        await Write(lines, on, rows[0]["decree"]);
        return new DecreeApplied(lines.Count, on);
    }

    private Line Read(ReferenceTable.Row r, int row, DateOnly on, List<Problem> problems)
    {
        var book = places.Book;
        var at = $"row {row}";
        var (kind, code, into) = (r["kind"], r["code"], r["into_code"]);
        var area = book.Find(code, on);
        var intoArea = into.Length > 0 ? book.Find(into, on) : null;
        var share = 1m;
        if (kind is not ("rename" or "type" or "merge" or "split"))
        {
            problems.Add(Problem.Invalid(at, "places.decree-kind", kind));
        }
        else if (area is null)
        {
            problems.Add(Problem.Invalid(at, "places.no-area", code, on.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)));
        }
        else if (area.Valid.From >= on || area.Valid.Until is not null)
        {
            problems.Add(Problem.Invalid(at, "places.day-too-early", code));
        }

        if (kind is "merge" or "split" && (intoArea is null || into == code))
        {
            problems.Add(Problem.Invalid(at, "places.into-what", code));
        }

        if (kind is "rename" or "type" && UnitFiles.Split(r["new_full_name"]).Kind.Length == 0)
        {
            problems.Add(Problem.Invalid(at, "places.new-name", code));
        }

        if (kind == "split" && !(decimal.TryParse(r["share"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out share) && share is > 0 and <= 1))
        {
            problems.Add(Problem.Invalid(at, "places.shares", code));
        }

        return new Line(row, kind, code, r["new_full_name"], into, share, area, intoArea);
    }

    private async Task Write(List<Line> lines, DateOnly on, string decree)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var area in lines.Select(l => l.Area!).DistinctBy(a => a.Id))
        {
            await Run(connection, "update places.area set valid = daterange(lower(valid), $2) where id = $1", area.Id, on);
        }

        foreach (var line in lines.Where(l => l.Kind is "rename" or "type"))
        {
            var (kind, name) = UnitFiles.Split(line.NewName);
            var a = line.Area!;
            await Run(connection, """
                with next as (
                  insert into places.area select (select max(id) + 1 from places.area), $2, $3::int, $4, $5, $6, daterange($7, null), $8, $9 returning id)
                insert into places.succession select $1, id, $7, $10, 1, true, true, $11 from next
                """, a.Id, a.Code, (int)a.Level, name, line.NewName, kind, on, a.Parent.As(NpgsqlTypes.NpgsqlDbType.Integer), a.OtherNames.Append(a.FullName).Distinct().ToArray(), line.Kind, decree);
        }

        foreach (var line in lines.Where(l => l.Kind is "merge" or "split"))
        {
            // The receiving unit may itself change by the same decree: its version of the new day receives.
            await Run(connection, """
                insert into places.succession
                select $1, id, $2, $3, $4, $5, $6, $7 from places.area where code = $8 and valid @> $2
                """, line.Area!.Id, on, line.Kind == "merge" ? "merge" : "part", line.Share, line.Kind == "merge",
                line.Kind == "merge" || line == lines.Where(l => l.Code == line.Code).MaxBy(l => l.Share), decree, line.Into);
        }

        foreach (var line in lines)
        {
            var entry = new AreaChanged(line.Code, line.Kind, line.NewName, line.Into.Length > 0 ? line.Into : null, line.Share, on, decree);
            await Run(connection, "insert into journal.entry (at, actor, office, ground, subject, kind, body) values ($1, $2, $3, $4, $5, $6, $7)",
                clock.GetUtcNow(), actor.Value.Reference, actor.Value.Office, decree, new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("area " + line.Code)).AsSpan(0, 16)), AreaChanged.EntryKind,
                JsonSerializer.Serialize(entry, Journal.Json).As(NpgsqlTypes.NpgsqlDbType.Json));
        }

        await Run(connection, "update places.edition set no = no + 1");
        await transaction.CommitAsync();
    }

    public async Task<Outcome<BoundariesLoaded>> LoadBoundaries(string geoJsonPath)
    {
        if (!File.Exists(geoJsonPath))
        {
            return Problem.Missing("places.no-file", geoJsonPath);
        }

        if (new FileInfo(geoJsonPath).Length > MostBytes)
        {
            return new Problem(ProblemKind.TooLarge, "places.geojson-too-large");
        }

        var problems = new List<Problem>();
        var found = new List<(string Code, string Geometry)>();
        try
        {
            await using var file = File.OpenRead(geoJsonPath);
            using var json = await JsonDocument.ParseAsync(file);
            foreach (var feature in json.RootElement.GetProperty("features").EnumerateArray())
            {
                var code = feature.GetProperty("properties").GetProperty("code").GetString() ?? "";
                var geometry = feature.GetProperty("geometry");
                if (places.Book.Find(code, clock.Today()) is null)
                {
                    problems.Add(Problem.Invalid(code, "places.no-area", code, clock.Today().ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)));
                }
                else if (geometry.GetProperty("type").GetString() is not ("Polygon" or "MultiPolygon") || !InVietnam(geometry.GetProperty("coordinates")))
                {
                    problems.Add(Problem.Invalid(code, "places.geometry", code));
                }

                found.Add((code, geometry.GetRawText()));
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Problem.Invalid(null, "places.not-geojson");
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        await using var connection = await database.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var (code, geometry) in found)
        {
            await Run(connection, "insert into places.boundary values ($1, $2) on conflict (code) do update set geometry = excluded.geometry", code, geometry.As(NpgsqlTypes.NpgsqlDbType.Json));
        }

        await transaction.CommitAsync();
        return new BoundariesLoaded(found.Count);
    }

    /// <summary>Every point between 102° and 118° east and 4° and 24° north: the mainland with its islands.</summary>
    private static bool InVietnam(JsonElement coordinates)
    {
        if (coordinates.GetArrayLength() > 0 && coordinates[0].ValueKind == JsonValueKind.Number)
        {
            return coordinates.GetArrayLength() >= 2 && coordinates[0].GetDouble() is >= 102 and <= 118 && coordinates[1].GetDouble() is >= 4 and <= 24;
        }

        return coordinates.GetArrayLength() > 0 && coordinates.EnumerateArray().All(InVietnam);
    }

    private static async Task Run(NpgsqlConnection connection, string sql, params object?[] values)
    {
        await using var command = connection.CreateCommand(sql, values);
        await command.ExecuteNonQueryAsync();
    }
}
