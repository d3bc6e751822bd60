using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using SoGoc.Identity.Clients;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Tests;

/// <summary>A system that signs citizens in is registered by one official and approved by another.</summary>
public sealed class ApprovalTests(Province province) : IClassFixture<Province>
{
    private const string Redirect = "https://so.example/ve";

    [Fact]
    public async Task One_official_registers_a_system_and_it_signs_nobody_in_until_another_has_approved_it_who_sees_who_proposed()
    {
        var (given, kept) = Keys();
        using var it = new Counter(province);
        await it.SignIn("tinhoc");
        (await it.Send("/he-thong?handler=Register", ("Asked.Name", "Cổng dịch vụ mẫu"), ("Asked.Agency", "Sở Công Thương tỉnh An Giang"), ("Asked.Agreement", "TT-55/2026"), ("Asked.Contact", "0296 000 0002"),
            ("Asked.Redirects", Redirect), ("Asked.Purposes", "Nộp hồ sơ"), ("Asked.Fields", "name"), ("Asked.Keys", given), ("Asked.Level", "1"))).Shows("khi người thứ hai đã duyệt");
        (await it.Go("/he-thong")).Shows("Chờ duyệt");
        var id = await province.Value<string>("select id from identity.client where agreement = 'TT-55/2026'");
        using var system = new AgencySystem(province, id, kept);
        Assert.Equal("unauthorized_client", (await system.Push(Redirect))["error"].GetString());
        (await Decide(id, new Actor(await province.Value<string>("select made_by from identity.client where id = $1", id), "Lê Văn Nghiệm", "", new HashSet<string>(), [], true))).Refused("identity.client-second-person");

        using var leader = new Counter(province);
        await leader.SignIn("lanhdao");
        (await leader.Go("/")).Shows("Hệ thống chờ bạn duyệt");
        var page = WebUtility.HtmlDecode((await leader.Go("/he-thong-cho-duyet")).Text);
        foreach (var said in new[] { "Cổng dịch vụ mẫu", "TT-55/2026", Redirect, "Nộp hồ sơ", "Họ tên", "Lê Văn Nghiệm, Sở Khoa học và Công nghệ tỉnh An Giang" })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        (await leader.Send("/he-thong-cho-duyet?handler=ApproveClient", ("client", id))).LeadsTo("/he-thong-cho-duyet");
        Assert.Equal(HttpStatusCode.Created, (await system.Push(Redirect)).Status);
        Assert.Equal(["identity.client-registered", "identity.client-approved"], await Kinds(id));
    }

    [Fact]
    public async Task What_is_refused_or_beyond_the_deciders_duty_signs_nobody_in_and_is_decided_once()
    {
        var (id, key) = await Register();
        (await Decide(id, Actor.System("second") with { WholeProvince = false })).Refused("identity.reading-outside-duty");
        await province.Do<DecideClient, Done>(f => f.Run(new(id, false)), Actor.System("second"));
        (await Decide(id, Actor.System("second"))).Refused("identity.no-client");
        using var system = new AgencySystem(province, id, key);
        Assert.Equal("unauthorized_client", (await system.Push(Redirect))["error"].GetString());
        Assert.Equal(["identity.client-registered", "identity.client-refused"], await Kinds(id));
    }

    [Fact]
    public async Task A_sandbox_is_approved_by_nobody_because_it_works_already()
    {
        var (id, key) = await province.Client("Sở Y tế tỉnh An Giang", ["name"]);
        (await Decide(id, Actor.System("second"))).Refused("identity.no-client");
        using var system = new AgencySystem(province, id, key);
        Assert.Equal(HttpStatusCode.Created, (await system.Push("http://localhost:7/ve")).Status);
    }

    [Fact]
    public async Task The_agency_is_one_of_today()
    {
        foreach (var agency in new[] { "Sở Mẫu tỉnh An Giang", "Sở Y tế", "Sở Tài nguyên và Môi trường tỉnh An Giang", "", null })
        {
            (await province.Ask<RegisterClient, RegisterClient.Registered>(f => f.Run(Asked(Keys().Given) with { Agency = agency }))).Refused("identity.no-agency");
        }
    }

    private async Task<(string Id, string Key)> Register()
    {
        var (given, kept) = Keys();
        return ((await province.Do<RegisterClient, RegisterClient.Registered>(f => f.Run(Asked(given)))).ClientId, kept);
    }

    private static RegisterClient.Request Asked(string keys) => new("Cổng mẫu", "Sở Y tế tỉnh An Giang", "TT-56/2026", "0296 000 0003", Redirect, null, keys, ["name"], null, "Nộp hồ sơ", 1, false, null, null);

    private Task<Outcome<Done>> Decide(string id, Actor who) => province.Ask<DecideClient, Done>(f => f.Run(new(id, true)), who);

    private Task<List<string>> Kinds(string id) => province.Rows("select kind from journal.entry where body ->> 'client' = $1 order by position", r => r.GetString(0), id);

    private static (string Given, string Kept) Keys()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var p = pair.ExportParameters(true);
        var (x, y, d) = (Base64Url.EncodeToString(p.Q.X), Base64Url.EncodeToString(p.Q.Y), Base64Url.EncodeToString(p.D));
        return (JsonSerializer.Serialize(new { kty = "EC", crv = "P-256", alg = "ES256", kid = "so", x, y }), JsonSerializer.Serialize(new { kty = "EC", crv = "P-256", kid = "so", x, y, d }));
    }
}
