using System.Globalization;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places.Founding;
using SoGoc.Places.Lineages;
using SoGoc.Places.Names;

namespace SoGoc.Places;

public enum PlacesPermission { ReadPlaces }

/// <summary>The levels of local government. Since 2025-07-01 there is no district (Luật 72/2025/QH15); code must never need one.</summary>
public enum AreaLevel : short { Province = 1, District = 2, Commune = 3 }

/// <summary>One version of an administrative unit: its name, kind and superior during a period. A code alone names no unit: it lives on for
/// other territory (91 was Kiên Giang and is An Giang), so a unit is its code on a day.</summary>
/// <param name="Id">Key of <c>places.area</c>; small, and the same wherever the same files and decrees were loaded.</param>
/// <param name="Code">Of the state statistics office: 2, 3 or 5 digits.</param>
/// <param name="Level">Province, district or commune.</param>
/// <param name="Name">Without its kind: "Vĩnh Hậu".</param>
/// <param name="FullName">With its kind: "Xã Vĩnh Hậu".</param>
/// <param name="Kind">xã, phường, thị trấn, đặc khu, huyện, quận, thị xã, tỉnh …</param>
/// <param name="Valid">From the day the version came into force; open where nothing earlier, or nothing later, is known.</param>
/// <param name="Parent">The version above it; a commune's is a district or, where there is none, the province.</param>
/// <param name="OtherNames">Other spellings found in official sources.</param>
public sealed record Area(int Id, string Code, AreaLevel Level, string Name, string FullName, string Kind, Period Valid, int? Parent, IReadOnlyList<string> OtherNames);

/// <summary>A unit to which territory belongs on another day.</summary>
/// <param name="Area">In the version of that day.</param>
/// <param name="Share">The part of the people of the older unit that belongs to the later one, 0 to 1.</param>
/// <param name="Exact">False: the share is an estimate.</param>
/// <param name="Default">The one to take where statistics must take one; never for the record of a person.</param>
/// <param name="On">Day of the (last) change that lies between.</param>
/// <param name="Decree">Its decree, or what is known instead.</param>
public sealed record Successor(Area Area, decimal Share, bool Exact, bool Default, DateOnly On, string Decree);

/// <summary>Where a unit's territory belongs on another day. <see cref="Certain"/>: there is one candidate. Otherwise the choice is open, a doubt to
/// be settled by an official; with no candidate the successor is not in the data, and only <see cref="Provinces"/> is known.</summary>
public sealed record Resolution(Area From, DateOnly On, IReadOnlyList<Successor> Candidates)
{
    /// <summary>The provinces the territory belongs to on the day; known also where the unit itself is not.</summary>
    public IReadOnlyList<Area> Provinces { get; init; } = [];

    /// <summary>False: part of the territory went to units that are not in the data.</summary>
    public bool Complete { get; init; } = true;

    public bool Certain => Complete && Candidates.Count == 1;

    public Area? Area => Certain ? Candidates[0].Area : null;
}

public enum AreaFault { None, Unknown, Ambiguous, CodeAndNameDiffer }

/// <summary>The unit that a list names, or why none can be named without guessing; the candidates are what it may have meant.</summary>
public sealed record AreaMatch(Area? Area, AreaFault Fault, IReadOnlyList<Area> Candidates);

/// <summary>Territory of one version that went to another on the day the latter began.</summary>
/// <param name="From">The version that ended.</param>
/// <param name="To">The version that began.</param>
/// <param name="On">The day.</param>
/// <param name="Kind">rename, type, move, merge, split, kept (other territory came to it), above (only the units above it changed).</param>
/// <param name="Share">The part of the people of <paramref name="From"/>, 0 to 1.</param>
/// <param name="Exact">False: the share is an estimate.</param>
/// <param name="Default">The part to take where one must be taken.</param>
/// <param name="Decree">The decree, or what is known instead.</param>
public sealed record Succession(int From, int To, DateOnly On, string Kind, decimal Share, bool Exact, bool Default, string Decree);

/// <summary>The province this installation serves, told by its code on a day: written <c>89@2022-04-12</c> in <c>kernel.setting</c> 'province'.</summary>
public sealed record HomeProvince(string Code, DateOnly Day)
{
    public const string Setting = "province";

    /// <summary>Old An Giang, the province of the demonstration.</summary>
    public static HomeProvince Demonstration { get; } = new("89", new DateOnly(2022, 4, 12));

    public static bool TryParse(string? text, out HomeProvince? home)
    {
        home = text?.Split('@') is [{ Length: 2 } code, var day] && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)
            ? new HomeProvince(code, on) : null;
        return home is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code}@{Day:yyyy-MM-dd}");
}

/// <summary>Immutable snapshot of all versions of all units of the country and of what became of them; safe for many threads.</summary>
public sealed class PlaceBook
{
    private readonly AreaIndex index;
    private readonly Lineage lineage;
    private readonly Matcher matcher;
    private readonly HomeProvince? home;
    private readonly HashSet<string> pinCodes;

    public PlaceBook(IEnumerable<Area> areas, IEnumerable<Succession> successions, HomeProvince? home)
    {
        index = new AreaIndex(areas);
        lineage = new Lineage(index, successions);
        matcher = new Matcher(index, lineage);
        this.home = home;
        // The head of a personal number is one of the 63 provinces' codes at the time of the numbering, whatever became of them since.
        pinCodes = [.. index.All.Where(a => a.Level == AreaLevel.Province && a.Valid.From is null).Select(a => "0" + a.Code)];
    }

    /// <summary>From the reference files alone, as a new installation loads them.</summary>
    public static PlaceBook FromFiles(string folder, HomeProvince? home = null)
    {
        var ledger = ReferenceUnits.Load(folder);
        return new PlaceBook(ledger.Areas, ledger.Successions, home ?? HomeProvince.Demonstration);
    }

    public Area? this[int id] => index[id];

    public IReadOnlyCollection<Area> All => index.All;

    /// <summary>The version of the code in force on the day.</summary>
    public Area? Find(string code, DateOnly on) => index.Find(code, on);

    /// <summary>All versions of the code, in time order.</summary>
    public IReadOnlyList<Area> Versions(string code) => index.Versions(code);

    public Area? Parent(Area a) => a.Parent is { } id ? index[id] : null;

    public Area? Province(Area a) => index.Province(a);

    /// <summary>The units next below it on the day; communes directly where there is no district.</summary>
    public IEnumerable<Area> Children(Area a, DateOnly on) => index.Children(a.Id).Where(c => c.Valid.Holds(on));

    /// <summary>Where the unit's territory belongs on the day, later or earlier, over any number of changes.</summary>
    public Resolution Resolve(Area from, DateOnly on) => lineage.Resolve(from, on);

    /// <summary>The changes that made a version, and those that ended it.</summary>
    public (IReadOnlyList<Succession> Before, IReadOnlyList<Succession> After) Changes(Area a) => (lineage.Into(a.Id), lineage.OutOf(a.Id));

    /// <summary>All versions, of any time, whose territory lies in the area as it is on the day, certainly or (the divided ones) possibly: what a
    /// search "in this unit, with its predecessors" looks for.</summary>
    public IReadOnlySet<int> Within(Area area, DateOnly on) => lineage.Within(area, on);

    /// <summary>Whether a duty in one area reaches a place in another on the day. A duty follows its unit through mergers; in a divided or dissolved
    /// unit it reaches only what certainly lay there. A place whose choice is open may be handled by each of its candidates.</summary>
    public bool Covers(Area duty, Area place, DateOnly on) => lineage.Covers(duty, place, on);

    /// <summary>The unit that a list names by any of its columns. Letters, tone marks and kinds may be written as people write them, marks may be
    /// missing; a wrong letter or mark is never guessed right.</summary>
    /// <param name="code">Code of the lowest unit told.</param>
    /// <param name="commune">Name of the commune, with or without its kind.</param>
    /// <param name="district">Name of the district; none for units since 2025-07-01.</param>
    /// <param name="province">Name of the province, of then or of now.</param>
    /// <param name="on">The day whose units are meant; null: of any day, the newest, if all that match are one unit's past.</param>
    public AreaMatch Match(string? code, string? commune, string? district, string? province, DateOnly? on) =>
        matcher.Match(new Written(code, commune, district, province), on);

    /// <summary>As <see cref="Match"/>, from an address in one text: "Ấp 3, xã A, huyện B, tỉnh C".</summary>
    public AreaMatch MatchText(string address, DateOnly? on) => matcher.MatchText(address, on);

    /// <summary>"Xã Vĩnh Hậu, Huyện An Phú, Tỉnh An Giang", with the names of its own time.</summary>
    public string Write(Area a) => string.Join(", ", index.Upwards(a).Select(u => u.FullName));

    /// <summary>The 63 codes of provinces that stand at the head of personal numbers; "089".</summary>
    public IReadOnlyCollection<string> PlaceCodes => pinCodes;

    /// <summary>Whether the head of a personal number is one of the 63 codes of provinces (Thông tư 59/2021/TT-BCA); "089".</summary>
    public bool PlaceCodeExists(string pinCode) => pinCodes.Contains(pinCode);

    /// <summary>The province, as it was when numbers began, whose code stands at the head of personal numbers.</summary>
    public Area? ProvinceOf(string pinCode) => pinCodes.Contains(pinCode) ? index.Versions(pinCode[1..])[0] : null;

    /// <summary>The province this installation serves, as it is on the day; null when the setting names none of the data.</summary>
    public Area? Home(DateOnly on)
    {
        if (home is null || index.Find(home.Code, home.Day) is not { } told)
        {
            return null;
        }

        var then = lineage.Resolve(told, on).Candidates;
        return then.FirstOrDefault(c => c.Area.Name == told.Name)?.Area ?? then.FirstOrDefault()?.Area;
    }

    /// <summary>The record under which an area's changes stand in the journal.</summary>
    public static Guid Subject(int area) => new(0x706C6163, 0x6573, unchecked((short)0x8000), [0x80, 0, 0, 0, (byte)(area >> 24), (byte)(area >> 16), (byte)(area >> 8), (byte)area]);
}

/// <summary>The present snapshot; replaced after a decree was applied, also when another process did it (seen within a second).</summary>
public interface IPlaces
{
    PlaceBook Book { get; }
}

/// <summary>A page of another module about a unit, which the unit's own page leads to.</summary>
/// <param name="Sentence">Code of the link's text.</param>
/// <param name="Address">With {0} for the unit's code; the day goes on as ?ngay=.</param>
/// <param name="Needs">Who sees it.</param>
public sealed record UnitLink(string Sentence, string Address, Kernel.Access.Permission Needs);

/// <summary>What another module counts in the units of a province; the map shows it.</summary>
public interface IUnitFigures
{
    /// <summary>Code of the sentence that says a count: {0}.</summary>
    string Sentence { get; }

    /// <summary>Who sees it.</summary>
    Kernel.Access.Permission Needs { get; }

    /// <summary>The counts of the communes of a province on a day, by their codes of that day.</summary>
    Task<IReadOnlyDictionary<string, long>> Of(Area province, DateOnly day);
}

/// <summary>What a decree has changed.</summary>
/// <param name="On">The day it takes effect.</param>
/// <param name="Ended">Versions that ended.</param>
/// <param name="Begun">Versions that began.</param>
public sealed record DecreeApplied(DateOnly On, int Ended, int Begun);

/// <param name="Areas">Units that have got a boundary.</param>
public sealed record BoundariesLoaded(int Areas);

/// <summary>Changes the reference data as the state does; used by the command line. Each call is a transaction of its own.</summary>
public interface IPlacesOffice
{
    /// <summary>Applies a decree written as CSV (columns: see the module's README). All faults are told at once, with row numbers; then nothing was changed.</summary>
    Task<Outcome<DecreeApplied>> Apply(string csvPath, CancellationToken stop = default);

    /// <summary>Stores official boundaries from GeoJSON (WGS 84, at most 64 MB, features with a property <c>code</c>) for the units in force on the day, or today.</summary>
    Task<Outcome<BoundariesLoaded>> LoadBoundaries(string geoJsonPath, DateOnly? on = null, CancellationToken stop = default);
}

/// <summary>Entry of the journal: a version ended or began by decree; its record is <see cref="PlaceBook.Subject"/> of it.</summary>
/// <param name="Change">ended or begun.</param>
/// <param name="On">The day.</param>
/// <param name="Area">Key of the version.</param>
/// <param name="Code">Its code.</param>
/// <param name="FullName">Its name.</param>
/// <param name="Into">Of one that ended: the versions its territory went to.</param>
public sealed record AreaChanged(string Change, DateOnly On, int Area, string Code, string FullName, IReadOnlyList<int> Into) : IEntry
{
    public static string Kind => "places.area-changed";
}
