using SoGoc.Civil.Acts;
using System.Globalization;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>Who is entered as mother and father, and what cannot be. Refusals are problems; what is only unlikely is a warning, which the official looks into and confirms.</summary>
internal static class ParentRules
{
    private const int Youngest = 13, Oldest = 60;
    private const short Male = 1, Female = 2;

    /// <summary>The father of a child whose mother is known is her husband: of the marriage, or of one that ended not too long before (Luật Hôn nhân và gia đình 52/2014, article 88), unless a court says otherwise.
    /// Anybody else is entered together with the recognition of father and child (NĐ 123/2015, article 15); he then recognises it.</summary>
    /// <param name="conceived">Days after the end of the marriage within which a child is still of it.</param>
    public static (Party? Father, bool Recognises) Father(BirthDeclaration d, Family f, int conceived, List<Problem> refusals)
    {
        var husbands = f.Presumed(d.Conceivable, conceived);
        var named = f.Father is null ? null : f.Husbands.Concat(husbands).FirstOrDefault(h => ReferenceEquals(h, f.Father) || (h.Record is { } key && key == f.Father.Record));
        var (proven, mayRecognise) = (!string.IsNullOrWhiteSpace(d.Proof), f.Father is not null && named is null && d.Kind is BirthDeclaration.BothParents or BirthDeclaration.MotherUnknown);
        Problem Refused(string code, string field = "father", params string[] data) => Problem.Conflict(code, data) with { Field = field };
        Problem DiedBefore() => Refused("civil.father-died-before", "father", conceived.ToString(CultureInfo.InvariantCulture));
        var problem = (d.Kind, f.Father) switch
        {
            (BirthDeclaration.BothParents, not null) when named is not null => husbands.Contains(named) ? null : DiedBefore(),
            (BirthDeclaration.BothParents, not null) when d.Foreign is not null => Refused("civil.foreign-spouse-not-noted", "foreignName"),
            (BirthDeclaration.BothParents, not null) when !proven => Refused("civil.needs-recognition"),
            (BirthDeclaration.BothParents, not null) => husbands.Count > 0 && d.Proof != KinProof.Court ? Refused("civil.husband-presumed", "proof", husbands[0].Facts.FullName ?? "?") : null,
            (BirthDeclaration.BothParents, null) when husbands.Count == 0 => f.Husbands.Count > 0 ? DiedBefore() : Refused("civil.needs-recognition"),
            (BirthDeclaration.BothParents, null) => husbands.Count > 1 ? Refused("civil.which-father") : null,
            (BirthDeclaration.FatherUnknown, not null) => Refused("civil.needs-recognition"),
            (BirthDeclaration.FatherUnknown, null) => husbands.Count > 0 ? Refused("civil.father-is-husband", "kind", husbands[0].Facts.FullName ?? "?") : null,
            (BirthDeclaration.MotherUnknown, not null) => proven ? null : Refused("civil.needs-recognition"),
            _ => null,
        };
        if (problem is not null)
        {
            refusals.Add(problem);
            return (null, false);
        }

        return mayRecognise ? (f.Father, true) : (d.Kind == BirthDeclaration.BothParents ? named ?? husbands[0] : null, false);
    }

    public static void Judge(BirthDeclaration d, Family f, Party? father, List<Problem> refusals, List<Problem> warnings)
    {
        void Refuse(bool wrong, string field, string code, params string[] data)
        {
            if (wrong)
            {
                refusals.Add(Problem.Conflict(code, data) with { Field = field });
            }
        }

        Refuse(!BirthDeclaration.Kinds.Contains(d.Kind), "kind", "civil.kind-unknown");
        Refuse(d.HasMother && f.Mother is null, "mother", "civil.mother-missing");
        Refuse(!d.HasMother && f.Mother is not null, "mother", "civil.no-mother-here");
        Refuse(d.Kind == BirthDeclaration.Abandoned && f.Father is not null, "father", "civil.no-mother-here");
        Refuse(f.Mother is { } m && !string.IsNullOrEmpty(d.Mother) && !CardText.Of(d.Mother).Agrees(m.State.Facts), "mother", "civil.card-differs");
        Refuse(f.Father is { } man && !string.IsNullOrEmpty(d.Father) && !CardText.Of(d.Father!).Agrees(man.Facts), "father", "civil.card-differs");
        Refuse(f.Mother?.State.Facts.Sex is Male or 0, "mother", "civil.mother-not-female");
        Refuse((father ?? f.Father)?.State.Facts.Sex is Female or 0, "father", "civil.father-not-male");
        Refuse(d.Foreign is not null && !(d.Kind == BirthDeclaration.BothParents && (f.Mother?.Record is null != f.Father?.Record is null)), "foreignName", "civil.foreign-beside-citizen");
        if (d.Born is { } born)
        {
            Refuse(f.Mother?.State.Facts.Born?.Earliest >= born, "mother", "civil.mother-born-after");
            Refuse(father?.State.Facts.Born?.Earliest >= born, "father", "civil.father-born-after");
            Refuse(f.Mother is { State: { Status: PersonStatus.Dead, Facts.Ended.Latest: { } died } } && died < born, "mother", "civil.mother-died-before");
            warnings.AddRange(Unlikely(f, father, born));
        }
    }

    private static IEnumerable<Problem> Unlikely(Family f, Party? father, DateOnly born)
    {
        if (f.Mother is { } mother)
        {
            if (mother.State.Status != PersonStatus.Living)
            {
                yield return Warning("civil.mother-not-living");
            }

            if (AgeOutside(mother, born) is { } hers)
            {
                yield return Warning("civil.mother-age", hers);
            }
        }

        if (father is not null && AgeOutside(father, born) is { } his)
        {
            yield return Warning("civil.father-age", his);
        }
    }

    public static Problem Warning(string code, params string[] data) => Problem.Conflict(code, data) with { Field = "confirmed" };

    /// <summary>Full years at the birth where they are below 13 or above 60, by the whole dates that are known, else by the year.</summary>
    private static string? AgeOutside(Party parent, DateOnly on)
    {
        if (parent.State.Facts.Born?.Latest is not { } born)
        {
            return null;
        }

        var years = on.Year - born.Year - (born.AddYears(on.Year - born.Year) > on ? 1 : 0);
        return years is < Youngest or > Oldest ? years.ToString(CultureInfo.InvariantCulture) : null;
    }
}
