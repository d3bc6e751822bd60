using System.Globalization;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Changes;

/// <summary>What the rules say of a declared change. docs/rules/change.md is the same for people; a test holds the two together.</summary>
/// <param name="Before">The fields that change, as they stand.</param>
/// <param name="After">As they will.</param>
/// <param name="Renumbers">The number says another year or sex than the record will, and is cancelled.</param>
/// <param name="Relatives">Whose records name the person.</param>
/// <param name="Used">What rests on the values that change.</param>
internal sealed record JudgedChange(CaseFile Case, Area? Office, IReadOnlyList<Seen> People, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, Party? Person, PersonFacts Before, PersonFacts After, bool Renumbers,
    IReadOnlyList<(Guid Person, Kin Line)> Relatives, KeptEntry? Birth, IReadOnlyList<ValueUsed> Used) : Judgement(Case, Office, People, Refusals, Warnings);

/// <summary>Reads the person and those whose records name him, and judges the change.</summary>
internal sealed class ChangeRules(IPopulation population, ActCases acts, Competence competence, BookKeeper books, ValueUses uses, TimeProvider clock)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "TD";

    private const int Asked = 9, OfAge = 18, YoungestParent = 13, OldestParent = 60;

    public async Task<Outcome<JudgedChange>> Judge(ChangeDeclaration d, bool toAct)
    {
        var problems = new List<Problem>();
        var key = await acts.Key(d.Person, "person", problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var taken = await acts.TakeUp(Letters, d.Case, key);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        var (person, found) = (await acts.Read(key, toAct), new Findings());
        var relatives = await acts.NameRelatives(file, key);
        if (await acts.Disclose(file, person) is { } refusal)
        {
            return refusal;
        }

        Declared(d, found);
        var (before, after) = person is null ? (new PersonFacts(), new PersonFacts()) : await Values(d, person, found);
        var birth = key is { } id ? await books.Newest("birth", id) : null;
        var here = competence.Of(person is null ? [] : [person.State], birth is not null && competence.IsMine(birth.Area));
        found.Refuse(person is null ? [] : here.Problems);
        if (person is not null)
        {
            await Contradictions(file, person, after, relatives, found);
            // Of two who correct one record at once, the second is told of the first.
            found.Warn((await books.Newest("change", key!.Value))?.RegisteredOn == clock.Today(), "civil.changed-today");
        }

        var used = key is { } whose && after != new PersonFacts() ? await uses.Of(whose) : [];
        var renumbers = person?.Facts.Number is { } number && !d.KeepNumber && (after.Born ?? after.Sex as object) is not null && Says(number, person.Facts, after) is false;
        return new JudgedChange(file, here.Ok(out var office) ? office : null, person is null ? [] : [acts.Seen("changed", person)], found.Refusals, found.Warnings, person, before, after, renumbers, relatives, birth, used)
        {
            Follows = person is null ? [] : await uses.Told(person.Facts.Number, renumbers, null, relatives.Count, birth, used),
            Offers = new Dictionary<string, IReadOnlyList<Offer>> { ["ethnicity"] = [new Offer("", ""), .. (await population.Codes("ethnicity")).Select(c => new Offer(c.Code, c.Name))] },
        };
    }

    /// <summary>Whether the number says the year and sex that the record will.</summary>
    private static bool? Says(PersonalNumber number, PersonFacts now, PersonFacts after) =>
        (after.Sex ?? now.Sex, (after.Born ?? now.Born)?.Year) is ((1 or 2) and var sex, { } year) && year is >= PersonalNumber.FirstYear and <= PersonalNumber.LastYear
            ? number.ToString().StartsWith(PersonalNumber.PrefixFor(number.ToString()[..3], sex, year), StringComparison.Ordinal) : null;

    private void Declared(ChangeDeclaration d, Findings found)
    {
        found.Refuse(string.IsNullOrWhiteSpace(d.Person), "person", "civil.changed-missing");
        found.Refuse(!ChangeDeclaration.Kinds.Contains(d.What), "what", "civil.change-kind-missing");
        found.Refuse(string.IsNullOrWhiteSpace(d.Evidence), "evidence", "civil.change-evidence-missing");
        found.Refuse(d.EvidenceOn > clock.Today(), "evidenceOn", "civil.day-in-future");
        found.Refuse(d.What == ChangeDeclaration.Change && (d.Born, d.Sex, d.Ethnicity, d.BirthPlace, d.Hometown) != (null, null, null, null, null), "what", "civil.only-a-name-changes");
        found.Refuse(d.What == ChangeDeclaration.ByEthnicity && (d.Ethnicity is null || (d.FullName, d.Born, d.Sex) != (null, null, null)), "ethnicity", "civil.only-ethnicity");
        found.Refuse(d.What == ChangeDeclaration.BySex && (d.Sex is not (1 or 2) || (d.Born, d.Ethnicity) != (null, null)), "sex", "civil.only-sex");
        found.Refuse(d.What is ChangeDeclaration.Change or ChangeDeclaration.Correction or ChangeDeclaration.Supplement
            && (d.FullName, d.Born, d.Sex, d.Ethnicity, d.BirthPlace, d.Hometown) == (null, null, null, null, null, null), "fullName", "civil.nothing-changes");
    }

    /// <summary>The fields that differ, as they stand and as they will.</summary>
    private async Task<(PersonFacts Before, PersonFacts After)> Values(ChangeDeclaration d, Party person, Findings found)
    {
        var (now, age) = (person.Facts, person.AgeOn(clock.Today()));
        found.Refuse(!CardText.Of(d.Person!).Agrees(now), "person", "civil.card-differs");
        found.Refuse(person.State.Status is PersonStatus.Cancelled or PersonStatus.Denaturalised, "person", "civil.record-closed");
        found.Refuse(!string.IsNullOrWhiteSpace(d.FullName) && age is >= Asked and < 18 && !d.PersonAgrees, "personAgrees", "civil.child-agrees", Asked.ToString(CultureInfo.InvariantCulture));
        var told = new PersonFacts
        {
            FullName = Told(d.FullName), Born = d.Born, Sex = d.Sex, Ethnicity = Told(d.Ethnicity), BirthPlace = Told(d.BirthPlace) is { } at ? new PlaceFact(null, at) : null, Hometown = Told(d.Hometown) is { } home ? new PlaceFact(null, home) : null,
        };
        var written = await population.Written(told);
        found.Refuse(written.Problems);
        if (!written.Ok(out var after))
        {
            return (new PersonFacts(), new PersonFacts());
        }

        var name = after.FullName is not null && after.FullName != now.FullName;
        after = after with
        {
            FullName = name ? after.FullName : null, Surname = name ? after.Surname : null, Middle = name ? after.Middle : null, Given = name ? after.Given : null, Born = after.Born == now.Born ? null : after.Born, Sex = after.Sex == now.Sex ? null : after.Sex,
            Ethnicity = after.Ethnicity == now.Ethnicity ? null : after.Ethnicity, BirthPlace = after.BirthPlace?.Text == now.BirthPlace?.Text ? null : after.BirthPlace, Hometown = after.Hometown?.Text == now.Hometown?.Text ? null : after.Hometown,
        };
        var before = new PersonFacts
        {
            FullName = name ? now.FullName : null, Surname = name ? now.Surname : null, Middle = name ? now.Middle : null, Given = name ? now.Given : null, Born = after.Born is null ? null : now.Born, Sex = after.Sex is null ? null : now.Sex,
            Ethnicity = after.Ethnicity is null ? null : now.Ethnicity, BirthPlace = after.BirthPlace is null ? null : now.BirthPlace, Hometown = after.Hometown is null ? null : now.Hometown,
        };
        found.Refuse(told != new PersonFacts() && after == new PersonFacts(), "fullName", "civil.as-it-is");
        found.Refuse(d.What == ChangeDeclaration.Supplement && before != new PersonFacts(), "what", "civil.not-empty");
        return (before, after);
    }

    /// <summary>A corrected birth may not lie before a parent's, after a child's or after the death; a corrected sex not against a marriage.</summary>
    private async Task Contradictions(CaseFile file, Party person, PersonFacts after, IReadOnlyList<(Guid Person, Kin Line)> relatives, Findings found)
    {
        if (after.Born is { Earliest: { } first, Latest: { } last })
        {
            found.Refuse(person.Facts.Ended?.Latest < first, "born", "civil.born-after-death");
            foreach (var line in person.State.Kin.Where(k => k.Kind is KinKind.Father or KinKind.Mother))
            {
                var parent = (await acts.Kin(file, line, toAct: false)).Facts.Born;
                found.Refuse(parent?.Earliest >= last, "born", "civil.older-than-parent", line.Name ?? "?");
                found.Warn(Unlikely(parent, after.Born), "civil.age-to-parent", line.Name ?? "?");
            }

            foreach (var (child, _) in relatives.Where(r => r.Line.Kind is KinKind.Father or KinKind.Mother))
            {
                var born = (await acts.Read(child, toAct: false))?.Facts.Born;
                found.Refuse(born?.Latest <= first, "born", "civil.younger-than-child");
                found.Warn(Unlikely(after.Born, born), "civil.age-to-child");
            }

            found.Warn(person.Facts.Marital is 2 or 3 && last > clock.Today().AddYears(-OfAge), "civil.minor-was-married");
        }

        found.Warn(after.Sex is not null && person.Facts.Marital == 2, "civil.sex-of-married");
    }

    /// <summary>Somebody had hardly a child at that age, by the years that are known.</summary>
    private static bool Unlikely(PartialDate? parent, PartialDate? child) => (parent?.Year, child?.Year) is ({ } older, { } younger) && younger > older && younger - older is < YoungestParent or > OldestParent;

    private static string? Told(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
