using SoGoc.Kernel.Data;

namespace SoGoc.Staff;

/// <summary>An account of the demonstration; the password is meant to be shown.</summary>
public sealed record DemonstrationAccount(string SignIn, string Password, string Name, string Office, string Role);

/// <summary>What the Host needs of this module.</summary>
public interface IStaff
{
    /// <summary>Makes the demonstration's officials, once; the same ones every time.</summary>
    Task<IReadOnlyList<DemonstrationAccount>> SeedDemonstration(Database owner, CancellationToken stop);

    /// <summary>A token for scripts, acting as an official, valid for 30 days.</summary>
    Task<string> MakeToken(Database owner, string signIn, CancellationToken stop);
}
