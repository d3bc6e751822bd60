using SoGoc.Kernel.Journaling;

namespace SoGoc.Exchange.Partners;

/// <summary>A partner was registered: from now on it is told of what the rules name for its kind.</summary>
internal sealed record PartnerRegistered(string Code, string PartnerKind, string Name, string Url) : IEntry
{
    public static string Kind => "exchange.partner-registered";
}

/// <summary>Where it is told, or whom to call, has changed.</summary>
internal sealed record PartnerChanged(string Code, string Name, string Url) : IEntry
{
    public static string Kind => "exchange.partner-changed";
}

/// <summary>It got a new secret.</summary>
internal sealed record PartnerSecretMade(string Code) : IEntry
{
    public static string Kind => "exchange.partner-secret-made";
}

/// <summary>It is told nothing any more, or again.</summary>
internal sealed record PartnerStopped(string Code, bool Stopped) : IEntry
{
    public static string Kind => "exchange.partner-stopped";
}
