using SoGoc.Kernel.Journaling;

namespace SoGoc.Identity.National;

/// <summary>An account of the national sign-in comes in to this account from now on.</summary>
/// <param name="Level">Level that the national sign-in gave (IAL).</param>
internal sealed record NationalLinked(Guid Account, string Issuer, int Level) : IEntry
{
    public static string Kind => "identity.national-linked";
}

/// <summary>The national sign-in said of somebody what goes against a link that stands: nobody was let in.</summary>
/// <param name="Account">The account of the link.</param>
internal sealed record NationalRefused(Guid Account, string Issuer) : IEntry
{
    public static string Kind => "identity.national-refused";
}
