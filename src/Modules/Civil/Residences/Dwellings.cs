using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>On what somebody may live in a dwelling, and who has to agree (Luật Cư trú 68/2020, articles 20, 23 and 27).</summary>
internal static class Dwellings
{
    /// <param name="household">Those in whose household they come, and who count for the floor.</param>
    /// <param name="floor">A rented dwelling needs the floor of the law for each.</param>
    public static void Judge(Deliberation d, IReadOnlyList<Resident> household, bool floor)
    {
        var (r, minors) = (d.Request, d.Alone([.. d.Chosen, .. household]).ToList());
        d.Refuse(!ResidenceRequest.Bases.Contains(r.Basis), "basis", "civil.dwelling-basis-missing");
        d.Refuse(!r.DwellingChecked, "dwellingChecked", "civil.dwelling-unchecked");
        d.Refuse(r.Basis != ResidenceRequest.Own && ResidenceRequest.Bases.Contains(r.Basis) && !r.OwnerAgrees && !SmallChildren(d, household), "ownerAgrees", "civil.owner-must-agree");
        d.Refuse(household.Count > 0 && !r.HeadAgrees, "headAgrees", "civil.head-must-agree");
        d.Refuse(minors.Count > 0 && !r.ParentsAgree, "parentsAgree", "civil.parents-must-agree", string.Join(", ", minors.Select(m => m.Name)));
        if (floor && r.Basis == ResidenceRequest.Rented)
        {
            var (least, people) = (d.Limit("residence.floor-least"), d.Chosen.Count + household.Count);
            d.Refuse(r.Floor is not > 0, "floor", "civil.floor-missing");
            d.Refuse(r.Floor is > 0 && r.Floor / people < least, "floor", "civil.floor-too-small", Deliberation.N(least), $"{people}", Deliberation.N(least * people));
        }
    }

    /// <summary>Children below the age of the law who come to father, mother or guardian need no owner's word, since the law says so.</summary>
    private static bool SmallChildren(Deliberation d, IReadOnlyList<Resident> household) => d.Law.Find("residence.child-with-parents-age", d.Today) is { } rule
        && d.Chosen.All(c => c.State.Facts.Born?.Earliest > d.Today.AddYears(-rule.Number) && household.Any(h => Relations.IsParent(h, c) || Relations.IsGuardian(h, c)));
}
