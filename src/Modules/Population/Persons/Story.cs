using System.Globalization;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population.Codes;

namespace SoGoc.Population.Persons;

/// <summary>One act as an official reads it: what happened, by whom, on what ground.</summary>
internal sealed record StoryLine(DateTimeOffset At, string What, string Actor, string Office, string Ground, IReadOnlyList<(string Field, string? Before, string? After)> Changes);

/// <summary>Tells a person's journal in sentences.</summary>
internal sealed class Story(Sentences say, PlaceBook places, CodeBook codes)
{
    public IReadOnlyList<StoryLine> Tell(IEnumerable<EntryRow> entries) => [.. entries.Select(Line).Reverse()];

    private StoryLine Line(EntryRow row)
    {
        var entry = PersonFold.Read(row.Kind, row.Body);
        var changes = entry switch
        {
            PersonCorrected e => Changes(e.Before, e.After, e.Cleared),
            PersonChanged e => Changes(e.Before, e.After, e.Cleared),
            PersonCompleted e => Changes(new PersonFacts(), e.After, null),
            _ => [],
        };
        return new StoryLine(OfficeTime.Local(row.At), say["story." + row.Kind[(row.Kind.IndexOf('.', StringComparison.Ordinal) + 1)..], Data(entry)], row.Actor, row.Office, row.Ground, changes);
    }

    private string[] Data(IPersonEntry? entry) => entry switch
    {
        PersonEntered e => [e.Row?.ToString(CultureInfo.InvariantCulture) ?? "–"],
        ResidenceBegan e => [say["residence." + Word.Write(e.Kind)], Address(e.Area, e.Detail), Day(e.On)],
        ResidenceEnded e => [say["residence." + Word.Write(e.Kind)], Day(e.On)],
        HouseholdJoined e => [codes.Name("relation", e.Relation), Day(e.On)],
        HouseholdLeft e => [Day(e.On)],
        KinNamed e => [say["kin." + Word.Write(e.Kin.Kind)], e.Kin.Name ?? e.Kin.Number?.ToString() ?? "?"],
        PaperIssued e => [say["paper." + Word.Write(e.Paper.Kind)], e.Paper.Number ?? "?"],
        StatusChanged e => [say["status." + Word.Write(e.Status)], e.On?.Shown ?? "?"],
        NumberAllotted e => [e.Number.ToString()],
        NumberReplaced e => [e.Before.ToString(), e.After.ToString(), e.Reason],
        DoubtRaised e => [say["field." + e.Doubt.Field], say[e.Doubt.Code]],
        DoubtSettled e => [say["field." + e.Field], say[e.Code]],
        ConfidentialitySet e => [e.Level.ToString(CultureInfo.InvariantCulture)],
        _ => [],
    };

    private List<(string, string?, string?)> Changes(PersonFacts before, PersonFacts after, IReadOnlyList<string>? cleared) =>
        [.. from field in FactField.All
            let now = field.Get(after)
            where now is not null || cleared?.Contains(field.Name) == true
            select (say["field." + field.Name], Shown(field.Get(before)), Shown(now))];

    private string? Shown(object? value) => value switch
    {
        null => null,
        PartialDate d => d.Shown,
        DateOnly d => Day(d),
        PlaceFact p => p.Text ?? Address(p.Area, null),
        IEnumerable<string> many => string.Join(", ", many),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private string Address(int? area, string? detail) => string.Join(", ", new[] { detail, area is { } id && places[id] is { } unit ? places.Write(unit) : null }.Where(t => !string.IsNullOrEmpty(t)));

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
