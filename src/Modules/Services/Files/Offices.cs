using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Files;

/// <summary>The office that decides on a file.</summary>
/// <param name="Area">Of the commune; null: an agency of the province.</param>
/// <param name="Letters">At the head of the codes of its files.</param>
internal sealed record Office(int? Area, string Desk, string Name, string Letters)
{
    /// <summary>Its name in requests: the code of the desk, and the commune's.</summary>
    public string Key => Area is null ? Desk : $"{Desk}:{Letters[(Letters.IndexOf('.', StringComparison.Ordinal) + 1)..]}";
}

/// <summary>Finds the office that a procedure names on a day: the commune of somebody's home as it is today, mergers included, or an agency or what has taken over from it.</summary>
internal sealed class Offices(IPopulation population, IPlaces places, IAgencies agencies, ProcedureBook procedures, TimeProvider clock)
{
    /// <summary>Level-one code of the province (QĐ 20/2020/QĐ-TTg).</summary>
    private const string Province = "H01";

    /// <summary>Name of the field that names the commune where nobody's home does.</summary>
    public const string Told = "commune";

    public async Task<Outcome<Office>> Of(Procedure procedure, PersonState subject, IReadOnlyDictionary<string, string> answers)
    {
        var today = clock.Today();
        if (procedure.Office(today) is not { } competent)
        {
            return Problem.Conflict("services.no-office", procedure.Name);
        }

        if (competent.Desk is not (Desks.Justice or Desks.Police))
        {
            return await agencies.Today(competent.Desk) is { } agency ? Of(agency) : Problem.Conflict("services.no-office", procedure.Name);
        }

        var commune = answers.TryGetValue(Told, out var code) ? places.Book.Find(code, today) : Home(subject, today);
        if (commune is null || places.Book.Province(commune)?.Id != places.Book.Home(today)?.Id)
        {
            return Problem.Conflict("services.no-commune") with { Field = Told };
        }

        return OfCommune(competent.Desk, commune);
    }

    /// <summary>An office of today by its name in procedures: a desk of a commune of the province, or an agency or what has taken over from it.</summary>
    /// <param name="desk">justice, police, or the code of an agency.</param>
    /// <param name="commune">Code of the commune, for its desks.</param>
    public async Task<Outcome<Office>> Named(string desk, string? commune)
    {
        var today = clock.Today();
        if (desk is not (Desks.Justice or Desks.Police))
        {
            return await agencies.Today(desk) is { } agency ? Of(agency) : Problem.Invalid("desk", "services.no-such-desk");
        }

        return places.Book.Find(commune ?? "", today) is { Level: AreaLevel.Commune } found && places.Book.Province(found)?.Id == places.Book.Home(today)?.Id ? OfCommune(desk, found) : Problem.Invalid(Told, "services.which-commune");
    }

    /// <summary>The agencies that decide something today, in the order of their names: no other has a desk for files.</summary>
    public async Task<IReadOnlyList<Office>> Deciding()
    {
        var (today, now, found) = (clock.Today(), (await agencies.OfToday()).ToDictionary(a => a.Code), new List<Office>());
        foreach (var desk in (await procedures.Published()).Select(e => e.Procedure.Office(today)?.Desk).Where(d => d is not (null or Desks.Justice or Desks.Police)).Distinct())
        {
            // One that is no more is followed to what has taken over from it.
            found.AddRange((now.GetValueOrDefault(desk!) ?? await agencies.Today(desk!)) is { } agency ? [Of(agency)] : []);
        }

        return [.. found.DistinctBy(o => o.Desk).OrderBy(o => o.Name, ProcedureBook.Alphabet)];
    }

    /// <summary>The desks that an official serves: in the communes of his duty, or at his agency.</summary>
    public async Task<IReadOnlyList<Office>> Of(Actor who)
    {
        var (today, book) = (clock.Today(), places.Book);
        var communes = who.Areas.Select(a => book[a]).OfType<Area>().Select(a => book.Resolve(a, today).Area).OfType<Area>().Where(a => a.Level == AreaLevel.Commune).DistinctBy(a => a.Id).ToList();
        var agency = Desks.Agency(who) is { Length: > 0 } name ? (await agencies.OfToday()).FirstOrDefault(a => a.Name == name) : null;
        return [.. Desks.Of(who).SelectMany(d => communes.Select(c => OfCommune(d, c))), .. agency is null ? Array.Empty<Office>() : [Of(agency)]];
    }

    /// <summary>The communes of the province on a day, in the order of their names.</summary>
    public static IEnumerable<Area> Communes(PlaceBook book, DateOnly on) => book.All.Where(a => a.Level == AreaLevel.Commune && a.Valid.Holds(on) && book.Province(a)?.Id == book.Home(on)?.Id).OrderBy(a => a.Name, ProcedureBook.Alphabet);

    public static Office OfCommune(string desk, Area commune) => new(commune.Id, desk, NameOf(desk, commune), $"{Province}.{commune.Code}");

    /// <summary>As people call it.</summary>
    public static string NameOf(string desk, Area commune) => $"{(desk == Desks.Police ? "Công an" : "UBND")} {commune.FullName}";

    /// <summary>The commune of today in which somebody resides: permanently, else temporarily.</summary>
    public Area? Home(PersonState subject, DateOnly today) => subject.Residences.Where(r => r.Kind is ResidenceKind.Permanent or ResidenceKind.Temporary && (r.From is null || r.From <= today) && (r.Until is null || today < r.Until))
        .OrderBy(r => r.Kind).Select(r => population.InForce(r).Area is { } area ? places.Book[area] : null).FirstOrDefault(a => a is not null && a.Valid.Holds(today));

    /// <summary>The commune of today that has taken over from one that is no more; of a divided one the part where the person lives, else the part that the decree names.</summary>
    public async Task<Area?> After(int area, Guid person)
    {
        var today = clock.Today();
        var after = places.Book.Resolve(places.Book[area]!, today);
        var home = after.Certain || await population.Find(person) is not { } subject ? null : Home(subject, today);
        return after.Area ?? after.Candidates.FirstOrDefault(c => c.Area.Id == home?.Id)?.Area ?? after.Candidates.FirstOrDefault(c => c.Default)?.Area;
    }

    private static Office Of(AgencyToday agency) => new(null, agency.Code, agency.Name, Letters(agency.EidCode));

    private static string Letters(string eid) => eid.Length > 0 ? eid.Replace("ZZ.", "", StringComparison.Ordinal) : Province;
}
