using System.Globalization;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Visits;

/// <summary>A counter where files are taken in (quầy, bộ phận một cửa): of a commune for every service, or of an agency of the province.</summary>
/// <param name="Key">As rows name it: key of the commune's area, or code of the agency.</param>
/// <param name="Code">As addresses name it: code of the commune, or of the agency.</param>
internal sealed record Counter(string Key, string Code, string Name, int? Area);

/// <summary>The counters of today, and which of them an official serves.</summary>
internal sealed class Counters(IPlaces places, IAgencies agencies, ProcedureBook procedures, IDuty duty, CurrentActor actor, TimeProvider clock)
{
    public static Counter Of(Area commune) => new(commune.Id.ToString(CultureInfo.InvariantCulture), commune.Code, $"Bộ phận một cửa {commune.FullName}", commune.Id);

    /// <summary>Of the communes, in the order of their names.</summary>
    public IEnumerable<Counter> OfCommunes() => Offices.Communes(places.Book, clock.Today()).Select(Of);

    /// <summary>Of the agencies that decide on something which is offered today.</summary>
    public async Task<IReadOnlyList<Counter>> OfAgencies()
    {
        var (today, found) = (clock.Today(), new List<Counter>());
        foreach (var desk in (await procedures.Published()).Select(p => p.Procedure.Office(today)?.Desk).OfType<string>().Where(d => d is not (Desks.Justice or Desks.Police)).Distinct())
        {
            found.AddRange(await agencies.Today(desk) is { } agency && found.All(c => c.Key != agency.Code) ? [new Counter(agency.Code, agency.Code, agency.Name, null)] : []);
        }

        return [.. found.OrderBy(c => c.Name, ProcedureBook.Alphabet)];
    }

    public async Task<Outcome<Counter>> Named(string? code)
    {
        var today = clock.Today();
        if (places.Book.Find(code ?? "", today) is { Level: AreaLevel.Commune } commune && places.Book.Province(commune)?.Id == places.Book.Home(today)?.Id)
        {
            return Of(commune);
        }

        return (await OfAgencies()).FirstOrDefault(c => c.Code == code) is { } agency ? agency : Problem.Missing("services.no-counter") with { Field = "counter" };
    }

    /// <summary>A counter by the key that rows have, also of a unit or agency that is no more.</summary>
    public async Task<Counter?> Of(string key) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? places.Book[id] is { } commune ? Of(commune) : null
        : (await OfAgencies()).FirstOrDefault(c => c.Key == key);

    /// <summary>Those that the official serves: of the communes of his duty, or of his agency.</summary>
    public async Task<IReadOnlyList<Counter>> Mine()
    {
        var (who, today) = (actor.Value, clock.Today());
        if (!who.May(Permission.Of(ServicesPermission.ReceiveFiles)))
        {
            return [];
        }

        var communes = Desks.Of(who).Length == 0 ? [] : who.Areas.Select(id => places.Book[id]).Select(a => a is null || a.Valid.Holds(today) ? a : places.Book.Resolve(a, today).Area).OfType<Area>().Where(a => a.Level == AreaLevel.Commune).DistinctBy(a => a.Id).Select(Of);
        return [.. communes, .. Desks.Agency(who) is { Length: > 0 } office ? (await OfAgencies()).Where(c => c.Name == office) : []];
    }

    /// <summary>The counter that an official names and serves; his own, where he names none.</summary>
    public async Task<Outcome<Counter>> Served(string? code)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return (await Mine()).FirstOrDefault() is { } own ? own : Problem.Forbidden("services.which-counter");
        }

        var named = await Named(code);
        return named.Ok(out var counter) && !await Serves(counter) ? Problem.Forbidden("services.other-counter", counter.Name) : named;
    }

    public async Task<bool> Serves(Counter counter) => actor.Value.May(Permission.Of(ServicesPermission.ReceiveFiles))
        && (counter.Area is { } area ? Desks.Of(actor.Value).Length > 0 && await duty.Covers(area) : Desks.Agency(actor.Value) == counter.Name);
}
