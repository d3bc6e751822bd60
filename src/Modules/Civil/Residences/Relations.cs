using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>What somebody is to a head, as far as the register tells: by the lines of kin, else by what both were to the head before. Codes of the list of relations.</summary>
internal sealed class Relations(IReadOnlyList<Resident> among, DateOnly on)
{
    public const string Unclear = "99";

    private const string Wife = "02", Husband = "03", Father = "04", Mother = "05", FatherInLaw = "06", MotherInLaw = "07", Child = "10", ChildInLaw = "13", ElderBrother = "14", ElderSister = "15", Younger = "16", InLaw = "17",
        Grandfather = "19", Grandmother = "20", Grandchild = "21", Nephew = "25", Ward = "26", Guardian = "27", Lodger = "30", Servant = "31";

    public string Of(Resident person, Resident head) => ByKin(person, head) ?? Through(person, head) ?? ByFormer(person, head);

    /// <summary>The one's record names the other.</summary>
    public static bool IsParent(Resident parent, Resident child) => child.State.Kin.Any(k => k.Kind is KinKind.Father or KinKind.Mother && parent.Is(k)) || parent.State.Kin.Any(k => k.Kind == KinKind.Child && child.Is(k));

    public static bool AreMarried(Resident one, Resident other) => one.State.Kin.Any(k => k.Kind == KinKind.Spouse && other.Is(k)) || other.State.Kin.Any(k => k.Kind == KinKind.Spouse && one.Is(k));

    public static bool IsGuardian(Resident guardian, Resident ward) => ward.State.Kin.Any(k => k.Kind == KinKind.Guardian && guardian.Is(k)) || guardian.State.Kin.Any(k => k.Kind == KinKind.Ward && ward.Is(k));

    public static bool AreKin(Resident one, Resident other) => AreMarried(one, other) || IsParent(one, other) || IsParent(other, one) || IsGuardian(one, other) || IsGuardian(other, one) || AreSiblings(one, other);

    private static string? ByKin(Resident p, Resident head) => AreMarried(p, head) ? By(p, Husband, Wife)
        : IsParent(head, p) ? Child
        : IsParent(p, head) ? By(p, Father, Mother)
        : IsGuardian(head, p) ? Ward
        : IsGuardian(p, head) ? Guardian
        : AreSiblings(p, head) ? Sibling(p, head) : null;

    /// <summary>By a third member: the child of a child, the wife of a son …</summary>
    private string? Through(Resident p, Resident head) => among.Any(o => IsParent(head, o) && IsParent(o, p)) ? Grandchild
        : among.Any(o => IsParent(head, o) && AreMarried(o, p)) ? ChildInLaw
        : among.Any(o => IsParent(o, head) && IsParent(p, o)) ? By(p, Grandfather, Grandmother)
        : among.Any(o => AreMarried(o, head) && IsParent(p, o)) ? By(p, FatherInLaw, MotherInLaw)
        : among.Any(o => AreMarried(o, head) && AreSiblings(o, p)) ? InLaw
        : among.Any(o => AreSiblings(o, head) && IsParent(o, p)) ? Nephew : null;

    private string ByFormer(Resident p, Resident head)
    {
        var (his, heads) = (p.Member(on), head.Member(on));
        if (his?.Relation is Lodger or Servant)
        {
            return his.Relation;
        }

        return his is null || heads is null || his.Household != heads.Household ? Unclear : (his.Relation, heads.Relation) switch
        {
            ("01", Wife) => Husband,
            ("01", Husband) => Wife,
            ("01", Child) => By(p, Father, Mother),
            ("01", Father or Mother) => Child,
            ("01", ElderBrother or ElderSister or Younger) => Sibling(p, head),
            ("01", ChildInLaw) => By(p, FatherInLaw, MotherInLaw),
            ("01", FatherInLaw or MotherInLaw) => ChildInLaw,
            ("01", Grandchild) => By(p, Grandfather, Grandmother),
            ("01", Grandfather or Grandmother) => Grandchild,
            (Father or Mother, Wife or Husband) => By(p, FatherInLaw, MotherInLaw),
            (Child, Wife or Husband) => Child,
            (Wife or Husband, Child) => By(p, Father, Mother),
            (Child, Child) => Sibling(p, head),
            (Father or Mother, Child) => By(p, Grandfather, Grandmother),
            (Grandchild, Wife or Husband) => Grandchild,
            _ => Unclear,
        };
    }

    private static bool AreSiblings(Resident one, Resident other) => one.Key != other.Key && one.State.Kin.Any(a => a.Kind is KinKind.Father or KinKind.Mother && other.State.Kin.Any(b =>
        b.Kind == a.Kind && ((a.Number is not null && a.Number == b.Number) || (a.Person is not null && a.Person == b.Person))));

    private static string Sibling(Resident p, Resident head) => p.State.Facts.Born?.Earliest < head.State.Facts.Born?.Earliest ? By(p, ElderBrother, ElderSister) : Younger;

    private static string By(Resident p, string man, string woman) => p.State.Facts.Sex == 1 ? man : woman;
}
