using Microsoft.AspNetCore.Identity;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Accounts;

/// <summary>The fallback for who has neither passkey nor telephone at hand. Long, not composed by rules, and none that everybody guesses first (NIST SP 800-63B, 3.1.1).</summary>
internal static class Passwords
{
    public const int Shortest = 10, Longest = 128;
    private static readonly PasswordHasher<string> Hasher = new();
    private static readonly string Nobodys = Hasher.HashPassword("", Secret.Make());

    private static readonly Lazy<HashSet<string>> Guessed = new(() =>
    {
        using var reader = new StreamReader(typeof(Passwords).Assembly.GetManifestResourceStream(typeof(Passwords).Assembly.GetManifestResourceNames().Single(n => n.EndsWith("GuessedFirst.txt", StringComparison.Ordinal)))!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#')];
    });

    public static Problem? Refuses(string? password, string number)
    {
        if (password is null || password.Length < Shortest || password.Length > Longest)
        {
            return Problem.Invalid("password", "identity.password-length", $"{Shortest}", $"{Longest}");
        }

        // Turned round a word or set twice it is no other password.
        var folded = password.ToLowerInvariant().Trim('0', '1', '2', '3', '!', '.', '@', '#', ' ');
        return Guessed.Value.Contains(password.ToLowerInvariant()) || (folded.Length >= 4 && Guessed.Value.Contains(folded)) || password.Contains(number, StringComparison.Ordinal) || password.Distinct().Count() < 5
            ? Problem.Invalid("password", "identity.password-common") : null;
    }

    public static string Hash(string password) => Hasher.HashPassword("", password);

    /// <summary>Takes as long where there is no password.</summary>
    public static bool Matches(string? hash, string? password) =>
        Hasher.VerifyHashedPassword("", hash ?? Nobodys, password ?? "") != PasswordVerificationResult.Failed && hash is not null;
}
