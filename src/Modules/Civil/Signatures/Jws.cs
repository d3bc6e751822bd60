using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SoGoc.Civil.Signatures;

/// <summary>JSON Web Signatures (RFC 7515) by ES256, written compact; detached ones leave the payload out.</summary>
internal static class Jws
{
    public static string Sign(ECDsa key, string header, ReadOnlySpan<byte> payload)
    {
        var input = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(payload)}";
        lock (key)
        {
            return $"{input}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
        }
    }

    /// <summary>The same without its payload (appendix F).</summary>
    public static string Detach(string compact) => compact.Split('.') is [var header, _, var signature] ? $"{header}..{signature}" : throw new FormatException("Not a compact JWS.");

    /// <summary>Header and payload, not checked; null for what is none.</summary>
    public static (JsonElement Header, byte[] Payload)? Read(string? compact)
    {
        try
        {
            return compact?.Split('.') is [var header, var payload, _] ? (JsonDocument.Parse(Base64Url.DecodeFromChars(header)).RootElement.Clone(), Base64Url.DecodeFromChars(payload)) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether the key has signed it. No other algorithm than ES256 is heeded, whatever the header says.</summary>
    /// <param name="publicKey">SubjectPublicKeyInfo.</param>
    /// <param name="payload">Of a detached one; null: it carries its own.</param>
    public static bool IsBy(byte[] publicKey, string? compact, byte[]? payload = null)
    {
        if (Read(compact) is not { Header: { ValueKind: JsonValueKind.Object } header } || !header.TryGetProperty("alg", out var algorithm) || algorithm.ToString() != "ES256" || compact!.Split('.') is not [var head, var carried, var signature])
        {
            return false;
        }

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        try
        {
            return key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{(payload is null ? carried : Base64Url.EncodeToString(payload))}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
