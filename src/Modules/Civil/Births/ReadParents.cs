using SoGoc.Civil.Acts;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>What the register knows when a child is declared.</summary>
/// <param name="Case">The case of this act, which everything is read for.</param>
/// <param name="Father">The one who was named by number.</param>
/// <param name="Husbands">Those whom the mother's record names as spouses.</param>
/// <param name="Children">Whom the register has as children of the mother.</param>
internal sealed record Family(CaseFile Case, Party? Mother, Party? Father, IReadOnlyList<Party> Husbands, IReadOnlyList<Offspring> Children);

/// <summary>Reads mother, husband and children for the case of the act.</summary>
internal sealed class ReadParents(IPopulation population, ActCases acts)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "KS";

    /// <param name="toAct">Holds the parents' records: of two children of a mother who are registered at once, the second is judged when the first is entered.</param>
    public async Task<Outcome<Family>> Run(BirthDeclaration d, bool toAct)
    {
        var problems = new List<Problem>();
        var mother = await acts.Key(d.Mother, "mother", problems);
        var father = await acts.Key(d.Father, "father", problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var taken = await acts.TakeUp(Letters, d.Case, mother, father);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        var (wife, husbands) = (await acts.Read(mother, toAct), new List<Party>());
        foreach (var line in wife?.State.Kin.Where(k => k.Kind == KinKind.Spouse) ?? [])
        {
            husbands.Add(await acts.Kin(file, line, toAct));
        }

        var man = await acts.Read(father, toAct);
        if (await acts.Disclose(file, [wife, man, .. husbands]) is { } refusal)
        {
            return refusal;
        }

        return new Family(file, wife, man, husbands, mother is { } m ? await population.ChildrenOf(m) : []);
    }
}
