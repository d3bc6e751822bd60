using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Agreements;
using SoGoc.Identity.Clients;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Identity.Tests;

/// <summary>Agencies' systems read persons by themselves: under an agreement, for a case of their own, by a token that is worth nothing without their key.</summary>
public sealed class SystemTests(SystemTown town) : IClassFixture<SystemTown>
{
    private const string Purpose = "one-stop";

    private static object Ask(Citizen whom, string @case, params string[] fields) => new { numbers = new[] { whom.Number }, fields = fields.Length == 0 ? ["fullName", "permanentResidence"] : fields, purpose = Purpose, @case };

    private static async Task<string> Open(AgencySystem system, string purpose = Purpose, params string[] numbers)
    {
        var reference = $"HT-{Guid.NewGuid():N}";
        (await system.Post("/cases/open", new { kind = "dossier", reference, purpose, numbers })).Succeeds();
        return reference;
    }

    [Fact]
    public async Task A_system_reads_a_person_for_a_case_of_its_own_and_he_sees_system_agency_purpose_fields_and_case()
    {
        using var citizen = await town.Resident();
        using var system = await town.System();
        var work = await Open(system);
        var told = (await system.Post("/persons/lookup", Ask(citizen, work))).Succeeds()["persons"][0];
        Assert.Equal("found", told.GetProperty("found").GetString());
        Assert.Equal(citizen.State!.Facts.FullName, told.GetProperty("person").GetProperty("fullName").GetString());
        await citizen.SignIn();
        var page = (await citizen.Go("/cua-toi/ai-da-xem")).Plain();
        foreach (var said in new[] { "Sở Y tế tỉnh An Giang", "hệ thống Hệ thống một cửa mẫu", "Giải quyết hồ sơ một cửa", "Họ, chữ đệm và tên", "Thường trú", work })
        {
            Assert.Contains(said, WebUtility.HtmlDecode(page), StringComparison.OrdinalIgnoreCase);
        }

        (await system.Post("/cases/close", new { reference = work })).Succeeds();
        (await system.Post("/persons/lookup", Ask(citizen, work))).Refuses("journal.case-closed", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Yes_and_no_are_answered_and_recorded_as_such()
    {
        using var citizen = await town.Resident();
        using var system = await town.System();
        var work = await Open(system);
        Assert.Equal("yes", (await system.Post("/persons/ask", new { number = citizen.Number, question = "living", purpose = Purpose, @case = work })).Succeeds()["answer"].GetString());
        Assert.Equal("match", (await system.Post("/persons/verify", new { number = citizen.Number, claims = new { born = "17/5/1990" }, purpose = Purpose, @case = work })).Succeeds()["fields"].GetProperty("born").GetString());
        var fields = await town.Rows("select fields from journal.disclosure where subject = $1 and actor = $2 order by position", r => string.Join(',', r.GetFieldValue<string[]>(0)), citizen.Person, $"client:{system.Id}");
        Assert.Equal(["ask:living", "verify:born"], fields);
    }

    [Fact]
    public async Task Without_a_purpose_or_a_case_a_reading_is_refused_and_says_what_is_missing()
    {
        using var citizen = await town.Resident();
        using var system = await town.System();
        (await system.Post("/persons/lookup", new { numbers = new[] { citizen.Number }, fields = new[] { "fullName" }, purpose = Purpose, @case = "" })).Refuses("journal.case-missing");
        (await system.Post("/persons/lookup", new { numbers = new[] { citizen.Number }, fields = new[] { "fullName" }, purpose = "", @case = await Open(system) })).Refuses("journal.purpose-missing");
    }

    [Fact]
    public async Task It_reads_for_the_purposes_of_its_agreement_and_for_no_others()
    {
        using var citizen = await town.Resident();
        using var system = await town.System();
        (await system.Post("/cases/open", new { kind = "dossier", reference = "HT-KHAC", purpose = "civil-status" })).Refuses("journal.purpose-not-agreed", HttpStatusCode.Forbidden);
        (await system.Post("/cases/open", new { kind = "dossier", reference = "HT-KHAC", purpose = "correction" })).Refuses("journal.purpose-not-yours", HttpStatusCode.Forbidden);
        (await system.Post("/persons/lookup", new { numbers = new[] { citizen.Number }, fields = new[] { "fullName" }, purpose = "residence", @case = await Open(system) })).Refuses("journal.case-other-purpose");
    }

    [Fact]
    public async Task What_the_agreement_does_not_name_is_refused_by_name_or_left_out_of_the_record()
    {
        using var citizen = await town.Resident();
        using var system = await town.System();
        var work = await Open(system);
        (await system.Post("/persons/lookup", Ask(citizen, work, "fullName", "contact"))).Refuses("population.beyond-agreement", HttpStatusCode.Forbidden);
        (await system.Post("/persons/lookup", Ask(citizen, work, "religion"))).Refuses("population.field-not-permitted", HttpStatusCode.Forbidden);
        (await system.Post("/persons/verify", new { number = citizen.Number, claims = new { phone = citizen.Phone }, purpose = Purpose, @case = work })).Refuses("population.beyond-agreement");
        (await system.Post("/persons/ask", new { number = citizen.Number, question = "parent-of", other = citizen.Number, purpose = Purpose, @case = work })).Refuses("population.beyond-agreement");
        (await system.Post("/households/lookup", new { members = new[] { citizen.Number }, purpose = Purpose, @case = work })).Refuses("population.beyond-agreement");
        var shown = (await system.Post("/persons/show", new { id = citizen.Person, purpose = Purpose, @case = work })).Succeeds();
        Assert.DoesNotContain(citizen.Phone, shown.Text, StringComparison.Ordinal);
        Assert.Contains("contact", shown["withheld"].EnumerateArray().Select(w => w.GetString()));
        Assert.Contains("journal", shown["withheld"].EnumerateArray().Select(w => w.GetString()));
    }

    [Fact]
    public async Task A_case_is_its_own_not_that_of_another_system_of_the_agency_nor_of_an_official_of_it()
    {
        using var citizen = await town.Resident();
        var agency = await town.Value<string>("select name from staff.agency where code = 'CAT'");
        using var system = await town.System(agency);
        using var other = await town.System(agency);
        var work = await Open(system);
        (await other.Post("/persons/lookup", Ask(citizen, work))).Refuses("journal.case-unknown", HttpStatusCode.Forbidden);
        (await other.Post("/cases/close", new { reference = work })).Refuses("journal.case-unknown");
        using var official = await town.As("tinh");
        (await official.Post("/persons/lookup", Ask(citizen, work))).Refuses("journal.case-unknown", HttpStatusCode.Forbidden);
        (await system.Post("/persons/lookup", Ask(citizen, Town.Case))).Refuses("journal.case-unknown", HttpStatusCode.Forbidden);
        Assert.Equal([work], (await system.Post("/cases/mine", new { })).Succeeds()["open"].EnumerateArray().Select(c => c.GetProperty("reference").GetString()!));
    }

    [Fact]
    public async Task Of_people_outside_of_its_areas_it_learns_neither_values_nor_yes_or_no_and_no_case_helps_it()
    {
        using var citizen = await town.Resident(elsewhere: true);
        using var system = await town.System();
        var work = await Open(system, Purpose, citizen.Number);
        var told = (await system.Post("/persons/lookup", Ask(citizen, work))).Succeeds();
        Assert.Equal("elsewhere", told["persons"][0].GetProperty("found").GetString());
        (await system.Post("/persons/show", new { id = citizen.Person, purpose = Purpose, @case = work })).Refuses("population.outside-duty", HttpStatusCode.Forbidden);
        Assert.Equal("unknown", (await system.Post("/persons/ask", new { number = citizen.Number, question = "living", purpose = Purpose, @case = work })).Succeeds()["answer"].GetString());
        Assert.Equal("unknown", (await system.Post("/persons/verify", new { number = citizen.Number, claims = new { sex = "2" }, purpose = Purpose, @case = work })).Succeeds()["fields"].GetProperty("sex").GetString());
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.disclosure where subject = $1", citizen.Person));
        using var wide = await town.System(change: r => r with { Areas = null, WholeProvince = true });
        Assert.Equal("found", (await wide.Post("/persons/lookup", Ask(citizen, await Open(wide)))).Succeeds()["persons"][0].GetProperty("found").GetString());
    }

    [Fact]
    public async Task A_confidential_record_is_shown_to_no_system()
    {
        using var citizen = await town.Resident();
        await town.Act(citizen.Person, new ConfidentialitySet(1));
        using var system = await town.System();
        Assert.Equal("confidential", (await system.Post("/persons/lookup", Ask(citizen, await Open(system)))).Succeeds()["persons"][0].GetProperty("found").GetString());
    }

    [Theory, InlineData("/persons/search", """{"text":"Nguyễn","purpose":"one-stop","case":"x"}"""), InlineData("/places/residents", """{"area":"89","purpose":"one-stop","case":"x"}"""),
        InlineData("/emergencies/ask", """{"why":"x"}"""), InlineData("/numbers/free", "{}"), InlineData("/persons/correct", "{}"), InlineData("/journal/feed", "{}")]
    public async Task Routes_of_officials_are_closed_to_systems_whatever_the_agreement_says(string route, string body)
    {
        using var system = await town.System(change: r => r with { Areas = null, WholeProvince = true });
        (await system.Post(route, JsonDocument.Parse(body).RootElement)).Refuses("kernel.not-for-systems", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_token_is_worth_nothing_without_its_key_under_another_name_twice_or_elsewhere()
    {
        using var system = await town.System();
        const string route = "/cases/mine", path = "/api/v1/cases/mine";
        async Task Refused(string code, string error, string? proof, string scheme = "DPoP")
        {
            using var answer = await system.Send(route, new { }, proof, scheme);
            Assert.Contains($"error=\"{error}\"", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            (await Reply.Of(answer)).Refuses(code, HttpStatusCode.Unauthorized);
        }

        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Refused("identity.proof-missing", "invalid_dpop_proof", "");
        await Refused("identity.token-as-bearer", "invalid_token", "", "Bearer");
        await Refused("identity.token-as-bearer", "invalid_token", null, "Bearer");
        await Refused("identity.proof-other-key", "invalid_dpop_proof", system.Proof(path, by: stranger));
        await Refused("identity.proof-not-good", "invalid_dpop_proof", system.Proof("/api/v1/cases/open"));
        await Refused("identity.proof-not-good", "invalid_dpop_proof", system.Proof(path, host: "https://khac.example"));
        await Refused("identity.proof-not-good", "invalid_dpop_proof", system.Proof(path, method: "GET"));
        await Refused("identity.proof-not-good", "invalid_dpop_proof", system.Proof(path, token: "khac"));
        await Refused("identity.proof-not-good", "invalid_dpop_proof", system.Proof(path, token: null));
        await Refused("identity.proof-not-good", "invalid_dpop_proof", system.Proof(path, age: TimeSpan.FromMinutes(2)));
        await Refused("identity.proof-not-good", "invalid_dpop_proof", "khong.phai.jwt");
        var once = system.Proof(path);
        using (var first = await system.Send(route, new { }, once))
        {
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        }

        await Refused("identity.proof-again", "invalid_dpop_proof", once);
        var good = system.Token!;
        system.Token = good[..^4] + "AAAA";
        await Refused("identity.token-not-good", "invalid_token", null);
        system.Token = "x";
        await Refused("identity.token-not-good", "invalid_token", null);
        system.Token = good;
        (await system.Post(route, new { })).Succeeds();
    }

    [Fact]
    public async Task An_officials_cookie_beside_a_token_that_is_refused_lets_nobody_in()
    {
        using var official = town.Nobody();
        (await official.Send(await official.Go("/dang-nhap"), "/dang-nhap", ("account", "tinh"), ("password", "minh-hoa-2026"))).LeadsTo("/");
        using var system = await town.System();
        using var answer = await system.Send("/cases/mine", new { }, "", cookie: $"sogoc={official.Cookie("sogoc")}");
        (await Reply.Of(answer)).Refuses("identity.proof-missing", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_takes_the_systems_own_signature_a_proof_and_no_scope()
    {
        var (id, key) = await town.Register("Sở Tư pháp tỉnh An Giang");
        using var system = new AgencySystem(town, id, key);
        Assert.Equal("unauthorized_client", (await system.AskToken())["error"].GetString());
        var reading = await town.Propose(id);
        Assert.Equal("unauthorized_client", (await system.AskToken())["error"].GetString());
        await town.Approve(reading);
        Assert.Equal("invalid_client", (await system.AskToken(sign: false))["error"].GetString());
        Assert.Equal("invalid_dpop_proof", (await system.AskToken(prove: false))["error"].GetString());
        Assert.Equal("invalid_scope", (await system.AskToken(scope: "openid"))["error"].GetString());
        var told = (await system.AskToken()).Succeeds();
        Assert.Equal("DPoP", told["token_type"].GetString());
        Assert.InRange(told["expires_in"].GetInt32(), 290, 300);
        Assert.False(told.Body.TryGetProperty("refresh_token", out _));
    }

    [Fact]
    public async Task An_agreement_that_is_ended_and_a_system_that_is_ended_read_nothing_from_that_moment()
    {
        using var citizen = await town.Resident();
        foreach (var end in new Func<string, Task>[] { id => town.Do<EndReading, Done>(f => f.Run(new(id))), id => town.Execute("update identity.client set ended_at = now() where id = $1", id) })
        {
            using var system = await town.System();
            var work = await Open(system);
            (await system.Post("/persons/lookup", Ask(citizen, work))).Succeeds();
            await end(system.Id);
            (await system.Post("/persons/lookup", Ask(citizen, work))).Refuses("identity.reading-none", HttpStatusCode.Forbidden);
            Assert.Equal("unauthorized_client", (await system.AskToken())["error"].GetString());
        }

        using var ended = await town.System();
        await town.Do<EndClient, Done>(f => f.Run(ended.Id));
        (await ended.Post("/cases/mine", new { })).Refuses("identity.token-not-good", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_new_agreement_takes_the_place_of_the_one_before()
    {
        using var citizen = await town.Resident();
        using var system = await town.System();
        var work = await Open(system);
        await town.Approve(await town.Propose(system.Id, r => r with { Classes = ["identity"] }));
        (await system.Post("/persons/lookup", Ask(citizen, work))).Refuses("population.beyond-agreement");
        (await system.Post("/persons/lookup", Ask(citizen, work, "fullName"))).Succeeds();
        Assert.Equal(["identity.reading-proposed", "identity.reading-approved", "identity.reading-ended"],
            await town.Rows("select e.kind from journal.entry e join identity.reading r on r.id = e.subject where r.client_id = $1 and r.ended_at is not null order by e.position", r => r.GetString(0), system.Id));
    }

    [Fact]
    public async Task A_citizens_question_about_a_reading_arrives_at_the_agency_whose_system_read()
    {
        using var citizen = await town.Resident();
        using var system = await town.System(await town.Value<string>("select name from staff.agency where code = 'CAT'"));
        (await system.Post("/persons/lookup", Ask(citizen, await Open(system)))).Succeeds();
        await citizen.SignIn();
        var position = await town.Value<long>("select max(position) from journal.disclosure where subject = $1", citizen.Person);
        (await citizen.Send(await citizen.Go("/cua-toi/ai-da-xem"), "/cua-toi/ai-da-xem?handler=Ask", ("position", $"{position}"), ("text", "Hệ thống xem tôi làm gì?"))).LeadsTo("/cua-toi/ai-da-xem");
        using var registrar = new Counter(town);
        await registrar.SignIn("tinh");
        (await registrar.Go("/hoi-lai")).Shows("Hệ thống xem tôi làm gì?");
    }

    [Fact]
    public async Task Openid_client_gets_a_token_of_its_own_and_reads_a_person()
    {
        using var citizen = await town.Resident();
        var (id, key) = await town.Register("Bảo hiểm xã hội tỉnh An Giang");
        await town.Approve(await town.Propose(id));
        var told = await NpmClient.Of("own-reading.mjs", new { issuer = town.Address, clientId = id, key = JsonDocument.Parse(key).RootElement, number = citizen.Number, purpose = Purpose, @case = "BHXH-1" });
        Assert.Equal("dpop", told.GetProperty("tokenType").GetString());
        Assert.Equal(citizen.State!.Facts.FullName, told.GetProperty("person").GetProperty("fullName").GetString());
    }

    [Fact]
    public async Task A_token_that_a_citizen_agreed_to_opens_none_of_these_routes()
    {
        using var citizen = await town.Citizen();
        var cookie = await town.Session(citizen, Assurance.Passkey);
        var (id, key) = await town.Client("Sở Y tế tỉnh An Giang", ["name"]);
        await town.Approve(await town.Propose(id));
        var told = await NpmClient.Of("openid-client.mjs", new { issuer = town.Address, clientId = id, key = JsonDocument.Parse(key).RootElement, cookie, scope = "openid name", redirect = "http://localhost:7/ve", postLogout = "http://localhost:7/thoat", atApi = "/api/v1/cases/mine" });
        Assert.Equal(401, told.GetProperty("atApi").GetInt32());
    }
}
