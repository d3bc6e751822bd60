using System.Security.Cryptography;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Sealing;

/// <summary>Signs heads: with a key of the data folder, or with one that never leaves its device.</summary>
public interface IHeadSigner
{
    /// <summary>First 16 hexadecimal digits of the SHA-256 of the public key.</summary>
    string KeyId { get; }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    byte[] PublicKey { get; }

    /// <summary>ECDSA P-256 with SHA-256, r and s of 32 bytes each.</summary>
    /// <exception cref="HeadSignerException">The key cannot be had at the moment, or at all.</exception>
    byte[] Sign(byte[] data);
}

/// <summary>The key that signs heads cannot be had; the problem says why and what to do.</summary>
public sealed class HeadSignerException(Problem problem, Exception? cause = null) : Exception(problem.Code, cause)
{
    public Problem Problem => problem;
}

/// <summary>A key in a file that only the Host's account may read; made when there is none.</summary>
public sealed class FileSigner : IHeadSigner
{
    private readonly Lazy<ECDsa> key;

    /// <param name="path">PEM, PKCS #8. The key is read, or made, when the first head is signed.</param>
    public FileSigner(string path) => key = new(() => Open(path));

    public string KeyId => Convert.ToHexStringLower(SHA256.HashData(PublicKey))[..16];

    public byte[] PublicKey => key.Value.ExportSubjectPublicKeyInfo();

    public byte[] Sign(byte[] data)
    {
        lock (key)
        {
            return key.Value.SignData(data, HashAlgorithmName.SHA256);
        }
    }

    private static ECDsa Open(string path)
    {
        if (!File.Exists(path))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var draft = $"{path}.{Environment.ProcessId}";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new StreamWriter(new FileStream(draft, options)))
            {
                file.Write(made.ExportPkcs8PrivateKeyPem());
            }

            try
            {
                File.Move(draft, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process of the same folder was first: its key holds.
                File.Delete(draft);
            }
        }

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return key;
    }
}
