using Microsoft.AspNetCore.Builder;
using SoGoc.Kernel.Data;
using SoGoc.Staff.Accounts;

namespace SoGoc.Staff;

/// <summary>An account of the demonstration; the password is meant to be shown.</summary>
/// <param name="Area">Key of the commune where it has its duty; null: the province.</param>
public sealed record DemonstrationAccount(string SignIn, string Password, string Name, string Office, string Role, int? Area = null);

/// <summary>Whether officials are asked for a second factor where their role says so. A demonstration may leave it; who has made one is asked for it everywhere.</summary>
public sealed record SecondFactorSetting(bool Asked);

/// <summary>What the Host needs of this module.</summary>
public interface IStaff
{
    /// <summary>Makes the demonstration's officials, once; the same ones every time.</summary>
    Task<IReadOnlyList<DemonstrationAccount>> SeedDemonstration(Database owner, CancellationToken stop);

    /// <summary>A token for scripts, acting as an official, valid for 30 days.</summary>
    Task<string> MakeToken(Database owner, string signIn, CancellationToken stop);
}

public static class StaffSignIn
{
    /// <summary>From here on every request knows who asks. Stands after routing and before the gate.</summary>
    public static IApplicationBuilder UseStaffSignIn(this IApplicationBuilder app) => app.UseMiddleware<KnowWho>();
}
