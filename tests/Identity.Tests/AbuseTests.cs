using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SoGoc.Identity.Accounts;

namespace SoGoc.Identity.Tests;

/// <summary>What hostile people try. Each falls when its guard is taken out.</summary>
public sealed class AbuseTests(Province province) : IClassFixture<Province>
{
    [Fact]
    public async Task A_form_that_another_site_sends_changes_nothing()
    {
        using var citizen = await province.Citizen(level: 1);
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        foreach (var path in new[] { "/cua-toi/bao-mat?handler=Lock", "/cua-toi/bao-mat?handler=EndOthers", "/cua-toi/dong-y", "/ra", "/vao?handler=Send", "/connect/authorize", "/mo-tai-khoan?handler=Ask" })
        {
            using var forged = new FormUrlEncodedContent([new("number", citizen.Number)]);
            var answer = await citizen.Http.PostAsync(path, forged);
            Assert.True((int)answer.StatusCode is 400 or 403, $"{path}: {(int)answer.StatusCode}");
        }

        Assert.Equal(HttpStatusCode.OK, (await citizen.Go("/cua-toi")).Status);
    }

    [Fact]
    public async Task No_page_can_be_framed_and_none_of_a_citizens_pages_is_kept_by_a_cache()
    {
        using var citizen = await province.Citizen();
        citizen.Cookies.SetCookies(province.Address, await province.Session(citizen, Assurance.Passkey));
        foreach (var path in new[] { "/vao", "/mo-tai-khoan", "/cua-toi", "/cua-toi/bao-mat", "/cua-toi/ai-da-xem", "/cua-toi/yeu-cau", "/cua-toi/dong-y", "/cua-toi/lam-thay" })
        {
            var page = await citizen.Go(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains("frame-ancestors 'none'", page.Answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Contains("no-store", page.Answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory, InlineData("https://ke.xau.example/"), InlineData("//ke.xau.example/"), InlineData("/\\ke.xau.example"), InlineData("javascript:alert(1)")]
    public async Task After_signing_in_nobody_is_led_to_another_site(string to)
    {
        using var citizen = await province.Citizen();
        var page = await citizen.Go("/vao?ReturnUrl=" + Uri.EscapeDataString(to));
        var answer = await citizen.Send(page, "/vao?handler=Password", ("number", citizen.Number), ("password", Province.Password), ("ReturnUrl", to));
        Assert.Equal("/cua-toi", answer.To?.OriginalString);
    }

    [Fact]
    public async Task Cookies_of_a_session_are_out_of_reach_for_scripts_and_other_sites()
    {
        using var citizen = await province.Citizen();
        var answer = await citizen.SignIn();
        var cookie = answer.Answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(CitizenSessions.Cookie + "=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_assertion_by_no_algorithm_by_the_public_key_as_a_secret_for_another_provider_or_used_twice_is_refused()
    {
        var (id, key) = await province.Client("Sở Công Thương tỉnh An Giang", ["name"]);
        Assert.Equal(HttpStatusCode.Created, await Push(id, Assertion(id, key)));
        var twice = Assertion(id, key);
        Assert.Equal(HttpStatusCode.Created, await Push(id, twice));
        foreach (var (what, assertion) in new[]
        {
            ("twice", twice), ("none", Assertion(id, key, alg: "none")), ("HS256", Assertion(id, key, alg: "HS256")), ("another audience", Assertion(id, key, audience: "https://other.example/")),
            ("two audiences", Assertion(id, key, audience: new[] { province.Address.ToString(), "https://other.example/" })), ("of yesterday", Assertion(id, key, age: TimeSpan.FromDays(1))),
            ("of another key", Assertion(id, (await province.Client("Sở Ngoại vụ tỉnh An Giang", ["name"])).Key)), ("without jti", Assertion(id, key, jti: null)),
        })
        {
            Assert.True((int)await Push(id, assertion) is 400 or 401, what);
        }
    }

    [Fact]
    public async Task A_proof_by_another_algorithm_for_another_address_of_another_time_or_used_twice_is_refused()
    {
        var (id, key) = await province.Client("Sở Công Thương tỉnh An Giang", ["name"]);
        async Task<HttpStatusCode> Show(params string[] proofs) => await Push(id, Assertion(id, key), [("scope", "openid name")], proofs);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var wide = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        using var small = RSA.Create(1024);
        var once = Proof("ES256", ecdsa);
        Assert.Equal(HttpStatusCode.Created, await Show(once));
        Assert.Equal(HttpStatusCode.Created, await Show(Proof("PS256", rsa)));
        foreach (var (what, proof) in new[]
        {
            ("twice", once), ("no signature", Proof("none", ecdsa)), ("a secret", Proof("HS256", ecdsa)), ("RS256", Proof("RS256", rsa)), ("ES384", Proof("ES384", wide)), ("a short key", Proof("PS256", small)),
            ("with its secret", Proof("ES256", ecdsa, secret: true)), ("another type", Proof("ES256", ecdsa, type: "jwt")), ("another method", Proof("ES256", ecdsa, method: "GET")),
            ("another address", Proof("ES256", ecdsa, path: "/connect/token")), ("old", Proof("ES256", ecdsa, age: TimeSpan.FromMinutes(5))), ("of tomorrow", Proof("ES256", ecdsa, age: TimeSpan.FromDays(-1))), ("nonsense", "a.b.c"),
        })
        {
            Assert.True(await Show(proof) == HttpStatusCode.BadRequest, what);
        }

        Assert.Equal(HttpStatusCode.BadRequest, await Show(Proof("ES256", ecdsa), Proof("ES256", ecdsa)));
    }

    [Fact]
    public async Task A_secret_in_place_of_a_signature_and_a_request_that_was_not_pushed_are_refused()
    {
        var (id, _) = await province.Client("Sở Công Thương tỉnh An Giang", ["name"]);
        Assert.NotEqual(HttpStatusCode.Created, await Push(id, null, ("client_secret", "x")));
        using var citizen = await province.Citizen();
        citizen.Cookies.SetCookies(province.Address, await province.Session(citizen, Assurance.Passkey));
        var open = await citizen.Go($"/connect/authorize?response_type=code&client_id={id}&redirect_uri=http%3A%2F%2Flocalhost%3A7%2Fve&scope=openid&code_challenge={new string('x', 43)}&code_challenge_method=S256");
        Assert.DoesNotContain("code=", open.To?.OriginalString ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("<form method=\"post\" class=\"card\">", open.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_database_cannot_read_is_refused_and_costs_no_other_system_its_answer()
    {
        var (id, key) = await province.Client("Sở Công Thương tỉnh An Giang", ["name"]);
        using var http = new HttpClient { BaseAddress = province.Address };
        Assert.Equal(HttpStatusCode.BadRequest, await Push("\0", Assertion("\0", key)));
        for (var round = 0; round < 8; round++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("/connect/authorize?client_id=%00&request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3A%00")).StatusCode);
            Assert.Equal(HttpStatusCode.Created, await Push(id, Assertion(id, key)));
        }
    }

    [Fact]
    public async Task A_system_that_was_ended_signs_nobody_in()
    {
        var (id, key) = await province.Client("Sở Công Thương tỉnh An Giang", ["name"]);
        await province.Do<Clients.EndClient, Kernel.Outcomes.Done>(e => e.Run(id), Kernel.Access.Actor.System("test"));
        Assert.NotEqual(HttpStatusCode.Created, await Push(id, Assertion(id, key)));
    }

    [Fact]
    public async Task Only_https_or_a_sandbox_at_home_may_be_come_back_to()
    {
        async Task<string[]> Faults(string redirect, bool sandbox) => [.. (await province.Ask<Clients.RegisterClient, Clients.RegisterClient.Registered>(f => f.Run(new("Cổng", "Sở Y tế tỉnh An Giang", "1", "1", redirect, null,
            sandbox ? null : """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""", ["name"], null, "Thử", 1, sandbox, null, null)))).Problems.Select(p => p.Code)];
        foreach (var (redirect, sandbox) in new[] { ("http://localhost:7/ve", false), ("http://so.example/ve", true), ("https://so.example/ve#x", false), ("javascript:alert(1)", true), ("ftp://so.example/", false), ("https://a:b@so.example/", false) })
        {
            Assert.Contains("identity.address-not-taken", await Faults(redirect, sandbox));
        }

        Assert.Empty(await Faults("https://so.example/ve", false));
    }

    [Fact]
    public async Task Measures_survive_a_restart_because_they_are_in_the_database()
    {
        using var citizen = await province.Citizen();
        using var guesser = province.Nobody();
        for (var i = 0; i < 5; i++)
        {
            await guesser.SignIn("khong phai mat khau", citizen.Number);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await guesser.SignIn(number: citizen.Number)).Status);
        Assert.True(await province.Value<long>("select count(*) from kernel.rate where not passed") > 0);
    }

    [Fact]
    public async Task An_address_that_asks_too_often_and_a_system_that_does_are_told_to_wait_and_others_are_not()
    {
        using var citizen = await province.Citizen();
        using var guesser = province.Nobody();
        string[] home = ["127.0.0.1", "::1", "::ffff:127.0.0.1"];
        await UseUp([.. home.Select(a => "citizen sign-in from " + a)]);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await guesser.SignIn(number: citizen.Number)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await guesser.AskForCode(citizen.Number)).Status);
        await province.Execute("delete from kernel.rate");
        (await citizen.SignIn()).LeadsTo("/cua-toi");

        var (id, key) = await province.Client("Sở Công Thương tỉnh An Giang", ["name"]);
        await UseUp("client " + id);
        Assert.NotEqual(HttpStatusCode.Created, await Push(id, Assertion(id, key)));
        var (other, its) = await province.Client("Sở Ngoại vụ tỉnh An Giang", ["name"]);
        Assert.Equal(HttpStatusCode.Created, await Push(other, Assertion(other, its)));
        await province.Execute("delete from kernel.rate");
        Assert.Equal(HttpStatusCode.Created, await Push(id, Assertion(id, key)));
    }

    /// <summary>As if so many had asked that nothing is left of the measure for an hour.</summary>
    private Task UseUp(params string[] what) => province.Execute("""
        insert into kernel.rate (key, tokens, at, passed) select encode(substring(sha256(convert_to(w, 'UTF8')) for 16), 'hex'), 0, now() + interval '1 hour', true from unnest($1) w
        on conflict (key) do update set tokens = 0, at = excluded.at
        """, (object)what);

    [Fact]
    public async Task A_number_that_nobody_has_costs_the_guesser_as_long_as_one_that_somebody_has()
    {
        using var citizen = await province.Citizen();
        using var guesser = province.Nobody();
        async Task<TimeSpan> Shortest(string number)
        {
            var times = new List<TimeSpan>();
            for (var i = 0; i < 4; i++)
            {
                await province.Execute("delete from kernel.rate");
                var page = await guesser.Go("/vao");
                var begun = TimeProvider.System.GetTimestamp();
                var answer = await guesser.Send(page, "/vao?handler=Password", ("number", number), ("password", "khong phai mat khau"));
                times.Add(TimeProvider.System.GetElapsedTime(begun));
                Assert.NotEqual(HttpStatusCode.Redirect, answer.Status);
            }

            return times.Min();
        }

        // A password is hashed a hundred thousand times over; an answer without that comes at once.
        Assert.True(await Shortest("089199999999") > await Shortest(citizen.Number) / 4);
    }

    private Task<HttpStatusCode> Push(string id, string? assertion, params (string, string)[] more) => Push(id, assertion, more, []);

    private async Task<HttpStatusCode> Push(string id, string? assertion, (string, string)[] more, string[] proofs)
    {
        using var http = new HttpClient { BaseAddress = province.Address };
        foreach (var proof in proofs)
        {
            http.DefaultRequestHeaders.Add("DPoP", proof);
        }

        var fields = new List<(string, string)>
        {
            ("client_id", id), ("response_type", "code"), ("redirect_uri", "http://localhost:7/ve"), ("scope", "openid name"), ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256"),
        };
        fields.AddRange(more);
        if (assertion is not null)
        {
            fields.AddRange([("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion)]);
        }

        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return (await http.PostAsync("/connect/par", form)).StatusCode;
    }

    private string Assertion(string id, string key, string alg = "ES256", object? audience = null, TimeSpan age = default, string? jti = "")
    {
        var jwk = JsonDocument.Parse(key).RootElement;
        byte[] Part(string name) => Convert.FromBase64String(jwk.GetProperty(name).GetString()!.Replace('-', '+').Replace('_', '/').PadRight(44, '='));
        var now = TimeProvider.System.GetUtcNow() - age;
        string Text(object value) => Url(JsonSerializer.SerializeToUtf8Bytes(value));
        var claims = new Dictionary<string, object?> { ["iss"] = id, ["sub"] = id, ["aud"] = audience ?? province.Address.ToString(), ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(1).ToUnixTimeSeconds() };
        if (jti is not null)
        {
            claims["jti"] = Guid.NewGuid().ToString();
        }

        var signed = $"{Text(new { alg, kid = jwk.GetProperty("kid").GetString() })}.{Text(claims)}";
        using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Part("d"), Q = new ECPoint { X = Part("x"), Y = Part("y") } });
        var signature = alg switch
        {
            "none" => "",
            "HS256" => Url(HMACSHA256.HashData(ecdsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed))),
            _ => Url(ecdsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256)),
        };
        return $"{signed}.{signature}";
    }

    /// <summary>A proof for the address of pushed requests, good but for what is named.</summary>
    private string Proof(string alg, AsymmetricAlgorithm key, string type = "dpop+jwt", string method = "POST", string path = "/connect/par", TimeSpan age = default, bool secret = false)
    {
        var jwk = new Dictionary<string, string>();
        if (key is ECDsa ec)
        {
            var p = ec.ExportParameters(true);
            jwk = new() { ["kty"] = "EC", ["crv"] = p.Q.X!.Length == 32 ? "P-256" : "P-384", ["x"] = Url(p.Q.X), ["y"] = Url(p.Q.Y!) };
            if (secret)
            {
                jwk["d"] = Url(p.D!);
            }
        }
        else if (key is RSA modulus)
        {
            var p = modulus.ExportParameters(false);
            jwk = new() { ["kty"] = "RSA", ["n"] = Url(p.Modulus!), ["e"] = Url(p.Exponent!) };
        }

        string Text(object value) => Url(JsonSerializer.SerializeToUtf8Bytes(value));
        var signed = $"{Text(new { typ = type, alg, jwk })}.{Text(new { htm = method, htu = new Uri(province.Address, path).ToString(), iat = (TimeProvider.System.GetUtcNow() - age).ToUnixTimeSeconds(), jti = Guid.NewGuid() })}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        return $"{signed}." + (alg, key) switch
        {
            ("none", _) => "",
            ("HS256", ECDsa e) => Url(HMACSHA256.HashData(e.ExportSubjectPublicKeyInfo(), bytes)),
            ("PS256", RSA r) => Url(r.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
            (_, RSA r) => Url(r.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            (_, ECDsa e) => Url(e.SignData(bytes, alg == "ES384" ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256)),
            _ => throw new ArgumentException(alg, nameof(alg)),
        };
    }

    private static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
