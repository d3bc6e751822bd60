using System.ComponentModel.DataAnnotations;
using SoGoc.Civil.Acts;
using SoGoc.Kernel.Time;

namespace SoGoc.Civil.Deaths;

/// <summary>A death as it is declared (form of TT 04/2024/TT-BTP): what the register does not know already.</summary>
/// <param name="Kind">ordinary, or court: a court has declared the person dead (Bộ luật Dân sự 2015, article 71).</param>
/// <param name="Deceased">The number, or what the QR code of the card says.</param>
/// <param name="Died">Day of death; month or year alone where nobody knows more.</param>
/// <param name="DiedAt">Hour and minute, as told: 14:30.</param>
/// <param name="Place">Where, as the evidence says.</param>
/// <param name="Cause">Cause of death, as the evidence says.</param>
/// <param name="Evidence">notice (giấy báo tử), police (kết luận của công an), doctor (giám định pháp y), witness (văn bản xác nhận), judgment (bản án, quyết định của Tòa án).</param>
/// <param name="EvidenceNo">Its number.</param>
/// <param name="EvidenceOn">Its day.</param>
/// <param name="EvidenceBy">Who has issued it.</param>
/// <param name="Declarant">spouse, child, parent, relative, agency.</param>
/// <param name="DiedHere">No last residence is known, and the person died, or was found, in this commune; the official has made sure.</param>
/// <param name="Linked">The relatives want removal of residence and funeral allowance with it, in one filing (NĐ 63/2024).</param>
/// <param name="Allowance">In a linked filing: insurance, or none where the deceased had no right to one; without a word insurance.</param>
/// <param name="Receiver">Number of who receives the allowance.</param>
/// <param name="Account">To which account; without it in cash.</param>
/// <param name="Bank">Where the account is.</param>
/// <param name="NewHead">Number of the new head, where the deceased was the head of a household; without it the spouse, else the eldest of age.</param>
internal sealed record DeathDeclaration(
    string? Kind, [MaxLength(300)] string? Deceased = null, PartialDate? Died = null, [MaxLength(5)] string? DiedAt = null, [MaxLength(300)] string? Place = null, [MaxLength(300)] string? Cause = null,
    string? Evidence = null, [MaxLength(60)] string? EvidenceNo = null, DateOnly? EvidenceOn = null, [MaxLength(200)] string? EvidenceBy = null, string? Declarant = null, bool DiedHere = false,
    [MaxLength(300)] string? NewHead = null, IReadOnlyList<string>? Confirmed = null, string? Case = null, bool Linked = false,
    string? Allowance = null, [MaxLength(12)] string? Receiver = null, [MaxLength(30)] string? Account = null, [MaxLength(100)] string? Bank = null) : IDeclaration
{
    public const string Ordinary = "ordinary", Court = "court";

    public const string Notice = "notice", Judgment = "judgment";

    public const string NoAllowance = "none";

    public static readonly string[] Allowances = ["insurance", NoAllowance];

    public static readonly string[] Kinds = [Ordinary, Court];

    public static readonly string[] Evidences = [Notice, "police", "doctor", "witness", Judgment];

    public static readonly string[] Declarants = ["spouse", "child", "parent", "relative", "agency"];
}
