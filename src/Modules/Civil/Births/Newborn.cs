using SoGoc.Civil.Acts;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>What the register gets to know of a child by its birth: its own fields, and what follows from its parents.</summary>
internal static class Newborn
{
    private const string Child = "10", ChildOfSpouse = "12", Grandchild = "21", GreatGrandchild = "23", NephewOrNiece = "25", OtherKin = "28", Lodger = "30", Other = "99";

    /// <summary>By the relation of the parent in whose household it comes: what the child of such a one is to the head (code list relations).</summary>
    private static readonly Dictionary<string, string> RelationOfChild = new(StringComparer.Ordinal)
    {
        ["01"] = Child, ["02"] = Child, ["03"] = Child, ["10"] = Grandchild, ["11"] = Grandchild, ["13"] = Grandchild, ["21"] = GreatGrandchild,
        ["14"] = NephewOrNiece, ["15"] = NephewOrNiece, ["16"] = NephewOrNiece, ["18"] = NephewOrNiece, ["12"] = OtherKin, ["17"] = OtherKin, ["23"] = OtherKin, ["24"] = OtherKin, ["25"] = OtherKin, ["28"] = OtherKin,
        ["30"] = Lodger,
    };

    /// <summary>Ethnicity and hometown are those of one parent, as they have agreed; of a child without parents its ethnicity is left blank (NĐ 123/2015, article 14).</summary>
    /// <param name="country">Name of the country of birth, of a child born abroad.</param>
    public static PersonFacts Facts(BirthDeclaration d, Judged j, string? country) => new()
    {
        FullName = d.FullName!.Trim(), Born = PartialDate.Of(d.Born!.Value), Sex = d.Sex, BirthPlace = new PlaceFact(null, country is null ? d.BirthPlace!.Trim() : $"{d.BirthPlace!.Trim()}, {country}"), BirthRegistered = new PlaceFact(j.Office!.Id, j.Office.FullName),
        Ethnicity = Of(d.EthnicityOf, j)?.Ethnicity, Hometown = j.Parents.Count == 0 ? new PlaceFact(null, d.BirthPlace.Trim()) : Of(d.HometownOf, j)?.Hometown, Nationality = ["VN"], Marital = 1,
    };

    /// <summary>The record with which the child comes in; its number follows.</summary>
    public static PersonState State(IPopulation population, BirthDeclaration d, Judged j, PersonFacts facts, DateOnly today)
    {
        var home = j.Registered.SelectMany(p => Competence.Homes(p, today)).OrderBy(r => r.Kind).Select(population.InForce).FirstOrDefault();
        var member = j.Registered.SelectMany(p => p.Memberships).FirstOrDefault(m => new Period(m.From, m.Until).Holds(today));
        // In a linked filing the police decides on the permanent residence (NĐ 63/2024): until then it is where the child lives.
        var awaits = d.Linked && home is { Kind: ResidenceKind.Permanent };
        return new PersonState
        {
            Facts = facts, Status = PersonStatus.Living, Fingerprint = Guid.NewGuid(),     // a birth is no row of a list that could come again
            Residences = home is not null ? [new Residence(0, awaits ? ResidenceKind.Current : home.Kind, home.Area, home.Detail, today, home.Until)]
                : d.LivesAt is { } at ? [new Residence(0, ResidenceKind.Current, j.Office!.Id, at.Trim(), today)] : [],
            Memberships = member is null || awaits ? [] : [new Membership(0, member.Household, RelationTo(member, j.Father?.State), today)],
            Kin = [.. new[] { Named(KinKind.Mother, j.Family.Mother), Named(KinKind.Father, j.Father) }.OfType<Kin>().Select((k, no) => k with { No = no })],
        };
    }

    /// <summary>The paper on which the act rests.</summary>
    public static string EvidenceText(BirthDeclaration d) => string.Join(' ', new[]
    {
        d.Evidence switch { BirthDeclaration.Notification => "Giấy chứng sinh", BirthDeclaration.ForeignPaper => "Giấy tờ của cơ quan nước ngoài về việc sinh", "witness" => "Văn bản của người làm chứng", "undertaking" => "Giấy cam đoan về việc sinh", _ => "Biên bản về trẻ bị bỏ rơi" },
        d.EvidenceKey is null ? "" : $"số {d.EvidenceNo!.Trim()}", d.EvidenceOn is { } on ? $"ngày {on.Shown()}" : "",
    }.Where(t => t.Length > 0));

    public static RegisteredParent? Line(IPopulation population, Party? parent, DateOnly today, string? paper = null) => parent is null ? null : new RegisteredParent(parent.State.Facts.FullName, parent.State.Facts.Number, parent.State.Facts.Born,
        parent.State.Facts.Ethnicity, parent.State.Facts.Nationality, Competence.Homes(parent.State, today).FirstOrDefault() is { } home ? population.Address(population.InForce(home)).Written : null, parent.Record is null ? paper : null);

    private static Kin? Named(KinKind kind, Party? parent) => parent?.State.Facts is { } facts ? new Kin(0, kind, facts.FullName, facts.Number, facts.Number is null ? parent.Record : null, Nationality: parent.Record is null ? facts.Nationality?.FirstOrDefault() : null) : null;

    /// <summary>A wife's child of whom the head is not the father is his stepchild.</summary>
    /// <param name="of">The parent's membership.</param>
    public static string RelationTo(Membership of, PersonState? father) =>
        of.Relation is "02" && father?.Memberships.Any(m => m.Household == of.Household && m.Relation == "01") != true ? ChildOfSpouse : RelationOfChild.GetValueOrDefault(of.Relation, Other);

    private static PersonFacts? Of(string? choice, Judged j) => (choice == "mother" || j.Father is null || (string.IsNullOrEmpty(choice) && ForeignElement.IsForeign(j.Father)) ? j.Family.Mother : j.Father)?.State.Facts;
}
