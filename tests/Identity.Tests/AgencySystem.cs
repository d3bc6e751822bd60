using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SoGoc.Testing;

namespace SoGoc.Identity.Tests;

/// <summary>An agency's system that reads by itself: signs with its own key, and proves another one with each request.</summary>
internal sealed class AgencySystem(Province province, string id, string privateKey, TimeProvider? clock = null) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = province.Address };
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TimeProvider time = clock ?? TimeProvider.System;

    public string Id => id;

    public string? Token { get; set; }

    public ECDsa Key => key;

    /// <summary>Asks for a token; null leaves a part of the request out.</summary>
    public async Task<Reply> AskToken(string? scope = null, bool prove = true, bool sign = true)
    {
        var fields = new List<(string Name, string Value)> { ("grant_type", "client_credentials"), ("client_id", id) };
        fields.AddRange(sign ? [("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", Assertion())] : [("client_secret", "mat-khau")]);
        fields.AddRange(scope is null ? [] : [("scope", scope)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        if (prove)
        {
            request.Headers.Add("DPoP", Proof("/connect/token", token: null));
        }

        return await Reply.Of(await http.SendAsync(request));
    }

    /// <summary>Begins to sign a citizen in: a pushed request.</summary>
    public async Task<Reply> Push(string redirect)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = id, ["response_type"] = "code", ["redirect_uri"] = redirect, ["scope"] = "openid name", ["code_challenge"] = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", ["code_challenge_method"] = "S256",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", ["client_assertion"] = Assertion(),
        });
        return await Reply.Of(await http.PostAsync("/connect/par", form));
    }

    /// <summary>A token as it should be asked for.</summary>
    public async Task<AgencySystem> ComesIn()
    {
        Token = (await AskToken()).Succeeds()["access_token"].GetString();
        return this;
    }

    public async Task<Reply> Post(string path, object body) => await Reply.Of(await Send(path, body));

    /// <summary>A request of the API, with a proof for it unless another is given; an empty one leaves it out.</summary>
    public async Task<HttpResponseMessage> Send(string path, object body, string? proof = null, string scheme = "DPoP", string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, Token);
        proof ??= Proof("/api/v1" + path);
        if (proof.Length > 0)
        {
            request.Headers.Add("DPoP", proof);
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await http.SendAsync(request);
    }

    public string Proof(string path, string method = "POST", string? token = "", ECDsa? by = null, TimeSpan age = default, string? host = null)
    {
        var ecdsa = by ?? key;
        var q = ecdsa.ExportParameters(false).Q;
        var claims = new Dictionary<string, object> { ["jti"] = Guid.NewGuid().ToString(), ["htm"] = method, ["htu"] = new Uri(new Uri(host ?? province.Address.ToString()), path).ToString(), ["iat"] = (time.GetUtcNow() - age).ToUnixTimeSeconds() };
        if (token is not null)
        {
            claims["ath"] = Url(SHA256.HashData(Encoding.ASCII.GetBytes(token.Length == 0 ? Token! : token)));
        }

        return Signed(new { typ = "dpop+jwt", alg = "ES256", jwk = new { kty = "EC", crv = "P-256", x = Url(q.X!), y = Url(q.Y!) } }, claims, ecdsa);
    }

    public void Dispose()
    {
        http.Dispose();
        key.Dispose();
    }

    private string Assertion()
    {
        var jwk = JsonDocument.Parse(privateKey).RootElement;
        byte[] Part(string name) => Convert.FromBase64String(jwk.GetProperty(name).GetString()!.Replace('-', '+').Replace('_', '/').PadRight(44, '='));
        using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Part("d"), Q = new ECPoint { X = Part("x"), Y = Part("y") } });
        var now = time.GetUtcNow();
        return Signed(new { alg = "ES256", kid = jwk.GetProperty("kid").GetString() },
            new { iss = id, sub = id, aud = province.Address.ToString(), iat = now.ToUnixTimeSeconds(), exp = now.AddMinutes(1).ToUnixTimeSeconds(), jti = Guid.NewGuid().ToString() }, ecdsa);
    }

    private static string Signed(object head, object claims, ECDsa by)
    {
        var signed = $"{Url(JsonSerializer.SerializeToUtf8Bytes(head))}.{Url(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Url(by.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
