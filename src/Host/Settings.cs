using System.Globalization;

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

    /// <summary>SOGOC_SIGNER_…: the token whose key signs heads; without it, a key in the data folder does.</summary>
    public TokenSettings? Signer { get; init; }

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
            Signer = Token(),
        };
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
