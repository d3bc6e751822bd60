using System.Security.Cryptography;
using System.Text;

namespace SoGoc.Identity.OpenId;

/// <summary>By which name a system knows a citizen's session (sid, Back-Channel Logout 1.0, 2.1): another one for each system, so that two agencies cannot tell that their citizen is the same.</summary>
internal static class SessionName
{
    public static string Of(Guid sid, string client) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{sid} {client}")).AsSpan(0, 16));
}
