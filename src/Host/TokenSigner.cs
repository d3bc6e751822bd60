using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Sealing;
using ISession = Net.Pkcs11Interop.HighLevelAPI.ISession;

namespace SoGoc.Host;

/// <summary>A key that never leaves its device, reached by PKCS #11. The token is opened when it is first needed, and anew after any fault of it, so that one that was pulled
/// out and put back signs on. A PIN that was refused is not tried again: devices lock themselves.</summary>
internal sealed class TokenSigner(TokenSettings token) : IHeadSigner, IDisposable
{
    private static readonly byte[] P256 = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];
    private readonly Lock one = new();
    private Opened? opened;
    private HeadSignerException? refused;

    // The binding asks for libdl by the name that only development packages install.
    static TokenSigner() => NativeLibrary.SetDllImportResolver(typeof(Pkcs11InteropFactories).Assembly, (name, _, _) =>
        name == "libdl" && (NativeLibrary.TryLoad("libdl.so.2", out var library) || NativeLibrary.TryLoad("libc.so.6", out library)) ? library : IntPtr.Zero);

    /// <summary>The token with its session; everything is given back in the opposite order.</summary>
    private sealed record Opened(IPkcs11Library Library, ISession Session, IObjectHandle Key, ECDsa Public) : IDisposable
    {
        public void Dispose()
        {
            Public.Dispose();
            Quietly(Session.Dispose);
            Quietly(Library.Dispose);
        }
    }

    public string KeyId => Convert.ToHexStringLower(SHA256.HashData(PublicKey))[..16];

    public byte[] PublicKey => With(o => o.Public.ExportSubjectPublicKeyInfo());

    public byte[] Sign(byte[] data) => With(o =>
    {
        using var mechanism = o.Session.Factories.MechanismFactory.Create(CKM.CKM_ECDSA);
        var signature = o.Session.Sign(mechanism, o.Key, SHA256.HashData(data));
        // A head that nobody can check would stand for ever.
        return o.Public.VerifyData(data, signature, HashAlgorithmName.SHA256) ? signature : throw Fault("host.token-fault", "CKM_ECDSA");
    });

    public void Dispose()
    {
        lock (one)
        {
            opened?.Dispose();
            opened = null;
        }
    }

    private T With<T>(Func<Opened, T> act)
    {
        lock (one)
        {
            try
            {
                return act(opened ??= refused is null ? Open() : throw refused);
            }
            catch (Exception e) when (e is Pkcs11Exception or HeadSignerException)
            {
                opened?.Dispose();
                opened = null;
                throw e as HeadSignerException ?? Fault("host.token-fault", ((Pkcs11Exception)e).RV.ToString(), e);
            }
        }
    }

    private Opened Open()
    {
        var factories = new Pkcs11InteropFactories();
        var library = Load(factories);
        ISession? session = null;
        try
        {
            var slot = library.GetSlotList(SlotsType.WithTokenPresent).FirstOrDefault(s => s.GetTokenInfo() is { TokenFlags.TokenInitialized: true } t && t.Label == token.Token)
                ?? throw Fault("host.token-absent", token.Token);
            session = slot.OpenSession(SessionType.ReadOnly);
            LogIn(session);
            var (key, open) = (Find(session, CKO.CKO_PRIVATE_KEY), PublicOf(session, Find(session, CKO.CKO_PUBLIC_KEY)));
            return new Opened(library, session, key, open);
        }
        catch
        {
            Quietly(() => session?.Dispose());
            Quietly(library.Dispose);
            throw;
        }
    }

    private IPkcs11Library Load(Pkcs11InteropFactories factories)
    {
        try
        {
            return factories.Pkcs11LibraryFactory.LoadPkcs11Library(factories, token.Module, AppType.MultiThreaded);
        }
        catch (Exception e) when (e is UnmanagedException or LibraryArchitectureException)
        {
            throw Fault("host.token-module", token.Module, e);
        }
    }

    private void LogIn(ISession session)
    {
        byte[] pin;
        try
        {
            pin = Encoding.UTF8.GetBytes(File.ReadAllText(token.PinFile).TrimEnd('\r', '\n'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault("host.token-pin-file", token.PinFile, e);
        }

        try
        {
            session.Login(CKU.CKU_USER, pin);
        }
        catch (Pkcs11Exception e) when (e.RV is CKR.CKR_PIN_INCORRECT or CKR.CKR_PIN_LEN_RANGE or CKR.CKR_PIN_INVALID or CKR.CKR_PIN_LOCKED or CKR.CKR_PIN_EXPIRED)
        {
            throw refused = Fault("host.token-pin", e.RV.ToString(), e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pin);
        }
    }

    private IObjectHandle Find(ISession session, CKO kind)
    {
        var make = session.Factories.ObjectAttributeFactory;
        var found = session.FindAllObjects([make.Create(CKA.CKA_CLASS, kind), make.Create(CKA.CKA_LABEL, token.Key)]);
        return found is [var only] ? only : throw Fault("host.token-key", token.Key);
    }

    /// <summary>The curve has to be P-256; the point comes as an OCTET STRING, from some devices bare: 4, x, y.</summary>
    private ECDsa PublicOf(ISession session, IObjectHandle key)
    {
        var values = session.GetAttributeValue(key, [CKA.CKA_EC_PARAMS, CKA.CKA_EC_POINT]);
        var (curve, point) = (values[0].GetValueAsByteArray(), values[1].GetValueAsByteArray());
        point = point is [0x04, 0x41, .. var inner] && inner.Length == 65 ? inner : point;
        return curve.AsSpan().SequenceEqual(P256) && point is [0x04, ..] && point.Length == 65
            ? ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } })
            : throw Fault("host.token-key", token.Key);
    }

    private static void Quietly(Action giveBack)
    {
        try
        {
            giveBack();
        }
        catch (Pkcs11Exception)
        {
            // What is gone cannot be given back.
        }
    }

    private static HeadSignerException Fault(string code, string data, Exception? cause = null) => new(new Problem(ProblemKind.Unavailable, code, null, data), cause);
}
