using System.Globalization;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population.Codes;

namespace SoGoc.Population.Persons;

/// <summary>One act as an official reads it: what happened, by whom, on what ground.</summary>
/// <param name="List">The list it came by, where its ground is a list.</param>
internal sealed record StoryLine(DateTimeOffset At, string What, string Actor, string Office, string Ground, Guid? List, IReadOnlyList<(string Field, string? Before, string? After)> Changes);

/// <summary>Tells a person's journal in sentences.</summary>
internal sealed class Story(Sentences say, PlaceBook places, CodeBook codes)
{
    private readonly FactText text = new(say, places, codes);

    public IReadOnlyList<StoryLine> Tell(IEnumerable<EntryRow> entries) => [.. entries.Select(Line).Reverse()];

    private StoryLine Line(EntryRow row)
    {
        var entry = PersonFold.Read(row.Kind, row.Body);
        var changes = entry switch
        {
            PersonCorrected e => Changes(e.Before, e.After, e.Cleared),
            PersonChanged e => Changes(e.Before, e.After, e.Cleared),
            PersonCompleted e => [.. Changes(new PersonFacts(), e.After, null), .. Added(e)],
            _ => [],
        };
        var (list, line) = entry switch { PersonEntered e => (e.List, e.Row), PersonCompleted e => (e.List, e.Row), _ => (null, null) };
        var what = say["story." + row.Kind[(row.Kind.IndexOf('.', StringComparison.Ordinal) + 1)..], Data(entry)];
        return new StoryLine(row.At, line is { } no ? $"{what} ({say["story.row", no.ToString(CultureInfo.InvariantCulture)]})" : what, row.Actor, row.Office, row.Ground, list, changes);
    }

    private string[] Data(IPersonEntry? entry) => entry switch
    {
        ResidenceBegan e => [say["residence." + Word.Write(e.Kind)], Address(e.Area, e.Detail), e.On.Shown()],
        ResidenceEnded e => [say["residence." + Word.Write(e.Kind)], e.On.Shown()],
        HouseholdJoined e => [codes.Name("relation", e.Relation), e.On.Shown()],
        HouseholdLeft e => [e.On.Shown()],
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
            let now = text.Of(field.Name, after)
            where now is not null || cleared?.Contains(field.Name) == true
            select (say["field." + field.Name], text.Of(field.Name, before), now)];

    /// <summary>What a completion adds beside single facts.</summary>
    private IEnumerable<(string, string?, string?)> Added(PersonCompleted e)
    {
        foreach (var kin in e.Kin ?? [])
        {
            yield return (say["kin." + Word.Write(kin.Kind)], null, kin.Name ?? kin.Number?.ToString());
        }

        foreach (var paper in e.Papers ?? [])
        {
            yield return (say["paper." + Word.Write(paper.Kind)], null, paper.Number);
        }

        foreach (var home in e.Residences ?? [])
        {
            yield return (say["residence." + Word.Write(home.Kind)], null, Address(home.Area, home.Detail));
        }

        if (e.Membership is { } membership)
        {
            yield return (say["population.household"], null, codes.Name("relation", membership.Relation));
        }
    }

    private string Address(int? area, string? detail) => string.Join(", ", new[] { detail, area is { } id && places[id] is { } unit ? places.Write(unit) : null }.Where(t => !string.IsNullOrEmpty(t)));
}
