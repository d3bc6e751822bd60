using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace SoGoc.Bench;

/// <summary>Whole logins of citizens at an agency's system: pushed request, authorisation with a session that stands and a consent that was given, tokens, user-info; each with its signatures.
/// Beside them, bare signing with P-256 and a bare endpoint, in the same run.</summary>
internal static class Logins
{
    private const int Workers = 16;
    private const string Back = "http://localhost:7/ve";
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(5), Step = TimeSpan.FromSeconds(10), Measured = TimeSpan.FromSeconds(15);

    public static async Task Measure(string data, int people, Report report)
    {
        var (host, _) = await Server.Host(data, people, 8192);
        await using var stop = host;
        var connection = $"Host={Path.Combine(data, "run")};Username=sogoc;Database=sogoc";
        await using var source = NpgsqlDataSource.Create(connection);
        var (client, key) = await Register(host.Address);
        var cookie = await Session(source);
        using var system = new RelyingSystem(host.Address, client, key, cookie);
        await system.Agree();

        var signs = Signs();
        await using var limits = await Server.Limits(connection, 8193);
        var bare = await Load.Run(limits.Address, [Load.Request(limits.Address, "/plain", "{}", null)], Brief, Brief);
        await Warmed(system.Login);
        var (logins, failed) = await Round(system.Login, Measured);
        report.Add(new Line("whole login (push, authorise, tokens, user-info), 16 at a time", Rate(logins, failed), $"{signs:N0}/s P-256 signatures", (logins / signs).ToString("0.0000", CultureInfo.InvariantCulture), "≥ 100/s, no errors", logins >= 100 && failed == 0));
        report.Add(new Line("the same, beside a bare endpoint", Rate(logins, failed), $"{bare.Rate:N0}/s bare endpoint", (logins / bare.Rate).ToString("0.0000", CultureInfo.InvariantCulture), "–", null));
        var token = await system.Tokens();
        await Warmed(() => system.UserInfo(token));
        var (validations, refused) = await Round(() => system.UserInfo(token), Measured);
        report.Add(new Line("token and proof validated, fields read and on record", Rate(validations, refused), $"{bare.Rate:N0}/s bare endpoint", (validations / bare.Rate).ToString("0.00", CultureInfo.InvariantCulture), "–", null));
    }

    private static string Rate(double rate, long failed) => string.Create(CultureInfo.InvariantCulture, $"{rate:N0}/s{(failed > 0 ? $", {failed} FAILED" : "")}");

    private static async Task<(double Rate, long Failed)> Round(Func<Task<bool>> once, TimeSpan length)
    {
        var watch = Stopwatch.StartNew();
        long done = 0, failed = 0;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < length)
            {
                Interlocked.Increment(ref await once() ? ref done : ref failed);
            }
        })));
        return (done / watch.Elapsed.TotalSeconds, failed);
    }

    /// <summary>Until it becomes no faster: the library's code is compiled while it runs, the often used parts twice.</summary>
    private static async Task Warmed(Func<Task<bool>> once)
    {
        const int most = 12;
        var before = 0.0;
        for (var (round, still) = (0, 0); round < most && still < 2; round++)
        {
            var (rate, _) = await Round(once, Step);
            still = rate < before * 1.05 ? still + 1 : 0;
            before = Math.Max(before, rate);
        }
    }

    /// <summary>Signatures a second of all cores together.</summary>
    private static double Signs()
    {
        var watch = Stopwatch.StartNew();
        long done = 0;
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var some = new byte[200];
            while (watch.Elapsed < TimeSpan.FromSeconds(3))
            {
                key.SignData(some, HashAlgorithmName.SHA256);
                Interlocked.Increment(ref done);
            }
        });
        return done / watch.Elapsed.TotalSeconds;
    }

    /// <summary>A session of a citizen of the demonstration, as if a passkey had been shown.</summary>
    private static async Task<string> Session(NpgsqlDataSource source)
    {
        var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        await using var command = source.CreateCommand("""
            insert into identity.session (hash, sid, account_id, factors, device, made_at, proved_at, seen_at, expires_at)
            select $1, gen_random_uuid(), id, array['passkey'], 'bench', now(), now(), now(), now() + interval '8 hours' from identity.account where level = 2 and closed_at is null limit 1
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = SHA256.HashData(Encoding.UTF8.GetBytes(secret)) });
        await command.ExecuteNonQueryAsync();
        return "sogoc-cd=" + secret;
    }

    /// <summary>On the page, as an official does.</summary>
    private static async Task<(string Client, string Key)> Register(Uri host)
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var http = new HttpClient(handler) { BaseAddress = host };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        async Task<string> Send(string page, string to, params (string, string)[] fields)
        {
            var token = Regex.Match(await http.GetStringAsync(new Uri(page, UriKind.Relative)), "__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
            using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
            using var reply = await http.PostAsync(new Uri(to, UriKind.Relative), form);
            return await reply.Content.ReadAsStringAsync();
        }

        await Send("/dang-nhap", "/dang-nhap", ("account", "tinhoc"), ("password", "minh-hoa-2026"));
        var page = await Send("/he-thong", "/he-thong?handler=Register", ("Asked.Name", "Đo tốc độ"), ("Asked.Agency", "Sở Khoa học và Công nghệ tỉnh An Giang"), ("Asked.Agreement", "bench"), ("Asked.Contact", "bench"), ("Asked.Redirects", Back),
            ("Asked.Purposes", "Đo tốc độ"), ("Asked.Fields", "name"), ("Asked.Fields", "birthdate"), ("Asked.Level", "1"), ("Asked.Sandbox", "true"));
        return (Regex.Match(page, "id=\"client-id\">([^<]+)<").Groups[1].Value, WebUtility.HtmlDecode(Regex.Match(page, "id=\"client-key\">([^<]+)<").Groups[1].Value));
    }

    /// <summary>An agency's system with its citizen's browser.</summary>
    private sealed class RelyingSystem(Uri host, string client, string key, string cookie) : IDisposable
    {
        private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host };
        private readonly JsonElement jwk = JsonDocument.Parse(key).RootElement;
        private readonly ConcurrentBag<ECDsa> signers = [], proofKeys = [];
        private readonly ECParameters proofKey = ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportParameters(true);

        public async Task Agree()
        {
            var url = await Push("x".PadLeft(43, 'a'));
            using var page = await Browse(HttpMethod.Get, url, null);
            var text = await page.Content.ReadAsStringAsync();
            string Hidden(string name) => WebUtility.HtmlDecode(Regex.Match(text, $"name=\"{name}\"[^>]*value=\"([^\"]+)\"").Groups[1].Value);
            var antiforgery = string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
            using var form = new FormUrlEncodedContent([new("client_id", client), new("request_uri", Hidden("request_uri")), new("decision", "yes"), new("__RequestVerificationToken", Hidden("__RequestVerificationToken"))]);
            using var done = await Browse(HttpMethod.Post, "/connect/authorize", form, antiforgery);
            if (done.Headers.Location?.Query.Contains("code=", StringComparison.Ordinal) != true)
            {
                throw new InvalidOperationException($"No consent: {(int)done.StatusCode} {done.Headers.Location}");
            }
        }

        public async Task<bool> Login() => await Tokens() is { Length: > 0 } token && await UserInfo(token);

        public async Task<string> Tokens()
        {
            var verifier = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
            using var back = await Browse(HttpMethod.Get, await Push(Url(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))), null);
            var code = Regex.Match(back.Headers.Location?.Query ?? "", "code=([^&]+)").Groups[1].Value;
            using var form = new FormUrlEncodedContent([new("grant_type", "authorization_code"), new("code", Uri.UnescapeDataString(code)), new("redirect_uri", Back), new("code_verifier", verifier), .. Assertion()]);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = form };
            request.Headers.Add("DPoP", Proof("POST", "/connect/token", null));
            using var reply = await http.SendAsync(request);
            return reply.IsSuccessStatusCode ? JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement.GetProperty("access_token").GetString()! : "";
        }

        public async Task<bool> UserInfo(string token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/connect/userinfo");
            request.Headers.TryAddWithoutValidation("Authorization", "DPoP " + token);
            request.Headers.Add("DPoP", Proof("GET", "/connect/userinfo", token));
            using var reply = await http.SendAsync(request);
            return reply.IsSuccessStatusCode && (await reply.Content.ReadAsStringAsync()).Contains("\"name\"", StringComparison.Ordinal);
        }

        public void Dispose() => http.Dispose();

        private async Task<string> Push(string challenge)
        {
            using var form = new FormUrlEncodedContent([new("response_type", "code"), new("redirect_uri", Back), new("scope", "openid name birthdate"), new("code_challenge", challenge), new("code_challenge_method", "S256"), .. Assertion()]);
            using var reply = await http.PostAsync(new Uri("/connect/par", UriKind.Relative), form);
            var text = await reply.Content.ReadAsStringAsync();
            return reply.StatusCode == HttpStatusCode.Created ? $"/connect/authorize?client_id={client}&request_uri={Uri.EscapeDataString(JsonDocument.Parse(text).RootElement.GetProperty("request_uri").GetString()!)}"
                : throw new InvalidOperationException(text);
        }

        private async Task<HttpResponseMessage> Browse(HttpMethod method, string url, HttpContent? form, string more = "")
        {
            using var request = new HttpRequestMessage(method, url) { Content = form };
            request.Headers.Add("Cookie", more.Length > 0 ? $"{cookie}; {more}" : cookie);
            request.Headers.Accept.ParseAdd("text/html");
            return await http.SendAsync(request);
        }

        private KeyValuePair<string, string>[] Assertion()
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
            var text = Token(signers, Parameters(jwk), new { alg = "ES256", kid = jwk.GetProperty("kid").GetString() }, new { iss = client, sub = client, aud = host.ToString(), jti = Guid.NewGuid(), iat = now, exp = now + 60 });
            return [new("client_id", client), new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), new("client_assertion", text)];
        }

        private string Proof(string method, string path, string? token)
        {
            var claims = new Dictionary<string, object> { ["jti"] = Guid.NewGuid(), ["htm"] = method, ["htu"] = new Uri(host, path).ToString(), ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() };
            if (token is not null)
            {
                claims["ath"] = Url(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
            }

            return Token(proofKeys, proofKey, new { typ = "dpop+jwt", alg = "ES256", jwk = new { kty = "EC", crv = "P-256", x = Url(proofKey.Q.X!), y = Url(proofKey.Q.Y!) } }, claims);
        }

        private static string Token(ConcurrentBag<ECDsa> keys, ECParameters parameters, object head, object claims)
        {
            var key = keys.TryTake(out var free) ? free : ECDsa.Create(parameters);
            var signed = $"{Url(JsonSerializer.SerializeToUtf8Bytes(head))}.{Url(JsonSerializer.SerializeToUtf8Bytes(claims))}";
            var token = $"{signed}.{Url(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
            keys.Add(key);
            return token;
        }

        private static ECParameters Parameters(JsonElement key)
        {
            byte[] Part(string name) => System.Buffers.Text.Base64Url.DecodeFromChars(key.GetProperty(name).GetString());
            return new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Part("d"), Q = new ECPoint { X = Part("x"), Y = Part("y") } };
        }

        private static string Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }
}
