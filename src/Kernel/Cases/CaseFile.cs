using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;

namespace SoGoc.Kernel.Cases;

/// <summary>What persons are read for.</summary>
/// <param name="Kind">dossier, work-item, act, reconciliation, request, emergency.</param>
/// <param name="Reference">Its code, as people write it.</param>
/// <param name="Holder">Whose work it is now.</param>
/// <param name="UntilAt">When it ends by itself.</param>
public sealed record CaseFile(Guid Id, string Kind, string Reference, string Purpose, string Office, string OpenedBy, DateTimeOffset OpenedAt, string Holder, DateTimeOffset? UntilAt, DateTimeOffset? ClosedAt)
{
    public const string Emergency = "emergency";

    /// <summary>What can be opened by one official; an emergency takes two.</summary>
    internal static readonly string[] Kinds = ["dossier", "work-item", "act", "reconciliation", "request"];

    internal const string Columns = "c.id, c.kind, c.reference, c.purpose, c.office, c.opened_by, c.opened_at, c.holder, c.until_at, c.closed_at";

    /// <summary>His ($1), or of his office ($2): an emergency is nobody's but his who asked for it.</summary>
    internal const string IsHis = "(c.holder = $1 or (c.office = $2 and c.kind <> 'emergency'))";

    public bool IsOpen(DateTimeOffset now) => ClosedAt is null && (UntilAt is null || now < UntilAt);

    internal static CaseFile Read(Npgsql.NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.Get<DateTimeOffset>(6), r.GetString(7),
        r.Maybe<DateTimeOffset>(8), r.Maybe<DateTimeOffset>(9));
}

/// <summary>A case began.</summary>
public sealed record CaseOpened(string CaseKind, string Reference, string Purpose, DateTimeOffset? UntilAt = null, IReadOnlyList<Guid>? Persons = null) : IEntry
{
    public static string Kind => "kernel.case-opened";
}

/// <summary>It is somebody else's work now.</summary>
public sealed record CaseHandedOver(string From, string To) : IEntry
{
    public static string Kind => "kernel.case-handed-over";
}

/// <summary>It became known whom it is about.</summary>
public sealed record CasePersonsNamed(IReadOnlyList<Guid> Persons) : IEntry
{
    public static string Kind => "kernel.case-persons-named";
}

/// <summary>It is done: nobody reads for it any more.</summary>
public sealed record CaseClosed(string Reference) : IEntry
{
    public static string Kind => "kernel.case-closed";
}

/// <summary>An official asks to read in an emergency.</summary>
public sealed record EmergencyAsked(string Reference, string Why, Guid? Person = null) : IEntry
{
    public static string Kind => "kernel.emergency-asked";
}

/// <summary>A second person has agreed, or not.</summary>
public sealed record EmergencyDecided(string Reference, bool Approved) : IEntry
{
    public static string Kind => "kernel.emergency-decided";
}

/// <summary>Whom a number names; answered by the module that keeps persons.</summary>
public interface ICasePersons
{
    /// <summary>The record that a number answers with; a problem without field where there is none.</summary>
    Task<Outcomes.Outcome<Guid>> Find(string number);

    /// <summary>The same for who stands at a counter and is read for what he wants: of people who live outside of the official's duty only so many in a while.</summary>
    Task<Outcomes.Outcome<Guid>> AtCounter(string number);

    /// <summary>The same where the official only says that he works on somebody: of people who live outside of his duty a word is not enough.</summary>
    Task<Outcomes.Outcome<Guid>> WithinDuty(string number);
}
