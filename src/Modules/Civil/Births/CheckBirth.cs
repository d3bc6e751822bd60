using SoGoc.Civil.Acts;
using SoGoc.Civil.Waiting;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>Looks at a birth before it is decided: what the register knows of the parents, why it would be refused, and what the official has to look into. Enters nothing; a case is opened, for which the parents are read.</summary>
internal sealed class CheckBirth(ReadParents read, BirthRules rules, DraftBook drafts, IPopulation population, Sentences say, TimeProvider clock)
{
    /// <param name="Residence">Where the parent resides, as written.</param>
    internal sealed record ParentSeen(string? FullName, PersonalNumber? Number, PartialDate? Born, string? Ethnicity, string? Residence);

    /// <param name="Case">The case that was opened; to be named when it is registered.</param>
    /// <param name="Father">The one who would be entered: the mother's husband.</param>
    /// <param name="Recognised">He is not her husband, and would recognise the child in the same act.</param>
    /// <param name="Several">The register names more than one husband of the mother: the father is named by number.</param>
    /// <param name="Office">The commune that would register.</param>
    /// <param name="Late">After the days of the law.</param>
    /// <param name="Refusals">Why it would be refused; with a part of the declaration, also what is still missing.</param>
    /// <param name="Warnings">Codes to confirm, each with its sentence.</param>
    /// <param name="Alike">Records that may be the child's own, side by side with what is declared.</param>
    internal sealed record Checked(string Case, ParentSeen? Mother, ParentSeen? Father, bool Recognised, bool Several, string? Office, bool Late, IReadOnlyList<Fault> Refusals, IReadOnlyList<Fault> Warnings, IReadOnlyList<LikeRecord> Alike);

    public async Task<Outcome<Checked>> Run(BirthDeclaration d)
    {
        var known = await read.Run(d, toAct: false);
        if (!known.Ok(out var family))
        {
            return known.Problems.ToList();
        }

        var j = await rules.Judge(d, family);
        await drafts.Name(family.Case, [d.FullName?.Trim(), family.Mother?.Facts.FullName, j.Father?.Facts.FullName]);
        return new Checked(family.Case.Reference, Seen(family.Mother), Seen(j.Father), j.Recognised, family.Husbands.Count > 1, j.Office?.FullName, j.Late, Said(j.Refusals), Said(j.Warnings), j.Alike);
    }

    private ParentSeen? Seen(Party? parent) => Newborn.Line(population, parent, clock.Today()) is { } line ? new ParentSeen(line.FullName, line.Number, line.Born, line.Ethnicity, line.Residence) : null;

    private IReadOnlyList<Fault> Said(IEnumerable<Problem> problems) => [.. problems.Select(p => new Fault(p.Code, say.Say(p), p.Field))];
}
