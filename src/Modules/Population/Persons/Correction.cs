using SoGoc.Kernel.Outcomes;
using SoGoc.Population.Codes;

namespace SoGoc.Population.Persons;

/// <summary>What an official says is right, read as the register writes it: names in their form and with their parts, codes of the lists, only what differs.</summary>
internal static class Correction
{
    private static readonly string[] NameParts = ["surname", "middle", "given"];

    /// <summary>The facts as the register writes them, the fields to be emptied, and all that is wrong with either.</summary>
    public static (PersonFacts Told, IReadOnlyList<string> Cleared, List<Problem> Problems) Read(PersonFacts after, IReadOnlyList<string> cleared, PersonFacts now, CodeBook codes, DateOnly today)
    {
        var problems = new List<Problem>();
        void Unless(bool right, string field, string code, params string[] data)
        {
            if (!right)
            {
                problems.Add(Problem.Invalid(field, code, data));
            }
        }

        Unless(after.Number is null && !cleared.Contains("number"), "number", "population.number-not-corrected");
        Unless(!cleared.Contains("fullName"), "fullName", "population.name-missing");
        foreach (var field in cleared.Where(c => FactField.All.All(f => f.Name != c)))
        {
            Unless(false, "cleared", "population.no-field", field);
        }

        Unless(after.FullName is null || PersonName.IsName(after.FullName), "fullName", "population.name-not-a-name");
        Unless(after.OtherNames?.All(PersonName.IsName) != false, "otherNames", "population.name-not-a-name");
        Unless(after.Sex is null or (>= 0 and <= 2), "sex", "population.sex-unknown");
        Unless(after.Ethnicity is null || codes.Has("ethnicity", after.Ethnicity), "ethnicity", "population.ethnicity-unknown");
        Unless(after.Religion is null || codes.Has("religion", after.Religion), "religion", "population.religion-unknown");
        Unless(after.Nationality?.All(n => codes.Has("nationality", n)) != false, "nationality", "population.nationality-unknown");
        Unless(after.Blood is null || codes.Has("blood", after.Blood), "blood", "population.blood-unknown");
        Unless(after.Marital is null || codes.Has("marital", $"{after.Marital}"), "marital", "population.marital-unknown");
        Unless(after.OldIds?.All(id => id.Length == 9 && id.All(char.IsAsciiDigit)) != false, "oldIds", "population.old-id-malformed");
        Unless(after.Phone is null || ContactText.Phone(after.Phone) is not null, "phone", "population.phone-malformed");
        Unless(after.Email is null || ContactText.Email(after.Email) is not null, "email", "population.email-malformed");
        Unless(!(after.Born?.Earliest > today), "born", "population.birth-in-future");
        Unless(!(after.Ended?.Earliest > today), "ended", "population.died-in-future");
        return problems.Count > 0 ? (after, cleared, problems) : InForm(after, cleared, now, codes, problems);
    }

    /// <summary>The entry that makes the record right; null when nothing differs.</summary>
    public static PersonCorrected? Of(PersonFacts now, PersonFacts told, IReadOnlyList<string> cleared)
    {
        var after = FactField.All.Where(f => f.Get(told) is not null && !f.SameIn(now, told)).ToList();
        var emptied = FactField.All.Where(f => cleared.Contains(f.Name) && f.Get(told) is null && f.Get(now) is not null).ToList();
        return after.Count + emptied.Count == 0 ? null : new PersonCorrected(Take(now, after.Concat(emptied)), Take(told, after), emptied.Count == 0 ? null : [.. emptied.Select(f => f.Name)]);
    }

    private static PersonFacts Take(PersonFacts from, IEnumerable<FactField> fields) => fields.Aggregate(new PersonFacts(), (facts, f) => f.With(facts, f.Get(from)));

    /// <summary>A corrected full name brings its parts, unless they are told with it.</summary>
    private static (PersonFacts, IReadOnlyList<string>, List<Problem>) InForm(PersonFacts after, IReadOnlyList<string> cleared, PersonFacts now, CodeBook codes, List<Problem> problems)
    {
        after = after with
        {
            OtherNames = after.OtherNames is { } others ? [.. others.Select(PersonName.InOfficeCase)] : null,
            Phone = after.Phone is { } phone ? ContactText.Phone(phone) : null,
        };
        if (after.FullName is not { } name || after is not { Surname: null, Middle: null, Given: null })
        {
            return (after with { FullName = after.FullName is { } full ? PersonName.InOfficeCase(full) : null }, cleared, problems);
        }

        return (PersonName.Set(after, PersonName.InOfficeCase(name), after.Ethnicity ?? now.Ethnicity, codes), [.. cleared, .. NameParts], problems);
    }
}
