using Microsoft.AspNetCore.DataProtection;
using OtpNet;
using QRCoder;

namespace SoGoc.Kernel.Factors;

/// <summary>Codes of an authenticator app (RFC 6238), for citizens and officials alike. A key is protected where it lies; a code holds one step early or late, and who takes it keeps its step, so that it is
/// taken once.</summary>
public sealed class AppCodes(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int KeyBytes = 20, LongestKey = 100, Dots = 5;

    /// <summary>A key as apps take it (base 32), kept nowhere until its first code was right.</summary>
    public static string MakeKey() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(KeyBytes));

    /// <summary>The picture by which apps take the key, for the source of an image; null if it is no key.</summary>
    public static string? Picture(string? key)
    {
        if (key is not { Length: > 0 and < LongestKey })
        {
            return null;
        }

        using var code = QRCodeGenerator.GenerateQrCode(new OtpUri(OtpType.Totp, key, "Sổ Gốc", "Sổ Gốc").ToString(), QRCodeGenerator.ECCLevel.M);
        return "data:image/png;base64," + Convert.ToBase64String(new PngByteQRCode(code).GetGraphic(Dots));
    }

    /// <summary>A new key to keep, with the step of its first code; null if key or code is wrong.</summary>
    /// <param name="whose">Keys of one kind of people cannot be read as another's.</param>
    public (string Protected, long Step)? First(string whose, string? key, string? code) => Step(key, code) is { } step ? (protection.CreateProtector(whose).Protect(key!), step) : null;

    /// <summary>The step of a code for a key that was kept; null if it is wrong.</summary>
    public long? StepOf(string whose, string kept, string? code) => Step(protection.CreateProtector(whose).Unprotect(kept), code);

    private long? Step(string? key, string? code) => TryKey(key ?? "", out var bytes)
        && new Totp(bytes).VerifyTotp(clock.GetUtcNow().UtcDateTime, code?.Replace(" ", "", StringComparison.Ordinal) ?? "", out var step, new VerificationWindow(1, 1)) ? step : null;

    private static bool TryKey(string text, out byte[] key)
    {
        try
        {
            key = Base32Encoding.ToBytes(text);
            return key.Length == KeyBytes;
        }
        catch (ArgumentException)
        {
            key = [];
            return false;
        }
    }
}
