using System.Globalization;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Services.Procedures;

/// <summary>A fact of the register as a form shows it.</summary>
/// <param name="Text">Null: the register does not know it.</param>
internal sealed record Fact(string Name, string? Text, bool Doubtful);

/// <summary>What forms take from the register instead of asking. Everything in words, as the citizen would write it.</summary>
internal sealed class Facts(IPopulation population, TimeProvider clock)
{
    public static readonly string[] All = ["name", "number", "born", "sex", "ethnicity", "nationality", "hometown", "home", "temporary-home", "household", "household-members", "head", "relation", "marital", "spouse", "spouse-number", "father", "mother", "old-id", "card", "phone"];

    /// <summary>Of a person: the facts that are named; null: there is no such record within reach.</summary>
    public async Task<IReadOnlyDictionary<string, Fact>?> Of(Guid person, IReadOnlyCollection<string> names) => await population.Find(person) is { } state ? await Of(state, names) : null;

    /// <summary>Of a record that is read already.</summary>
    public async Task<IReadOnlyDictionary<string, Fact>> Of(PersonState state, IReadOnlyCollection<string> names)
    {
        var told = new Dictionary<string, Fact>(StringComparer.Ordinal);
        foreach (var name in names.Distinct())
        {
            told[name] = new Fact(name, await Text(state, name), state.Doubts.Any(d => d.Field == (name == "name" ? "full_name" : name)));
        }

        return told;
    }

    private async Task<string?> Text(PersonState p, string name) => name switch
    {
        "name" => p.Facts.FullName,
        "number" => p.Facts.Number?.ToString(),
        "born" => p.Facts.Born?.Shown,
        "sex" => await Code("sex", p.Facts.Sex?.ToString(CultureInfo.InvariantCulture)),
        "ethnicity" => await Code("ethnicity", p.Facts.Ethnicity),
        "nationality" => p.Facts.Nationality is { Count: > 0 } of ? string.Join(", ", await Task.WhenAll(of.Select(n => Code("nationality", n)))) : null,
        "hometown" => Place(p.Facts.Hometown),
        "home" => Home(p, ResidenceKind.Permanent),
        "temporary-home" => Home(p, ResidenceKind.Temporary),
        "marital" => await Code("marital", p.MaritalStatus()?.ToString(CultureInfo.InvariantCulture)),
        "spouse" => Kin(p, KinKind.Spouse),
        "spouse-number" => p.Kin.LastOrDefault(k => k is { Kind: KinKind.Spouse, Number: not null })?.Number?.ToString(),
        "father" => Kin(p, KinKind.Father),
        "mother" => Kin(p, KinKind.Mother),
        "old-id" => p.Facts.OldIds is { Count: > 0 } ids ? string.Join(", ", ids) : null,
        "card" => p.Papers.Where(c => c.Kind is PaperKind.Cccd or PaperKind.CanCuoc).OrderBy(c => c.Issued?.Earliest).LastOrDefault() is { } card
            ? string.Join(", ", new[] { card.Number, card.Issued is { } day ? $"cấp ngày {day.Shown}" : null, card.Place, card.Expires is { } last ? $"có giá trị đến {last.Shown()}" : null }.OfType<string>()) : null,
        "phone" => p.Facts.Phone,
        _ => await OfHousehold(p, name),
    };

    private async Task<string?> OfHousehold(PersonState p, string name)
    {
        if (p.Memberships.FirstOrDefault(m => m.Until is null) is not { } mine || await population.Household(mine.Household, clock.Today()) is not { } household)
        {
            return null;
        }

        if (name is "household" or "relation")
        {
            return name == "household" ? household.State.FileNumber : await Code("relation", mine.Relation);
        }

        var (names, hidden) = (new List<string>(), 0);
        foreach (var member in household.Members)
        {
            // Whom the household has is known to who belongs to it; a member who is out of reach is not told.
            if (await population.Find(member) is { Status: PersonStatus.Living } other && (name == "household-members" || other.Memberships.Any(m => m.Household == mine.Household && m is { Until: null, Relation: "01" })))
            {
                names.Add(other.Facts.FullName ?? "");
            }
            else
            {
                hidden++;
            }
        }

        return names.Count == 0 ? null : string.Join(", ", names) + (name == "household-members" && hidden > 0 ? $" và {hidden} người khác" : "");
    }

    private string? Home(PersonState p, ResidenceKind kind)
    {
        var today = clock.Today();
        var at = p.Residences.FirstOrDefault(r => r.Kind == kind && (r.From is null || r.From <= today) && (r.Until is null || today < r.Until));
        return at is null ? null : population.Address(population.InForce(at)).Written;
    }

    private string? Place(PlaceFact? place) => place is null ? null : place.Area is null ? place.Text : population.Address(new Residence(0, ResidenceKind.Current, place.Area, place.Text, null)).Written;

    private static string? Kin(PersonState p, KinKind kind) => p.Kin.FirstOrDefault(k => k.Kind == kind)?.Name;

    private async Task<string?> Code(string list, string? code) => code is null ? null : (await population.Codes(list)).FirstOrDefault(c => c.Code == code) is { Name: { } name } ? name : code;
}
