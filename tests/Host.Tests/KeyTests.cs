using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SoGoc.Host.Tests;

/// <summary>Whoever carries a copy of the database away opens nothing with it.</summary>
[SupportedOSPlatform("linux")]
public sealed class KeyTests
{
    [Fact]
    public async Task With_a_certificate_the_keys_lie_in_the_database_encrypted_and_open_with_it_after_a_start()
    {
        using var folder = new ProgramFolder();
        var (file, secret) = (Path.Combine(folder.Path, "khoa.p12"), Path.Combine(folder.Path, "mat-khau"));
        using (var pair = RSA.Create(2048))
        {
            var request = new CertificateRequest("CN=So Goc thu", pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddYears(1));
            await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pfx, "mau-2026"), TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(secret, "mau-2026\n", TestContext.Current.CancellationToken);
        (folder.Environment["SOGOC_KEYS_CERTIFICATE_FILE"], folder.Environment["SOGOC_KEYS_PASSWORD_FILE"]) = (file, secret);
        await Rotates(folder);
        await Rotates(folder);
        await folder.WithServer(async connection =>
        {
            await using var read = new Npgsql.NpgsqlCommand("select string_agg(xml, '') from staff.key", connection);
            var kept = (string)(await read.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
            Assert.Contains("EncryptedData", kept, StringComparison.Ordinal);
            Assert.DoesNotContain("<masterKey", kept, StringComparison.Ordinal);
        });

        // What was signed before the start is told to agencies' systems after it: the keys open again.
        using (var program = await folder.Demonstrate(0))
        {
            using var http = new HttpClient();
            var told = await http.GetStringAsync(new Uri(folder.Environment["SOGOC_URLS"] + "/.well-known/jwks"), TestContext.Current.CancellationToken);
            Assert.Equal(2, System.Text.Json.JsonDocument.Parse(told).RootElement.GetProperty("keys").EnumerateArray().Count(k => k.GetProperty("kty").GetString() == "EC"));
            await folder.Kill(program, server: false);
        }

        await File.WriteAllTextAsync(secret, "khac", TestContext.Current.CancellationToken);
        var (code, said) = await folder.Command("keys", "rotate");
        Assert.Equal(1, code);
        Assert.Contains("SOGOC_KEYS_PASSWORD_FILE", said, StringComparison.Ordinal);
    }

    private static async Task Rotates(ProgramFolder folder)
    {
        var (code, said) = await folder.Command("keys", "rotate");
        Assert.True(code == 0, said);
    }
}
