using SoGoc.Kernel.Journaling;

namespace SoGoc.Identity.Accounts;

/// <summary>An account was opened (NĐ 69/2024, articles 10 and 11).</summary>
/// <param name="Level">1 online, 2 at the counter.</param>
internal sealed record AccountOpened(Guid Account, int Level) : IEntry
{
    public static string Kind => "identity.account-opened";
}

/// <summary>An officer has seen the person and the card: the account is of level 2.</summary>
internal sealed record AccountRaised(Guid Account, IReadOnlyList<string> Evidence) : IEntry
{
    public static string Kind => "identity.account-raised";
}

/// <summary>All ways in were taken away and a new one was given, at the counter.</summary>
internal sealed record AccountRecovered(Guid Account, IReadOnlyList<string> Evidence) : IEntry
{
    public static string Kind => "identity.account-recovered";
}

/// <summary>An officer has written down another telephone; it does not count yet.</summary>
/// <param name="Aim">raise or recover.</param>
internal sealed record RecoveryAsked(Guid Account, string Aim, IReadOnlyList<string> Evidence) : IEntry
{
    public static string Kind => "identity.recovery-asked";
}

/// <summary>An officer has refused the other telephone, or taken it back.</summary>
internal sealed record RecoveryRefused(Guid Account) : IEntry
{
    public static string Kind => "identity.recovery-refused";
}

/// <summary>The holder has stopped it, from the old telephone or e-mail.</summary>
internal sealed record RecoveryStopped(Guid Account) : IEntry
{
    public static string Kind => "identity.recovery-stopped";
}

/// <summary>Locked, for one of the reasons of Luật Căn cước 26/2023, article 34.</summary>
internal sealed record AccountLocked(Guid Account, string Reason) : IEntry
{
    public static string Kind => "identity.account-locked";
}

/// <summary>The cause of the lock has ended.</summary>
internal sealed record AccountUnlocked(Guid Account) : IEntry
{
    public static string Kind => "identity.account-unlocked";
}

/// <summary>A way to sign in was added or taken away: passkey, totp, password.</summary>
internal sealed record FactorChanged(Guid Account, string Factor, bool Added) : IEntry
{
    public static string Kind => "identity.factor-changed";
}
