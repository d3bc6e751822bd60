using SoGoc.Kernel.Journaling;

namespace SoGoc.Identity.Organisations;

/// <summary>A head asks for an account of his organisation. All entries of the family stand with the head's account.</summary>
internal sealed record OrganisationAsked(Guid Organisation, string OrganisationKind, string Number, DateOnly DueOn) : IEntry
{
    public static string Kind => "identity.organisation-asked";
}

/// <summary>The office approved, refused, or said that it has to verify.</summary>
internal sealed record OrganisationDecided(Guid Organisation, string Decision, string Answer) : IEntry
{
    public static string Kind => "identity.organisation-decided";
}

internal sealed record OrganisationActivated(Guid Organisation) : IEntry
{
    public static string Kind => "identity.organisation-activated";
}

/// <param name="Reason">head-gone, replaced, head.</param>
internal sealed record OrganisationEnded(Guid Organisation, string Reason) : IEntry
{
    public static string Kind => "identity.organisation-ended";
}
