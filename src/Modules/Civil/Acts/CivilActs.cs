using SoGoc.Civil.Births;
using SoGoc.Civil.Residences;
using SoGoc.Civil.Waiting;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Civil.Acts;

/// <summary>Where the form of an act is, and what its cases are called and read for.</summary>
internal sealed record ActPlace(string Act, string Letters, string Purpose, string Sentence, string Path, string Term)
{
    /// <summary>The act of a case, by the letters at its head; null: it is the case of something else.</summary>
    public static ActPlace? OfCase(string reference) => Of(reference.Split('-')[0], byLetters: true);

    public static ActPlace? Of(string name, bool byLetters = false)
    {
        bool Is(string act, string letters) => byLetters ? letters == name : act == name;
        if ((byLetters ? ResidenceRequest.ActOf(name) : ResidenceRequest.OfResidence.Concat(ResidenceRequest.OfHousehold).FirstOrDefault(a => a == name)) is { } residence)
        {
            return new ActPlace(residence, ResidenceRequest.Letters(residence), ReadHome.Purpose, "civil.residence-act-" + residence, ResidencePage.Path, $"residence.{residence}-days");
        }

        return Is("birth", ReadParents.Letters) ? new ActPlace("birth", ReadParents.Letters, ActCases.Purpose, "civil.birth", RegisterBirthPage.Path, $"civil.act-days-{ReadParents.Letters}")
            : ActForms.All.FirstOrDefault(f => Is(f.Act, f.Letters)) is { } form ? new ActPlace(form.Act, form.Letters, ActCases.Purpose, "civil.act-" + form.Act, $"/ho-tich/{form.Path}", $"civil.act-days-{form.Letters}") : null;
    }

    public string Link(string reference) => $"{Path}?viec={Uri.EscapeDataString(reference)}";
}

/// <summary>Begins acts for modules above, and tells them of what was registered.</summary>
internal sealed class CivilActs(CaseBook cases, DraftBook drafts) : ICivilActs
{
    public async Task<Outcome<BegunAct>> Begin(string act, IReadOnlyList<(string Name, string Value)> fields, string about, IReadOnlyList<Guid> persons)
    {
        if (ActPlace.Of(act) is not { } place)
        {
            return Problem.Invalid("act", "civil.act-unknown");
        }

        var opened = await cases.Open(new NewCase("act", NewCase.Code(place.Letters), place.Purpose, persons));
        if (!opened.Ok(out var file))
        {
            return opened.Problems.ToList();
        }

        var kept = await drafts.Keep(file.Reference, about, [.. place.Path == ResidencePage.Path ? [new DraftField("Act", act)] : Array.Empty<DraftField>(), .. fields.Select(f => new DraftField(f.Name, f.Value))]);
        return kept.IsGood ? new BegunAct(file.Reference, place.Link(file.Reference)) : kept.Problems.ToList();
    }

    public async Task Leave(string caseReference)
    {
        foreach (var file in await cases.End(caseReference))
        {
            await drafts.Drop(file);
        }
    }

    public string? LinkOf(string caseReference) => ActPlace.OfCase(caseReference)?.Link(caseReference);
}

/// <summary>Tells the modules above of an act, before its case ends.</summary>
internal sealed class TellActs(IEnumerable<IHearsActs> hearers)
{
    public async Task Tell(CarriedAct act)
    {
        foreach (var hearer in hearers)
        {
            await hearer.Hear(act);
        }
    }
}
