namespace SoGoc.Kernel.Access;

/// <summary>How far among the rows of persons an official sees whose duty is not the whole province. PostgreSQL holds him to it (row-level security), whatever a statement asks.</summary>
/// <param name="Areas">Keys of all versions of units that his duty covers today, with commas between; empty: none.</param>
/// <param name="Actor">Who he is, as the journal writes him.</param>
/// <param name="Persons">Keys of persons that are within reach wherever they live, with commas between.</param>
/// <param name="Day">The office's today, yyyy-MM-dd: a residence that ends later is open.</param>
public sealed record Reach(string Areas, string Actor, string Persons, string Day);

/// <summary>Tells how far an actor sees. Given by the Staff module; follows mergers of units as <see cref="IDuty"/> does.</summary>
public interface IReach
{
    /// <summary>Null: he sees all rows.</summary>
    Reach? Of(Actor who);

    /// <summary>A commune by the keys of all its versions: most of its people came to live there before it was rearranged. Null: none is named.</summary>
    int[]? Versions(int? area) => area is { } duty ? [.. Of(Actor.System("reach") with { Areas = [duty], WholeProvince = false })!.Areas.Split(',').Select(a => int.Parse(a, System.Globalization.CultureInfo.InvariantCulture))] : null;
}
