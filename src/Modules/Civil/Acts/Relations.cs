using SoGoc.Population;

namespace SoGoc.Civil.Acts;

/// <summary>What somebody is to the head of a household (code list relations), when another becomes the head: by what the records name first, by what both were to the head before second.</summary>
internal static class Relations
{
    public const string Head = "01", Wife = "02", Husband = "03", Father = "04", Mother = "05", FatherInLaw = "06", MotherInLaw = "07", Child = "10", ChildOfSpouse = "12", ChildInLaw = "13",
        ElderBrother = "14", ElderSister = "15", YoungerSibling = "16", SiblingOfSpouse = "17", SpouseOfSibling = "18", Grandfather = "19", Grandmother = "20", Grandchild = "21", GreatGrandchild = "23",
        NephewOrNiece = "25", OtherKin = "28", StepParent = "29", Lodger = "30", Servant = "31", Other = "99";

    private const short Male = 1;

    /// <param name="head">Who becomes the head.</param>
    /// <param name="other">Who stays in the household.</param>
    /// <param name="headWas">What the new head was to the one before.</param>
    /// <param name="otherWas">What the other was.</param>
    public static string ToHead(Party head, Party other, string headWas, string otherWas) => Named(head, other) ?? Followed(head, other, headWas, otherWas);

    private static string? Named(Party head, Party other)
    {
        var line = head.State.Kin.FirstOrDefault(other.IsNamedBy)?.Kind ?? other.State.Kin.FirstOrDefault(head.IsNamedBy)?.Kind switch
        {
            KinKind.Father or KinKind.Mother => KinKind.Child,
            KinKind.Child => other.Facts.Sex == Male ? KinKind.Father : KinKind.Mother,
            var same => same,
        };
        return line switch
        {
            KinKind.Spouse => other.Facts.Sex == Male ? Husband : Wife,
            KinKind.Father => Father,
            KinKind.Mother => Mother,
            KinKind.Child => Child,
            _ => Sibling(head, other) ? SiblingCode(head, other) : null,
        };
    }

    private static bool Sibling(Party a, Party b) =>
        a.State.Kin.Any(x => x.Kind is KinKind.Father or KinKind.Mother && b.State.Kin.Any(y => y.Kind == x.Kind && ((x.Number is { } number && number == y.Number) || (x.Person is { } key && key == y.Person))));

    private static string SiblingCode(Party head, Party other) =>
        other.Facts.Born?.Earliest <= head.Facts.Born?.Earliest ? other.Facts.Sex == Male ? ElderBrother : ElderSister : YoungerSibling;

    private static string Followed(Party head, Party other, string headWas, string otherWas) => (headWas, otherWas) switch
    {
        (_, Lodger or Servant or Other) => otherWas,
        (Lodger or Servant or Other, _) => Other,
        (Wife or Husband, Child) => ChildOfSpouse,
        (Wife or Husband, Father) => FatherInLaw,
        (Wife or Husband, Mother) => MotherInLaw,
        (Wife or Husband, FatherInLaw) => Father,
        (Wife or Husband, MotherInLaw) => Mother,
        (Wife or Husband, ElderBrother or ElderSister or YoungerSibling) => SiblingOfSpouse,
        (Wife or Husband, Grandchild or GreatGrandchild or ChildInLaw) => otherWas,
        (Child, Wife or Husband) => StepParent,
        (Child, Child) => SiblingCode(head, other),
        (Child, Father) => Grandfather,
        (Child, Mother) => Grandmother,
        (Child, ChildInLaw) => SpouseOfSibling,
        (Child, Grandchild) => NephewOrNiece,
        (Father or Mother, Child) => Grandchild,
        (Father or Mother, Wife or Husband) => ChildInLaw,
        (Father or Mother, ElderBrother or ElderSister or YoungerSibling) => Child,
        (Father or Mother, Grandchild) => GreatGrandchild,
        _ => OtherKin,
    };
}
