namespace SoGoc.Identity.Accounts;

/// <summary>What was shown in a session, and the level it gives. Level 2 takes two factors of different kinds, or a passkey, whose device holds the key and knows
/// its user (NĐ 69/2024, article 3: something known, owned, inherent).</summary>
internal static class Assurance
{
    public const string Passkey = "passkey", Code = "code", Password = "password", Totp = "totp", Counter = "counter";

    /// <summary>The national sign-in, at its level 1, where it may have asked for no more than a password, or 2, where it has seen two kinds.</summary>
    public const string National = "national", NationalTwo = "national-2";

    /// <summary>The level of a session: never more than the account's.</summary>
    public static int Level(int account, IReadOnlyCollection<string> factors) => Math.Min(account, factors.Contains(Passkey) || factors.Contains(NationalTwo) || Kinds(factors) > 1 ? 2 : 1);

    /// <summary>How OpenID Connect names the levels (acr), the lowest first.</summary>
    public static readonly string[] Acr = ["urn:sogoc:level:1", "urn:sogoc:level:2"];

    public static string AcrOf(int level) => Acr[level - 1];

    /// <summary>The level an acr asks for; 0 for one that is not ours.</summary>
    public static int LevelOf(string acr) => Array.IndexOf(Acr, acr) + 1;

    private static readonly string[] Device = ["hwk", "user"];

    /// <summary>Names of RFC 8176.</summary>
    public static IEnumerable<string> Amr(IReadOnlyCollection<string> factors) => factors.SelectMany(f => f switch
    {
        Passkey => Device,
        Code => ["sms"],
        Password => ["pwd"],
        Totp => ["otp"],
        National => [],
        NationalTwo => ["mfa"],
        _ => ["ppc"],
    }).Concat(Kinds(factors) > 1 ? ["mfa"] : []).Distinct();

    private static int Kinds(IReadOnlyCollection<string> factors) => factors.Select(f => f switch { Password or National => "known", Counter => "seen", _ => "owned" }).Distinct().Count();
}
