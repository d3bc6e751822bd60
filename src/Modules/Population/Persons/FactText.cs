using System.Globalization;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population.Codes;

namespace SoGoc.Population.Persons;

/// <summary>How a fact reads: codes by their names, places with their units, dates as people write them. Null: not recorded.</summary>
internal sealed class FactText(Sentences say, PlaceBook places, CodeBook codes)
{
    public string? Of(string field, PersonFacts facts) => FactField.All.First(f => f.Name == field).Get(facts) is { } value ? Read(field, value) : null;

    private string? Read(string field, object value) => (field, value) switch
    {
        ("sex" or "marital", short code) => Name(field, code.ToString(CultureInfo.InvariantCulture)),
        ("ethnicity" or "religion" or "blood", string code) => Name(field, code),
        ("nationality", IEnumerable<string> many) => string.Join(", ", many.Select(c => Name(field, c))),
        ("unknown", IEnumerable<string> fields) => string.Join(", ", fields.Select(f => say["field." + f])),
        (_, PartialDate { Precision: DatePrecision.Unknown }) => say["population.unknown"],
        (_, PartialDate date) => date.Shown,
        (_, DateOnly day) => day.Shown(),
        (_, PlaceFact place) => place.Text ?? (place.Area is { } id && places[id] is { } unit ? places.Write(unit) : null),
        (_, IEnumerable<string> many) => string.Join(", ", many),
        _ => value.ToString(),
    };

    private string? Name(string list, string code) => codes.Name(list, code) is { Length: > 0 } name ? name : null;
}
