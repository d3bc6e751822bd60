using System.ComponentModel.DataAnnotations;
using SoGoc.Civil.Acts;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Changes;

/// <summary>A change, correction or supplement of what is registered about a person (Luật Hộ tịch 60/2014, articles 26 to 29).</summary>
/// <param name="Person">The number, or what the QR code of the card says.</param>
/// <param name="What">change (thay đổi: a new name); correction (cải chính: it was registered wrongly); supplement (bổ sung: it was missing); ethnicity (xác định lại dân tộc); sex (xác định lại giới tính).</param>
/// <param name="FullName">The right or new name, where it is about the name.</param>
/// <param name="Born">The right day of birth.</param>
/// <param name="Sex">1 male, 2 female.</param>
/// <param name="Ethnicity">Code of the list.</param>
/// <param name="BirthPlace">Place of birth, as written.</param>
/// <param name="Hometown">Hometown, as written.</param>
/// <param name="Evidence">The paper that shows it.</param>
/// <param name="EvidenceNo">Its number.</param>
/// <param name="EvidenceOn">Its day.</param>
/// <param name="PersonAgrees">Of a child of nine and more whose name changes: it agrees (Bộ luật Dân sự 2015, article 27).</param>
/// <param name="KeepNumber">The number stays although it says another year or sex than the record will (NĐ 70/2024, article 11: the person asks for it).</param>
internal sealed record ChangeDeclaration([MaxLength(300)] string? Person, string? What = null, [MaxLength(100)] string? FullName = null, PartialDate? Born = null, short? Sex = null, [MaxLength(2)] string? Ethnicity = null,
    [MaxLength(300)] string? BirthPlace = null, [MaxLength(300)] string? Hometown = null, [MaxLength(200)] string? Evidence = null, [MaxLength(60)] string? EvidenceNo = null, DateOnly? EvidenceOn = null, bool PersonAgrees = false,
    bool KeepNumber = false, IReadOnlyList<string>? Confirmed = null, string? Case = null) : IDeclaration
{
    public const string Change = "change", Correction = "correction", Supplement = "supplement", ByEthnicity = "ethnicity", BySex = "sex";

    public static readonly string[] Kinds = [Correction, Change, Supplement, ByEthnicity, BySex];
}

/// <summary>A decision that rests on a value that was changed: an entry of a book, or a case for which it was read.</summary>
/// <param name="What">Kind of the book, or purpose of the case.</param>
/// <param name="Reference">Number of the entry, or code of the case.</param>
public sealed record ValueUsed(string What, string Reference, string Office, DateOnly On);

/// <summary>What is registered about a person was changed.</summary>
/// <param name="What">change, correction, supplement, ethnicity, sex.</param>
/// <param name="NumberBefore">The number that was cancelled, where it was.</param>
/// <param name="Relatives">Whose records name the person, and do so rightly now.</param>
/// <param name="Used">Decisions that rest on what was changed.</param>
public sealed record RegistrationChanged(string EntryNo, int Area, DateOnly On, Seen Person, string What, PersonFacts Before, PersonFacts After, PersonalNumber? NumberBefore, PersonalNumber? NumberAfter, int Relatives, string Evidence,
    IReadOnlyList<ValueUsed> Used, IReadOnlyList<string>? Confirmed = null) : IEntry
{
    public static string Kind => "civil.registration-changed";
}
