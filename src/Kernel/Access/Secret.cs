using System.Security.Cryptography;
using System.Text;

namespace SoGoc.Kernel.Access;

/// <summary>Secrets that browsers and programs hold, and what is kept of them.</summary>
public static class Secret
{
    /// <summary>32 random bytes, fit for cookies and forms.</summary>
    public static string Make() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static byte[] Hash(string? secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret ?? ""));
}
