using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Identity.Accounts;
using SoGoc.Testing;

namespace SoGoc.Identity.Tests;

/// <summary>Clients that others have written sign citizens in.</summary>
public sealed class ClientTests(Province province) : IClassFixture<Province>
{
    private object Given((string Id, string Key) client, string cookie, string scope, string? acr = null, string decision = "yes", string[]? fields = null, bool logout = false, string? between = null) => new
    {
        issuer = province.Address, clientId = client.Id, key = JsonDocument.Parse(client.Key).RootElement, cookie, scope, acr, decision, fields, logout, between, redirect = "http://localhost:7/ve", postLogout = "http://localhost:7/thoat",
    };

    [Fact]
    public async Task Openid_client_signs_a_citizen_in_and_gets_the_consented_fields_and_no_others()
    {
        using var citizen = await province.Citizen();
        var cookie = await province.Session(citizen, Assurance.Passkey);
        var client = await province.Client("Sở Y tế tỉnh An Giang", ["name", "birthdate", "gender", "phone_number"], ["phone_number", "gender"]);
        var told = await NpmClient.Of("openid-client.mjs", Given(client, cookie, "openid offline_access name birthdate gender phone_number", "urn:sogoc:level:2", fields: ["gender"], logout: true));
        Assert.Equal(303, told.GetProperty("status").GetInt32());
        Assert.Equal("dpop", told.GetProperty("tokenType").GetString());
        var claims = told.GetProperty("claims");
        Assert.Equal("urn:sogoc:level:2", claims.GetProperty("acr").GetString());
        Assert.Contains("hwk", claims.GetProperty("amr").EnumerateArray().Select(a => a.GetString()));
        Assert.True(claims.TryGetProperty("auth_time", out _));
        foreach (var user in new[] { told.GetProperty("user"), told.GetProperty("userAgain") })
        {
            Assert.Equal(citizen.State!.Facts.FullName, user.GetProperty("name").GetString());
            Assert.Equal("1990-05-17", user.GetProperty("birthdate").GetString());
            Assert.Equal("female", user.GetProperty("gender").GetString());
            Assert.False(user.TryGetProperty("phone_number", out _), "The telephone was not ticked.");
            Assert.False(user.TryGetProperty("personal_number", out _));
            Assert.Equal("vn_population_register", user.GetProperty("verified_claims").GetProperty("verification").GetProperty("trust_framework").GetString());
        }

        Assert.StartsWith("http://localhost:7/thoat", told.GetProperty("loggedOut").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await province.Value<long>("select count(*) from identity.session where account_id = $1 and ended_at is null", citizen.Account));
    }

    [Theory, InlineData(Assurance.NationalTwo, "urn:sogoc:level:2"), InlineData(Assurance.National, "urn:sogoc:level:1")]
    public async Task Who_came_in_by_the_national_sign_in_is_of_the_level_that_it_gave(string factor, string acr)
    {
        using var citizen = await province.Citizen();
        var told = await NpmClient.Of("openid-client.mjs", Given(await province.Client("Sở Y tế tỉnh An Giang", ["name"]), await province.Session(citizen, factor), "openid offline_access name", logout: true));
        Assert.Equal(acr, told.GetProperty("claims").GetProperty("acr").GetString());
    }

    [Fact]
    public async Task What_the_old_keys_signed_is_taken_after_the_keys_were_changed_and_both_are_published()
    {
        using var citizen = await province.Citizen();
        var cookie = await province.Session(citizen, Assurance.Passkey);
        var client = await province.Client("Sở Y tế tỉnh An Giang", ["name"]);
        var before = await Published();
        using var ear = new Ear(() => province.Services.GetRequiredService<ITokenKeys>().Rotate());
        var told = await NpmClient.Of("openid-client.mjs", Given(client, cookie, "openid offline_access name", logout: true, between: ear.Address));
        Assert.Equal(1, ear.Heard);
        Assert.Equal(citizen.State!.Facts.FullName, told.GetProperty("user").GetProperty("name").GetString());
        Assert.Equal(citizen.State.Facts.FullName, told.GetProperty("userAgain").GetProperty("name").GetString());
        Assert.StartsWith("http://localhost:7/thoat", told.GetProperty("loggedOut").GetString(), StringComparison.Ordinal);
        var after = await Published();
        Assert.Equal(before.Count + 1, after.Count);
        Assert.Subset(after, before);
    }

    [Fact]
    public async Task At_a_logout_the_pages_of_the_systems_that_signed_in_are_framed_with_the_session_and_no_others()
    {
        using var citizen = await province.Citizen();
        var cookie = await province.Session(citizen, Assurance.Passkey);
        var client = await province.Client("Sở Y tế tỉnh An Giang", ["name"], frontChannel: "http://localhost:7/thoat-truoc?tu=so-goc");
        await province.Client("Sở Y tế tỉnh An Giang", ["name"], frontChannel: "http://localhost:8/nguoi-ngoai");
        var told = await NpmClient.Of("openid-client.mjs", Given(client, cookie, "openid offline_access name", logout: true));
        var framed = new Uri(Assert.Single(told.GetProperty("framed").EnumerateArray()).GetString()!);
        Assert.Equal("http://localhost:7/thoat-truoc", framed.GetLeftPart(UriPartial.Path));
        var query = System.Web.HttpUtility.ParseQueryString(framed.Query);
        Assert.Equal(("so-goc", province.Address.ToString(), told.GetProperty("claims").GetProperty("sid").GetString()), (query["tu"], query["iss"], query["sid"]));
        Assert.Contains("frame-src http://localhost:7", told.GetProperty("policy").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await province.Value<long>("select count(*) from identity.session where account_id = $1 and ended_at is null", citizen.Account));
    }

    [Fact]
    public async Task Two_systems_of_one_agency_know_a_citizen_by_the_same_subject_and_another_agency_by_another()
    {
        using var citizen = await province.Citizen();
        var cookie = await province.Session(citizen, Assurance.Password);
        var sessions = new HashSet<string>();
        async Task<string> Subject(string agency)
        {
            var told = await NpmClient.Of("openid-client.mjs", Given(await province.Client(agency, ["name"]), cookie, "openid name"));
            Assert.Equal("urn:sogoc:level:1", told.GetProperty("claims").GetProperty("acr").GetString());
            sessions.Add(told.GetProperty("claims").GetProperty("sid").GetString()!);
            return told.GetProperty("claims").GetProperty("sub").GetString()!;
        }

        var (tax, taxToo, health) = (await Subject("Cục Thuế tỉnh An Giang"), await Subject("Cục Thuế tỉnh An Giang"), await Subject("Sở Y tế tỉnh An Giang"));
        Assert.Equal(tax, taxToo);
        Assert.NotEqual(tax, health);
        Assert.DoesNotContain(citizen.Number, tax, StringComparison.Ordinal);
        // Nor does the name of the session tell that it is the same citizen.
        Assert.Equal(3, sessions.Count);
    }

    [Fact]
    public async Task A_citizen_who_does_not_agree_is_sent_back_without_a_code_and_one_of_too_low_a_level_too()
    {
        using var citizen = await province.Citizen(level: 1);
        var cookie = await province.Session(citizen, Assurance.Code);
        var client = await province.Client("Sở Nội vụ tỉnh An Giang", ["name"]);
        Assert.Equal("access_denied", (await NpmClient.Of("openid-client.mjs", Given(client, cookie, "openid name", decision: "no"))).GetProperty("error").GetString());
        var low = await province.Client("Sở Nội vụ tỉnh An Giang", ["name"], level: 2);
        var told = await NpmClient.Of("openid-client.mjs", Given(low, cookie, "openid name"));
        Assert.Equal("unmet_authentication_requirements", told.GetProperty("error").GetString());
        // Before that she reads where an account is raised.
        Assert.Contains("công an xã", System.Net.WebUtility.HtmlDecode(told.GetProperty("page").GetString()), StringComparison.Ordinal);
        using var strong = await province.Citizen();
        var single = await province.Session(strong, Assurance.Code);
        Assert.Contains("/vao/xac-nhan-them", (await NpmClient.Of("openid-client.mjs", Given(low, single, "openid name"))).GetProperty("sentTo").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Oauth4webapi_passes_with_every_right_piece_and_with_no_wrong_one()
    {
        using var citizen = await province.Citizen();
        var cookie = await province.Session(citizen, Assurance.Passkey);
        var client = await province.Client("Bảo hiểm xã hội tỉnh An Giang", ["name", "personal_number"]);
        var told = await NpmClient.Of("oauth4webapi.mjs", Given(client, cookie, "openid name personal_number"));
        string? Of(string name) => told.TryGetProperty(name, out var value) ? value.ToString() : null;
        Assert.InRange(told.GetProperty("expires").GetInt32(), 1, 599);
        Assert.Equal(province.Address.ToString(), Of("iss"));
        Assert.Equal(citizen.Number, told.GetProperty("user").GetProperty("personal_number").GetString());
        Assert.Equal("invalid_grant", Of("codeTwice"));
        Assert.Equal("401", Of("afterCodeTwice"));
        Assert.Equal("invalid_request", Of("withoutPkce"));
        Assert.Equal("invalid_request", Of("plainPkce"));
        Assert.Equal("invalid_request", Of("otherRedirect"));
        Assert.Equal("invalid_scope", Of("unknownScope"));
        Assert.NotNull(Of("fragment"));
        Assert.NotNull(Of("implicit"));
        Assert.Equal("invalid_grant", Of("wrongVerifier"));
        Assert.Equal("invalid_dpop_proof", Of("otherKey"));
        Assert.Equal("401", Of("asBearer"));
        Assert.Equal("401", Of("withOtherKey"));
        Assert.DoesNotContain("code=", Of("notPushed"), StringComparison.Ordinal);
    }

    private async Task<HashSet<string>> Published()
    {
        using var http = new HttpClient { BaseAddress = province.Address };
        return [.. JsonDocument.Parse(await http.GetStringAsync("/.well-known/jwks")).RootElement.GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("kid").GetString()!)];
    }
}
