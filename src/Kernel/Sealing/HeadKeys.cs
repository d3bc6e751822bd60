using System.Security.Cryptography;
using SoGoc.Kernel.Data;

namespace SoGoc.Kernel.Sealing;

/// <summary>The keys that have signed heads of this register, for the page on which a proof is checked: one that is signed by a stranger proves nothing.</summary>
public sealed class HeadKeys(Database database)
{
    /// <summary>Fingerprints: SHA-256 of the public key (SubjectPublicKeyInfo), in hexadecimal digits.</summary>
    public Task<List<string>> Ids() => database.RowsAlone("select public_key from seal.head_key", r => Convert.ToHexStringLower(SHA256.HashData(r.Get<byte[]>(0))));
}
