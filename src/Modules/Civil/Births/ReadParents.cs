using System.Text.Json;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Civil.Marriages;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>What the register knows when a child is declared.</summary>
/// <param name="Case">The case of this act, which everything is read for.</param>
/// <param name="Father">The one who was named by number.</param>
/// <param name="Husbands">Those whom the mother's record names as spouses.</param>
/// <param name="Former">Those from whom a court has divorced her, by these books, and since when.</param>
/// <param name="Children">Whom the register has as children of the mother.</param>
internal sealed record Family(CaseFile Case, Party? Mother, Party? Father, IReadOnlyList<Party> Husbands, IReadOnlyList<(Party Husband, DateOnly Until)> Former, IReadOnlyList<Offspring> Children)
{
    /// <summary>Who is the father unless a court says otherwise: the husband, also of a marriage that ended by death or divorce not too long before the birth (Luật Hôn nhân và gia đình 52/2014, article 88).</summary>
    /// <param name="born">The birth; null: every husband.</param>
    /// <param name="conceived">Days after the end within which a child is still of the marriage.</param>
    public IReadOnlyList<Party> Presumed(DateOnly? born, int conceived) =>
    [
        .. Husbands.Where(h => h.State.Status != PersonStatus.Dead || born is not { } day || h.State.Facts.Ended?.Latest is not { } died || day.AddDays(-conceived) <= died),
        .. Former.Where(f => born is { } day && day.AddDays(-conceived) <= f.Until && Husbands.All(h => h.Record != f.Husband.Record)).Select(f => f.Husband),
    ];
}

/// <summary>Reads mother, husband and children for the case of the act.</summary>
internal sealed class ReadParents(IPopulation population, ActCases acts, BookKeeper books)
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

        var (man, former) = (await acts.Read(father, toAct), mother is { } her ? await Divorced(file, her) : []);
        if (await acts.Disclose(file, [wife, man, .. husbands, .. former.Select(f => f.Husband)]) is { } refusal)
        {
            return refusal;
        }

        if (d.Foreign is { } foreign && wife is null != man is null)
        {
            // Whom the record of the citizen names as spouse is the one who is told here.
            var (citizen, other) = ((wife ?? man)!, foreign.Party(sex: (short)(wife is null ? 2 : 1)));
            var married = citizen.State.Kin.Any(foreign.IsNamedBy);
            (wife, man) = (wife ?? other, man ?? other);
            husbands = [.. husbands.Where(h => h.Record is not null || !married), .. married ? [man] : Array.Empty<Party>()];
        }

        return new Family(file, wife, man, husbands, former, mother is { } m ? await population.ChildrenOf(m) : []);
    }

    private async Task<IReadOnlyList<(Party Husband, DateOnly Until)>> Divorced(CaseFile file, Guid mother)
    {
        var former = new List<(Party, DateOnly)>();
        foreach (var entry in await books.About("judgment", mother))
        {
            if (JsonSerializer.Deserialize<MarriageEnded>(entry.Body, Journal.Json) is { How: EndOfMarriageDeclaration.Divorce } end && new[] { end.Husband, end.Wife }.FirstOrDefault(s => s?.Person != mother)?.Person is { } other)
            {
                await acts.Name(file, [other]);
                former.AddRange(await acts.Read(other, toAct: false) is { Facts.Sex: not 2 } party ? [(party, end.InForceOn)] : []);
            }
        }

        return former;
    }
}
