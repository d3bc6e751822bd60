using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;

namespace SoGoc.Staff.Officials;

/// <summary>What the pages about officials share: units to choose from, and how periods are written.</summary>
internal abstract class StaffPage : OfficePage
{
    protected abstract IPlaces Places { get; }

    protected abstract TimeProvider Clock { get; }

    public DateOnly Today => Clock.Today();

    /// <summary>The communes of today, by name.</summary>
    public IEnumerable<Area> Areas => Places.Book.Home(Today) is { } home
        ? Places.Book.All.Where(a => a.Level == AreaLevel.Commune && a.Valid.Holds(Today) && Places.Book.Province(a)?.Id == home.Id).OrderBy(a => a.Name, StringComparer.CurrentCulture) : [];

    public string Where(int? area) => area is null ? Say["staff.whole-province"] : Places.Book[area.Value]?.FullName ?? "?";

    /// <summary>From a day to a day, both included.</summary>
    public string Span(Period valid) => valid.Until is { } until ? Say["staff.from-until", valid.From?.Shown() ?? "…", until.AddDays(-1).Shown()] : Say["staff.since", valid.From?.Shown() ?? "…"];
}
