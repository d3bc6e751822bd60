using SoGoc.Places;

namespace SoGoc.Population.Persons;

/// <summary>An address as it was written, and, where the unit has changed since, as of today; a divided commune leaves the choice open.</summary>
internal static class AddressLine
{
    public static (string? Written, string? Today) Of(PlaceBook places, int? area, string? detail, DateOnly today)
    {
        if (area is not { } id || places[id] is not { } unit)
        {
            return (detail, null);
        }

        var written = Join(detail, places.Write(unit));
        if (unit.Valid.Holds(today))
        {
            return (written, null);
        }

        var now = places.Resolve(unit, today);
        var units = string.Join(" / ", now.Candidates.Select(c => places.Write(c.Area)));
        return (written, units.Length == 0 ? null : Join(detail, units));
    }

    /// <summary>The residence in the unit of a day, where there is one and no other. What its detail repeats of the former unit is dropped.</summary>
    public static Residence InForce(PlaceBook places, Residence at, DateOnly day)
    {
        if (at.Area is not { } id || places[id] is not { } unit || unit.Valid.Holds(day) || places.Resolve(unit, day).Area is not { } now)
        {
            return at;
        }

        var former = places.Write(unit);
        return at with { Area = now.Id, Detail = at.Detail?.EndsWith(former, StringComparison.OrdinalIgnoreCase) == true ? at.Detail[..^former.Length].TrimEnd(' ', ',') : at.Detail };
    }

    /// <summary>The detail often already ends with the unit; then it stands once.</summary>
    private static string Join(string? detail, string unit) =>
        string.IsNullOrEmpty(detail) ? unit : detail.EndsWith(unit, StringComparison.OrdinalIgnoreCase) ? detail : $"{detail}, {unit}";
}
