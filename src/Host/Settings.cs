using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SoGoc.Exchange;
using SoGoc.Identity;
using SoGoc.Services;

namespace SoGoc.Host;

/// <summary>What the environment says. Every setting has a default that suits a first start.</summary>
/// <param name="Data">SOGOC_DATA: the data folder.</param>
/// <param name="Urls">SOGOC_URLS: where the Host listens.</param>
/// <param name="Connection">SOGOC_DB: a PostgreSQL to use (the owner's connection); without it the Host starts its own.</param>
/// <param name="People">SOGOC_PEOPLE: size of the demonstration.</param>
/// <param name="AsOf">SOGOC_AS_OF: the day on which the demonstration starts; without it, today.</param>
/// <param name="Role">SOGOC_ROLE: root or branch; settled when the register is founded.</param>
/// <param name="Province">SOGOC_PROVINCE: the province served, as code and day, because codes were used again for other territory.</param>
internal sealed record Settings(string Data, string Urls, string? Connection, int People, DateOnly? AsOf, string Role, string Province, string? Binaries)
{
    public string Reference { get; } = Path.Combine(AppContext.BaseDirectory, "reference");

    /// <summary>SOGOC_DB_APP: the application's connection to the same PostgreSQL, by a login that has nothing but the roles sogoc_app and sogoc_desk (sogoc_web); without it, the owner's is used.</summary>
    public string? AppConnection { get; init; }

    /// <summary>SOGOC_SIGNER_…: the token whose key signs heads; without it, a key in the data folder does.</summary>
    public TokenSettings? Signer { get; init; }

    /// <summary>SOGOC_PUBLIC_URL: what the platform is called from outside; the issuer of its tokens.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>SOGOC_SMS_URL, SOGOC_SMS_TOKEN_FILE, SOGOC_SMTP, SOGOC_MAIL_FROM: how messages to citizens leave.</summary>
    public MessageSettings Messages { get; init; } = new(null, null, null, "sogoc@localhost");

    /// <summary>SOGOC_CLAMD: where papers of citizens are scanned.</summary>
    public ScannerSettings Scanner { get; init; } = new((System.Net.EndPoint?)null);

    /// <summary>SOGOC_NATIONAL_…: the national sign-in in front of the ways in of this house.</summary>
    public NationalSettings National { get; init; } = NationalSettings.None;

    /// <summary>SOGOC_PARTNER_NETWORKS: private networks in which partners may lie, as 10.0.0.0/8, with commas between.</summary>
    public PartnerNetworks PartnerNetworks { get; init; } = PartnerNetworks.None;

    /// <summary>SOGOC_PARTNERS: the program that plays the partners of the demonstration; without it there are none.</summary>
    public string? PartnerProgram { get; init; }

    /// <summary>SOGOC_KEYS_CERTIFICATE_FILE, SOGOC_KEYS_PASSWORD_FILE: the certificate (RSA, PKCS #12) to which the keys of forms and tokens are encrypted before they go into the database.</summary>
    public X509Certificate2? KeysCertificate { get; init; }

    /// <summary>SOGOC_SECOND_FACTOR: the demonstration asks its officials for a second factor too, as every other installation does.</summary>
    public bool SecondFactor { get; init; }

    public static Settings FromEnvironment()
    {
        string Get(string name, string otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : otherwise;
        var people = Get("SOGOC_PEOPLE", "50000");
        var asOf = Get("SOGOC_AS_OF", "");
        var role = Get("SOGOC_ROLE", "root");
        return new Settings(
            Path.GetFullPath(Get("SOGOC_DATA", "./data")),
            Get("SOGOC_URLS", "http://localhost:8006"),
            Environment.GetEnvironmentVariable("SOGOC_DB") is { Length: > 0 } db ? db : null,
            int.TryParse(people, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : throw new UsageException($"SOGOC_PEOPLE: '{people}' không phải số người. / is not a number of people."),
            asOf.Length == 0 ? null : DateOnly.TryParseExact(asOf, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
                : throw new UsageException($"SOGOC_AS_OF: '{asOf}' không phải ngày dạng 2022-04-12. / is not a day like 2022-04-12."),
            role is "root" or "branch" ? role : throw new UsageException($"SOGOC_ROLE: '{role}' phải là root hoặc branch. / must be root or branch."),
            Get("SOGOC_PROVINCE", "89@2022-04-12"),
            Environment.GetEnvironmentVariable("PG_BIN"))
        {
            AppConnection = Environment.GetEnvironmentVariable("SOGOC_DB_APP") is { Length: > 0 } app ? app : null,
            Signer = Token(),
            PublicUrl = Address("SOGOC_PUBLIC_URL"),
            Messages = new MessageSettings(Address("SOGOC_SMS_URL"), Get("SOGOC_SMS_TOKEN_FILE", "") is { Length: > 0 } file ? File.ReadAllText(file).Trim() : null, Address("SOGOC_SMTP"), Get("SOGOC_MAIL_FROM", "sogoc@localhost")),
            Scanner = ScannerSettings.Parse(Get("SOGOC_CLAMD", "")) ?? throw new UsageException($"SOGOC_CLAMD: '{Get("SOGOC_CLAMD", "")}' không phải đường dẫn ổ cắm hay máy:cổng. / is neither the path of a socket nor host:port."),
            National = NationalSignIn(),
            PartnerProgram = Environment.GetEnvironmentVariable("SOGOC_PARTNERS") is { Length: > 0 } partners ? Path.GetFullPath(partners) : null,
            PartnerNetworks = new PartnerNetworks([.. Get("SOGOC_PARTNER_NETWORKS", "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(n => System.Net.IPNetwork.TryParse(n, out var network) ? network : throw new UsageException($"SOGOC_PARTNER_NETWORKS: '{n}' không phải dải mạng dạng 10.0.0.0/8. / is not a network like 10.0.0.0/8."))]),
            KeysCertificate = Certificate(),
            SecondFactor = Get("SOGOC_SECOND_FACTOR", "no") == "yes",
        };
    }

    private static Uri? Address(string name) => Environment.GetEnvironmentVariable(name) is not { Length: > 0 } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : throw new UsageException($"{name}: '{text}' không phải địa chỉ. / is not an address.");

    private static NationalSettings NationalSignIn()
    {
        string Get(string name) => Environment.GetEnvironmentVariable(name) ?? "";
        if (Address("SOGOC_NATIONAL_SIGN_IN") is not { } issuer)
        {
            return Get("SOGOC_NATIONAL_ONLY") != "yes" ? NationalSettings.None
                : throw new UsageException("SOGOC_NATIONAL_ONLY: cần SOGOC_NATIONAL_SIGN_IN, nếu không người dân không vào được. / needs SOGOC_NATIONAL_SIGN_IN, or citizens have no way in.");
        }

        if (issuer.Scheme != "https" && !(issuer.Scheme == "http" && issuer.IsLoopback))
        {
            throw new UsageException($"SOGOC_NATIONAL_SIGN_IN: '{issuer}' phải là https. / must be https.");
        }

        var (key, secret) = (Get("SOGOC_NATIONAL_KEY_FILE"), Get("SOGOC_NATIONAL_SECRET_FILE"));
        if (Get("SOGOC_NATIONAL_CLIENT").Length == 0 || (key.Length == 0) == (secret.Length == 0))
        {
            throw new UsageException("SOGOC_NATIONAL_SIGN_IN: cần thêm SOGOC_NATIONAL_CLIENT và một trong hai tệp SOGOC_NATIONAL_KEY_FILE, SOGOC_NATIONAL_SECRET_FILE. / also needs SOGOC_NATIONAL_CLIENT and one of the two files.");
        }

        return new NationalSettings(issuer, Get("SOGOC_NATIONAL_CLIENT"),
            key.Length == 0 ? null : NationalSettings.ReadKey(File.ReadAllText(key)) ?? throw new UsageException($"SOGOC_NATIONAL_KEY_FILE: '{key}' không phải khóa riêng P-256 hoặc RSA dạng PEM. / is not a private key of P-256 or RSA in PEM."),
            secret.Length == 0 ? null : File.ReadAllText(secret).Trim(), Get("SOGOC_NATIONAL_ONLY") == "yes");
    }

    private static X509Certificate2? Certificate()
    {
        const string name = "SOGOC_KEYS_CERTIFICATE_FILE";
        if (Environment.GetEnvironmentVariable(name) is not { Length: > 0 } file)
        {
            return null;
        }

        var unusable = $"{name}: '{file}' không phải chứng thư RSA kèm khóa riêng (PKCS #12), hoặc mật khẩu trong SOGOC_KEYS_PASSWORD_FILE không đúng. / is no RSA certificate with its private key (PKCS #12), or the password in SOGOC_KEYS_PASSWORD_FILE is wrong.";
        try
        {
            var password = Environment.GetEnvironmentVariable("SOGOC_KEYS_PASSWORD_FILE") is { Length: > 0 } secret ? File.ReadAllText(secret).Trim() : null;
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, password);
            return certificate.GetRSAPrivateKey() is not null ? certificate : throw new UsageException(unusable);
        }
        catch (CryptographicException)
        {
            throw new UsageException(unusable);
        }
    }

    private static TokenSettings? Token()
    {
        string[] names = ["SOGOC_SIGNER_PKCS11", "SOGOC_SIGNER_TOKEN", "SOGOC_SIGNER_KEY", "SOGOC_SIGNER_PIN_FILE"];
        var values = Array.ConvertAll(names, n => Environment.GetEnvironmentVariable(n) ?? "");
        return values.All(v => v.Length == 0) ? null
            : Array.IndexOf(values, "") is >= 0 and var missing ? throw new UsageException($"{names[missing]}: chưa đặt; khóa trong thẻ PKCS #11 cần cả {string.Join(", ", names)}. / is not set; a key in a PKCS #11 token needs all of them.")
            : new TokenSettings(values[0], values[1], values[2], values[3]);
    }
}

/// <summary>Where the key that signs heads is, when it never leaves its device.</summary>
/// <param name="Module">SOGOC_SIGNER_PKCS11: the library of the device (PKCS #11).</param>
/// <param name="Token">SOGOC_SIGNER_TOKEN: label of the token.</param>
/// <param name="Key">SOGOC_SIGNER_KEY: label of the key pair, P-256.</param>
/// <param name="PinFile">SOGOC_SIGNER_PIN_FILE: a file with the user's PIN.</param>
internal sealed record TokenSettings(string Module, string Token, string Key, string PinFile);

/// <summary>The person at the keyboard has to change something; the message says what.</summary>
internal sealed class UsageException(string message) : Exception(message);
