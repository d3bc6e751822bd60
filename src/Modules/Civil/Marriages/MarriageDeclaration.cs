using System.ComponentModel.DataAnnotations;
using SoGoc.Civil.Acts;
using SoGoc.Kernel.Journaling;

namespace SoGoc.Civil.Marriages;

/// <summary>A marriage as it is declared (form of TT 04/2024/TT-BTP): what the register does not know already.</summary>
/// <param name="Husband">His number, or what the QR code of his card says.</param>
/// <param name="Wife">Hers.</param>
/// <param name="BothHere">Both are present and say yes (Luật Hộ tịch 60/2014, article 18).</param>
/// <param name="NotKin">Both declare that they are not of a direct line or within three generations, which the register cannot tell where it does not know their parents.</param>
/// <param name="Household">stay: each stays where he is; with-husband, with-wife: the other moves into that household; its head and the owner of the dwelling agree.</param>
/// <param name="HusbandTime">Which marriage it is for him: 1, 2 ….</param>
/// <param name="WifeTime">Which it is for her.</param>
internal sealed record MarriageDeclaration([MaxLength(300)] string? Husband, [MaxLength(300)] string? Wife = null, bool BothHere = false, bool NotKin = false, string? Household = null, int? HusbandTime = null, int? WifeTime = null,
    IReadOnlyList<string>? Confirmed = null, string? Case = null) : IDeclaration
{
    public const string Stay = "stay", WithHusband = "with-husband", WithWife = "with-wife";

    public static readonly string[] Households = [Stay, WithHusband, WithWife];
}

/// <summary>A marriage was registered (Luật Hộ tịch 60/2014, article 17). The book has the same text.</summary>
/// <param name="Household">stay, with-husband, with-wife.</param>
public sealed record MarriageRegistered(string EntryNo, int Area, DateOnly On, Seen Husband, Seen Wife, int? HusbandTime, int? WifeTime, string Household, IReadOnlyList<string>? Confirmed = null) : IEntry
{
    public static string Kind => "civil.marriage-registered";
}

/// <summary>The end of a marriage by a court, as its decision says (Luật Hộ tịch 60/2014, article 30).</summary>
/// <param name="Person">The number of one of them.</param>
/// <param name="How">divorce, or annulled: the marriage was against the law and never was one (Luật HNGĐ 52/2014, articles 10 to 12).</param>
/// <param name="Court">Which court.</param>
/// <param name="DecisionNo">Number of its decision.</param>
/// <param name="DecisionOn">The day it came into force.</param>
/// <param name="EarlierEntry">Number, day and office of the marriage, where it stands in a book that is not in this system.</param>
internal sealed record EndOfMarriageDeclaration([MaxLength(300)] string? Person, string? How = null, [MaxLength(200)] string? Court = null, [MaxLength(60)] string? DecisionNo = null, DateOnly? DecisionOn = null,
    [MaxLength(200)] string? EarlierEntry = null, IReadOnlyList<string>? Confirmed = null, string? Case = null) : IDeclaration
{
    public const string Divorce = "divorce", Annulled = "annulled";

    public static readonly string[] Ways = [Divorce, Annulled];
}

/// <summary>A marriage has ended by a court's decision.</summary>
/// <param name="How">divorce, annulled.</param>
/// <param name="Marriage">The entry of the marriage, where it is in this system.</param>
/// <param name="EarlierEntry">Else what is told of it.</param>
public sealed record MarriageEnded(string EntryNo, int Area, DateOnly On, Seen Husband, Seen? Wife, string How, string Decision, DateOnly InForceOn, Guid? Marriage, string? EarlierEntry, IReadOnlyList<string>? Confirmed = null) : IEntry
{
    public static string Kind => "civil.marriage-ended";
}
