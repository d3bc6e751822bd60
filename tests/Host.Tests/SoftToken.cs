using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace SoGoc.Host.Tests;

/// <summary>A token in software (SoftHSM 2) with a key pair that is known here too. It can be pulled out and put back.</summary>
[SupportedOSPlatform("linux")]
internal sealed partial class SoftToken : IDisposable
{
    public const string Pin = "482913", Label = "So Goc mau", KeyLabel = "goc-ky";

    private static readonly string? Module = new[] { "/usr/lib/softhsm", "/usr/lib64/pkcs11", "/usr/lib/pkcs11", "/usr/local/lib/softhsm" }.Concat(Directory.GetDirectories("/usr/lib").Select(d => Path.Combine(d, "softhsm")))
        .Select(d => Path.Combine(d, "libsofthsm2.so")).FirstOrDefault(File.Exists);

    private readonly string folder = Directory.CreateTempSubdirectory("sogoc-token").FullName;

    private SoftToken()
    {
        Directory.CreateDirectory(Path.Combine(folder, "tokens"));
        File.WriteAllText(Configuration, $"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n");
        File.WriteAllText(PinFile, Pin + "\n");
    }

    public string Configuration => Path.Combine(folder, "softhsm2.conf");

    public string PinFile => Path.Combine(folder, "pin");

    public byte[] PublicKey { get; private set; } = [];

    public TokenSettings Settings => new(Module!, Label, KeyLabel, PinFile);

    /// <summary>A new token; the test is skipped on a machine without SoftHSM.</summary>
    public static async Task<SoftToken> Make()
    {
        Assert.SkipUnless(Module is not null, "SoftHSM 2 is not installed: without it there is no token to sign with (package softhsm2).");
        var token = new SoftToken();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        token.PublicKey = key.ExportSubjectPublicKeyInfo();
        var pem = Path.Combine(token.folder, "key.pem");
        await File.WriteAllTextAsync(pem, key.ExportPkcs8PrivateKeyPem());
        await token.Util("--init-token", "--free", "--label", Label, "--pin", Pin, "--so-pin", "99887766");
        await token.Util("--import", pem, "--token", Label, "--label", KeyLabel, "--id", "A1", "--pin", Pin);
        File.Delete(pem);
        return token;
    }

    /// <summary>The library inside this process reads its configuration from the environment of C, which .NET keeps no touch with.</summary>
    public void ForThisProcess() => _ = SetEnvironment("SOFTHSM2_CONF", Configuration, 1);

    public void PullOut() => Directory.Move(Path.Combine(folder, "tokens"), Path.Combine(folder, "drawer"));

    public void PutBack() => Directory.Move(Path.Combine(folder, "drawer"), Path.Combine(folder, "tokens"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task Util(params string[] words)
    {
        var start = new ProcessStartInfo("softhsm2-util", words) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SOFTHSM2_CONF"] = Configuration;
        using var util = Process.Start(start)!;
        var said = await util.StandardOutput.ReadToEndAsync() + await util.StandardError.ReadToEndAsync();
        await util.WaitForExitAsync();
        Assert.True(util.ExitCode == 0, said);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
