using System.Globalization;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Places.Boundaries;

/// <summary>Stores official boundaries for the map. They are for display: whose home lies where is never decided by them.</summary>
internal sealed class LoadBoundaries(Session session, Journal journal, IPlaces places, TimeProvider clock)
{
    private const long Largest = 64L << 20;

    internal sealed record Request(string Path, DateOnly? On);

    internal sealed record BoundaryLoaded(string Code, string File) : IEntry
    {
        public static string Kind => "places.boundary-loaded";
    }

    public async Task<Outcome<BoundariesLoaded>> Run(Request r, CancellationToken stop = default)
    {
        var file = new FileInfo(r.Path);
        if (!file.Exists)
        {
            return Problem.Invalid(null, "places.no-file", file.Name);
        }

        if (file.Length > Largest)
        {
            return new Problem(ProblemKind.TooLarge, "places.file-too-large", null, file.Name, "64 MB");
        }

        await using var stream = file.OpenRead();
        var read = await GeoJson.Read(stream, stop);
        if (!read.Ok(out var boundaries))
        {
            return read.Problems.ToList();
        }

        var (book, day) = (places.Book, r.On ?? clock.Today());
        var units = boundaries.Select(b => (Boundary: b, Area: book.Find(b.Code, day))).ToList();
        var unknown = units.Where(u => u.Area is null).Select(u => Problem.Invalid("features", "places.boundary-unknown",
            u.Boundary.Feature.ToString(CultureInfo.InvariantCulture), u.Boundary.Code, day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture))).ToList();
        if (unknown.Count > 0)
        {
            return unknown;
        }

        await session.Execute("select places.draw($1, $2)", units.Select(u => u.Area!.Id).ToArray(),
            units.Select(u => u.Boundary.Geometry).ToArray().As(NpgsqlDbType.Array | NpgsqlDbType.Json));
        await journal.AddAll([.. units.Select(u => (PlaceBook.Subject(u.Area!.Id), new BoundaryLoaded(u.Boundary.Code, file.Name)))], file.Name);
        return new BoundariesLoaded(units.Count);
    }
}
