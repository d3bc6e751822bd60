using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Filings;

/// <summary>A linked filing was taken in together with its act.</summary>
/// <param name="Entry">The act in the book.</param>
/// <param name="Steps">Its parts, in order.</param>
/// <param name="LiveWith">With whom the child is to reside, where its parents have said so.</param>
public sealed record FilingOpened(string Code, string Chain, Guid Person, Guid Entry, int Area, IReadOnlyList<string> Steps, string? LiveWith = null) : IEntry
{
    public static string Kind => "civil.filing-opened";
}

/// <summary>A part of it was settled; the others stay as they are.</summary>
public sealed record FilingPartSettled(string Code, string Step, bool Done, string? Result, string? Reason) : IEntry
{
    public static string Kind => "civil.filing-part-settled";
}

/// <summary>The health insurance is asked for the card of a child under six (NĐ 63/2024). The subject is the part of the filing.</summary>
/// <param name="Residence">Where the card is to be valid: the child's residence, as written.</param>
/// <param name="Clinic">Where the child is to be treated first, as its parents have said.</param>
public sealed record HealthCardAsked(string Code, int Area, Guid Child, PersonalNumber Number, string FullName, PartialDate? Born, short? Sex, PersonalNumber? Mother, string? Residence, string? Clinic = null) : IEntry
{
    public static string Kind => "civil.health-card-asked";
}

/// <summary>The social insurance is asked for the funeral allowance (NĐ 63/2024). The subject is the part of the filing.</summary>
/// <param name="Receiver">Number of who receives it, where that was said.</param>
/// <param name="Account">To which account; null: in cash.</param>
/// <param name="Bank">Where the account is.</param>
public sealed record FuneralAllowanceAsked(string Code, int Area, Guid Deceased, PersonalNumber? Number, string? FullName, PartialDate Died, string EntryNo, PersonalNumber? Receiver = null, string? Account = null, string? Bank = null) : IEntry
{
    public static string Kind => "civil.funeral-allowance-asked";
}

/// <summary>What a partner was asked for is not due any more, because the act on which it rests was taken back.</summary>
/// <param name="Given">What the partner had answered: number of the card or of its decision; null where it had not.</param>
public sealed record Recalled(string Code, int Area, Guid Person, PersonalNumber? Number, string? FullName, string? Given, string Reason);

/// <summary>The health insurance is told to take back a child's card. The subject is the part of the filing.</summary>
public sealed record HealthCardRecalled(Recalled Part) : IEntry
{
    public static string Kind => "civil.health-card-recalled";
}

/// <summary>The social insurance is told to take back a funeral allowance. The subject is the part of the filing.</summary>
public sealed record FuneralAllowanceRecalled(Recalled Part) : IEntry
{
    public static string Kind => "civil.funeral-allowance-recalled";
}
