using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SoGoc.Exchange.Deliveries;

/// <summary>Signatures of Standard Webhooks 1.0: HMAC-SHA256 over id, time and body, in three headers.</summary>
internal static class WebhookSignature
{
    public const string Prefix = "whsec_", IdHeader = "webhook-id", TimeHeader = "webhook-timestamp", SignatureHeader = "webhook-signature";

    private const string Version = "v1,";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static string Sign(string secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")), .. body];
        return Version + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed));
    }

    /// <summary>Whether one of the signatures (there may be several, with spaces between) is of one of the secrets.</summary>
    public static bool IsGood(IEnumerable<string> secrets, string id, DateTimeOffset at, ReadOnlySpan<byte> body, string signatures)
    {
        var good = false;
        foreach (var secret in secrets)
        {
            var right = Encoding.ASCII.GetBytes(Sign(secret, id, at, body));
            foreach (var one in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                good |= CryptographicOperations.FixedTimeEquals(right, Encoding.UTF8.GetBytes(one));
            }
        }

        return good;
    }

    /// <summary>The time in the header, where it is at most five minutes away; null otherwise.</summary>
    public static DateTimeOffset? Fresh(string? header, DateTimeOffset now) =>
        long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 100_000_000_000 && DateTimeOffset.FromUnixTimeSeconds(seconds) is var at && (now - at).Duration() <= Tolerance ? at : null;
}
