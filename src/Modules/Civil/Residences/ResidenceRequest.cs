using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace SoGoc.Civil.Residences;

/// <summary>What a member is to the head of the household he will belong to.</summary>
/// <param name="Person">Key of the record, or number.</param>
/// <param name="Relation">Code of the list of relations; never 01, the head is named by itself.</param>
internal sealed record RelationTold([MaxLength(40)] string? Person, [MaxLength(4)] string? Relation);

/// <summary>What is asked of the commune police (form CT01; CT03 for an absence): what the register does not know already.</summary>
/// <param name="Act">permanent, temporary, renewal, absence, stay, remove-permanent, remove-temporary, split, merge, head.</param>
/// <param name="Person">Who asks: his number, or what the QR code of his card says. His household is the one that is dealt with.</param>
/// <param name="Persons">Whom it concerns, of his household: keys or numbers. Without any, himself.</param>
/// <param name="Commune">Code of the unit, where the official serves several; else his own.</param>
/// <param name="Detail">The dwelling: house, street, hamlet. Of an absence, where he goes.</param>
/// <param name="Host">Number of a member of the household that is joined; its dwelling is then the new one.</param>
/// <param name="Basis">own: his own dwelling; family: taken in by family; rented: rented, borrowed or let live in; facility: religious or social facility, vehicle.</param>
/// <param name="OwnerAgrees">The owner of the dwelling has agreed in writing, on VNeID or on the form.</param>
/// <param name="HeadAgrees">The head of the household has agreed.</param>
/// <param name="ParentsAgree">Parents or guardian of minors who live elsewhere than they have agreed.</param>
/// <param name="DwellingChecked">The official has made sure that the dwelling is none of those of article 23 (encroached, disputed, seized, to be demolished).</param>
/// <param name="Floor">Square metres of floor for those who live there.</param>
/// <param name="Head">Who becomes head: of a new household, or of this one.</param>
/// <param name="NewHead">Who becomes head of those who stay, where their head leaves.</param>
/// <param name="Relations">Where it is not what the register makes of it.</param>
/// <param name="From">Of an absence: its first day; today if none.</param>
/// <param name="Until">The day on which a temporary residence, absence or stay ends.</param>
/// <param name="Reason">Of a removal: died, emigrated, cancelled, absent, nationality-lost, dwelling-lost; of a temporary one also left. Of an absence: accused, military, other.</param>
/// <param name="Paper">Papers shown beside the form.</param>
/// <param name="Confirmed">Codes of the warnings that the official has looked into.</param>
/// <param name="Case">The case that an earlier check has opened; a new one is opened without it. Asked again for a case that is decided, the decision is told again.</param>
internal sealed record ResidenceRequest(
    string? Act, [MaxLength(300)] string? Person = null, IReadOnlyList<string?>? Persons = null, [MaxLength(5)] string? Commune = null, [MaxLength(300)] string? Detail = null, [MaxLength(300)] string? Host = null,
    string? Basis = null, bool OwnerAgrees = false, bool HeadAgrees = false, bool ParentsAgree = false, bool DwellingChecked = false, decimal? Floor = null, [MaxLength(40)] string? Head = null, [MaxLength(40)] string? NewHead = null,
    IReadOnlyList<RelationTold?>? Relations = null, DateOnly? From = null, DateOnly? Until = null, string? Reason = null, [MaxLength(300)] string? Paper = null, IReadOnlyList<string?>? Confirmed = null, string? Case = null)
{
    public const string Permanent = "permanent", Temporary = "temporary", Renewal = "renewal", Absence = "absence", Stay = "stay", RemovePermanent = "remove-permanent", RemoveTemporary = "remove-temporary", Split = "split", Merge = "merge",
        ChangeHead = "head";

    public const string Own = "own", Family = "family", Rented = "rented", Facility = "facility", Died = "died";

    public static readonly string[] OfResidence = [Permanent, Temporary, Renewal, Absence, Stay, RemovePermanent, RemoveTemporary];

    public static readonly string[] OfHousehold = [Split, Merge, ChangeHead];

    public static readonly string[] Bases = [Own, Family, Rented, Facility];

    public static readonly string[] Absences = ["accused", "military", "other"];

    public static readonly string[] PermanentRemovals = [Died, "emigrated", "cancelled", "absent", "nationality-lost", "dwelling-lost"];

    public static readonly string[] TemporaryRemovals = ["left", Died, "emigrated", "cancelled", "nationality-lost", "dwelling-lost"];

    /// <summary>The reasons that an act takes; none: it takes no reason.</summary>
    public static string[] Reasons(string? act) => act switch { Absence => Absences, RemovePermanent => PermanentRemovals, RemoveTemporary => TemporaryRemovals, _ => [] };

    private static readonly string[] All = [.. OfResidence, .. OfHousehold];

    /// <summary>At the head of the code of a case: CT, and which act it is.</summary>
    public static string Letters(string? act) => Array.IndexOf(All, act) is >= 0 and var no ? string.Create(CultureInfo.InvariantCulture, $"CT{no}") : "CT";

    /// <summary>The act of a case with these letters; null where it is none of residence.</summary>
    public static string? ActOf(string letters) => All.FirstOrDefault(a => Letters(a) == letters);
}
