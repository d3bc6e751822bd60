using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;
using SoGoc.Population.Codes;

namespace SoGoc.Population.Persons;

/// <summary>A person's page: identity, household, kin, residence over time, papers, and the journal as a story.</summary>
[Needs(PopulationPermission.ReadPerson)]
internal sealed class ShowPersonPage(IPlaces places, Codes.Codes codes, TimeProvider clock) : OfficePage
{
    public ShowPerson.Shown Shown { get; private set; } = null!;

    public CodeBook Codes { get; private set; } = null!;

    public IReadOnlyList<StoryLine> Story { get; private set; } = [];

    public PersonFacts Facts => Shown.Person.Facts;

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        var outcome = await Do<ShowPerson, ShowPerson.Shown>(f => f.Run(new ShowPerson.Request(id, "population.counter-lookup", "")));
        if (!outcome.Ok(out var shown))
        {
            return Refuse(outcome.Problems);
        }

        Shown = shown;
        Codes = await codes.Book();
        Story = new Story(Say, places.Book, Codes).Tell(shown.Entries);
        return Page();
    }

    public (string? Written, string? Today) Address(int? area, string? detail) => AddressLine.Of(places.Book, area, detail, clock.Today());

    public string? Place(PlaceFact? place) => place is null ? null : place.Text ?? (place.Area is { } id && places.Book[id] is { } unit ? places.Book.Write(unit) : null);

    public IEnumerable<Doubt> DoubtsOf(string field) => Shown.Person.Doubts.Where(d => d.Field == field);

    /// <summary>What a field shows: its value; "unknown" where it was asked; nothing where it never was.</summary>
    public IEnumerable<(string Field, string? Value)> Identity()
    {
        var f = Facts;
        yield return ("number", f.Number?.ToString());
        yield return ("born", f.Born is { } b ? b.Precision == DatePrecision.Unknown ? Say["population.unknown"] : b.Shown : null);
        yield return ("sex", f.Sex is { } s ? Codes.Name("sex", s.ToString(CultureInfo.InvariantCulture)) : null);
        yield return ("otherNames", f.OtherNames is { } o ? string.Join(", ", o) : null);
        yield return ("ethnicity", Text(Codes.Name("ethnicity", f.Ethnicity)));
        yield return ("religion", Text(Codes.Name("religion", f.Religion)));
        yield return ("nationality", f.Nationality is { } n ? string.Join(", ", n.Select(c => Codes.Name("nationality", c))) : null);
        yield return ("birthPlace", Place(f.BirthPlace));
        yield return ("birthRegistered", Place(f.BirthRegistered));
        yield return ("hometown", Place(f.Hometown));
        yield return ("marital", f.Marital is { } m ? Codes.Name("marital", m.ToString(CultureInfo.InvariantCulture)) : null);
        yield return ("blood", Text(Codes.Name("blood", f.Blood)));
        yield return ("oldIds", f.OldIds is { } ids ? string.Join(", ", ids) : null);
        yield return ("phone", f.Phone);
        yield return ("email", f.Email);
        yield return ("ended", f.Ended?.Shown);
        yield return ("other", f.Other);
    }

    private static string? Text(string text) => text.Length == 0 ? null : text;
}
