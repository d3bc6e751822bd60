using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Places;

public enum PlacesPermission { ReadPlaces }

public enum AreaLevel : short { Province = 1, District = 2, Commune = 3 }

/// <summary>A version of an administrative unit: what it was called and where it belonged during a period.</summary>
public sealed record Area(int Id, string Code, AreaLevel Level, string Name, string FullName, string Kind, Period Valid, int? Parent, IReadOnlyList<string> OtherNames);

/// <summary>A unit to which territory passed (or from which it came, when looking back).</summary>
/// <param name="Area">The unit.</param>
/// <param name="Share">Share of the people.</param>
/// <param name="Exact">False where the share is an estimate.</param>
/// <param name="Default">The one to propose when nothing finer is known.</param>
/// <param name="On">The day of the (last) change on the way.</param>
/// <param name="Decree">Its resolution.</param>
public sealed record Successor(Area Area, decimal Share, bool Exact, bool Default, DateOnly? On, string Decree);

/// <summary>Where a unit's territory belongs on another day. With several candidates the choice is open: a doubt, not a guess. With none, the data do not tell.</summary>
public sealed record Resolution(Area From, DateOnly On, IReadOnlyList<Successor> Candidates)
{
    public bool Certain => Candidates.Count == 1;

    public Area? Area => Certain ? Candidates[0].Area : null;
}

public enum AreaFault { None, Unknown, Ambiguous, CodeAndNameDiffer }

/// <summary>What an address in a list means.</summary>
public sealed record AreaMatch(Area? Area, AreaFault Fault, IReadOnlyList<Area> Candidates);

/// <summary>The present snapshot of all units; replaced when a decree was applied, by this process or another.</summary>
public interface IPlaces
{
    PlaceBook Book { get; }
}

public sealed record DecreeApplied(int Changes, DateOnly From);

public sealed record BoundariesLoaded(int Units);

/// <summary>Changes of reference data, by the command line.</summary>
public interface IPlacesOffice
{
    /// <summary>Applies a dated decree from a CSV file, whole or not at all.</summary>
    Task<Outcome<DecreeApplied>> Apply(string csvPath);

    /// <summary>Loads official boundaries from a GeoJSON file whose features have the property <c>code</c>.</summary>
    Task<Outcome<BoundariesLoaded>> LoadBoundaries(string geoJsonPath);
}
