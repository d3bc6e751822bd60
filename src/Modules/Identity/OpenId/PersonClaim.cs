using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Identity.OpenId;

/// <summary>A field of the register as agencies' systems may ask for it; its name is at once scope and claim (OpenID Connect Core, 5.1, where that has a name for it).</summary>
/// <param name="Name">Scope and claim.</param>
/// <param name="Fields">The register's fields it shows, for the record of readings.</param>
/// <param name="Read">The value; null where the register has none.</param>
internal sealed record PersonClaim(string Name, string Fields, Func<PersonState, IPopulation, object?> Read)
{
    public static readonly IReadOnlyList<PersonClaim> All =
    [
        new("name", "fullName", (p, _) => p.Facts.FullName),
        new("personal_number", "number", (p, _) => p.Facts.Number?.ToString()),
        new("birthdate", "born", (p, _) => p.Facts.Born is { Precision: not DatePrecision.Unknown } born ? born.ToString() : null),
        new("gender", "sex", (p, _) => p.Facts.Sex switch { 1 => "male", 2 => "female", _ => null }),
        new("nationalities", "nationality", (p, _) => p.Facts.Nationality),
        new("ethnicity", "ethnicity", (p, _) => p.Facts.Ethnicity),
        new("address", "permanentResidence", Address),
        new("phone_number", "contact", (p, _) => p.Facts.Phone),
        new("marital_status", "marital", (p, _) => p.Facts.Marital),
        new("id_card", "papers", (p, _) => p.Papers.Where(c => c.Kind is PaperKind.Cccd or PaperKind.CanCuoc).Select(c => new { number = c.Number, issued = c.Issued?.ToString(), expires = c.Expires }).FirstOrDefault()),
    ];

    private static object? Address(PersonState person, IPopulation population)
    {
        if (person.Residences.FirstOrDefault(r => r.Kind == ResidenceKind.Permanent && r.Until is null) is not { } home)
        {
            return null;
        }

        var (written, now) = population.Address(home);
        return new { formatted = now ?? written, country = "VN" };
    }
}
