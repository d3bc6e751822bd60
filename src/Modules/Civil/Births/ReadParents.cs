using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>A father or mother as the register has him; or, of a husband whom it has not, as his wife's record names him.</summary>
internal sealed record Parent(Guid? Record, PersonState State);

/// <summary>What the register knows when a child is declared.</summary>
/// <param name="Case">The case of this act, which everything is read for.</param>
/// <param name="Father">The one who was named by number.</param>
/// <param name="Husbands">Those whom the mother's record names as spouses.</param>
/// <param name="Children">Whom the register has as children of the mother.</param>
internal sealed record Family(CaseFile Case, Parent? Mother, Parent? Father, IReadOnlyList<Parent> Husbands, IReadOnlyList<Offspring> Children);

/// <summary>Opens the case of the act, or goes on with it, and reads mother, husband and children for it. The case names them, so that they are seen wherever they live.</summary>
internal sealed class ReadParents(IPopulation population, ICasePersons persons, CaseBook cases, Journal journal, CurrentActor actor)
{
    private const string Purpose = "civil-status";

    /// <param name="toAct">Holds the parents' records: of two children of a mother who are registered at once, the second is judged when the first is entered.</param>
    public async Task<Outcome<Family>> Run(BirthDeclaration d, bool toAct)
    {
        var problems = new List<Problem>();
        var mother = await Key(d.Mother, "mother", problems);
        var father = await Key(d.Father, "father", problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        Guid[] named = [.. new[] { mother, father }.OfType<Guid>()];
        var taken = string.IsNullOrWhiteSpace(d.Case) ? await cases.Open(new NewCase("act", $"KS-{Guid.NewGuid():N}"[..15], Purpose, named)) : await GoOn(d.Case, named);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        var (wife, husbands) = (await Read(mother, toAct), new List<Parent>());
        foreach (var line in wife?.State.Kin.Where(k => k.Kind == KinKind.Spouse) ?? [])
        {
            husbands.Add(await Husband(file, line, toAct));
        }

        var man = await Read(father, toAct);
        if (husbands.Append(wife).Append(man).Any(p => p?.State.Confidential > 0) && !actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential)))
        {
            return Problem.Forbidden("population.confidential");
        }

        var children = mother is { } m ? await population.ChildrenOf(m) : [];
        await journal.Disclose([.. named.Concat(husbands.Select(h => h.Record).OfType<Guid>()).Distinct()], ["identity", "origin", "family", "residence", "household"], Purpose, file.Reference);
        return new Family(file, wife, man, husbands, children);
    }

    private async Task<Parent> Husband(CaseFile file, Kin line, bool toAct)
    {
        var key = line.Person ?? (line.Number is { } number && (await persons.Find(number.ToString())).Ok(out var found) ? found : null);
        if (key is { } id)
        {
            await cases.Name(file, [id]);
        }

        return await Read(key, toAct) ?? new Parent(null, new PersonState { Facts = new PersonFacts { FullName = line.Name, Number = line.Number, Nationality = line.Nationality is { } of ? [of] : null } });
    }

    private async Task<Parent?> Read(Guid? key, bool toAct) => key is { } id && await (toAct ? population.Hold(id) : population.Find(id)) is { } state ? new Parent(id, state) : null;

    private async Task<Guid?> Key(string? text, string field, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var found = await persons.Find(CardText.Of(text).Number);
        problems.AddRange(found.Problems.Select(p => p with { Field = field }));
        return found.Ok(out var key) ? key : null;
    }

    private async Task<Outcome<CaseFile>> GoOn(string reference, Guid[] named)
    {
        var found = await cases.FindOpen(reference);
        if (!found.Ok(out var file))
        {
            return found.Problems.Select(p => p with { Field = "case" }).ToList();
        }

        if (file.Purpose != Purpose)
        {
            return Problem.Conflict("journal.case-other-purpose") with { Field = "case" };
        }

        await cases.Name(file, named);
        return file.Holder == actor.Value.Reference ? file : await cases.HandOver(file, actor.Value.Reference);
    }
}
