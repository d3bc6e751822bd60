using System.ComponentModel.DataAnnotations;
using SoGoc.Civil.Acts;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>A birth as it is declared (form of TT 04/2024/TT-BTP): what the register does not know already.</summary>
/// <param name="Kind">both-parents: mother and father, who is her husband or recognises the child in the same act; father-unknown: an unmarried mother; mother-unknown, where the father may recognise it; abandoned.</param>
/// <param name="Mother">Her number, or what the QR code of her card says.</param>
/// <param name="Father">His number; may be left out where he is the mother's husband by the register.</param>
/// <param name="FullName">Name of the child.</param>
/// <param name="Sex">1 male, 2 female.</param>
/// <param name="Born">Day of birth.</param>
/// <param name="BirthPlace">Facility or place, as the evidence says.</param>
/// <param name="EthnicityOf">father or mother: whose ethnicity the child has by their agreement; without a word the father's where he is known.</param>
/// <param name="HometownOf">father or mother, in the same way.</param>
/// <param name="Evidence">notification (giấy chứng sinh), witness, undertaking; foreign-paper of a child born abroad, legalised and translated; of an abandoned child the record of its being found (found-record).</param>
/// <param name="EvidenceNo">Its number.</param>
/// <param name="EvidenceOn">Its day.</param>
/// <param name="Declarant">Who declares: mother, father, relative, carer.</param>
/// <param name="LivesAt">Where the child really lives in this commune, where that and no parent's residence makes it competent; the official has made sure.</param>
/// <param name="Confirmed">Codes of the warnings that the official has looked into.</param>
/// <param name="Linked">The parents want residence and health-insurance card with it, in one filing (NĐ 63/2024).</param>
/// <param name="LiveWith">In a linked filing, where the parents reside apart: mother or father, with whom the child is to reside.</param>
/// <param name="Clinic">In a linked filing: where the child is to be treated first, for its health-insurance card.</param>
/// <param name="Proof">Of a father who is not the mother's husband, and so recognises the child in the same act: dna, undertaking (of both, with two witnesses), court.</param>
/// <param name="ProofNo">Its number.</param>
/// <param name="ProofOn">Its day.</param>
/// <param name="ProofBy">The court, where it is a court's.</param>
/// <param name="BothHere">Father and mother (where she is known) are present and agree, or have confirmed the draft.</param>
/// <param name="BirthCountry">ISO 3166-1 alpha-2 of a child born abroad; without a word Việt Nam.</param>
/// <param name="NotRegisteredAbroad">Of a child born abroad: the parents undertake that no foreign authority has registered it.</param>
/// <param name="Foreign">A foreign parent whom the register has not: the one of the two who is not named by number.</param>
/// <param name="NationalityAgreed">Where one parent is a foreigner: both have agreed in writing that the child has the nationality of Việt Nam.</param>
/// <param name="Case">The case that an earlier check has opened; a new one is opened without it.</param>
internal sealed record BirthDeclaration(
    string? Kind, [MaxLength(300)] string? Mother = null, [MaxLength(300)] string? Father = null, string? FullName = null, short? Sex = null, DateOnly? Born = null,
    [MaxLength(300)] string? BirthPlace = null, string? EthnicityOf = null, string? HometownOf = null, string? Evidence = null, [MaxLength(60)] string? EvidenceNo = null, DateOnly? EvidenceOn = null,
    string? Declarant = null, [MaxLength(300)] string? LivesAt = null, IReadOnlyList<string>? Confirmed = null, string? Case = null, bool Linked = false,
    string? Proof = null, [MaxLength(60)] string? ProofNo = null, DateOnly? ProofOn = null, [MaxLength(200)] string? ProofBy = null, bool BothHere = false,
    [MaxLength(2)] string? BirthCountry = null, bool NotRegisteredAbroad = false, ForeignParent? Foreign = null, bool NationalityAgreed = false, string? LiveWith = null, [MaxLength(120)] string? Clinic = null)
{
    public const string BothParents = "both-parents", FatherUnknown = "father-unknown", MotherUnknown = "mother-unknown", Abandoned = "abandoned";

    public const string Notification = "notification", FoundRecord = "found-record", ForeignPaper = "foreign-paper";

    public static readonly string[] Kinds = [BothParents, FatherUnknown, MotherUnknown, Abandoned];

    public static readonly string[] Evidences = [Notification, "witness", "undertaking", FoundRecord, ForeignPaper];

    public static readonly string[] Proofs = [KinProof.Undertaking, KinProof.Dna, KinProof.Court];

    public static readonly string[] Declarants = ["mother", "father", "relative", "carer"];

    /// <summary>The number of the evidence as it is compared: without spaces, in capitals.</summary>
    internal string? EvidenceKey => string.IsNullOrWhiteSpace(EvidenceNo) ? null : string.Concat(EvidenceNo.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    /// <summary>The day of birth where it is one of the years that have numbers; there is a day before and after it to reckon with.</summary>
    internal DateOnly? Conceivable => Born is { Year: >= PersonalNumber.FirstYear and <= PersonalNumber.LastYear } ? Born : null;

    internal bool HasMother => Kind is BothParents or FatherUnknown;
}
