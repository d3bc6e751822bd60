using SoGoc.Kernel.Journaling;

namespace SoGoc.Staff.Officials;

/// <summary>Entries about an official; the record is the official, and the kinds are kept for ever.</summary>
internal sealed record OfficialAppointed(string Name, string SignIn, string Agency) : IEntry
{
    public static string Kind => "staff.official-appointed";
}

/// <summary>Which person of the register the official is; null: nobody has told it.</summary>
internal sealed record NumberLinked(string? Number) : IEntry
{
    public static string Kind => "staff.number-linked";
}

internal sealed record OfficialDismissed(int Sessions) : IEntry
{
    public static string Kind => "staff.official-dismissed";
}

internal sealed record OfficialReinstated(string SignIn) : IEntry
{
    public static string Kind => "staff.official-reinstated";
}

/// <param name="Area">Null: the whole province.</param>
/// <param name="Until">The first day it holds no more; null: open.</param>
internal sealed record PostGranted(Guid Post, string Role, int? Area, DateOnly From, DateOnly? Until) : IEntry
{
    public static string Kind => "staff.post-granted";
}

/// <param name="Until">The first day it holds no more.</param>
internal sealed record PostEnded(Guid Post, string Role, int? Area, DateOnly Until) : IEntry
{
    public static string Kind => "staff.post-ended";
}

/// <param name="Until">The first day back.</param>
internal sealed record AbsenceNoted(Guid Absence, DateOnly From, DateOnly Until, Guid? StandIn) : IEntry
{
    public static string Kind => "staff.absence-noted";
}

internal sealed record AbsenceEnded(Guid Absence, DateOnly Until) : IEntry
{
    public static string Kind => "staff.absence-ended";
}

/// <summary>A new first password was given.</summary>
internal sealed record PasswordRenewed(int Sessions) : IEntry
{
    public static string Kind => "staff.password-renewed";
}

/// <summary>The official chose another password himself.</summary>
internal sealed record PasswordChanged(int Sessions) : IEntry
{
    public static string Kind => "staff.password-changed";
}

/// <summary>A second factor was made: passkey or totp.</summary>
internal sealed record FactorAdded(string Factor) : IEntry
{
    public static string Kind => "staff.factor-added";
}

internal sealed record FactorRemoved(string Factor) : IEntry
{
    public static string Kind => "staff.factor-removed";
}

/// <summary>An administrator took all factors away, because they were lost.</summary>
internal sealed record FactorsTaken(int Sessions) : IEntry
{
    public static string Kind => "staff.factors-taken";
}

internal sealed record SessionsEnded(int Sessions) : IEntry
{
    public static string Kind => "staff.sessions-ended";
}
