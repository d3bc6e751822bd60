using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Client;
using OpenIddict.Server;
using SoGoc.Kernel.Data;

namespace SoGoc.Identity.OpenId;

/// <summary>The keys that sign and encrypt tokens. The newest of a kind is used; older ones are published, or read with, until they retire. All Hosts of a database share them.</summary>
internal sealed class TokenKeys(Database database, IDataProtectionProvider protection, IOptionsMonitorCache<OpenIddictServerOptions> options, IOptionsMonitorCache<OpenIddictClientOptions> national, TimeProvider clock)
    : IConfigureOptions<OpenIddictServerOptions>, IConfigureOptions<OpenIddictClientOptions>, ITokenKeys
{
    /// <summary>A new key at least this often, by itself.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromDays(90);

    /// <summary>Longer than anything lives that an old key has signed.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(2);

    private string seen = "";

    private sealed record Kept(string Id, string Kind, string Protected, DateTimeOffset MadeAt);

    private IDataProtector Protector => protection.CreateProtector("keys of tokens");

    public void Configure(OpenIddictServerOptions options) => Fill(options.SigningCredentials, options.EncryptionCredentials);

    /// <summary>The same keys protect what a browser brings back from the national sign-in.</summary>
    public void Configure(OpenIddictClientOptions options) => Fill(options.SigningCredentials, options.EncryptionCredentials);

    private void Fill(List<SigningCredentials> signing, List<EncryptingCredentials> encryption)
    {
        foreach (var key in Load())
        {
            var bytes = Convert.FromBase64String(Protector.Unprotect(key.Protected));
            if (key.Kind == "sign")
            {
                signing.Add(new SigningCredentials(Signing(key.Id, bytes), SecurityAlgorithms.EcdsaSha256));
            }
            else
            {
                encryption.Add(new EncryptingCredentials(new SymmetricSecurityKey(bytes) { KeyId = key.Id }, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
            }
        }
    }

    /// <summary>The key that signs now, for tokens that are not the library's.</summary>
    public SigningCredentials Current()
    {
        var key = Load().First(k => k.Kind == "sign");
        return new SigningCredentials(Signing(key.Id, Convert.FromBase64String(Protector.Unprotect(key.Protected))), SecurityAlgorithms.EcdsaSha256);
    }

    /// <summary>Makes a new key of each kind; the old ones retire after what they signed has run out.</summary>
    public IReadOnlyList<string> Rotate()
    {
        using (var connection = database.App.OpenConnection())
        using (var transaction = connection.BeginTransaction())
        {
            Make(connection, "sign");
            Make(connection, "encrypt");
            transaction.Commit();
        }

        Notice();
        return [.. Load().Where(k => k.Kind == "sign").Select(k => k.Id)];
    }

    /// <summary>Makes what is missing or too old, and takes up what another Host has made.</summary>
    public void Look()
    {
        var newest = Load().Where(k => k.Kind == "sign").Select(k => k.MadeAt).FirstOrDefault();
        if (clock.GetUtcNow() - newest > Turn)
        {
            Rotate();
        }

        Notice();
    }

    private void Notice()
    {
        var now = string.Join(' ', Load().Select(k => k.Id));
        if (seen != now)
        {
            seen = now;
            options.Clear();
            national.Clear();
        }
    }

    /// <summary>Newest first; the first ones are made here.</summary>
    private List<Kept> Load()
    {
        using var connection = database.App.OpenConnection();
        var keys = Read(connection);
        if (keys.Count > 0)
        {
            return keys;
        }

        using var transaction = connection.BeginTransaction();
        using (var one = connection.CreateCommand("select pg_advisory_xact_lock(hashtext('keys of tokens'))"))
        {
            one.ExecuteNonQuery();
        }

        if (Read(connection).Count == 0)
        {
            Make(connection, "sign");
            Make(connection, "encrypt");
        }

        transaction.Commit();
        return Read(connection);
    }

    private List<Kept> Read(Npgsql.NpgsqlConnection connection)
    {
        using var command = connection.CreateCommand("select id, kind, protected, made_at from identity.token_key where retire_at is null or retire_at > $1 order by made_at desc, id", clock.GetUtcNow());
        using var reader = command.ExecuteReader();
        var keys = new List<Kept>();
        while (reader.Read())
        {
            keys.Add(new Kept(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return keys;
    }

    private void Make(Npgsql.NpgsqlConnection connection, string kind)
    {
        byte[] bytes;
        using (var ecdsa = kind == "sign" ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : null)
        {
            bytes = ecdsa?.ExportPkcs8PrivateKey() ?? RandomNumberGenerator.GetBytes(32);
        }

        using var retire = connection.CreateCommand("update identity.token_key set retire_at = $2 where kind = $1 and retire_at is null", kind, clock.GetUtcNow() + Overlap);
        retire.ExecuteNonQuery();
        using var command = connection.CreateCommand("insert into identity.token_key (id, kind, protected, made_at) values ($1, $2, $3, $4)",
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), kind, Protector.Protect(Convert.ToBase64String(bytes)), clock.GetUtcNow());
        command.ExecuteNonQuery();
    }

    private static ECDsaSecurityKey Signing(string id, byte[] pkcs8)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(pkcs8, out _);
        return new ECDsaSecurityKey(ecdsa) { KeyId = id };
    }
}
